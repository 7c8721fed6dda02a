"""What stands is found to stand without opening what would build it."""

import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from perfeval_docs.output import CACHE
from tests.build.trees import ENVIRONMENT, command, run

# What reads, judges, fills and typesets a record: loading it takes longer than all else.
HEAVY = {
    "perfeval_docs.typeset", "perfeval_docs.word", "perfeval_docs.record", "perfeval_docs.source",
    "jinja2", "lxml", "ruamel.yaml",
}  # fmt: skip


def loaded(project: Path) -> set[str]:
    """Return the modules that a build as a process of its own loads."""
    call = (
        "import json, sys; from perfeval_docs import cli; cli.run(sys.argv[1:]); "
        "print(json.dumps([*sys.modules]))"
    )
    _, _, _, _, *options = command()
    done = subprocess.run(
        [sys.executable, "-c", call, *options], cwd=project, env=ENVIRONMENT, check=True,
        capture_output=True,
    )  # fmt: skip
    return set(json.loads(done.stdout.decode().splitlines()[-1]))


def test_a_build_that_makes_nothing_loads_nothing_that_makes_documents(project: Path) -> None:
    assert loaded(project) >= HEAVY
    assert loaded(project) & HEAVY == set()


@pytest.mark.parametrize(
    "kept", [None, b"", b"[", b"{}", b'["", []]', b"[1, 2]", b'["KEY", 1]', b'["KEY", [1]]']
)
def test_what_a_template_leaves_out_is_told_of_what_stands_too(
    project: Path, kept: bytes | None
) -> None:
    template = project / "templates/self-evaluation.docx"
    document = docx.Document(str(template))
    title = next(each for each in document.paragraphs if "{{ title" in each.text)
    title.text = "表"
    document.save(str(template))
    assert run(project).unprinted == ("title",)
    file = project / "build" / CACHE / "unprinted.json"
    key, _ = json.loads(file.read_bytes())
    if kept is not None:
        file.write_bytes(kept.replace(b"KEY", key.encode()))
    outcome = run(project)
    assert outcome.unprinted == ("title",)
    assert outcome.built == ()
    assert json.loads(file.read_bytes()) == [key, ["title"]]
