"""The two environments of a Word template: one writes XML, the other says what it must say."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup, escape

from perfeval_docs.templating import environment, plain_text

_LINE_BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB: Final = '</w:t><w:tab/><w:t xml:space="preserve">'


def run_text(value: object) -> Markup:
    """Return a value as content of a `w:t`, always escaped; line breaks and tabs as Word's."""
    text = escape(str(plain_text(value)))
    if "\n" in text or "\t" in text:
        whole = str(text).replace("\n", _LINE_BREAK).replace("\t", _TAB)
        return Markup(whole)  # noqa: S704  # escaped above
    return text


XML: Final = environment(run_text, escaping=True)
TEXT: Final = environment(plain_text)
