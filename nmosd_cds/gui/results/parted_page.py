"""A page in parts, each a rich text of its own: what did not change is not laid out again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nmosd_cds.gui import style
from nmosd_cds.gui.results.markup import Markup
from nmosd_cds.gui.results.option_text import Part

# Room for the bar at the left of the parts.
GUTTER = 6
# Seconds of work in one turn of the loop, so that a key is never held up by the answer before it.
_TURN = 0.008

Dress = Callable[[str], str]


class Block(Markup):
    """One part of the page."""

    focus_moved = Signal()

    def __init__(self, part: Part) -> None:
        super().__init__(part.name)
        self.part = Part(part.key, "", "")

    def show_part(self, part: Part, dress: Dress) -> None:
        """Show other words, if they are others."""
        if part.html != self.part.html:
            self.show_html(part.html, dress)
        if part.name != self.part.name:
            self.setAccessibleName(part.name)
        self.part = part

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The keys that go from card to card are the page's; the browser would take them for others.
        is_letter = Qt.Key(event.key()) in (Qt.Key.Key_J, Qt.Key.Key_K)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier or is_letter:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_moved.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_moved.emit()


class _Column(QWidget):
    """Holds the parts, with a bar beside the one that has the keyboard's cursor."""

    def paintEvent(self, event: QPaintEvent) -> None:
        now = self.focusWidget()
        if isinstance(now, Block) and now.hasFocus() and now.parentWidget() is self:
            bar = QRect(0, now.y() + style.px(2), style.px(3), now.height() - style.px(4))
            QPainter(self).fillRect(bar, style.colour("accent"))


class PartedPage(QWidget):
    """Parts from top to bottom; the next answer changes those that differ."""

    followed = Signal(str)
    link_chosen = Signal()
    filled = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._kept: dict[str, Block] = {}
        self._blocks: list[Block] = []
        self._coming: Iterator[Part] | None = None
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self.on_turn)
        self._box = _Column()
        self._lines = QVBoxLayout(self._box)
        outer = QVBoxLayout(self)
        for layout in (self._lines, outer):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._lines.setContentsMargins(style.px(GUTTER), 0, 0, 0)
        outer.addWidget(self._box)
        outer.addStretch(1)

    @property
    def blocks(self) -> list[Block]:
        """The parts, in reading order; none without an answer. Whoever asks gets all of them."""
        self.finish()
        return self._blocks

    @property
    def is_filling(self) -> bool:
        """Whether parts are still to come; until then none is seen."""
        return self._coming is not None

    def show_parts(self, parts: Iterable[Part], dress: Dress) -> None:
        """Begin to show these parts, over some turns of the loop; `filled` follows.

        Args:
            parts: Made one by one as they are laid out.
            dress: Makes the last marks in the words of a part, such as links of citation keys.
        """
        self._blocks, self._coming, self._dress = [], iter(parts), dress
        self._turn.start()

    def on_turn(self) -> None:
        end = time.perf_counter() + _TURN
        while self._coming is not None and time.perf_counter() < end:
            self._lay_next(self._coming)
        if self._coming is not None:
            self._turn.start()

    def finish(self) -> None:
        """Lay out what is still to come, now."""
        while self._coming is not None:
            self._lay_next(self._coming)

    def _lay_next(self, coming: Iterator[Part]) -> None:
        try:
            part = next(coming, None)
            if part is None:
                self._close()
            else:
                self._lay(part)
        except Exception:
            self.clear()  # a page that lacks a part must not be taken for a whole one
            raise

    def _lay(self, part: Part) -> None:
        at = len(self._blocks)
        block = self._kept.get(part.key) or self._made(part)
        if self._lines.indexOf(block) != at:
            self._lines.insertWidget(at, block)
        block.show_part(part, self._dress)
        self._blocks.append(block)

    def _close(self) -> None:
        """Every part is there: take away those of the answer before, and let all be seen."""
        self._coming = None
        self._turn.stop()
        for key in self._kept.keys() - {block.part.key for block in self._blocks}:
            gone = self._kept.pop(key)
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.setMinimumHeight(0)
        self._box.show()
        self.filled.emit()

    def _made(self, part: Part) -> Block:
        block = self._kept[part.key] = Block(part)
        block.followed.connect(self.followed)
        block.link_chosen.connect(self.link_chosen)
        block.focus_moved.connect(self._box.update)
        return block

    def clear(self) -> None:
        """Take every word off the screen; the room stays, so that nothing jumps."""
        self._turn.stop()
        self._coming = None
        self.setMinimumHeight(self.height() if self._box.isVisible() else self.minimumHeight())
        self._blocks = []
        self._box.hide()

    def toPlainText(self) -> str:
        """Every word on the screen."""
        return "\n".join(block.toPlainText() for block in self.blocks)

    def toHtml(self) -> str:
        """Every part as rich text."""
        return "\n".join(block.toHtml() for block in self.blocks)

    def focused(self) -> Block | None:
        """The part with the keyboard's cursor."""
        return next((block for block in self.blocks if block.hasFocus()), None)

    def focus_link(self, target: str) -> None:
        """Put the keyboard's cursor on a link."""
        for block in self.blocks:
            if f'"{target}"' in block.part.html:
                block.setFocus(Qt.FocusReason.OtherFocusReason)
                block.focus_link(target)
                return

    def link_place(self) -> QRect:
        """Where the link under the keyboard's cursor stands."""
        block = self.focused()
        if block is None:
            return QRect()
        place = block.link_place()
        return QRect(block.mapTo(self, place.topLeft()), place.size())

    def card(self, step: int, top: int) -> Block | None:
        """The card after or before the one with the cursor.

        Args:
            step: 1 or -1.
            top: First line that is seen; without a cursor the search begins there.
        """
        cards = [block for block in self.blocks if block.part.is_card]
        now = self.focused()
        if now in cards:
            at = cards.index(now) + step
            return cards[at] if 0 <= at < len(cards) else None
        first = now.y() if now is not None else top
        below = [block for block in cards if block.y() >= first]
        above = [block for block in cards if block.y() < first]
        return next(iter(below if step > 0 else above[::-1]), None)
