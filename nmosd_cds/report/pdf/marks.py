"""The signs: status by shape, and how a figure was seen; both survive a grey printer."""

from __future__ import annotations

from typing import Final

from reportlab.pdfgen.canvas import Canvas

from nmosd_cds.report.model import Mark, Sighting
from nmosd_cds.report.pdf import style

_RADIUS: Final = 2.6
DISC_WIDTH: Final[dict[Sighting, float]] = {
    "two-documents": 4.6 * _RADIUS,
    "one-original": 2.6 * _RADIUS,
    "secondary": 2.6 * _RADIUS,
    "recalled": 2.6 * _RADIUS,
}


def draw_mark(canvas: Canvas, mark: Mark, x: float, y: float, size: float = 7.6) -> None:
    """Draw the shape of a status with its left end at `x`, centred on `y`."""
    half = size / 2
    canvas.saveState()
    if mark == "possible":
        canvas.setFillColorRGB(*style.POSSIBLE)
        canvas.circle(x + half, y, half, stroke=0, fill=1)
    elif mark == "unconfirmed":
        _diamond(canvas, x + half, y, half * 1.12)
    elif mark == "excluded":
        canvas.setFillColorRGB(*style.EXCLUDED)
        canvas.rect(x + 0.4, y - half + 0.4, size - 0.8, size - 0.8, stroke=0, fill=1)
        canvas.setFillColorRGB(*style.WHITE)
        canvas.rect(x + 1.8, y - size * 0.085, size - 3.6, size * 0.17, stroke=0, fill=1)
    else:
        canvas.setStrokeColorRGB(*style.NO_EVIDENCE)
        canvas.setLineWidth(size * 0.13)
        canvas.setDash([size * 0.19, size * 0.13])
        canvas.circle(x + half, y, half - 0.5, stroke=1, fill=0)
    canvas.restoreState()


def _diamond(canvas: Canvas, x: float, y: float, half: float) -> None:
    left = canvas.beginPath()
    left.moveTo(x, y + half)
    left.lineTo(x - half, y)
    left.lineTo(x, y - half)
    left.close()
    canvas.setFillColorRGB(*style.CANNOT_TELL)
    canvas.drawPath(left, stroke=0, fill=1)
    whole = canvas.beginPath()
    whole.moveTo(x, y + half)
    whole.lineTo(x - half, y)
    whole.lineTo(x, y - half)
    whole.lineTo(x + half, y)
    whole.close()
    canvas.setStrokeColorRGB(*style.ATTENTION)
    canvas.setLineWidth(half * 0.24)
    canvas.drawPath(whole, stroke=1, fill=0)


def draw_disc(canvas: Canvas, sighting: Sighting, x: float, y: float) -> None:
    """Draw how a figure was seen, from `x` to the right, centred on `y`."""
    canvas.saveState()
    canvas.setFillColorRGB(*style.SOFT)
    canvas.setStrokeColorRGB(*style.SOFT)
    canvas.setLineWidth(0.7)
    middle = x + _RADIUS
    if sighting == "two-documents":
        canvas.circle(middle, y, _RADIUS - 0.35, stroke=1, fill=1)
        canvas.circle(middle + 2 * _RADIUS, y, _RADIUS - 0.35, stroke=1, fill=1)
    elif sighting == "one-original":
        canvas.circle(middle, y, _RADIUS - 0.35, stroke=1, fill=1)
    elif sighting == "secondary":
        canvas.circle(middle, y, _RADIUS - 0.35, stroke=1, fill=0)
        canvas.wedge(
            x + 0.35, y - _RADIUS + 0.35, x + 2 * _RADIUS - 0.35, y + _RADIUS - 0.35, 90, 180,
            stroke=0, fill=1,
        )  # fmt: skip
    else:
        canvas.setDash([1.2, 0.9])
        canvas.circle(middle, y, _RADIUS - 0.35, stroke=1, fill=0)
    canvas.restoreState()
