"""What was really painted: pictures as numbers, contrast of pixels, colours as others see them.

Contrast is that of WCAG 2.2, worked here apart from the program. Colour vision deficiencies:
Machado, Oliveira and Fernandes 2009, IEEE Trans Vis Comput Graph 15(6):1291-1298, full severity,
for linear RGB. Differences are CIE76 in Lab under D65.
"""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

Floats = npt.NDArray[np.float64]

VISIONS: dict[str, Floats] = {
    "usual": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])


def pixels_of(image: QImage) -> Floats:
    """Red, green and blue from 0 to 1; height x width x 3."""
    made = image.convertToFormat(QImage.Format.Format_RGB888)
    raw = np.frombuffer(made.constBits(), np.uint8).reshape(made.height(), made.bytesPerLine())
    shape = (made.height(), made.width(), 3)
    return raw[:, : 3 * made.width()].reshape(shape).astype(np.float64) / 255


def painted(widget: QWidget, part: QRect | None = None) -> Floats:
    """What a widget shows, or a part of it."""
    picture = widget.grab(part) if part is not None else widget.grab()
    return pixels_of(picture.toImage())


def around(widget: QWidget, room: int = 4) -> Floats:
    """What a widget shows in its window, with some pixels of what lies around it."""
    window = widget.window()
    corner = widget.mapTo(window, QPoint(0, 0))
    box = QRect(corner, widget.size()).adjusted(-room, -room, room, room)
    return painted(window, box.intersected(window.rect()))


def linear(colours: Floats) -> Floats:
    """sRGB to light, the last axis red, green and blue."""
    low = colours / 12.92
    high = ((colours + 0.055) / 1.055) ** 2.4
    made: Floats = np.where(colours <= 0.04045, low, high)
    return made


def luminance(colours: Floats) -> Floats:
    """Relative luminance."""
    made: Floats = linear(colours) @ np.array([0.2126, 0.7152, 0.0722])
    return made


def contrast(one: Floats, other: Floats) -> Floats:
    """Contrast ratio, pixel by pixel."""
    a, b = luminance(one), luminance(other)
    made: Floats = (np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)
    return made


def rgb(name: str) -> Floats:
    """`#RRGGBB` as three numbers."""
    one = QColor(name)
    return np.array([one.redF(), one.greenF(), one.blueF()])


def ground(picture: Floats) -> Floats:
    """The colour most pixels have."""
    colours, counts = np.unique(picture.reshape(-1, 3), axis=0, return_counts=True)
    made: Floats = colours[counts.argmax()]
    return made


def ink(picture: Floats, *, pixels: int = 12) -> float:
    """Contrast of words with the ground they stand on.

    The edges of letters are smoothed, so the figure is that of the clearest pixels, of which there
    must be some.
    """
    found = np.sort(contrast(picture, ground(picture)).ravel())
    return float(found[-pixels])


def as_seen(colour: str, vision: str) -> Floats:
    """Lab of a colour under a colour vision."""
    light = np.clip(VISIONS[vision] @ linear(rgb(colour)), 0, 1)
    x = (_XYZ @ light) / _WHITE
    f = np.where(x > 216 / 24389, np.cbrt(x), (24389 / 27 * x + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def least_difference(colours: Iterable[str], vision: str) -> float:
    """The smallest difference between any two colours under a colour vision."""
    seen = [as_seen(colour, vision) for colour in colours]
    pairs = ((a, b) for at, a in enumerate(seen) for b in seen[at + 1 :])
    return min(float(np.linalg.norm(a - b)) for a, b in pairs)


def is_sorted(values: Iterable[float]) -> bool:
    """Whether no value is smaller than the one before."""
    return all(a <= b for a, b in pairwise(values))
