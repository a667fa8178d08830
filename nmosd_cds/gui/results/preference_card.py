"""One card a set: whose, when, how, what was said, and the shares of first ranks it gives."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from nmosd_cds.errors import Problem
from nmosd_cds.gui import style
from nmosd_cds.gui.controls import Button, Flow, draw_frame, label, paint_ground, tip
from nmosd_cds.gui.form.beside import Message
from nmosd_cds.gui.plots.shares import ShareLine, Shares
from nmosd_cds.i18n import _

_WIDTH = 300


class Card(QWidget):
    """Framed; in the accent while its set is in use."""

    def __init__(self) -> None:
        super().__init__()
        self.is_used = False
        paint_ground(self, "sunk")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(12), style.px(10), style.px(12), style.px(10))
        layout.setSpacing(style.px(6))
        self.title = label("", bold=True, wraps=True)
        self.about = label("", size=style.SMALL, token="text2", wraps=True)
        self.bars = Shares("")
        self.reading = label("", size=style.SMALL, wraps=True)
        self.message = Message()
        self.said = label("", size=style.SMALL, wraps=True)
        self.rest = label("", size=style.SMALL, token="text2", wraps=True)
        for part in (
            self.title,
            self.about,
            self.bars,
            self.reading,
            self.message,
            self.said,
            self.rest,
        ):
            layout.addWidget(part)
        layout.addStretch(1)
        line = Flow()
        self.use = Button("")
        self.use.setCheckable(True)
        self.edit = Button(_("Ask again or change"))
        self.remove = Button(_("Remove"))
        tip(self.remove, _("Undo brings it back"))
        for button in (self.use, self.edit, self.remove):
            line.add(button)
        layout.addWidget(line)
        self._line = line

    def show_none(self, lines: Sequence[ShareLine], *, reading: str, is_used: bool) -> None:
        """Show the order without preferences."""
        for part in (self.message, self.said, self.rest, self.edit, self.remove):
            part.hide()
        self.reading.setText(reading)
        self.reading.setVisible(bool(reading))
        self.about.setText(_("Nobody's preferences: groups of criteria count alike on average."))
        self._show(_("Without preferences"), lines, is_used=is_used)
        self.use.setText(_("In use") if is_used else _("Use no preferences"))
        self._line.arrange()

    def show_set(
        self,
        *,
        title: str,
        about: str,
        said: Sequence[tuple[str, str]],
        rest: str,
        lines: Sequence[ShareLine],
        reading: str,
        problems: Sequence[Problem],
        is_used: bool,
    ) -> None:
        """Show a set."""
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self.reading.setText(reading)
        self.reading.setVisible(bool(reading))
        self.message.say(problems)
        self.said.setText("\n".join(f"{place}  {words}" for place, words in said))
        self.said.setVisible(bool(said))
        self.rest.setText(rest)
        self.rest.setVisible(bool(rest))
        self._show(title, lines, is_used=is_used)
        self.use.setText(_("In use") if is_used else _("Use these"))
        for button, shape in (
            (self.use, _("Use the preferences of {owner}")),
            (self.edit, _("Ask again or change the preferences of {owner}")),
            (self.remove, _("Remove the preferences of {owner}")),
        ):
            button.setAccessibleName(shape.format(owner=title))
        self._line.arrange()

    def _show(self, title: str, lines: Sequence[ShareLine], *, is_used: bool) -> None:
        self.is_used = is_used
        self.title.setText(title)
        self.bars.setAccessibleName(_("First place: {who}").format(who=title))
        self.bars.quiet = not is_used
        self.bars.setVisible(bool(lines))
        self.bars.show_lines(lines)
        self.use.setAccessibleName(_("Use no preferences"))
        self.use.setChecked(is_used)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        width = 2 if self.is_used else 1
        edge = "accent" if self.is_used else "line"
        draw_frame(QPainter(self), self.rect(), edge=edge, width=width)


class Cards(QWidget):
    """Cards side by side, in as many columns as have room."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[Card] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(style.px(10))

    def fill(self, cards: Sequence[Card]) -> None:
        """Show other cards."""
        for card in self._cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = list(cards)
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = max(self.width() // style.px(_WIDTH), 1)
        columns = min(columns, max(len(self._cards), 2))
        if columns == self._columns:
            return
        for column in range(max(self._columns, columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, at // columns, at % columns)
            card.show()
