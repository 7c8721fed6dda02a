"""Project self-evaluation records to Word and PDF reports, reproducibly."""

__version__ = "0.1.0"
