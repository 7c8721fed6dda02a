"""Values of workbooks as these show them, for the formats that forms have."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_DECIMALS: Final = re.compile(r"0(?:\.(?P<places>0+))?(?P<percent>%)?$")


def shown(value: object, number_format: str) -> str:
    """Return a value as the format of its cell shows it."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    exact = Decimal(repr(value))
    found = _DECIMALS.search(number_format.split(";", maxsplit=1)[0].replace("_ ", "").strip())
    if found is None:
        return f"{exact:f}"
    if found["percent"]:
        exact *= 100
    places = len(found["places"] or "")
    shown = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{shown:f}{'%' if found['percent'] else ''}"
