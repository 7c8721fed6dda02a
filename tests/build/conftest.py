"""Projects that the engine's tests build."""

import shutil
from pathlib import Path

import pytest

from tests.build.trees import COUNT, ROOT, STEMS, run
from tests.summaries import built


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project of three records and the template of the forms, without a summary."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    for stem in ("04-network-operation", "05-talent-services", "06-it-maintenance"):
        (tmp_path / f"data/2024/{stem}.yaml").unlink()
    (tmp_path / "templates").mkdir()
    shutil.copy(ROOT / "templates/self-evaluation.docx", tmp_path / "templates")
    return tmp_path


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Build two records and their summary; return the folder that data and year lie in."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    for record in (tmp_path / "data/2024").glob("0*.yaml"):
        if record.stem not in STEMS:
            record.unlink()
    assert built(tmp_path).years == ("2024",)
    return tmp_path


@pytest.fixture
def many(project: Path) -> Path:
    """Return a project of so many records that workers are worth their start."""
    text = (project / "data/2024/01-publicity.yaml").read_text("utf-8")
    for number in range(COUNT):
        copy = text.replace("project: ", f"project: 第{number}号", 1)
        (project / f"data/2024/r{number:02}.yaml").write_text(copy, "utf-8")
    return project


@pytest.fixture
def year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a built project of the six records, two of whose forms fill a volume."""
    monkeypatch.setattr("perfeval_docs.build.places.MOST_FORMS", 2)
    for module in ("places", "volumes"):
        monkeypatch.setattr(f"perfeval_docs.build.{module}.FORMS_OF_A_VOLUME", 2)
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    outcome = run(tmp_path)
    assert (outcome.years, outcome.volumes) == (("2024",), {"2024": 3})
    return tmp_path
