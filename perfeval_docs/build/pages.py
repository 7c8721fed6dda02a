"""From a year's summary to the pages of its site, in both languages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from perfeval_docs.build.manifest import Document
from perfeval_docs.build.pieces import Piece
from perfeval_docs.build.places import SITE
from perfeval_docs.checking.digests import digest
from perfeval_docs.i18n import LANGUAGES, translator
from perfeval_docs.profile import Profile
from perfeval_docs.site import page_names, render_projects, render_site
from perfeval_docs.summary import AnnualSummary
from perfeval_docs.view import SummaryView, department
from perfeval_docs.view.site import SiteView, compose_site, with_projects

if TYPE_CHECKING:
    from perfeval_docs.build.reckoned import Year

_AT_A_TIME: Final = 100


def compose_sites(
    summary: AnnualSummary,
    view: SummaryView,
    profiles: Mapping[str, Profile],
    volumes: Sequence[tuple[str, str]],
) -> tuple[SiteView, ...]:
    """Return what stands on the pages of the year in each language, but for those of its projects.

    `profiles` are those of the records; `volumes` the names of those, Word and PDF, that the forms
    stand in, if any.
    """
    return tuple(
        compose_site(
            summary,
            view,
            profiles,
            volumes,
            (),
            language=language,
            translate=translator(language),
        )
        for language in LANGUAGES
    )


def project_pages(
    year: Year, documents: Mapping[str, Document], shared: Mapping[str, str]
) -> dict[str, Piece]:
    """Return what the pages of each project come from, by its stem.

    `documents` are those of the records; what stands around a page is of the year.
    """
    around = digest(department(year.summary, year.words).encode(), year.name.encode())
    return {
        each.file.stem: Piece(
            names=tuple(f"{SITE}/{name}" for name in page_names(each.file.stem)),
            inputs={
                "record": documents[each.file.stem].inputs["record"],
                "defaults": documents[each.file.stem].inputs["defaults"],
                "around": around,
                "program": shared["program"],
            },
            others=documents[each.file.stem].others,
        )
        for each in year.known
    }


def make_pages(sites: Sequence[SiteView]) -> dict[str, bytes]:
    """Return the pages of all languages by their names in the year's folder."""
    return {f"{SITE}/{name}": page for site in sites for name, page in render_site(site)}


def make_project_pages(
    sites: Sequence[SiteView],
    summary: AnnualSummary,
    profiles: Mapping[str, Profile],
    stems: Collection[str],
) -> Iterator[dict[str, bytes]]:
    """Yield the pages of these projects as `make_pages` does, those of some projects at a time.

    Together they would take more memory than all else of a year.
    """
    kept = frozenset(stems)
    wanted = [each for each in summary.projects if each.stem in kept]
    for start in range(0, len(wanted), _AT_A_TIME):
        some = wanted[start : start + _AT_A_TIME]
        each = (with_projects(site, some, profiles, translator(site.language)) for site in sites)
        yield {f"{SITE}/{name}": page for site in each for name, page in render_projects(site)}
