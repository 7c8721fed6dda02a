"""Whether the documents of a bundle say what the records inside say, read again one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

import pypdfium2 as pdfium

from perfeval_docs.build.carrying import carried_of, carried_xml, record_text
from perfeval_docs.build.documents import workshop_of
from perfeval_docs.build.places import NAMES, WORKBOOK, names_of, volume_names
from perfeval_docs.build.reckoned import reckon
from perfeval_docs.build.reports import filled
from perfeval_docs.build.volumes import volumes_of, word_of
from perfeval_docs.build.years import begin_workbook, beside_year, year_documents
from perfeval_docs.bundle.make import known_records
from perfeval_docs.bundle.project import outside
from perfeval_docs.carried import CarriedError, carried_in
from perfeval_docs.checking import Prepared, RecordFile
from perfeval_docs.checking.stages import judge_year
from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import PerfevalError
from perfeval_docs.grid import Blocks, first_difference, without_space
from perfeval_docs.ooxml import PackageError
from perfeval_docs.profile import is_built_in
from perfeval_docs.record import YearWords
from perfeval_docs.settings import Settings
from perfeval_docs.typeset import read_pdf
from perfeval_docs.word import read_docx

_UNREADABLE: Final = (PackageError, pdfium.PdfiumError, KeyError, ValueError, LookupError)
_SITE: Final = "site/"
_SHOWN: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The products of a bundle by their names in the year's folder, and the records inside.

    `same_tools` tells whether they were made by what is at hand here, to the version.
    """

    year: str
    products: Mapping[str, bytes]
    prepared: Mapping[RecordFile, Prepared]
    settings: Settings
    same_tools: bool


def check_documents(shelf: Shelf) -> Iterator[Message]:
    """Yield where a form or the summary does not say what the records inside give."""
    sound = {file: each for file, each in shelf.prepared.items() if each.is_sound}
    for file in shelf.prepared:
        if file not in sound:
            yield msg("{name} has errors and cannot be built", name=_record(file))
    yield from _profiles(shelf)
    for reason in outside(shelf.prepared):
        yield msg("a record is judged by {name}, outside the bundle", name=reason.name)
    yield from _names(shelf)
    for file, each in sound.items():
        yield from _form(file, each, shelf)
        if shelf.settings.public and record_text(each) != each.source.text:
            yield msg("{name} holds what is internal", name=_record(file))
    if sound and len(sound) == len(shelf.prepared):
        yield from _summary(sound, shelf)


def _record(file: RecordFile) -> str:
    return f"{file.year}/{file.path.name}"


def _profiles(shelf: Shelf) -> Iterator[Message]:
    """Hold the built-in profiles, which a bundle holds to be read, against those used."""
    folder = shelf.settings.data.parent
    for named, text in {n: t for e in shelf.prepared.values() for n, t in e.texts.items()}.items():
        if is_built_in(named):
            path = folder / "profiles" / PurePosixPath(named).name
            if not path.is_file():
                yield msg("missing: {name}", name=path.relative_to(folder).as_posix())
            elif path.read_bytes() != text.encode() and shelf.same_tools:
                yield msg("changed: {name}", name=path.relative_to(folder).as_posix())


def _names(shelf: Shelf) -> Iterator[Message]:
    """Yield the documents that the records and the year do not account for, or that lack."""
    forms = {name: file for file in shelf.prepared for name in names_of(file)}
    for name, file in forms.items():
        if name not in shelf.products:
            yield msg("missing: {name}, the form of {record}", name=name, record=_record(file))
    volumes = (name for names in volume_names(len(shelf.prepared)) for name in names)
    of_year = (*NAMES, *volumes)
    for name in of_year:
        if name not in shelf.products:
            yield msg("missing: {name}", name=name)
    allowed = {*forms, *of_year, *(() if shelf.settings.public else ("manifest.json",))}
    for name in shelf.products:
        if name not in allowed and not name.startswith(_SITE):
            yield msg("extra: {name}, which comes from no record", name=name)


def _form(file: RecordFile, prepared: Prepared, shelf: Shelf) -> Iterator[Message]:
    """Hold both files of a form against its record."""
    workshop = workshop_of(shelf.settings)
    properties, expected, docx = filled(
        prepared, workshop, shelf.settings.epoch, carried_xml(file, prepared)
    )
    word, pdf = names_of(file)
    carried = carried_of(file, prepared)
    for name, normal in ((word, str), (pdf, without_space)):
        data = shelf.products.get(name)
        if data is None:
            continue
        try:
            found = read_docx(data) if name == word else read_pdf(data)
            difference = first_difference(expected, found, normal=normal)
        except _UNREADABLE as error:
            yield msg("{name} cannot be read: {error}", name=name, error=str(error))
            continue
        said = False
        if difference is not None:
            said = True
            yield msg(
                "{name} does not say what {record} says: {place} should be “{expected}” and is "
                "“{found}”",
                name=name,
                record=_record(file),
                place=difference.place,
                expected=difference.expected[:_SHOWN],
                found=difference.found[:_SHOWN],
            )
        try:
            if carried_in(data, name).files != carried.files:
                said = True
                yield msg("{name} carries another record than {record}", name=name,
                          record=_record(file))  # fmt: skip
        except CarriedError as error:
            said = True
            yield msg("{name} carries no record that can be read: {error}", name=name,
                      error=str(error))  # fmt: skip
        if (
            name == pdf
            and not said
            and _of_itself(data) != (properties.title, properties.author, 1)
        ):
            yield msg("{name} says something else of itself than {record}", name=name,
                      record=_record(file))  # fmt: skip
        if name == word and not said and data != docx and shelf.same_tools:
            yield _not_the_bytes(name)


def _of_itself(pdf: bytes) -> tuple[str, str, int]:
    """Return the title and the author of a PDF, and how many files are attached to it."""
    with pdfium.PdfDocument(pdf) as document:
        told = document.get_metadata_dict()
        return told.get("Title", ""), told.get("Author", ""), document.count_attachments()


def _summary(sound: Mapping[RecordFile, Prepared], shelf: Shelf) -> Iterator[Message]:
    """Hold the files of the year against what all its records give."""
    forms = [shelf.products.get(names_of(file)[0]) for file in sound]
    whole = [form for form in forms if form is not None]
    known = known_records(sound)
    words, found = judge_year(shelf.settings.data / shelf.year, [each.entry for each in known])
    try:
        year = reckon(shelf.year, known, words or YearWords(), shelf.settings)
        volumes, pages = volumes_of(year), dict[str, bytes]()
        with beside_year(known, shelf.settings) as beside:
            workbook = begin_workbook(year, found, shelf.settings, beside)
            made = year_documents(
                year, workshop=None, volumes=volumes, forms=[] if volumes else whole,
                pages=[file.stem for file in sound], on_pages=pages.update,
                settings=shelf.settings, beside=beside,
            )  # fmt: skip
            files = {**made.files, **pages, WORKBOOK: workbook()}
        said = dict(_said(files))
        for volume in volumes:
            word, told = word_of(volume, shelf.settings.template.parent, shelf.products.__getitem__)
            files[volume.names[0]] = word
            said |= dict.fromkeys(volume.names, told)
    except (PerfevalError, *_UNREADABLE) as error:
        yield msg("the summary cannot be made from what is inside: {error}", error=str(error))
        return
    differing = set()
    for name, expected in said.items():
        for fault in _read_again(name, expected, shelf.products):
            differing.add(name)
            yield fault
    yield from _pages(files, shelf)
    yield from _bytes(files, differing, shelf)


def _said(made: Mapping[str, bytes]) -> Iterator[tuple[str, Blocks]]:
    """Yield what the documents of a year say, by the names of their files."""
    report = read_docx(made["summary.docx"])
    yield from (("summary.docx", report), ("summary.pdf", report))
    paragraph = "final-accounts-paragraph.docx"
    yield paragraph, read_docx(made[paragraph])


def _read_again(name: str, expected: Blocks, products: Mapping[str, bytes]) -> Iterator[Message]:
    data = products.get(name)
    if data is None:
        return
    is_pdf = name.endswith(".pdf")
    try:
        found = read_pdf(data) if is_pdf else read_docx(data)
        normal = without_space if is_pdf else str
        difference = first_difference(expected, found, normal=normal)
    except _UNREADABLE as error:
        yield msg("{name} cannot be read: {error}", name=name, error=str(error))
        return
    if difference is not None:
        yield msg(
            "{name} does not say what the forms say: {place} should be “{expected}” and is "
            "“{found}”",
            name=name,
            place=difference.place,
            expected=difference.expected[:_SHOWN],
            found=difference.found[:_SHOWN],
        )


def _pages(made: Mapping[str, bytes], shelf: Shelf) -> Iterator[Message]:
    """Yield the pages of the site that lack, or that come from no record."""
    wanted = {name for name in made if name.startswith(_SITE)}
    here = {name for name in shelf.products if name.startswith(_SITE)}
    yield from (msg("missing: {name}", name=name) for name in sorted(wanted - here))
    for name in sorted(here - wanted):
        yield msg("extra: {name}, which comes from no record", name=name)


def _bytes(made: Mapping[str, bytes], differing: set[str], shelf: Shelf) -> Iterator[Message]:
    """Compare what was made again byte for byte; other tools may give other bytes."""
    for name in made if shelf.same_tools else ():
        data = shelf.products.get(name)
        if name in made and name not in differing and data is not None and data != made[name]:
            yield _not_the_bytes(name)


def _not_the_bytes(name: str) -> Message:
    return msg("{name} is not byte for byte what the records give", name=name)
