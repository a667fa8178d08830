"""Plain controls in the look of the house: field, drop-down, button, chip, tabs, labels."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from html import escape

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QTabBar,
    QWidget,
)

from nmosd_cds.gui import shapes, style

ROW = 28
RADIUS = 3
_TIP = "tip"
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def tip(widget: QWidget, text: str) -> None:
    """A tooltip whose text is never read as mark-up, and wraps.

    A screen reader gets the same words as the description, for of the tooltip it would read the
    mark-up aloud; a description that says something else stays.
    """
    widget.setToolTip(f"<qt>{escape(text)}</qt>" if text else "")
    if widget.accessibleDescription() in ("", widget.property(_TIP) or ""):
        widget.setAccessibleDescription(text)
    widget.setProperty(_TIP, text)


def label(
    text: str,
    *,
    size: int = style.BODY,
    bold: bool = False,
    token: str = "text",
    wraps: bool = False,
) -> QLabel:
    """A label that shows its text as it is."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(style.font(size, bold=bold))
    made.setWordWrap(wraps)
    paint_text(made, token)
    return made


def paint_text(widget: QWidget, token: str) -> None:
    """Give a widget's text a colour of the theme."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.WindowText, style.colour(token))
    palette.setColor(QPalette.ColorRole.Text, style.colour(token))
    widget.setPalette(palette)


def paint_ground(widget: QWidget, token: str) -> None:
    """Give a widget's ground a colour of the theme."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.Window, style.colour(token))
    palette.setColor(QPalette.ColorRole.Base, style.colour(token))
    widget.setPalette(palette)
    widget.setAutoFillBackground(True)


def rule(token: str = "line", *, upright: bool = False) -> QFrame:
    """A hairline between parts."""
    line = QFrame()
    if upright:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    paint_ground(line, token)
    return line


def draw_frame(
    painter: QPainter, rect: QRect, *, edge: str, width: float = 0, radius: float = RADIUS
) -> None:
    """The outline of a control, as wide as the theme has it where no width is given."""
    width = width or style.edge_wide()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(style.colour(edge), width))
    inset = width / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)


def draw_focus(painter: QPainter, rect: QRect, radius: float = RADIUS) -> None:
    """The frame around what has the focus: at least 2 px where nothing was drawn before."""
    draw_frame(painter, rect, edge="accent", width=style.focus_wide(), radius=radius)


def draw_state(painter: QPainter, rect: QRect, edge: str, *, wrong: bool, focused: bool) -> None:
    """The outline of a field: as it is, as not read, or with the focus."""
    if focused:
        draw_focus(painter, rect)
    elif wrong:
        draw_frame(painter, rect, edge="attention", width=style.edge_wide() + 1)
    else:
        draw_frame(painter, rect, edge=edge)


class Field(QLineEdit):
    """One line to type in; amber outline while what stands there cannot be read."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setFixedHeight(style.px(ROW))
        self.setTextMargins(style.px(6), 0, style.px(4), 0)
        self._is_wrong = False
        # Whether Enter is used up here (the form goes on to the next field) or reaches the window.
        self.goes_on = False

    @property
    def is_wrong(self) -> bool:
        """Whether it is marked as not read."""
        return self._is_wrong

    def mark_wrong(self, wrong: bool) -> None:
        """Mark it as not read, or as read."""
        if wrong != self._is_wrong:
            self._is_wrong = wrong
            self.update()

    def set_open(self, is_open: bool) -> None:
        """Open it for typing, or show it as not asked; its text stays readable."""
        if self.isReadOnly() == (not is_open):
            return
        self.setReadOnly(not is_open)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_open else Qt.FocusPolicy.NoFocus)
        palette = self.palette()
        ground = "surface" if is_open else "sunk"
        palette.setColor(QPalette.ColorRole.Base, style.colour(ground))
        self.setPalette(palette)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # A file is for the window; here its path would become an answer.
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        key = Qt.Key(event.key())
        if key in steps and self.receivers("2stepped(int)"):
            self.stepped.emit(steps[key])
            return
        super().keyPressEvent(event)
        if self.goes_on and key in ENTER:
            event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        edge = "line" if self.isReadOnly() else "edge"
        draw_state(painter, self.rect(), edge, wrong=self._is_wrong, focused=self.hasFocus())


class Drop(QComboBox):
    """A drop-down; the wheel moves the page, not the answer."""

    def __init__(self, parent: QWidget | None = None, *, editable: bool = False) -> None:
        super().__init__(parent)
        self.setFixedHeight(style.px(ROW))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setIconSize(QSize(style.px(12), style.px(12)))
        self.is_wrong = False
        self.goes_on = False
        self._label: QLabel | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if editable:
            self.setEditable(True)
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            field = self.lineEdit()
            assert field is not None
            field.setFrame(False)
            field.setAcceptDrops(False)
            field.installEventFilter(self)
            field.setTextMargins(style.px(2), 0, 0, 0)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), style.px(ROW))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Outside of Windows Qt tells a screen reader the answer in place of the name, and leaves
        # the name to a label beside it.
        parent = self.parentWidget()
        if self._label is None and parent is not None:
            self._label = QLabel(self.accessibleName(), parent)
            self._label.setTextFormat(Qt.TextFormat.PlainText)
            self._label.setBuddy(self)
            self._label.hide()

    def mark_wrong(self, wrong: bool) -> None:
        """Mark it as not read, or as read."""
        self.is_wrong = wrong
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if self.goes_on and Qt.Key(event.key()) in ENTER:
            event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        field = self.lineEdit()
        if field is not None:
            # The style leaves room for an arrow of its own size, and none for our frame.
            frame = round(style.focus_wide())
            field.setFixedWidth(self.width() - style.px(20) - frame)
            field.setFixedHeight(self.height() - 2 * frame)
            field.move(frame, frame)

    def showPopup(self) -> None:
        metrics = QFontMetrics(self.font())
        widest = max(
            (metrics.horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=0
        )
        self.view().setMinimumWidth(widest + style.px(52))
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour("surface"))
        painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)
        field = self.lineEdit()
        focused = self.hasFocus() or (field is not None and field.hasFocus())
        draw_state(painter, self.rect(), "edge", wrong=self.is_wrong, focused=focused)
        side = style.px(10)
        shapes.draw(
            painter,
            "down",
            QRectF(self.width() - side - style.px(5), (self.height() - side) / 2, side, side),
        )
        if field is None:
            self._draw_choice(painter)

    def _draw_choice(self, painter: QPainter) -> None:
        left = style.px(6)
        drawn = self.itemIcon(self.currentIndex()) if self.currentIndex() >= 0 else None
        if drawn is not None and not drawn.isNull():
            side = self.iconSize().width()
            drawn.paint(painter, left, (self.height() - side) // 2, side, side)
            left += side + style.px(5)
        painter.setPen(style.colour("text" if self.currentIndex() >= 0 else "text2"))
        text = self.currentText() or self.placeholderText()
        room = self.rect().adjusted(left, 0, -style.px(17), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class Button(QAbstractButton):
    """A push button: outlined, or a filled one when it is checked (chips and segments)."""

    def __init__(
        self,
        text: str,
        *,
        shape: str = "",
        size: int = style.BODY,
        round_: bool = False,
        flat: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setFont(style.font(size))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.shape = shape
        self.bold_part = ""
        self._radius = style.px(13) if round_ else RADIUS
        self._flat = flat
        self._hint_says: tuple[object, ...] = ()
        self._hint = QSize()
        self.is_main = False

    def sizeHint(self) -> QSize:
        # Kept: a flow of chips asks every one of them again with each change of the page.
        says = (self.text(), self.bold_part, self.shape, self.font().key(), style.look.zoom)
        if says != self._hint_says:
            self._hint_says, self._hint = says, self._new_hint()
        return QSize(self._hint)

    def _new_hint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        if self.bold_part:
            width += self._bold_width()
        width += style.px(20 if self.text() or self.bold_part else 8)
        if self.shape:
            width += style.px(16)
        return QSize(max(width, style.px(24)), style.px(26))

    def tall_at(self, width: int) -> int:
        """Height at a width that is too small for one line."""
        room = width - style.px(38 if self.shape else 20)
        lines = -(-style.width_of(self._words, bold=True) // max(room, 1))
        return style.px(26) + (max(lines, 1) - 1) * style.px(17)

    @property
    def _words(self) -> str:
        return f"{self.bold_part} {self.text()}".strip()

    def _bold_width(self) -> int:
        chosen = self.font()
        chosen.setBold(True)
        gap = style.px(6) if self.text() else 0
        return QFontMetrics(chosen).horizontalAdvance(self.bold_part) + gap

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        hot = self.underMouse() and self.isEnabled()
        ground = "accent" if on else ("wash" if hot else "surface")
        if not (self._flat and not on and not hot):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.colour(ground))
            painter.drawRoundedRect(self.rect(), self._radius, self._radius)
        if not self._flat or self.hasFocus():
            edge = "accent" if on or self.is_main else "edge"
            edge = edge if self.isEnabled() else "line"
            if self.hasFocus():
                draw_focus(painter, self.rect(), self._radius)
            else:
                draw_frame(painter, self.rect(), edge=edge, radius=self._radius)
            if self.hasFocus() and on:
                # On the accent itself the frame is a ring of the other colour.
                inner = self.rect().adjusted(1, 1, -1, -1)
                draw_frame(painter, inner, edge="on_accent", width=2, radius=self._radius - 1)
        self._draw_words(painter, "on_accent" if on else ("text" if self.isEnabled() else "edge"))

    def _draw_words(self, painter: QPainter, token: str) -> None:
        room = self.rect().adjusted(style.px(10), 0, -style.px(10), 0)
        side = style.px(11)
        if self.shape and not self.text() and not self.bold_part:
            box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            shapes.draw(painter, self.shape, box)
            return
        if self.shape:
            box = QRectF(room.right() - side + 2, (self.height() - side) / 2, side, side)
            shapes.draw(painter, self.shape, box)
            room.adjust(0, 0, -style.px(16), 0)
        if self.height() > style.px(30):
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.setPen(style.colour(token))
            painter.drawText(room, flags, self._words)
            return
        if self.bold_part:
            chosen = self.font()
            chosen.setBold(True)
            painter.setFont(chosen)
            painter.setPen(style.colour("accent" if self.is_main else token))
            painter.drawText(
                room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.bold_part
            )
            room.adjust(self._bold_width(), 0, 0, 0)
            painter.setFont(self.font())
        painter.setPen(style.colour(token))
        align = (
            Qt.AlignmentFlag.AlignLeft
            if self.shape or self.bold_part
            else Qt.AlignmentFlag.AlignHCenter
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | align, self.text())


class Tabs(QTabBar):
    """Tabs with a bar of the accent under the chosen one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(style.width_of(self.tabText(index), bold=True) + style.px(26), style.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for index in range(self.count()):
            rect = self.tabRect(index)
            chosen = index == self.currentIndex()
            if chosen:
                painter.fillRect(rect, style.colour("surface"))
                bar = QRect(rect.left(), rect.bottom() - style.px(3) + 1, rect.width(), style.px(3))
                painter.fillRect(bar, style.colour("accent"))
            painter.setFont(style.font(bold=chosen))
            painter.setPen(style.colour("text" if chosen else "text2"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.tabText(index))
            if chosen and self.hasFocus():
                draw_focus(painter, rect.adjusted(1, 1, -1, -style.px(3)))


class Flow(QWidget):
    """Puts widgets side by side and goes on below where there is no room.

    Not a QLayout: one written in Python must return None from `itemAt`, which PySide counts wrong.
    """

    def __init__(self, *, gap: int = 6) -> None:
        super().__init__()
        self._gap = style.px(gap)
        self._said: Hashable = None
        self.parts: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, part: QWidget) -> None:
        """Add a widget at the end."""
        part.setParent(self)
        self.parts.append(part)
        part.show()
        # At the same size no resize follows, and the part would stay at the corner.
        self.arrange()

    def refill(self, said: Hashable, make: Callable[[], Iterable[QWidget]]) -> None:
        """Hold other widgets, made anew only where they say something else than before.

        Args:
            said: Everything the widgets show or lead to.
            make: Makes them.
        """
        if said == self._said:
            return
        self.clear()
        self._said = said
        for part in make():
            part.setParent(self)
            self.parts.append(part)
            part.show()
        self.arrange()

    def clear(self) -> None:
        """Take every widget away."""
        for part in self.parts:
            part.hide()
            part.deleteLater()
        self.parts, self._said = [], None
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, really=False)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(max(self.width(), style.px(100))))

    def minimumSizeHint(self) -> QSize:
        return QSize(style.px(60), self.heightForWidth(max(self.width(), style.px(100))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(self.width(), really=True)
        self.updateGeometry()

    def arrange(self) -> None:
        """Put the parts in place again, after one of them changed its size."""
        self._place(self.width(), really=True)
        self.updateGeometry()

    def _place(self, width: int, *, really: bool) -> int:
        x = y = tall = 0
        for part in self.parts:
            if part.isHidden():
                continue
            # A height that was fixed is not part of the hint, and is what it gets.
            hint = part.sizeHint().expandedTo(part.minimumSize())
            if hint.width() > width and isinstance(part, Button):
                hint = QSize(width, part.tall_at(width))
            if x and x + hint.width() > width:
                x, y, tall = 0, y + tall + min(self._gap, style.px(6)), 0
            if really:
                part.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + self._gap
            tall = max(tall, hint.height())
        return y + tall
