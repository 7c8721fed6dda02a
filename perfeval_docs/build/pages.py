"""From a year's summary to the pages of its site, in both languages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from perfeval_docs.build.manifest import Document
from perfeval_docs.build.pieces import Piece
from perfeval_docs.build.places import SITE
from perfeval_docs.checking.digests import digest
from perfeval_docs.i18n import LANGUAGES, translator
from perfeval_docs.profile import Profile
from perfeval_docs.site import page_names, render_site
from perfeval_docs.summary import AnnualSummary
from perfeval_docs.view import SummaryView, department
from perfeval_docs.view.site import SiteView, compose_site

if TYPE_CHECKING:
    from perfeval_docs.build.reckoned import Year


def compose_sites(
    summary: AnnualSummary,
    view: SummaryView,
    profiles: Mapping[str, Profile],
    volumes: Sequence[tuple[str, str]],
    pages: Collection[str],
) -> tuple[SiteView, ...]:
    """Return what stands on the pages in each language; `profiles` are those of the records.

    `volumes` are the names of those, Word and PDF, that the forms stand in, if any; `pages` the
    stems of the projects that have one of their own here.
    """
    return tuple(
        compose_site(
            summary,
            view,
            profiles,
            volumes,
            pages,
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
