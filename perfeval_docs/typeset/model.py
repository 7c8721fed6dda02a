"""What a page holds, free of Word and of Typst: blocks with every property resolved.

Lengths are in points, colours `#rrggbb`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    """How the lines of a paragraph stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class LineRule(StrEnum):
    """How Word measures the height of lines."""

    AUTO = "auto"
    EXACT = "exact"
    AT_LEAST = "atLeast"


class VerticalAlign(StrEnum):
    """Where the text of a cell stands in its height."""

    TOP = "top"
    CENTER = "center"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStyle:
    """How characters look; `latin` and `east_asian` are face names as Word writes them."""

    latin: str
    east_asian: str
    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    color: str = "#000000"
    fill: str = ""
    script: str = ""
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Text:
    """Characters of one look."""

    text: str
    style: RunStyle


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line broken by hand."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab; it advances by a fixed width."""

    width: float


@dataclass(frozen=True, slots=True)
class PageNumber:
    """The number of this page, or of all pages (`total`)."""

    style: RunStyle
    total: bool


@dataclass(frozen=True, slots=True)
class Image:
    """The bytes of a picture that Typst can read; `sort` is `png`, `jpg` or `svg`."""

    data: bytes
    sort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that stands in a line, and what it says to those who cannot see it."""

    image: Image
    width: float
    height: float
    alternative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A text file that a PDF carries as its source, in UTF-8."""

    name: str
    data: bytes
    sort: str
    description: str


Piece = Text | LineBreak | Tab | PageNumber | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """How a paragraph stands; `line` is a factor for `AUTO`, points for the other rules.

    `outline` is the level of a heading, from 0, as Word counts it.
    """

    align: Align = Align.LEFT
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    line_rule: LineRule = LineRule.AUTO
    keep_next: bool = False
    outline: int | None = None
    fill: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; `mark` is the look of its end, which gives an empty one its height."""

    pieces: tuple[Piece, ...]
    style: ParagraphStyle
    mark: RunStyle

    @property
    def text(self) -> str:
        """Return its characters."""
        return "".join(piece.text for piece in self.pieces if isinstance(piece, Text))


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows stands on a new page; an `always` break leaves an empty page as it is."""

    always: bool = True


@dataclass(frozen=True, slots=True)
class Border:
    """A rule: width in points, colour, `solid`, `dotted` or `dashed`."""

    width: float
    color: str
    dash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """One border for each side, None where there is no rule."""

    top: Border | None
    right: Border | None
    bottom: Border | None
    left: Border | None


@dataclass(frozen=True, slots=True)
class Insets:
    """The space between a cell's edges and its text."""

    top: float
    right: float
    bottom: float
    left: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frame:
    """All of a cell but its content: where it begins, its spans of the grid, how it looks.

    Equal ones are nearly always one object, and are told by it.
    """

    column: int
    column_span: int
    row_span: int
    borders: Sides
    insets: Insets
    align: VerticalAlign
    fill: str


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell at the place where it begins."""

    frame: Frame
    blocks: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row: its least height (or its exact one), and whether it may break over pages."""

    cells: tuple[TableCell, ...]
    height: float
    exact: bool
    breakable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; the first `head` rows repeat on every page."""

    columns: tuple[float, ...]
    rows: tuple[TableRow, ...]
    head: int
    align: Align
    indent: float


Block = Paragraph | PageBreak | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """The four margins and how far header and footer stand from the page's edges."""

    top: float
    right: float
    bottom: float
    left: float
    header: float
    footer: float


@dataclass(frozen=True, slots=True)
class Area:
    """A width and a height."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """The size of a page and its margins."""

    width: float
    height: float
    margins: Margins

    @property
    def area(self) -> Area:
        """Return the room between the margins, where the text stands."""
        margins = self.margins
        return Area(
            self.width - margins.left - margins.right, self.height - margins.top - margins.bottom
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """A header or footer: what ordinary (odd), even and first pages show.

    None stands for "as on ordinary pages".
    """

    default: tuple[Block, ...] = ()
    even: tuple[Block, ...] | None = None
    first: tuple[Block, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Pages of one kind; `start` is the number of its first page if it does not go on counting.

    `numbering` is Typst's pattern for page numbers.
    """

    page: Page
    header: Furniture
    footer: Furniture
    numbering: str
    start: int | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """A document ready to be set."""

    sections: tuple[Section, ...]
