"""From a record's file to its view, stage by stage, every fault on the way kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from perfeval_docs.build.records import RecordFile
from perfeval_docs.diagnostic import Diagnostic, has_error, in_order, msg
from perfeval_docs.errors import EnvironmentFailure
from perfeval_docs.profile import Profile, load_profile
from perfeval_docs.record import Record, decode_record
from perfeval_docs.rules import check
from perfeval_docs.scoring import Assessment, assess
from perfeval_docs.source import Source, read_source
from perfeval_docs.view import FormView, compose


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A record as far as its stages came; a stage is None if a fault before it stopped the record.

    `texts` holds the text of every file that a diagnostic may quote.
    """

    source: Source
    record: Record | None = None
    assessment: Assessment | None = None
    view: FormView | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str]


def prepare(file: RecordFile, missing_glyphs: Callable[[str], tuple[str, ...]]) -> Prepared:
    """Run the stages nodes → record → assessment → view for one record.

    `missing_glyphs` tells which characters of a text no font at hand can print.
    Raises `EnvironmentFailure` where a file cannot be read.
    """
    source, *defaults = (read_file(path) for path in (file.path, *file.defaults))
    texts = {each.file: each.text for each in (source, *defaults)}
    decoded = decode_record(source, tuple(defaults))
    found = [*decoded.diagnostics, *check.characters(source, missing_glyphs)]
    if decoded.value is None:
        return Prepared(source=source, diagnostics=in_order(found), texts=texts)
    profile = load_profile(decoded.value.profile)
    return _assess(source, decoded.value, profile, found, texts)
