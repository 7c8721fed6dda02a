"""Find what a reviewer would send back: the catalogue of checks, and what stops a record."""

from perfeval_docs.rules.catalogue import NAMES, RULES, check, check_profile
from perfeval_docs.rules.model import Form, Rule
from perfeval_docs.rules.printable import check_characters
from perfeval_docs.rules.published import private_words
from perfeval_docs.rules.words import check_words
from perfeval_docs.rules.year import YearEntry, check_year, year_entry

__all__ = [
    "NAMES",
    "RULES",
    "Form",
    "Rule",
    "YearEntry",
    "check",
    "check_characters",
    "check_profile",
    "check_words",
    "check_year",
    "private_words",
    "year_entry",
]
