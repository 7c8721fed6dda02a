"""Project self-evaluation records to Word and PDF reports, reproducibly."""
