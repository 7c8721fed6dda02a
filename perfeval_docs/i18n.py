"""Languages of messages: English as written, others from the catalogues in the package."""

from __future__ import annotations

from collections.abc import Callable
from gettext import GNUTranslations
from importlib import resources
from types import MappingProxyType
from typing import Final

LANGUAGES: Final = ("en", "zh")

_CATALOGUES: Final = MappingProxyType({"zh": "zh_CN"})


def translator(language: str) -> Callable[[str], str]:
    """Return what puts an English template into a language of `LANGUAGES`.

    A template without translation stays English. Raises `KeyError` for other languages.
    """
    if language == "en":
        return str
    folder = resources.files("perfeval_docs") / "locale" / _CATALOGUES[language] / "LC_MESSAGES"
    with (folder / "perfeval.mo").open("rb") as file:
        catalogue = GNUTranslations(file)

    def translate(template: str) -> str:
        # The empty key is the catalogue's header.
        return catalogue.gettext(template) if template else ""

    return translate
