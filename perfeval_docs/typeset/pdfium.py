"""What reading a page calls of pdfium, hundreds of times: handles and buffers as plain numbers.

The functions of pypdfium2 take and give pointers with types, which ctypes makes and looks through
at each call; that costs more than most of the calls themselves.
"""

from __future__ import annotations

import ctypes
from codecs import utf_16_le_decode
from collections.abc import Callable
from ctypes import POINTER, c_float, c_int, c_ulong, c_void_p
from typing import Any, Final

from pypdfium2 import raw

# What stands for an object of pdfium: where it is.
Handle = int

TEXT: Final[int] = raw.FPDF_PAGEOBJ_TEXT
FORM: Final[int] = raw.FPDF_PAGEOBJ_FORM
_ROOM: Final = 512
"""How many units of UTF-16 most texts have room in."""


def handle(pointer: object) -> Handle:
    """Return the handle that a pointer of pypdfium2 is."""
    return ctypes.cast(pointer, c_void_p).value or 0  # type: ignore[arg-type]  # has no types


def _plain(function: object, result: Any, *arguments: Any) -> Callable[..., Any]:  # noqa: ANN401  # types of C
    return ctypes.CFUNCTYPE(result, *arguments)(handle(function))


count_objects = _plain(raw.FPDFPage_CountObjects, c_int, c_void_p)
get_object = _plain(raw.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
count_form_objects = _plain(raw.FPDFFormObj_CountObjects, c_int, c_void_p)
get_form_object = _plain(raw.FPDFFormObj_GetObject, c_void_p, c_void_p, c_ulong)
sort_of_object = _plain(raw.FPDFPageObj_GetType, c_int, c_void_p)
marked_content = _plain(raw.FPDFPageObj_GetMarkedContentID, c_int, c_void_p)
object_text = _plain(raw.FPDFTextObj_GetText, c_ulong, c_void_p, c_void_p, c_void_p, c_ulong)

tree_of_page = _plain(raw.FPDF_StructTree_GetForPage, c_void_p, c_void_p)
close_tree = _plain(raw.FPDF_StructTree_Close, None, c_void_p)
count_roots = _plain(raw.FPDF_StructTree_CountChildren, c_int, c_void_p)
get_root = _plain(raw.FPDF_StructTree_GetChildAtIndex, c_void_p, c_void_p, c_int)
count_children = _plain(raw.FPDF_StructElement_CountChildren, c_int, c_void_p)
get_child = _plain(raw.FPDF_StructElement_GetChildAtIndex, c_void_p, c_void_p, c_int)
marked_child = _plain(raw.FPDF_StructElement_GetChildMarkedContentID, c_int, c_void_p, c_int)
element_sort = _plain(raw.FPDF_StructElement_GetType, c_ulong, c_void_p, c_void_p, c_ulong)
alternative = _plain(raw.FPDF_StructElement_GetAltText, c_ulong, c_void_p, c_void_p, c_ulong)

_get_bounds = _plain(raw.FPDFPageObj_GetBounds, c_int, c_void_p, *[POINTER(c_float)] * 4)


class Listener:
    """Takes what functions of pdfium write into a buffer."""

    def __init__(self) -> None:
        """Take a buffer that most texts have room in."""
        self._make(_ROOM)
        self._edges = (c_float(), c_float(), c_float(), c_float())

    def text(self, call: Callable[..., int], *of: Handle) -> str:
        """Return the text that a function writes about what it is given, in UTF-16."""
        size = call(*of, self._at, self._size)
        if size > self._size:
            self._make(size)
            call(*of, self._at, self._size)
        # `str` would look for the codec each time, which takes as long as the call.
        return utf_16_le_decode(self._bytes[: max(size - 2, 0)], "replace", True)[0]  # noqa: FBT003  # takes no keywords

    def bounds(self, item: Handle) -> tuple[float, float, float, float]:
        """Return the edges of what stands on a page: left, bottom, right and top."""
        left, bottom, right, top = self._edges
        _get_bounds(item, left, bottom, right, top)
        return left.value, bottom.value, right.value, top.value

    def _make(self, units: int) -> None:
        self._buffer = (ctypes.c_ushort * units)()
        self._at, self._size = ctypes.addressof(self._buffer), ctypes.sizeof(self._buffer)
        self._bytes = memoryview(self._buffer).cast("B")
