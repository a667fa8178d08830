"""Pages of a PDF as pictures: for the preview and for the printer, from the same bytes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from nmosd_cds.report.pdfium import PDFIUM

if TYPE_CHECKING:
    import pypdfium2

# Points of a PDF to the inch.
POINTS = 72


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    # Imported here: a window that shows no report does not need it.
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def sizes_of(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page, in points."""
    with _opened(pdf) as document:
        return [document.get_page_size(at) for at in range(len(document))]


def page_image(pdf: bytes, at: int, width: int) -> QImage:
    """One page, at a width in pixels.

    Args:
        pdf: The document.
        at: Number of the page, from 0.
        width: Pixels from edge to edge.
    """
    with _opened(pdf) as document:
        page = document[at]
        scale = (width - 0.5) / page.get_width()  # what it makes of it is rounded up
        made = _image(page, scale, (0, 0, 0, 0))
        page.close()
        return made


def bands(pdf: bytes, at: int, scale: float, most: int) -> Iterator[tuple[int, QImage]]:
    """One page from top to bottom in bands, so that no picture is large however fine the printer.

    Args:
        pdf: The document.
        at: Number of the page, from 0.
        scale: Pixels a point.
        most: Pixels a band may have.

    Yields:
        The first line of pixels of a band, and its picture. Bands meet without gap or overlap.
    """
    wide, tall = sizes_of(pdf)[at]
    whole = math.ceil(tall * scale)
    lines = max(most // math.ceil(wide * scale), 1)
    for top in range(0, whole, lines):
        below = max(whole - top - lines, 0)
        with _opened(pdf) as document:
            page = document[at]
            made = _image(page, scale, (0, _points(below, scale), 0, _points(top, scale)))
            page.close()
        yield top, made


def _points(pixels: int, scale: float) -> float:
    """As many points as are cropped by that many pixels: what is cropped is rounded up."""
    return max(pixels - 0.5, 0) / scale


def _image(
    page: pypdfium2.PdfPage, scale: float, crop: tuple[float, float, float, float]
) -> QImage:
    """A page less what is cropped from the left, bottom, right and top, in points."""
    bitmap = page.render(scale=scale, crop=crop, rev_byteorder=True)
    raw = bytes(bitmap.buffer)
    has_alpha = bitmap.n_channels == 4
    form = QImage.Format.Format_RGBX8888 if has_alpha else QImage.Format.Format_RGB888
    return QImage(raw, bitmap.width, bitmap.height, bitmap.stride, form).copy()
