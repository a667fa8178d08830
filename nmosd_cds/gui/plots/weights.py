"""Central weights: which weighting speaks for each option, one bar with its number a criterion."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen

from nmosd_cds.advice.model import Advice
from nmosd_cds.gui import style
from nmosd_cds.gui.plots.keeping import Rows
from nmosd_cds.gui.plots.plot import Plot
from nmosd_cds.i18n import _
from nmosd_cds.report.firmness import central_weights, central_words, not_a_chance
from nmosd_cds.report.wording import of_100

_WHAT, _PAD, _BAR, _NUMBER = 0.30, 4, 14, 26


class CentralWeights(Plot):
    """A column an option, a row a criterion; the arrow keys go through the cells."""

    def __init__(self) -> None:
        super().__init__(_("Which weighting speaks for each option"), not_a_chance())
        self.columns: list[tuple[str, str]] = []
        self.lines: tuple[tuple[str, tuple[float | None, ...]], ...] = ()

    def show_weights(self, advice: Advice) -> None:
        """Draw the weights of another advice, unless they are the same."""
        lines = central_weights(advice)
        columns = [
            (advice.option(one.option).short, central_words(one))
            for one in advice.robustness.central
            if one.weights is not None
        ]
        if (lines, columns) != (self.lines, self.columns):
            self.lines, self.columns = lines, columns
            self.renew()

    def texts(self) -> Sequence[str]:
        return [
            f"{name}, {said}. {criterion}: {_figure(values[at])}"
            for at, (name, said) in enumerate(self.columns)
            for criterion, values in self.lines
        ]

    def heads(self) -> Sequence[str]:
        return (_("Criterion"), *(name for name, _said in self.columns))

    def rows(self) -> Rows:
        first = (_("How sure"), *(said for _name, said in self.columns))
        return [first, *((label, *map(_figure, values)) for label, values in self.lines)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.choose(self.at + step * len(self.lines))

    def tall_at(self, room: float) -> int:
        self.room = room
        return self._head_tall() + sum(self._tall(label) for label, _v in self.lines)

    def box_of(self, at: int) -> QRectF:
        column, row = divmod(at, max(len(self.lines), 1))
        top = self._head_tall() + sum(self._tall(label) for label, _v in self.lines[:row])
        return QRectF(self._left(column), top, self._wide(), self._tall(self.lines[row][0]))

    def _left(self, column: int) -> float:
        return self.room * _WHAT + column * self._wide()

    def _wide(self) -> float:
        return self.room * (1.0 - _WHAT) / max(len(self.columns), 1)

    def _head_tall(self) -> int:
        if not self.columns:
            return 0
        wide = self._wide() - style.px(16)
        return style.px(2 * _PAD) + max(
            style.tall_of(name, wide, style.SMALL, bold=True)
            + style.tall_of(said, wide, style.SMALL)
            for name, said in self.columns
        )

    def _tall(self, label: str) -> int:
        wide = self.room * _WHAT - style.px(12)
        return max(style.tall_of(label, wide, style.SMALL), style.px(_BAR)) + style.px(2 * _PAD)

    def draw(self, painter: QPainter) -> None:
        if not self.lines:
            return
        self._draw_heads(painter)
        longest = max(value or 0.0 for _label, values in self.lines for value in values)
        for row, (label, values) in enumerate(self.lines):
            box = self.box_of(row)
            painter.setPen(QPen(style.colour("line"), 1))
            painter.drawLine(QPointF(0, box.bottom()), QPointF(self.room, box.bottom()))
            painter.setFont(style.font(style.SMALL))
            painter.setPen(style.colour("text"))
            wide = self.room * _WHAT - style.px(12)
            words = QRectF(style.px(4), box.top() + style.px(_PAD), wide, box.height())
            painter.drawText(words, Qt.TextFlag.TextWordWrap, label)
            for column, value in enumerate(values):
                self._draw_bar(painter, self.box_of(column * len(self.lines) + row), value, longest)

    def _draw_heads(self, painter: QPainter) -> None:
        top = style.px(_PAD)
        painter.setFont(style.font(style.SMALL))
        painter.setPen(style.colour("text2"))
        first = QRectF(style.px(4), top, self.room * _WHAT - style.px(12), self._head_tall())
        painter.drawText(first, Qt.TextFlag.TextWordWrap, _("Weight, of 100 in all"))
        for column, (name, said) in enumerate(self.columns):
            wide = self._wide() - style.px(16)
            tall = style.tall_of(name, wide, style.SMALL, bold=True)
            box = QRectF(self._left(column) + style.px(4), top, wide, tall)
            painter.setFont(style.font(style.SMALL, bold=True))
            painter.setPen(style.colour("text"))
            painter.drawText(box, Qt.TextFlag.TextWordWrap, name)
            painter.setFont(style.font(style.SMALL))
            deep = style.tall_of(said, wide, style.SMALL)
            below = QRectF(box.left(), box.bottom(), wide, deep)
            painter.drawText(below, Qt.TextFlag.TextWordWrap, said)
        painter.setPen(QPen(style.colour("edge"), 1))
        y = self._head_tall() - 1
        painter.drawLine(QPointF(0, y), QPointF(self.room, y))

    def _draw_bar(
        self, painter: QPainter, box: QRectF, value: float | None, longest: float
    ) -> None:
        if value is None:
            return
        painter.setPen(style.colour("text"))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        number = QRectF(box.left(), box.top(), style.px(_NUMBER), box.height())
        painter.drawText(number, flags, f"{round(100 * value)}")
        room = box.width() - style.px(_NUMBER + 22)
        wide = room * value / longest if longest else 0.0
        if wide > 0.0:
            painter.setPen(QPen(style.colour("edge"), 1))
            painter.setBrush(style.place_colour(1))
            y = box.center().y() - style.px(_BAR) / 2
            painter.drawRect(QRectF(number.right() + style.px(6), y, wide, style.px(_BAR)))


def _figure(value: float | None) -> str:
    return of_100(value) if value is not None else ""
