"""The text of a document as paragraphs and tables of cells, for reading back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell at the place where it begins; `text` joins its paragraphs with newlines."""

    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a merged cell stands once, in the row and place where it begins."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables; empty ones are left out of a grid."""

    text: str


Blocks = tuple[Paragraph | Table, ...]
