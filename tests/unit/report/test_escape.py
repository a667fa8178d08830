"""What cannot be printed is shown, never lost, and nothing is ever mark-up."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmosd_cds.report.pdf.escape import LONGEST_WORD, MAXIMUM_TEXT, Gate, escape
from nmosd_cds.report.pdf.faces import can_print


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("EDSS 3.5 ≥ ≤ × µ 10⁶ – … −", "EDSS 3.5 ≥ ≤ × µ 10⁶ – … −"),
        ("<b>&lt;a href='javascript:1'>", "<b>&lt;a href='javascript:1'>"),
        ("a\tb\nc", "a b c"),
        ("e\u0301 n\u0303", "é ñ"),
        ("x\u0323\u0301", "xU+0323U+0301"),
        ("NUL\x00", "NULU+0000"),
        ("Bob\u202eyrraH", "BobU+202EyrraH"),
        ("zero\u200bwidth\u200d", "zeroU+200BwidthU+200D"),
        ("王小明（女）", "王小明（女）"),
        ("𬭩䶮㛃龘", "𬭩䶮㛃龘"),
        ("𠮷", "U+20BB7"),
        ("محمد", "U+0645U+062DU+0645U+062F"),
        ("\ud800", "U+D800"),
        ("👩\u200d⚕", "U+1F469U+200DU+2695"),
    ],
)
def test_a_sign_is_printed_or_spelt(text: str, shown: str) -> None:
    escaped = escape(text)
    assert escaped.text == shown
    assert escaped.changed is ("U+" in shown)


def test_a_long_word_is_broken_and_loses_nothing() -> None:
    escaped = escape("x" * 1000)
    assert max(map(len, escaped.text.split(" "))) <= LONGEST_WORD
    assert escaped.text.replace(" ", "") == "x" * 1000
    assert not escaped.changed


def test_a_text_without_end_is_cut_and_says_so() -> None:
    escaped = escape("a b " * MAXIMUM_TEXT)
    assert escaped.changed and escaped.text.endswith("[cut: the text is longer]")
    assert len(escaped.text) < MAXIMUM_TEXT + 50


@given(st.text())
def test_whatever_comes_out_can_be_printed(text: str) -> None:
    assert all(map(can_print, escape(text).text))


@dataclass(frozen=True)
class Part:
    text: str
    parts: tuple[object, ...] = ()
    number: float | None = None


def test_the_gate_reaches_every_depth_and_remembers() -> None:
    gate = Gate()
    assert gate.passed(Part("a", (Part("b"), 3, None))) == Part("a", (Part("b"), 3, None))
    assert not gate.changed
    assert gate.passed(Part("a", ("x", Part("\x07")))).parts == ("x", Part("U+0007"))
    assert gate.changed
