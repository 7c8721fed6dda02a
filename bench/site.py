"""Print how long the site of a year takes to make, and its index in Debian's Chromium to be used.

`python -m bench.site` from the top of the project. Nothing of the reports is made: what is timed
is the pages. In the browser each figure is the median of several rounds, each in a page loaded
anew; a search, a choice and a sort last until what they show is painted.
"""

from __future__ import annotations

import statistics
import tempfile
from functools import partial
from pathlib import Path

from bench.records import copies
from bench.run import timed
from perfeval_docs.build.pages import compose_sites, make_pages, make_project_pages
from perfeval_docs.build.reckoned import year_record
from perfeval_docs.checking.records import find_records
from perfeval_docs.checking.stages import prepare, read_inputs
from perfeval_docs.output import write_files
from perfeval_docs.profile import Profile, load_profile
from perfeval_docs.record import YearWords
from perfeval_docs.settings import Settings
from perfeval_docs.summary import AnnualSummary, summarise
from perfeval_docs.view import compose_charts, compose_summary
from tests.browser import Browser, browser

PROJECTS = (200, 2000)
ROUNDS = 5
WIDTHS = (1440, 360)
GOAL = 1.0

PAINTED = """
return new Promise((done) => new PerformanceObserver((list) => {
  for (const each of list.getEntriesByName("first-contentful-paint")) done(each.startTime / 1000);
}).observe({ type: "paint", buffered: true }));
"""
LOADED = "return performance.getEntriesByType('navigation')[0].loadEventEnd / 1000;"
UNTIL_PAINTED = """
const start = performance.now();
%s
return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(
  () => done((performance.now() - start) / 1000))));
"""
SEARCH = """
const words = document.getElementById("words");
words.value = "网络 9";
words.dispatchEvent(new Event("input"));
"""
CHOOSE = """
const grades = document.getElementById("by-grade");
grades.selectedIndex = 1;
grades.dispatchEvent(new Event("input"));
"""
SORT = "document.querySelector('thead .c-project button').click();"


def year_of(folder: Path, count: int) -> tuple[AnnualSummary, Profile]:
    """Return the summary of so many projects, and the profile that they are scored by."""
    copies(folder, count)
    asked = Settings(data=folder / "data", out=folder / "build", template=Path("templates"))
    known = [
        year_record(file, prepare(read_inputs(file), lambda _: ())) for file in find_records(asked)
    ]
    profile = load_profile("shanghai").value
    if profile is None:
        raise AssertionError(folder)
    return summarise(2024, [each.result for each in known if each is not None], profile), profile


def used(window: Browser, index: Path) -> None:
    """Print how long it takes to see the index, and to find something in it."""
    seen: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        window.open(index)
        for name, script in (("first paint", PAINTED), ("loaded", LOADED)):
            seen.setdefault(name, []).append(window.run(script))
        for name, script in (("search", SEARCH), ("grade", CHOOSE), ("sort", SORT)):
            seen.setdefault(name, []).append(window.run(UNTIL_PAINTED % script))
    for name, rounds in seen.items():
        took = statistics.median(rounds)
        verdict = "reached" if took < GOAL else "MISSED"
        print(f"    {name:12} {took:6.2f} s   (goal {GOAL:g} s: {verdict})")


def pages_of(summary: AnnualSummary, profile: Profile) -> dict[str, bytes]:
    """Return the pages of a year by their names."""
    charts = compose_charts(summary, profile)
    view = compose_summary(summary, None, YearWords(), profile, charts)
    profiles = {"shanghai": profile}
    sites = compose_sites(summary, view, profiles, ())
    pages = make_pages(sites)
    stems = [each.stem for each in summary.projects]
    for some in make_project_pages(sites, summary, profiles, stems):
        pages |= some
    return pages


def main() -> None:
    """Time the pages of a few hundred projects and of a few thousand."""
    with browser() as window:
        for count in PROJECTS:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                summary, profile = year_of(folder, count)
                make = partial(pages_of, summary, profile)
                took = statistics.median(timed(make) for _ in range(ROUNDS))
                pages = make()
                write_files(folder, pages)
                total = sum(map(len, pages.values())) / 1e6
                print(f"site of {count} projects of 9 to 26 indicators")
                print(f"    {len(pages)} pages, {total:.1f} MB, made in {took:.2f} s")
                for width in WIDTHS:
                    window.size(width)
                    print(f"  index in Chromium, {width} px wide")
                    used(window, folder / "site/index.html")


if __name__ == "__main__":
    main()
