"""What a unit writes: the shapes of a record and of a year's words, keys, reading, schemas."""

from perfeval_docs.record.decode import decode_record, decode_year_words
from perfeval_docs.record.model import (
    INTERNAL,
    Amounts,
    Defaults,
    Funds,
    Goal,
    Indicator,
    Record,
    Waiver,
)
from perfeval_docs.record.public import WITHHELD, public_text
from perfeval_docs.record.year_words import SLOTS, Coverage, Problem, Rectification, YearWords

__all__ = [
    "INTERNAL",
    "SLOTS",
    "WITHHELD",
    "Amounts",
    "Coverage",
    "Defaults",
    "Funds",
    "Goal",
    "Indicator",
    "Problem",
    "Record",
    "Rectification",
    "Waiver",
    "YearWords",
    "decode_record",
    "decode_year_words",
    "public_text",
]
