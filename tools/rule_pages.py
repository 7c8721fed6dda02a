"""Keep docs/rules: a page for each code of the catalogue and the index."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from perfeval_docs.checking import check
from perfeval_docs.explain import Page, page, page_names, page_text
from perfeval_docs.explain.examples import run_bad, run_good
from perfeval_docs.settings import Settings

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "docs/rules"
INDEX: Final = "README.md"

_CODE: Final = re.compile(r'"(PE\d{3})"')
_NOTE: Final = "<!-- Written by `python -m tools.rule_pages update`; change the page's source. -->"


def main() -> None:
    """Run `update` or `check`."""
    parser = argparse.ArgumentParser(prog="python -m tools.rule_pages", description=__doc__)
    parser.add_argument("command", choices=("update", "check"))
    wanted = files()
    if parser.parse_args().command == "update":
        write(wanted)
        return
    stale = sorted(name for name, text in wanted.items() if _content(FOLDER / name) != text)
    stale += sorted(path.name for path in FOLDER.glob("*.md") if path.name not in wanted)
    for name in stale:
        print(f"docs/rules/{name} is stale; run update", file=sys.stderr)
    sys.exit(1 if stale else 0)


def write(wanted: dict[str, str]) -> None:
    """Write the pages, and delete those of codes that are no more."""
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, "utf-8")


def files() -> dict[str, str]:
    """Return the texts of docs/rules by file name."""
    pages = {code: page(code)[1] for code in page_names()}
    texts = {_file(code): "".join(_text(code, pages[code])) for code in pages}
    return {INDEX: "".join(f"{line}\n" for line in _index(pages)), **texts}


def _file(code: str) -> str:
    return f"{code}-{page_names()[code]}.md"


def _text(code: str, found: Page) -> Iterator[str]:
    yield f"{_NOTE}\n\n"
    yield page_text(code, page_names()[code], found, "zh")
    yield "\n---\n\n"
    yield page_text(code, page_names()[code], found, "en")


def _index(pages: dict[str, Page]) -> Iterator[str]:
    severities = {code: _severity(code, found) for code, found in pages.items()}
    on_forms = _found_on_the_six_forms()
    sound = sum(not run_good(found).diagnostics for found in pages.values())
    told = sum(severity != "-" for severity in severities.values())
    counts = Counter(severities.values())
    yield from (_NOTE, "", "# 规则目录 / The catalogue", "")
    yield "| 项目 / what | 数 / count |"
    yield "|---|---|"
    yield f"| 程序中的代码 / codes in the program | {len(codes_in_the_program())} |"
    yield f"| 有说明页 / with a page | {len(pages)} |"
    yield f"| 通过的例子确实通过 / examples that pass | {sound} |"
    yield f"| 有误的例子确实报出 / examples that are found | {told} |"
    yield f"| 错误 · 警告 · 提示 / errors · warnings · remarks | {_sums(counts)} |"
    yield f"| 六份自评表中报出 / findings on the six forms | {sum(on_forms.values())} |"
    yield ""
    yield "| 代码 code | 名称 name | 级别 severity | 说明 | what | 六份表 six forms |"
    yield "|---|---|---|---|---|---|"
    for code, found in pages.items():
        name, count = page_names()[code], on_forms[code]
        yield (
            f"| [{code}]({_file(code)}) | {name} | {severities[code]} | {found.title.zh} "
            f"| {found.title.en} | {count or ''} |"
        )


def _sums(counts: Counter[str]) -> str:
    return " · ".join(str(counts[severity]) for severity in ("error", "warning", "info"))


def _severity(code: str, found: Page) -> str:
    """Return how severe its example is found to be."""
    if not found.bad:
        return "-"
    return next((d.severity.value for d in run_bad(found).diagnostics if d.code == code), "-")


def _found_on_the_six_forms() -> Counter[str]:
    settings = Settings(data=ROOT / "data", out=ROOT, template=ROOT)
    return Counter(each.code for each in check(settings, (), lambda _done, _all: None).diagnostics)


def codes_in_the_program() -> set[str]:
    """Return the codes that the package gives, as they stand in its source."""
    modules = (ROOT / "perfeval_docs").rglob("*.py")
    return {code for path in modules for code in _CODE.findall(path.read_text("utf-8"))}


def _content(file: Path) -> str | None:
    return file.read_text("utf-8") if file.is_file() else None


if __name__ == "__main__":
    main()
