"""From a year's summary to the pages of its site, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfeval_docs.build.places import SITE
from perfeval_docs.i18n import LANGUAGES, translator
from perfeval_docs.profile import Profile
from perfeval_docs.site import render_site
from perfeval_docs.summary import AnnualSummary
from perfeval_docs.view import SummaryView
from perfeval_docs.view.site import SiteView, compose_site


def compose_sites(
    summary: AnnualSummary,
    view: SummaryView,
    profiles: Mapping[str, Profile],
    volumes: Sequence[tuple[str, str]],
) -> tuple[SiteView, ...]:
    """Return what stands on the pages in each language; `profiles` are those of the records.

    `volumes` are the names of those, Word and PDF, that the forms stand in, if any.
    """
    return tuple(
        compose_site(
            summary, view, profiles, volumes, language=language, translate=translator(language)
        )
        for language in LANGUAGES
    )


def make_pages(sites: Sequence[SiteView]) -> dict[str, bytes]:
    """Return the pages of all languages by their names in the year's folder."""
    return {f"{SITE}/{name}": page for site in sites for name, page in render_site(site)}
