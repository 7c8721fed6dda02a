"""A JSON document as text in which every character can be seen."""

from __future__ import annotations

import json
import re

from perfeval_docs.report.cells import is_hidden


def document(value: object) -> str:
    r"""Return a value as JSON: keys in order, Chinese as it is, a line break at the end.

    Characters that show nothing or steer a terminal are written `\u202e`: what is parsed
    is the same, and the text can be sent anywhere, half of a surrogate pair included.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    hidden = (char for char in dict.fromkeys(text) if char != "\n" and is_hidden(char))
    return text.translate({ord(char): _escape(char) for char in hidden}) + "\n"


def _escape(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return re.sub("....", r"\\u\g<0>", units)
