"""The picture of the timeline: choose, zoom, drag; it asks for every change and makes none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)

from nmosd_cds.gui import style
from nmosd_cds.gui.controls import tip
from nmosd_cds.gui.plots import keeping
from nmosd_cds.gui.plots.keeping import Rows
from nmosd_cds.gui.plots.plot import Plot
from nmosd_cds.gui.timeline import paint
from nmosd_cds.gui.timeline.edits import DATE, Move, Part, moved_by
from nmosd_cds.gui.timeline.events import ATTACKS, DRUGS, SCORES, SIGHT, DrugMark, History
from nmosd_cds.gui.timeline.layout import Item, Layout, lanes_of, lay_out, scale_of
from nmosd_cds.gui.timeline.paper import (
    coarse_date,
    last_years,
    moved,
    whole_range,
    zoomed,
)
from nmosd_cds.gui.timeline.words import table_heads, table_rows, text_of
from nmosd_cds.i18n import _, format_date

_EDGE, _NEAR, _SLIP = 5, 12, 4
_STEP = 1.25
_ADD_KEYS = {
    Qt.Key.Key_A: ATTACKS,
    Qt.Key.Key_E: SCORES,
    Qt.Key.Key_V: SIGHT,
    Qt.Key.Key_D: DRUGS,
}


class FaceMeasure:
    """Text in the small face at the zoom in use."""

    def __init__(self) -> None:
        self.zoom = style.look.zoom
        self._plain = QFontMetricsF(style.font(style.SMALL))
        self._bold = QFontMetricsF(style.font(style.SMALL, bold=True))
        self.line = float(round(self._plain.height()))

    def wide(self, text: str, *, bold: bool = False) -> float:
        """Width of a text, and a pixel to spare."""
        return (self._bold if bold else self._plain).horizontalAdvance(text) + 1


@dataclass
class _Drag:
    """A hand on an item; `move` None until it has gone far enough."""

    item: Item
    part: Part
    x: float
    move: Move | None = None


class TimelinePicture(Plot):
    """Attacks, EDSS, vision and drugs over time; every row of the lists is an item.

    Left and right go along a lane, up and down between lanes.
    """

    opened = Signal(object)  # a Mark to edit
    add_wanted = Signal(str, object)  # a list, and a PartialDate or None
    remove_wanted = Signal(object)  # a Mark
    move_wanted = Signal(object, object)  # a Mark, and a Move
    chosen = Signal(str)  # the item in words
    range_changed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Timeline"))
        self.history = History(date.min)
        self.years = 0  # of the last years; 0: all; -1: as zoomed
        self.shown = (date.min, date.min)
        self._made: Layout | None = None
        self._texts: list[str] = []
        self._drag: _Drag | None = None
        self.setMouseTracking(True)

    @cached_property
    def _nothing(self) -> Layout:
        return lay_out(
            self.history, scale_of(self.history, self.shown, FaceMeasure(), 600), FaceMeasure()
        )

    @property
    def made(self) -> Layout:
        """Everything with its place at the width in use."""
        return self._made if self._made is not None else self._nothing

    @property
    def items(self) -> tuple[Item, ...]:
        """What can be chosen."""
        return self.made.items

    def show_history(self, history: History, caption: str) -> None:
        """Draw another history; what is chosen stays chosen while it is there.

        The same one stays as it is: most answers of the form have no place here.
        """
        if (history, caption) == (self.history, self.caption) and self._made is not None:
            return
        key = self._key()
        self.history, self.caption = history, caption
        self._fit_range()
        self._made = None
        self.tall_at(float(self.width()))
        self._texts = [text_of(item.mark) for item in self.items]
        self.renew()
        at = [n for n, item in enumerate(self.items) if (item.mark.field, item.mark.row) == key]
        if at:
            self.at = at[0]
        self.range_changed.emit()

    def _key(self) -> tuple[str, int] | None:
        if not self.can_choose(self.at):
            return None
        mark = self.items[self.at].mark
        return mark.field, mark.row

    def _fit_range(self) -> None:
        if self.years > 0:
            self.shown = last_years(self.years, self.history.on)
        elif self.years == 0 or self.shown[0] == date.min:
            self.shown = whole_range(self._days(), self.history.on)

    def _days(self) -> list[date]:
        days = []
        for mark in self.history.marks:
            stop = mark.stop if isinstance(mark, DrugMark) else None
            for when in (mark.when, stop):
                days += [when.first, when.last] if when is not None else []
        # A year that is not over reaches beyond today, which is no reason to show the future.
        return [min(day, self.history.on) if day > self.history.on else day for day in days]

    def show_years(self, years: int) -> None:
        """Show the last years, or everything for 0."""
        self.years = years
        self._fit_range()
        self._lay_out_again()

    def show_range(self, first: date, last: date) -> None:
        """Show other days."""
        self.years, self.shown = -1, (first, last)
        self._lay_out_again()

    def zoom_by(self, factor: float, x: float | None = None) -> None:
        """Show fewer days (below 1) or more, around a place or the chosen item."""
        scale = self.made.scale
        if x is None:
            x = (scale.left + scale.right) / 2
            box = self.items[self.at].box if self.can_choose(self.at) else None
            if box is not None:
                x = min(max(box.x + box.wide / 2, scale.left), scale.right)
        self.show_range(*zoomed(*self.shown, scale.day_at(x), factor))

    def move_range(self, share: float) -> None:
        """Show earlier or later days."""
        self.show_range(*moved(*self.shown, round(self.made.scale.days * share)))

    def _lay_out_again(self) -> None:
        self._made = None
        self.fit()
        self.update()
        self.range_changed.emit()

    def texts(self) -> Sequence[str]:
        return self._texts

    def heads(self) -> Sequence[str]:
        return table_heads()

    def rows(self) -> Rows:
        return table_rows(self.history)

    def tall_at(self, room: float) -> int:
        measure = FaceMeasure()
        room = max(room, 320 * measure.zoom)
        scale = scale_of(self.history, self.shown, measure, room)
        if self._made is None or self._made.scale != scale:
            caption = self.caption if self.history.drugs else ""
            self._made = lay_out(self.history, scale, measure, caption=caption)
        return round(self._made.tall)

    def fit(self) -> None:
        self._made = None
        super().fit()

    def box_of(self, at: int) -> QRectF:
        box = self.items[at].box
        return QRectF() if box is None else QRectF(box.x, box.y, box.wide, box.tall)

    def can_choose(self, at: int) -> bool:
        return 0 <= at < len(self._texts) == len(self.items)

    def choose(self, at: int) -> None:
        super().choose(at)
        if self.can_choose(at):
            self._reveal(at)
            self.chosen.emit(self._texts[at])

    def _reveal(self, at: int) -> None:
        """Bring the time of an item onto the picture."""
        mark = self.items[at].mark
        when = mark.when or (mark.stop if isinstance(mark, DrugMark) else None)
        if self.items[at].box is None and when is not None:
            days = (when.first - self.shown[0]).days - self.made.scale.days // 4
            self.show_range(*moved(*self.shown, days))

    def along(self, step: int) -> None:
        """Choose the next item of the lane, or of the one before."""
        if not self.can_choose(self.at):
            self.choose(0)
            return
        lane = self.items[self.at].lane
        mine = [at for at, item in enumerate(self.items) if item.lane == lane]
        at = mine.index(self.at) + step
        if 0 <= at < len(mine):
            self.choose(mine[at])

    def across(self, step: int) -> None:
        """Choose what is nearest in time in the lane above or below."""
        if not self.can_choose(self.at):
            self.choose(0)
            return
        lanes = lanes_of(self.items)
        to = lanes.index(self.items[self.at].lane) + step
        if 0 <= to < len(lanes):
            day = self._day(self.at)
            mine = [at for at, item in enumerate(self.items) if item.lane == lanes[to]]
            self.choose(min(mine, key=lambda at: abs((self._day(at) - day).days)))

    def _day(self, at: int) -> date:
        mark = self.items[at].mark
        when = mark.when or (mark.stop if isinstance(mark, DrugMark) else None)
        return when.first if when is not None else self.history.on

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        side = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        if key == Qt.Key.Key_Escape and self._drag is not None:
            self._drag = None
            self.update()
        elif held & Qt.KeyboardModifier.AltModifier and side:
            self._ask_move(self.at, "stop" if shift else "whole", side)
        elif held & ~Qt.KeyboardModifier.ShiftModifier & ~Qt.KeyboardModifier.KeypadModifier:
            if not keeping.took_copy(event, self):
                event.ignore()
        elif side:
            self.move_range(side * 0.2) if shift else self.along(side)
        elif not self._plain_key(key):
            event.ignore()

    def _plain_key(self, key: Qt.Key) -> bool:
        """Do what a key says; False for one that says nothing here."""
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.across(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom_by(_STEP if key == Qt.Key.Key_Minus else 1 / _STEP)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.choose(0 if key == Qt.Key.Key_Home else len(self.items) - 1)
        elif key in _ADD_KEYS:
            self.add_wanted.emit(_ADD_KEYS[key], None)
        elif key == Qt.Key.Key_Insert:
            self.add_wanted.emit(self._list_here(), None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.can_choose(self.at):
            self.opened.emit(self.items[self.at].mark)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.can_choose(self.at):
            self.remove_wanted.emit(self.items[self.at].mark)
        else:
            return False
        return True

    def _list_here(self) -> str:
        field = self.items[self.at].mark.field if self.can_choose(self.at) else ATTACKS
        return field if field in DATE else ATTACKS

    def _ask_move(self, at: int, part: Part, days: int) -> None:
        if self.can_choose(at) and self.items[at].mark.field in DATE:
            mark = self.items[at].mark
            self.move_wanted.emit(mark, moved_by(mark, part, days, self.history.on))

    def item_at(self, point: QPointF) -> int:
        """What is under a point, the smallest of several; -1 for nothing."""
        near = style.px(_NEAR)
        found: list[tuple[float, int]] = []
        for at, item in enumerate(self.items):
            if item.box is None:
                continue
            box = self.box_of(at)
            if box.contains(point):
                found.append((item.box.wide * item.box.tall, at))
            elif item.box.wide < near * 2 and box.adjusted(-near, -near, near, near).contains(
                point
            ):
                away = (box.center() - point).manhattanLength()
                found.append((1e6 + away, at))
        return min(found)[1] if found else -1

    def _part_at(self, item: Item, x: float) -> Part:
        if isinstance(item.mark, DrugMark):
            places = [one for one in self.made.lanes.bars if one.mark is item.mark]
            edge = style.px(_EDGE)
            if places and item.mark.stop is not None and abs(x - places[0].bar.right) <= edge:
                return "stop"
            if places and item.mark.when is not None and abs(x - places[0].bar.x) <= edge:
                return "start"
        return "whole"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.item_at(event.position())
        self._drag = None
        if at >= 0:
            self.choose(at)
            item = self.items[at]
            if event.button() == Qt.MouseButton.LeftButton and item.mark.field in DATE:
                self._drag = _Drag(
                    item, self._part_at(item, event.position().x()), event.position().x()
                )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drag, x = self._drag, event.position().x()
        if drag is None:
            self._show_hand(event.position())
            return
        if drag.move is None and abs(x - drag.x) < _SLIP:
            return
        days = round((x - drag.x) / self.made.scale.per_day)
        drag.move = moved_by(drag.item.mark, drag.part, days, self.history.on)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._drag = self._drag, None
        if drag is not None and drag.move is not None:
            self.update()
            self.move_wanted.emit(drag.item.mark, drag.move)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._drag = None
        at = self.item_at(event.position())
        if at >= 0:
            self.opened.emit(self.items[at].mark)
            return
        scale, point = self.made.scale, event.position()
        field = self.made.band_at(point.y())
        if field in DATE and scale.left <= point.x() <= scale.right:
            day = min(scale.day_at(point.x()), self.history.on)
            self.add_wanted.emit(field, coarse_date(day, scale.per_day))

    def _show_hand(self, point: QPointF) -> None:
        at = self.item_at(point)
        tip(self, self._texts[at] if at >= 0 else "")
        cursor = Qt.CursorShape.ArrowCursor
        if at >= 0 and self.items[at].mark.field in DATE:
            is_end = self._part_at(self.items[at], point.x()) != "whole"
            cursor = Qt.CursorShape.SizeHorCursor if is_end else Qt.CursorShape.PointingHandCursor
        self.setCursor(cursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turn.y():
            self.zoom_by(1 / _STEP if turn.y() > 0 else _STEP, event.position().x())
        elif turn.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.move_range(-0.1 if (turn.x() or turn.y()) > 0 else 0.1)
        else:
            event.ignore()  # the page scrolls

    def draw(self, painter: QPainter) -> None:
        made = self.made
        left, right = made.scale.left, made.scale.right
        paint.draw_grid(painter, made)
        paint.draw_attacks(painter, made.attacks, left, right)
        paint.draw_series(painter, made.scores, left, right)
        paint.draw_series(painter, made.sight, left, right)
        paint.draw_lanes(painter, made.lanes, left, right)
        paint.draw_lanes(painter, made.cells, left, right)
        paint.draw_today(painter, made)
        paint.draw_words(painter, made.undated_head)
        for one in made.undated:
            paint.draw_words(painter, one.words)
        for entry in made.legend:
            paint.draw_legend(painter, entry)
        paint.draw_words(painter, made.caption)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drag is not None and self._drag.move is not None:
            painter = QPainter(self)
            self._draw_drag(painter, self._drag.move)

    def _draw_drag(self, painter: QPainter, move: Move) -> None:
        """Where it would go, with the day in words; a date that is not a day says that it asks."""
        scale = self.made.scale
        painter.setPen(QPen(style.colour("accent"), 1.6, Qt.PenStyle.DashLine))
        x = scale.left
        for day in move.dates.values():
            x = scale.middle(day)
            painter.drawLine(QPointF(x, self.made.head), QPointF(x, self.made.bottom))
        said = move.words or _("The day is not known: the date is asked for")
        wide = style.width_of(said, bold=True) + style.px(16)
        box = QRectF(min(x + 6, self.width() - wide), style.px(2), wide, style.px(22))
        painter.setPen(QPen(style.colour("accent"), 1))
        painter.setBrush(style.colour("wash"))
        painter.drawRect(box)
        painter.setFont(style.font(bold=True))
        painter.setPen(style.colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said)

    def sizeHint(self) -> QSize:
        return QSize(style.px(560), self.height())

    def range_words(self) -> str:
        """From when to when is shown, and how many rows are not."""
        first, last = self.shown
        said = _("{first} to {last}").format(
            first=format_date(first), last=format_date(min(last, self.history.on))
        )
        if self.made.outside:
            return _("{range}; {n} rows lie outside").format(range=said, n=self.made.outside)
        return said
