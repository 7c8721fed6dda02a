"""Readers of files that people have, one for each kind: bytes to sheets of cells."""
