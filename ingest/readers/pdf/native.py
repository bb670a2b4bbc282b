"""PDFium's functions that a page calls once a word or once a run, without what pypdfium2 does to their arguments.

To check and wrap every pointer takes three times as long as most of these calls, and to let other threads run during
one a tenth of it. Where a function takes a `Reference`, nothing is checked at all: an index is an int, everything else
is what `reference` and `room` give. What PDFium returns as a pointer is an address here, None for no pointer. Whoever
makes a reference keeps what it points to alive.
"""

import ctypes
from array import array
from collections.abc import Callable
from ctypes import c_byte, c_double, c_int, c_uint, c_void_p
from struct import Struct
from typing import Any

import pypdfium2.raw as pdfium

Reference = Any
"""What `ctypes.byref` gives: a pointer that is passed as it is."""


def reference(pointer: Any) -> Reference:  # noqa: ANN401 - a pointer of whatever type
    """Return what a pointer of pypdfium2 points to, to be passed."""
    return ctypes.byref(pointer.contents)


def room(numbers: "array[float]", at: int = 0) -> Reference:
    """Return where the numbers of an array lie, from number `at` on: PDFium writes there what it tells."""
    size = len(numbers) * numbers.itemsize
    return ctypes.byref((c_byte * size).from_buffer(numbers), at * numbers.itemsize)


four_numbers = Struct("4f").unpack_from
"""Returns the first four numbers of an array of floats."""


def _bound(name: str, gives: Any, *takes: Any) -> Callable[..., Any]:  # noqa: ANN401 - types of ctypes
    address = ctypes.cast(getattr(pdfium, name), c_void_p).value
    return ctypes.PYFUNCTYPE(gives, *takes)(address or 0)


get_unicode = _bound("FPDFText_GetUnicode", c_uint)
text_index = _bound("FPDFText_GetTextIndexFromCharIndex", c_int)
text_object = _bound("FPDFText_GetTextObject", c_void_p)
loose_box = _bound("FPDFText_GetLooseCharBox", None)
char_origin = _bound("FPDFText_GetCharOrigin", c_int)
char_matrix = _bound("FPDFText_GetMatrix", c_int)
font_size = _bound("FPDFText_GetFontSize", c_double)
page_object = _bound("FPDFPage_GetObject", c_void_p)
object_font = _bound("FPDFTextObj_GetFont", c_void_p, c_void_p)
clip_path = _bound("FPDFPageObj_GetClipPath", c_void_p, c_void_p)
count_paths = _bound("FPDFClipPath_CountPaths", c_int, c_void_p)
object_type = _bound("FPDFPageObj_GetType", c_int, c_void_p)
object_bounds = _bound("FPDFPageObj_GetBounds", c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
