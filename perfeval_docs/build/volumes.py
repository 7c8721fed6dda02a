"""The forms of a year in volumes, behind what is said of their projects, each made anew alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from perfeval_docs.build.documents import workshop_of
from perfeval_docs.build.manifest import Document, File, of_bytes, read_made
from perfeval_docs.build.pieces import Piece, Standing
from perfeval_docs.build.places import FORMS_OF_A_VOLUME, TEMPLATES, names_of, volume_names
from perfeval_docs.build.reckoned import Year
from perfeval_docs.build.said import hold, told
from perfeval_docs.checking.beside import Beside
from perfeval_docs.checking.digests import digest
from perfeval_docs.checking.files import read_bytes
from perfeval_docs.checking.workers import shared_work
from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import MachineError
from perfeval_docs.fonts import Substitution
from perfeval_docs.grid import Blocks, without_space
from perfeval_docs.ooxml import DocumentProperties
from perfeval_docs.output import write_files
from perfeval_docs.prose import with_annex
from perfeval_docs.settings import Settings
from perfeval_docs.typeset import read_pdf
from perfeval_docs.view import VolumeView, compose_volumes
from perfeval_docs.word import Template, compile_template

VOCABULARY: Final = frozenset(field.name for field in fields(VolumeView))

_Made = tuple[Mapping[str, File], tuple[Substitution, ...]]

_TABLES: Final = ("rows", "deducted", "far_over", "changes")

# Starting a worker costs as much as a volume or two.
_FEWEST: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A volume that is to be: `names` are those of its files, `forms` of the Word files in it.

    All are names in the year's folder.
    """

    names: tuple[str, str]
    view: VolumeView
    forms: tuple[str, ...]
    properties: DocumentProperties


# A volume, and its forms as they are known.
_Wanted = tuple[Volume, tuple[File, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Volumes:
    """The volumes that stand, by the names of their Word files, and what each was made for.

    `notes` are what people should know of them.
    """

    documents: Mapping[str, Document]
    why: Mapping[str, tuple[str, ...]]
    substitutions: tuple[Substitution, ...]
    notes: tuple[Message, ...]


def volumes_of(year: Year) -> tuple[Volume, ...]:
    """Return the volumes of a year; none where its forms stand behind the summary."""
    names = volume_names(len(year.known))
    if not names:
        return ()
    views = compose_volumes(
        year.summary, year.change, year.words, year.profile, forms=FORMS_OF_A_VOLUME
    )
    forms = [names_of(each.file)[0] for each in year.known]
    return tuple(
        Volume(
            names=files,
            view=view,
            forms=tuple(forms[int(view.first) - 1 : int(view.last)]),
            properties=replace(year.properties, title=_title(view)),
        )
        for files, view in zip(names, views, strict=True)
    )


def word_of(volume: Volume, folder: Path, read: Callable[[str], bytes]) -> tuple[bytes, Blocks]:
    """Return the Word file of a volume, and what it says, held against its parts.

    `folder` holds the template; `read` gives a form by its name. Raises `FaultyTemplateError`
    where the template is faulty, `MachineError` where it cannot be read.
    """
    template = _template(folder)
    values = {field.name: getattr(volume.view, field.name) for field in fields(volume.view)}
    first = template.fill(values, volume.properties)
    forms = [read(name) for name in volume.forms]
    word = with_annex(first, forms)
    return word, told(word, template.expected(values), forms, template.file)


def begin_volumes(
    year: str,
    volumes: Sequence[Volume],
    stand: Standing,
    settings: Settings,
    beside: Beside,
    on_volume: Callable[[int, int], None],
) -> Callable[[], Volumes]:
    """Begin the volumes that do not stand as they must be: a few beside, many when asked for.

    What is returned gives all of them, once, or raises `FaultyTemplateError` or `MachineError`;
    it calls `on_volume(done, all)` before it waits for them, and after each that is made.
    """
    every = (item for document in stand.forms.values() for item in document.files.items())
    known = dict(every)
    cover = read_bytes(_path(settings.template.parent)) if volumes else b""
    pieces = [
        Piece(
            names=volume.names,
            inputs={
                "forms": digest(*(known[name].sha256.encode() for name in volume.forms)),
                "cover": digest(cover, repr((volume.view, volume.properties)).encode()),
                **{name: stand.shared[name] for name in ("fonts", "program")},
            },
            others={},
        )
        for volume in volumes
    ]
    why = list(map(stand.why, pieces))
    make = partial(_make, year=year, settings=settings)
    wanted = [
        (volume, tuple(known[name] for name in volume.forms))
        for volume, reasons in zip(volumes, why, strict=True)
        if reasons
    ]
    begun = [beside.start(make, each) for each in wanted] if len(wanted) < _FEWEST else []

    def result() -> Volumes:
        made = (each() for each in begun) if begun else _shared(make, wanted, settings)
        documents, faces, done = {}, list[Substitution](), 0
        if wanted:
            on_volume(done, len(wanted))
        for piece, reasons in zip(pieces, why, strict=True):
            name = piece.names[0]
            if reasons:
                files, substitutions = next(made)
                documents[name] = Document(inputs=piece.inputs, others={}, files=files)
                faces += substitutions
                done += 1
                on_volume(done, len(wanted))
            else:
                documents[name] = stand.documents[name]
        return Volumes(
            documents=documents,
            why={
                file: reasons
                for piece, reasons in zip(pieces, why, strict=True)
                for file in piece.names
            },
            substitutions=tuple(dict.fromkeys(faces)),
            notes=tuple(_left_out(volumes, settings)),
        )

    return result


def _left_out(volumes: Sequence[Volume], settings: Settings) -> Iterator[Message]:
    """Tell what the summary says to be in the volumes and their template does not print."""
    if volumes:
        template = _template(settings.template.parent)
        said = [name for name in _TABLES if any(getattr(each.view, name) for each in volumes)]
        if names := ", ".join(name for name in said if name not in template.names):
            yield msg("{file} does not print: {names}", file=template.file, names=names)


def _shared(
    make: Callable[[_Wanted], _Made], wanted: Sequence[_Wanted], settings: Settings
) -> Iterator[_Made]:
    return shared_work(make, wanted, workers=settings.workers, fewest=_FEWEST, crashed=_crashed)


def _make(wanted: _Wanted, year: str, settings: Settings) -> _Made:
    """Make the files of a volume of the forms that are known, read back, and write them."""
    volume, forms = wanted
    known = dict(zip(volume.forms, forms, strict=True))
    folder, templates = settings.out / year, settings.template.parent
    word, expected = word_of(volume, templates, lambda name: read_made(folder, name, known[name]))
    file = _path(templates).as_posix()
    typesetter = workshop_of(settings).typesetter
    set_ = typesetter.typeset(
        word,
        title=volume.properties.title,
        author=volume.properties.author,
        date=volume.properties.date,
        file=file,
    )
    typesetter.forget()
    hold(expected, read_pdf(set_.pdf), file, normal=without_space)
    files = dict(zip(volume.names, (word, set_.pdf), strict=True))
    write_files(folder, files)
    return {name: of_bytes(data) for name, data in files.items()}, set_.substitutions


def _title(view: VolumeView) -> str:
    return f"{view.title} 第{view.number}册"


def _path(folder: Path) -> Path:
    return folder / TEMPLATES[-1]


def _template(folder: Path) -> Template:
    file = _path(folder)
    return _compiled(file.as_posix(), read_bytes(file))


@lru_cache(maxsize=1)
def _compiled(file: str, data: bytes) -> Template:
    return compile_template(data, file=file, vocabulary=VOCABULARY)


def _crashed(wanted: _Wanted) -> _Made:
    volume, _ = wanted
    raise MachineError(msg("the process that made {file} died, twice", file=volume.names[0]))
