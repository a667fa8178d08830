"""The Compare tab: what is known of every option on every criterion, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nmosd_cds.advice.model import Advice, EffectLine, OptionAdvice
from nmosd_cds.gui import style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, Page, label
from nmosd_cds.gui.results import markup as m
from nmosd_cds.gui.results.markup import Markup
from nmosd_cds.i18n import _
from nmosd_cds.report.summary import headline_of
from nmosd_cds.report.wording import (
    CERTAINTY,
    STATUS,
    capital,
    inside,
    needs_words,
    sentence,
    sentences,
    word,
)

if TYPE_CHECKING:
    from nmosd_cds.knowledge.knowledge import Knowledge
    from nmosd_cds.knowledge.ranking import Criterion

_CRITERION, _OPTION, _BAR = 156, 216, 16
_PAD, _GAP = 4, 14
_NO_BREAK = "\N{NO-BREAK SPACE}"
_OPEN = ("absent", "not-reported")


@dataclass(frozen=True)
class Bar:
    """What is drawn in a cell; places are fractions of the criterion's fixed range.

    Attributes:
        kind: `counted`, `derived` (dashed), `open` (dotted), `exact` (a tick) or `dots`.
        dots: Filled dots of a judgement.
        of: All dots of a judgement.
    """

    kind: Literal["counted", "derived", "open", "exact", "dots"]
    low: float = 0.0
    middle: float = 0.0
    high: float = 0.0
    dots: int = 0
    of: int = 0


LEGEND = {
    "counted": Bar("counted", 0.15, 0.5, 0.85),
    "derived": Bar("derived", 0.15, 0.5, 0.85),
    "open": Bar("open"),
    "exact": Bar("exact"),
}


def compared(advice: Advice) -> tuple[OptionAdvice, ...]:
    """Options that stand in the table: cells first, then what the person has now."""
    shown = [
        one
        for one in advice.options
        if one.effects and one.tier is not None and one.status in ("possible", "unconfirmed")
    ]
    return tuple(sorted(shown, key=lambda one: one.is_present))


def amount(value: float, line: EffectLine, criterion: Criterion | None) -> str:
    """A value without its unit: `25`, `1.4`, `under 0.1`; points with a sign."""
    if criterion is not None and criterion.distribution in ("beta", "gamma"):
        share = 100.0 * value
        if 0.0 < share < 0.1:
            return _("under 0.1")
        return f"{share:.0f}" if share == 0.0 or share >= 2.0 else f"{share:.1f}"
    if line.kind == "judgement":
        return f"{value:g}"
    return f"{value:+.1f}"


def lead(line: EffectLine, criterion: Criterion | None) -> tuple[str, str, str]:
    """The estimate in bold, its range, and how it was derived."""
    if line.estimate is None or line.kind != "derived":
        # These begin with what they are: "Exactly 0 by definition.", "Judgement, 3 of 4."
        first, _stop, rest = line.how.partition(". ")
        return first.rstrip("."), "", rest
    is_share = criterion is not None and criterion.distribution in ("beta", "gamma")
    shape = _("{value} of 100") if is_share else _("{value} points")
    said = shape.format(value=amount(line.estimate, line, criterion))
    if line.low is None or line.high is None:
        return said, "", line.how
    low, high = (amount(value, line, criterion) for value in (line.low, line.high))
    return said, _("{low} to {high}").format(low=low, high=high), line.how


def behind(line: EffectLine) -> str:
    """`n 12, certainty very low`; empty where nothing was counted."""
    parts = [f"n {line.n}"] if line.n else []
    if line.kind == "derived":
        certainty = inside(word(CERTAINTY, line.certainty))
        parts.append(_("certainty {certainty}").format(certainty=certainty))
    return ", ".join(parts)


def spoken(line: EffectLine, criterion: Criterion | None) -> str:
    """The whole cell in words."""
    first, span, how = lead(line, criterion)
    said = [f"{first}, {span}" if span else first, how, behind(line)]
    return " ".join(sentence(part) for part in said if part)


def bar_of(line: EffectLine, criterion: Criterion, *, is_counted: bool) -> Bar:
    """What is drawn for one effect."""
    bottom, top = sorted((float(criterion.best), float(criterion.worst)))

    def place(value: float | None) -> float:
        return min(max(((value or 0.0) - bottom) / (top - bottom), 0.0), 1.0)

    if line.kind in _OPEN or line.estimate is None:
        return Bar("open")
    if line.kind == "judgement":
        return Bar("dots", dots=round(line.estimate), of=round(top))
    if line.kind == "not-applicable":
        return Bar("exact", middle=place(line.estimate))
    kind: Literal["counted", "derived"] = "counted" if is_counted else "derived"
    return Bar(kind, place(line.low), place(line.estimate), place(line.high))


def draw_bar(painter: QPainter, box: QRectF, bar: Bar) -> None:
    """Draw one bar into a box."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    y, edge = box.center().y(), box.height() / 3
    left, wide = box.left() + edge, box.width() - 2 * edge
    if bar.kind == "dots":
        _draw_dots(painter, box, bar)
        return
    pen = QPen(style.colour("text2" if bar.kind == "open" else "line"), 1)
    if bar.kind == "open":
        pen = QPen(style.colour("text2"), 1.2, Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.drawLine(QPointF(left, y), QPointF(left + wide, y))
    if bar.kind == "open":
        return
    for part in range(5):
        x = left + wide * part / 4
        painter.drawLine(QPointF(x, y - 2), QPointF(x, y + 2))
    low, x, high = (left + wide * at for at in (bar.low, bar.middle, bar.high))
    if bar.kind == "exact":
        painter.setPen(QPen(style.colour("accent"), 3 * style.look.zoom))
        painter.drawLine(QPointF(x, y - edge), QPointF(x, y + edge))
        return
    line = QPen(style.colour("text"), 1.6)
    if bar.kind == "derived":
        line.setDashPattern([3, 2])
    painter.setPen(line)
    painter.drawLine(QPointF(low, y), QPointF(high, y))
    painter.setPen(QPen(style.colour("text"), 1.6))
    for end in (low, high):
        painter.drawLine(QPointF(end, y - edge * 0.8), QPointF(end, y + edge * 0.8))
    painter.setPen(QPen(style.colour("accent"), 1.6))
    painter.setBrush(style.colour("accent" if bar.kind == "counted" else "surface"))
    painter.drawRect(QRectF(x - edge * 0.8, y - edge * 0.8, edge * 1.6, edge * 1.6))


def _draw_dots(painter: QPainter, box: QRectF, bar: Bar) -> None:
    side = box.height() * 0.55
    painter.setPen(QPen(style.colour("text2"), 1.2))
    for at in range(bar.of):
        x = box.left() + 1 + at * side * 2
        dot = QRectF(x, box.center().y() - side / 2, side, side)
        painter.setBrush(style.colour("text2" if at < bar.dots else "surface"))
        painter.drawEllipse(dot)


def _longest(text: str, *, bold: bool = False) -> int:
    """Width of the longest part that stays on one line; a line may end after a hyphen."""
    parts = set(text.replace("-", "- ").split())
    return max((style.width_of(part, style.SMALL, bold=bold) for part in parts), default=0)


class WordTable(QTableWidget):
    """A table of words as tall as they are; nothing in it is cut off, nothing can be edited."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setFont(style.font(style.SMALL))
        self.horizontalHeader().setFont(style.font(style.SMALL, bold=True))
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        )

    def fill(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show other words."""
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(list(heads))
        self.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, words in enumerate(row):
                item = QTableWidgetItem(words)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                self.setItem(at, column, item)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(style.px(300), self.height())

    def _head_tall(self) -> int:
        """Height of the heads, which wrap where their column is narrow."""
        header = self.horizontalHeader()
        metrics = QFontMetrics(header.font())
        tall = metrics.height()
        for column in range(self.columnCount()):
            item = self.horizontalHeaderItem(column)
            room = QRect(0, 0, max(header.sectionSize(column) - style.px(8), 1), 10_000)
            words = item.text() if item is not None else ""
            flags = Qt.TextFlag.TextWordWrap.value
            tall = max(tall, metrics.boundingRect(room, flags, words).height())
        return tall + style.px(6)

    def _share_width(self) -> None:
        """Each column its longest word; what is left goes to those with more to say."""
        gap, most = style.px(14), style.px(320)
        needs, wishes = [], []
        for column in range(self.columnCount()):
            cells = [self.item(row, column) for row in range(self.rowCount())]
            texts = [cell.text() for cell in cells if cell is not None]
            head = self.horizontalHeaderItem(column)
            need = _longest(head.text(), bold=True) if head is not None else 0
            need = max((need, *(_longest(text) for text in texts)))
            wish = max((style.width_of(text, style.SMALL) for text in texts), default=0)
            needs.append(need + gap)
            wishes.append(max(min(wish + gap, most) - needs[-1], 1))
        free = max(self.viewport().width() - sum(needs), 0)
        for column, (need, wish) in enumerate(zip(needs, wishes, strict=True)):
            self.setColumnWidth(column, need + free * wish // sum(wishes))

    def _fit(self) -> None:
        self._share_width()
        self.horizontalHeader().setFixedHeight(self._head_tall())
        self.resizeRowsToContents()
        bar = self.horizontalScrollBar()
        beside = bar.sizeHint().height() if bar.maximum() > 0 else 0
        tall = self._head_tall() + self.verticalHeader().length() + 4 + beside
        if self.height() != tall:
            self.setFixedHeight(tall)


class _Cells(Markup):
    """The painted table: words and study links, with a bar in every cell."""

    widened = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.bars: dict[str, Bar] = {}
        self._width = -1

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        url = QUrl(name)
        if url.scheme() != "bar":
            return super().loadResource(kind, name)
        key, _slash, wide = url.path().rpartition("/")
        scale = self.devicePixelRatioF()
        size = QSize(round(int(wide) * scale), round(style.px(_BAR) * scale))
        drawn = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        drawn.fill(QColor(0, 0, 0, 0))
        painter = QPainter(drawn)
        painter.scale(scale, scale)
        draw_bar(painter, QRectF(0, 0, int(wide), style.px(_BAR)), self.bars[key])
        painter.end()
        drawn.setDevicePixelRatio(scale)
        return drawn

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._width:
            self._width = self.viewport().width()
            self.widened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        self.link_chosen.emit()


def bar_html(key: str, wide: int) -> str:
    """A bar in the line."""
    return (
        f'<img src="bar:{key}/{wide}" width="{wide}" height="{style.px(_BAR)}" '
        f'style="vertical-align:middle">'
    )


class CompareView(QWidget):
    """The effects table; painted, or as a table for a screen reader."""

    study_followed = Signal(str)

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self._advice: Advice | None = None
        self._is_due = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        above = QVBoxLayout()
        above.setContentsMargins(style.px(16), style.px(10), style.px(26), 0)
        above.setSpacing(style.px(6))
        above.addLayout(self._top())
        self.head = _Cells(_("Options compared"))
        self.head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        above.addWidget(self.head)
        layout.addLayout(above)
        self._content = QWidget()
        inner = QVBoxLayout(self._content)
        inner.setContentsMargins(style.px(16), style.px(4), style.px(16), style.px(16))
        inner.setSpacing(style.px(8))
        self.nothing = label("", wraps=True)
        inner.addWidget(self.nothing)
        self.cells = _Cells(_("Effects table"))
        self.cells.followed.connect(self.on_followed)
        self.cells.widened.connect(self.on_widened)
        self.cells.link_chosen.connect(self.on_link_chosen)
        inner.addWidget(self.cells)
        self.table = WordTable(_("Effects as a table"))
        self.table.hide()
        inner.addWidget(self.table)
        inner.addStretch(1)
        self._page = Page(self._content, _("Effects"))
        layout.addWidget(self._page, 1)
        consultation.advice_cleared.connect(self.clear)
        consultation.advice_changed.connect(self.show_advice)
        self.clear()

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.addWidget(label(_("Effects table"), size=style.TITLE, bold=True))
        said = _(
            "Single-arm studies side by side, never compared with each other or with an "
            "approved drug."
        )
        top.addWidget(label(said, token="text2", wraps=True), 1)
        self.as_table = Button(_("As a table"))
        self.as_table.setCheckable(True)
        self.as_table.toggled.connect(self.on_table_toggled)
        top.addWidget(self.as_table, 0, Qt.AlignmentFlag.AlignTop)
        return top

    def clear(self) -> None:
        """Take what belongs to an older case off the screen."""
        self._advice = None
        self._is_due = False
        self._say(_("Working out the answer"))

    def _say(self, words: str) -> None:
        self.nothing.setText(words)
        self.nothing.setVisible(bool(words))
        self.as_table.setVisible(not words)
        self.head.setVisible(False)
        self.cells.show_html("")
        self.table.setVisible(not words and self.as_table.isChecked())
        self.table.fill((), ())

    def show_advice(self, advice: Advice) -> None:
        """Show the effects of the options; drawn once somebody looks."""
        self._advice = advice
        self._is_due = True
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_due:
            self._show()

    def on_widened(self) -> None:
        if self._advice is not None and self.isVisible():
            self._show_cells(self._advice)

    def on_table_toggled(self, is_table: bool) -> None:
        self.table.setVisible(is_table)
        self.cells.setVisible(not is_table)
        if self._advice is not None:
            self._show()

    def on_followed(self, target: str) -> None:
        self.study_followed.emit(target.removeprefix("study:"))

    def on_link_chosen(self) -> None:
        place = self.cells.link_place()
        at = self.cells.mapTo(self._content, place.center())
        self._page.ensureVisible(at.x(), at.y(), 0, style.px(40))

    def _show(self) -> None:
        assert self._advice is not None
        self._is_due = False
        options = compared(self._advice)
        if not options:
            why = sentence(headline_of(self._advice))
            self._say(_("Nothing is scored for this case. {why}").format(why=why))
            return
        self._say("")
        known = self._criteria()
        lines = options[0].effects
        heads = [_("Criterion"), *(one.short for one in options)]
        rows = [[_("Status"), *(_state(self._advice, one) for one in options)]]
        for line in lines:
            criterion = known.get(line.criterion)
            found = [_effect(one, line.criterion) for one in options]
            about = sentences(capital(part) for part in (line.label, *_about(line, criterion)))
            rows.append([about, *(spoken(each, criterion) if each else "" for each in found)])
        if self.as_table.isChecked():
            self.table.fill(heads, rows)
        self._show_cells(self._advice)

    def _criteria(self) -> Mapping[str, Criterion]:
        knowledge = self._consultation.engine.knowledge_or_none
        if knowledge is None:
            return {}
        groups = knowledge.ranking.criteria
        return {one.id: one for group in groups for one in group.members}

    def _show_cells(self, advice: Advice) -> None:
        options = compared(advice)
        room = self.cells.viewport().width()
        if self.as_table.isChecked() or not options or room <= 0:
            self.head.hide()
            return
        first = style.px(_CRITERION)
        side_by_side = min(len(options), max(1, (room - first) // style.px(_OPTION)))
        wide = (room - first) // side_by_side
        bands = [options[at : at + side_by_side] for at in range(0, len(options), side_by_side)]
        known = self._criteria()
        knowledge = self._consultation.engine.knowledge_or_none
        self.cells.bars = {**LEGEND, **_bars(options, known, knowledge)}
        html = ""
        for band in bands:
            if len(bands) > 1:
                html += _table([_heads(advice, band, first, wide)], first + wide * len(band))
            html += _table(_rows(band, known, first, wide), first + wide * len(band))
        self.cells.show_html(html + _legend())
        self.head.setVisible(len(bands) == 1)
        if len(bands) == 1:
            self.head.show_html(_table([_heads(advice, options, first, wide)], room))


def _bars(
    options: Sequence[OptionAdvice], known: Mapping[str, Criterion], knowledge: Knowledge | None
) -> dict[str, Bar]:
    # Imported here: it brings the arithmetic along, which a window starts without.
    from nmosd_cds.advice.cells import Assumptions, effect_of

    bars = {}
    for option in options:
        for line in option.effects:
            criterion = known.get(line.criterion)
            if criterion is None or knowledge is None:
                continue
            effect = effect_of(knowledge.options[option.id], criterion, Assumptions())
            is_counted = effect.kind == "count" and effect.discount is None
            bar = bar_of(line, criterion, is_counted=is_counted)
            bars[f"{option.id}/{line.criterion}"] = bar
    return bars


def _effect(option: OptionAdvice, criterion: str) -> EffectLine | None:
    return next((line for line in option.effects if line.criterion == criterion), None)


def _about(line: EffectLine, criterion: Criterion | None) -> list[str]:
    """Unit, fixed range, better direction."""
    if criterion is None:
        return [line.unit]
    low, high = sorted((float(criterion.best), float(criterion.worst)))
    is_share = criterion.distribution in ("beta", "gamma")
    shape = _("drawn from {low} to {high} of 100") if is_share else _("drawn from {low} to {high}")
    times = 100 if is_share else 1
    span = shape.format(low=f"{times * low:g}", high=f"{times * high:g}")
    if criterion.distribution == "judgement":
        span = ""
    is_lower = criterion.better == "lower"
    return [line.unit, span, _("lower is better") if is_lower else _("higher is better")]


def _needs(advice: Advice, option: OptionAdvice) -> str:
    if option.status == "unconfirmed":
        return needs_words(advice, option.needs) if option.needs else _("cannot be told yet")
    return _("Declined by the person") if option.declined else _("needs nothing more")


def _state(advice: Advice, option: OptionAdvice) -> str:
    return f"{word(STATUS, option.status)}, {_needs(advice, option)}"


def _table(rows: Sequence[str], width: int) -> str:
    pad = style.px(_PAD)
    return (
        f'<table width="{width}" cellspacing="0" cellpadding="{pad}" border="0">'
        f"{''.join(rows)}</table>"
    )


def _td(marked_up: str, width: int, rule: str) -> str:
    look = f"border-top:1px solid {style.colour(rule).name()};padding-right:{style.px(_GAP)}px;"
    return f'<td width="{width}" style="{look}">{marked_up}</td>'


def _heads(advice: Advice, options: Sequence[OptionAdvice], first: int, wide: int) -> str:
    about = m.soft(_("unit, range, better direction"))
    cells = [_td(f"{m.bold(_('Criterion'))}<br>{about}", first, "edge")]
    for one in options:
        needs = capital(_needs(advice, one))
        said = m.attention(needs) if one.status == "unconfirmed" else m.text(needs)
        studied = m.soft(_("no cellular therapy") if one.is_present else _studied(one))
        head = f"{m.shape(one.status, 14)}&nbsp;{m.name(one.short)}<br>{said}<br>{studied}"
        cells.append(_td(head, wide, "edge"))
    return m.row(*cells)


def _studied(option: OptionAdvice) -> str:
    certainty = _("certainty {certainty}").format(
        certainty=inside(word(CERTAINTY, option.certainty))
    )
    return f"n {option.fit.n}, {certainty}" if option.fit.n else certainty


def _rows(
    options: Sequence[OptionAdvice], known: Mapping[str, Criterion], first: int, wide: int
) -> list[str]:
    rows = []
    for at, line in enumerate(options[0].effects):
        rule = "line" if at else "edge"
        criterion = known.get(line.criterion)
        about = "<br>".join(m.soft(part) for part in _about(line, criterion) if part)
        cells = [_td(f"{m.bold(line.label)}<br>{about}", first, rule)]
        for one in options:
            effect = _effect(one, line.criterion)
            said = _cell(one, effect, criterion, wide - style.px(_PAD + _GAP)) if effect else ""
            cells.append(_td(said, wide, rule))
        rows.append(m.row(*cells))
    return rows


def _cell(option: OptionAdvice, line: EffectLine, criterion: Criterion | None, wide: int) -> str:
    first, span, how = lead(line, criterion)
    said = m.bold(first) + (f" &nbsp; {m.soft(span)}" if span else "")
    if criterion is not None:
        said += f"<br>{bar_html(f'{option.id}/{line.criterion}', wide)}"
    if how:
        said += f"<br>{_linked(how, line.studies)}"
    missing = [key for key in line.studies if f"({key})" not in how]
    parts = [m.soft(behind(line)), *(m.link(f"study:{key}", key) for key in missing)]
    last = " ".join(part for part in parts if part)
    return f"{said}<br>{last}" if behind(line) or missing else said


def _linked(how: str, studies: Sequence[str]) -> str:
    """How it was derived, with the way to each study where it is named."""
    html = m.soft(how)
    for key in studies:
        html = html.replace(f"({m.text(key)})", f"({m.link(f'study:{key}', key)})")
    return html


def _legend() -> str:
    wide = style.px(64)
    words = {
        "counted": _("counted in NMOSD, middle and range"),
        "derived": _("derived or indirect"),
        "open": _("not reported: the whole range"),
        "exact": _("exactly 0 by definition"),
    }
    keys = " &nbsp; ".join(
        f"{bar_html(key, wide)}&nbsp;{m.soft(said.replace(' ', _NO_BREAK))}"
        for key, said in words.items()
    )
    more = _(
        "The estimate is the middle of the simulated values; 90 of 100 of them lie in the range "
        "beside it. It is not the printed figure, which stands under it."
    )
    return f'<p style="margin-top:{style.px(8)}px">{keys}<br>{m.soft(more)}</p>'
