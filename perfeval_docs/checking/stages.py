"""From a record's file to a judged form, stage by stage, every fault on the way kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from perfeval_docs.checking.digests import digest
from perfeval_docs.checking.files import read_bytes
from perfeval_docs.checking.records import WORDS_NAME, RecordFile
from perfeval_docs.diagnostic import Diagnostic, Span, has_error, in_order
from perfeval_docs.errors import UsageError
from perfeval_docs.profile import (
    LoadedProfile,
    ReadFile,
    load_profile,
    read_file,
    unknown_profile,
)
from perfeval_docs.record import Record, YearWords, decode_record, decode_year_words
from perfeval_docs.rules import (
    Form,
    YearEntry,
    check,
    check_characters,
    check_profile,
    check_words,
    check_year,
)
from perfeval_docs.scoring import Assessment, assess
from perfeval_docs.source import Decoded, Source, read_source, source_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A record as far as its stages came; a stage is None if a fault stopped the record before it.

    `texts` holds the text of every file that a diagnostic may quote, by the file's name;
    `profiles` the digests of the profiles of its own that it was judged by, as they were read.
    """

    source: Source
    record: Record | None = None
    assessment: Assessment | None = None
    form: Form | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str]
    profiles: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        """Tell whether all stages were run, and none found an error."""
        return self.form is not None and not has_error(self.diagnostics)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The bytes of a record, and of the defaults of its folders, the nearest last.

    `read_profile` gives the profiles of its own, where they are not to be had from the disk.
    """

    file: RecordFile
    data: bytes
    defaults: tuple[bytes, ...]
    read_profile: ReadFile | None = None


def read_inputs(file: RecordFile) -> Inputs:
    """Read a record's file and those of its defaults.

    Raises `MachineError` where a file cannot be read.
    """
    defaults = tuple(map(read_bytes, file.defaults))
    return Inputs(file=file, data=read_bytes(file.path), defaults=defaults)


def prepare(inputs: Inputs, missing_glyphs: Callable[[str], tuple[str, ...]]) -> Prepared:
    """Run the stages nodes → record → assessment → form for one record.

    `missing_glyphs` tells which characters of a text no font at hand can print.
    Raises `MachineError` where the file of a profile cannot be read.
    """
    file = inputs.file
    source = read_source(inputs.data, file.path.as_posix())
    defaults = tuple(
        _read_shared(data, path.as_posix())
        for data, path in zip(inputs.defaults, file.defaults, strict=True)
    )
    texts = {each.file: each.text for each in (source, *defaults)}
    decoded = decode_record(source, defaults)
    found = [*decoded.diagnostics, *check_characters(source, missing_glyphs)]
    record = decoded.value
    if record is None:
        return Prepared(source=source, diagnostics=in_order(found), texts=texts)
    loaded, profiles = _profile(record, decoded.places, inputs)
    found += [*loaded.diagnostics, *check_profile(loaded)]
    texts |= loaded.texts
    if loaded.value is None:
        return Prepared(
            source=source,
            record=record,
            diagnostics=in_order(found),
            texts=texts,
            profiles=profiles,
        )
    assessment = assess(record, loaded.value)
    form = Form(record=record, assessment=assessment, profile=loaded.value, decoded=decoded)
    found += check(form)
    return Prepared(
        source=source,
        record=record,
        assessment=assessment,
        form=form,
        diagnostics=in_order(found),
        texts=texts,
        profiles=profiles,
    )


def _read_year_words(folder: Path) -> Decoded[YearWords]:
    """Read the words of a year from its folder; none where there is no file of them.

    Raises `MachineError` where the file cannot be read.
    """
    path = folder / WORDS_NAME
    if not path.is_file():
        return Decoded(value=None, places={}, keys={}, diagnostics=())
    return decode_year_words(read_source(read_bytes(path), path.as_posix()))


def judge_year(
    folder: Path, entries: Sequence[YearEntry]
) -> tuple[YearWords | None, tuple[Diagnostic, ...]]:
    """Return the words of a year, and what is wrong with them and with its records together."""
    words = _read_year_words(folder)
    found = (*words.diagnostics, *check_year(entries), *check_words(words, entries))
    return words.value, in_order(found)


def read_texts(names: Iterable[str]) -> dict[str, str]:
    """Read again the files that findings over several of them quote, by name."""
    return {name: source_text(read_bytes(Path(name)), name) for name in names}


def _profile(
    record: Record, places: Mapping[tuple[str | int, ...], Span], inputs: Inputs
) -> tuple[LoadedProfile, Mapping[str, str]]:
    """Load the profile that a record names; a name that none has is a fault of the record.

    With it come the digests of what was read for it, by file.
    """
    read, digests = inputs.read_profile or read_file, dict[str, str]()

    def noted(file: str) -> bytes | None:
        data = read(file)
        if data is not None:
            digests[file] = digest(data)
        return data

    try:
        return load_profile(record.profile, inputs.file.data, noted), digests
    except UsageError:
        fault = unknown_profile(record.profile, places[("profile",)])
        return LoadedProfile(value=None, places={}, diagnostics=(fault,), texts={}), {}


@lru_cache(maxsize=64)
def _read_shared(data: bytes, file: str) -> Source:
    """Read what the records of a folder share, once for all of them."""
    return read_source(data, file)
