"""Measures, colours and sizes of the page, in points."""

from __future__ import annotations

from typing import Final

PAGE_WIDTH: Final = 595.28
PAGE_HEIGHT: Final = 841.89
LEFT: Final = 36.5
RIGHT: Final = PAGE_WIDTH - 36.5
WIDTH: Final = RIGHT - LEFT
TOP: Final = PAGE_HEIGHT - 20.0
FOOT_TOP: Final = 36.0

BODY: Final = 8.64
LEADING: Final = 11.4
LEDE: Final = 9.6
LEDE_LEADING: Final = 12.6
HEADING: Final = 10.1
TITLE: Final = 14.4
TITLE_LEADING: Final = 17.6

CELL_PAD: Final = 1.9
DENSE_PAD: Final = 0.9
GAP: Final = 8.0

Colour = tuple[float, float, float]


def _colour(text: str) -> Colour:
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return (red, green, blue)


TEXT: Final = _colour("#17202B")
SOFT: Final = _colour("#4A5664")
ACCENT: Final = _colour("#005A9C")
WASH: Final = _colour("#E4EFF8")
ATTENTION: Final = _colour("#855400")
EDGE: Final = _colour("#7F8A97")
HAIR: Final = _colour("#D9DEE4")
POSSIBLE: Final = _colour("#009E73")
CANNOT_TELL: Final = _colour("#E69F00")
EXCLUDED: Final = _colour("#A8400A")
NO_EVIDENCE: Final = _colour("#59636F")
# One hue for the places, so that none reads as good or bad; a fourth place is the paper itself.
PLACES: Final = (ACCENT, _colour("#7FB2DA"), _colour("#D3E4F2"))
WHITE: Final = (1.0, 1.0, 1.0)

TONES: Final[dict[str, Colour]] = {"text": TEXT, "soft": SOFT, "attention": ATTENTION}
