"""From a year's summary to the pages of its site, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from perfeval_docs.build.places import SITE
from perfeval_docs.i18n import LANGUAGES, translator
from perfeval_docs.profile import Profile
from perfeval_docs.record import YearWords
from perfeval_docs.site import render_site
from perfeval_docs.summary import AnnualSummary, YearChange
from perfeval_docs.view import compose_charts, compose_summary
from perfeval_docs.view.site import compose_site


def make_site(
    summary: AnnualSummary,
    change: YearChange | None,
    words: YearWords,
    profile: Profile,
    profiles: Mapping[str, Profile],
) -> dict[str, bytes]:
    """Return the pages by their names in the year's folder; `profiles` are those of the records."""
    view = compose_summary(summary, change, words, profile, compose_charts(summary, profile))
    return {
        f"{SITE}/{name}": page
        for language in LANGUAGES
        for name, page in render_site(
            compose_site(summary, view, profiles, language=language, translate=translator(language))
        )
    }
