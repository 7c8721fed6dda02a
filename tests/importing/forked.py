"""Import files one by one, each in a process forked from this one, and tell what came of it.

`python -m tests.importing.forked FILE…` writes a line of JSON for each: the exit code, how many
records were written, what was printed, the seconds of CPU, and the peak of memory in MB. The
fork saves starting Python anew.
"""

import json
import os
import resource
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from perfeval_docs import cli

MOST_SECONDS = 60


def imported(file: Path, folder: Path) -> dict[str, object]:
    """Import a file in a process of its own, into a folder."""
    told = folder / "told"
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        with told.open("wb") as output:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
        code = cli.run(["import", str(file), "--out", str(folder / "out"), "--lang", "en"])
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    _, status, usage = os.wait4(child, 0)
    return {
        "file": file.name,
        "code": os.waitstatus_to_exitcode(status),
        "records": len(list((folder / "out").glob("*"))),
        "told": told.read_text("utf-8", "replace"),
        "seconds": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss / 1024,
    }


def main() -> None:
    """Import what is named."""
    for module in ("perfeval_docs.cli.importing", "openpyxl"):
        import_module(module)
    for name in sys.argv[1:]:
        with TemporaryDirectory() as folder:
            print(json.dumps(imported(Path(name), Path(folder))), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
