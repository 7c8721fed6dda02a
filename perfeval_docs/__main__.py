"""Run the command line: `python -m perfeval_docs`."""

from perfeval_docs.cli import main

if __name__ == "__main__":
    main()
