"""PDFium's functions that a page calls once a word: they take and give addresses.

pypdfium2 checks and wraps every pointer that it passes, which takes three times as long as most of these calls.
Handles and buffers are `c_void_p`; whoever makes one keeps what it points to alive.
"""

import ctypes
from array import array
from collections.abc import Callable
from ctypes import c_double, c_int, c_uint, c_void_p
from typing import Any

import pypdfium2.raw as pdfium


def handle(pointer: Any) -> c_void_p:  # noqa: ANN401 - a pointer of whatever type
    """Return where a pointer of pypdfium2 points to."""
    return ctypes.cast(pointer, c_void_p)


def place(buffer: "array[float]") -> c_void_p:
    """Return where the numbers of an array lie."""
    return c_void_p(buffer.buffer_info()[0])


def _bound(name: str, gives: Any, *takes: Any) -> Callable[..., Any]:  # noqa: ANN401 - types of ctypes
    return ctypes.CFUNCTYPE(gives, *takes)(handle(getattr(pdfium, name)).value or 0)


get_unicode = _bound("FPDFText_GetUnicode", c_uint, c_void_p, c_int)
text_index = _bound("FPDFText_GetTextIndexFromCharIndex", c_int, c_void_p, c_int)
text_object = _bound("FPDFText_GetTextObject", c_void_p, c_void_p, c_int)
loose_box = _bound("FPDFText_GetLooseCharBox", c_int, c_void_p, c_int, c_void_p)
char_origin = _bound("FPDFText_GetCharOrigin", c_int, c_void_p, c_int, c_void_p, c_void_p)
char_matrix = _bound("FPDFText_GetMatrix", c_int, c_void_p, c_int, c_void_p)
font_size = _bound("FPDFText_GetFontSize", c_double, c_void_p, c_int)
object_font = _bound("FPDFTextObj_GetFont", c_void_p, c_void_p)
clip_path = _bound("FPDFPageObj_GetClipPath", c_void_p, c_void_p)
count_paths = _bound("FPDFClipPath_CountPaths", c_int, c_void_p)
page_object = _bound("FPDFPage_GetObject", c_void_p, c_void_p, c_int)
object_type = _bound("FPDFPageObj_GetType", c_int, c_void_p)
object_bounds = _bound("FPDFPageObj_GetBounds", c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
