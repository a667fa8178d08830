"""What stands under an answer: what was read, what is asked with its keys, what is wrong or old."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nmosd_cds.errors import Problem
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.announcing import announce
from nmosd_cds.gui.controls import Button, Flow, label
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import run_of

# Offers are taken with these; the first also with `ONLY` where it is the only one.
KEYS = ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4")
ONLY = "Alt+Enter"


class Line(QWidget):
    """A shape and words that wrap; hidden without words."""

    def __init__(self, shape: str, token: str) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, style.px(2))
        layout.setSpacing(style.px(5))
        self.shape = shapes.Shape(shape, 13)
        layout.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignTop)
        self.words = label("", size=style.SMALL, token=token, wraps=True)
        layout.addWidget(self.words, 1)
        self.hide()

    def say(self, words: str) -> None:
        """Show words, or nothing."""
        if words != self.words.text():
            self.words.setText(words)
        self.setVisible(bool(words))


class Message(QWidget):
    """The lines under an answer, each only while it has words."""

    taken = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        # Made when first needed: most answers never have one.
        self._lines: dict[str, Line] = {}
        self._flow: Flow | None = None
        self.offers: tuple[str, ...] = ()
        self.hide()

    @property
    def words(self) -> QLabel:
        """What is wrong, unusual or asked."""
        return self._line(_ASKED).words

    def _line(self, part: str) -> Line:
        line = self._lines.get(part)
        if line is None:
            line = self._lines[part] = Line(*_PARTS[part])
            self._layout.insertWidget(0 if part == _ASKED else -1, line)
        return line

    def _shown(self) -> list[Line]:
        """The lines that have words, what is asked first."""
        parts = sorted(self._lines, key=lambda part: part != _ASKED)
        return [one for part in parts if not (one := self._lines[part]).isHidden()]

    def words_of(self, part: str) -> str:
        """What a line says: `asked`, `read`, `converted`, `stale` or `source`."""
        line = self._lines.get(part)
        return line.words.text() if line is not None and not line.isHidden() else ""

    def say(self, problems: Sequence[Problem]) -> None:
        """Show sentences, or nothing."""
        self.ask(run_of(sentence_of(problem) for problem in problems))

    def ask(self, words: str, offers: Sequence[str] = ()) -> None:
        """Show a sentence and what can be taken with one key."""
        is_new = bool(words) and not self.words_of(_ASKED)
        self.note(_ASKED, words)
        if is_new:
            announce(self.words, words)
        if tuple(offers) != self.offers:
            self.offers = tuple(offers)
            self._show_offers()
        self._show()

    def note(self, part: str, words: str) -> None:
        """Show a line, or take it away."""
        if words or part in self._lines:
            self._line(part).say(words)
            self._show()

    def spoken(self) -> str:
        """Everything shown, for a screen reader."""
        offers = (
            _("{keys}: {reading}").format(keys=keys, reading=reading)
            for keys, reading in zip(self._keys(), self.offers, strict=True)
        )
        return " ".join((*(one.words.text() for one in self._shown()), *offers))

    def _keys(self) -> tuple[str, ...]:
        return (ONLY,) if len(self.offers) == 1 else KEYS[: len(self.offers)]

    def _show_offers(self) -> None:
        if self._flow is None:
            self._flow = Flow(gap=6)
            self._layout.insertWidget(int(_ASKED in self._lines), self._flow)
        self._flow.clear()
        for at, (keys, reading) in enumerate(zip(self._keys(), self.offers, strict=True)):
            button = Button(keys, size=style.SMALL, round_=True)
            button.bold_part = reading
            button.setAccessibleName(_("Take {reading}").format(reading=reading))
            button.clicked.connect(lambda _on=False, at=at: self.taken.emit(at))
            self._flow.add(button)
        self._flow.setVisible(bool(self.offers))

    def _show(self) -> None:
        self.setVisible(bool(self.offers) or bool(self._shown()))


_ASKED = "asked"
_PARTS = {
    _ASKED: ("stale", "attention"),
    "read": ("known", "text2"),
    "converted": ("derived", "text2"),
    "stale": ("stale", "attention"),
    "source": ("right", "text2"),
}


def sentence_of(problem: Problem) -> str:
    """A problem as a sentence of its own."""
    said = problem.sentence
    return said[:1].upper() + said[1:]
