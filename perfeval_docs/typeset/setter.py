"""Set filled Word files as PDF/A-3a and PDF/UA-1, one compiler for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import typst

from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import FaultyTemplateError
from perfeval_docs.fonts import FontBook, Substitution
from perfeval_docs.ooxml import Package, PackageError, open_package
from perfeval_docs.typeset.faults import UnsettableError
from perfeval_docs.typeset.markup import Markup
from perfeval_docs.typeset.model import Attachment, Picture
from perfeval_docs.typeset.picture_markup import alone
from perfeval_docs.typeset.walk import walk

STANDARDS: Final = ("a-3a", "ua-1")

_KEPT: Final = 10
"""How many compilations Typst keeps its work for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeset:
    """A PDF, and which faces others stood in for."""

    pdf: bytes
    substitutions: tuple[Substitution, ...]


class Typesetter:
    """Typst with its fonts loaded once."""

    def __init__(self, fonts: FontBook) -> None:
        """Start the compiler."""
        self.fonts = fonts
        self._compiler = typst.Compiler(font_paths=fonts.fonts)

    def typeset(  # what a PDF says of itself
        self,
        docx: bytes | Package,
        *,
        title: str,
        author: str,
        date: datetime,
        file: str,
        attachment: Attachment | None = None,
    ) -> Typeset:
        """Return the PDF of a filled Word file; `file` names its template in failures.

        Raises `FaultyTemplateError` for a construct that cannot be set.
        """
        source, substitutions = self.source(
            docx, title=title, author=author, date=date, file=file, attachment=attachment
        )
        return Typeset(pdf=self.pdf(source, file=file), substitutions=substitutions)

    def pdf(self, source: str, *, file: str) -> bytes:
        """Return the PDF of what `source` gave; raises `FaultyTemplateError` as `typeset` does."""
        try:
            return self.compiled(source)
        except typst.TypstError as error:
            raise FaultyTemplateError(
                msg("{file} cannot be set as PDF: {error}", file=file, error=str(error))
            ) from error

    def source(  # as above
        self,
        docx: bytes | Package,
        *,
        title: str,
        author: str,
        date: datetime,
        file: str,
        attachment: Attachment | None = None,
    ) -> tuple[str, tuple[Substitution, ...]]:
        """Return what Typst is to compile for a filled Word file, and which faces stand in.

        Raises `FaultyTemplateError` for a construct that cannot be set.
        """
        try:
            pages = walk(open_package(docx), self._probe)
        except UnsettableError as error:
            raise error.fault(file) from None
        except (PackageError, KeyError) as error:
            raise FaultyTemplateError(msg("{file} is no Word file", file=file)) from error
        markup = Markup(self.fonts)
        source = markup.document(
            pages, title=title, author=author, date=date, attachment=attachment
        )
        return source, markup.substitutions

    def compiled(self, source: str) -> bytes:
        """Return the PDF of a source; raises `typst.TypstError` for what Typst refuses."""
        pdf, _ = self._compiler.compile_with_warnings(
            input=source.encode(), format="pdf", pdf_standards=list(STANDARDS)
        )
        if not isinstance(pdf, bytes):
            raise TypeError(pdf)
        return pdf

    def forget(self) -> None:
        """Let go of what is kept of the last documents, some two megabytes a page.

        Typst keeps what it worked out for the last compilations, and has no call to let go of it.
        """
        for _ in range(_KEPT):
            self._compiler.compile(input=b"", format="svg")

    def _probe(self, picture: Picture) -> None:
        """Refuse a picture that the compiler cannot set, before its place is forgotten."""
        try:
            self.compiled(alone(picture, self.fonts))
        except typst.TypstError as error:
            raise UnsettableError(
                msg("a picture that cannot be read ({error})", error=str(error)),
                msg("insert it again"),
            ) from None
