"""The signs and panels of the timeline, drawn from their places; no place is worked out here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.colours import classes_of
from nmosd_cds.gui.timeline.attack_places import AttackPanel, AttackPlace
from nmosd_cds.gui.timeline.drug_places import BarPlace, CellPlace, DrugLanes
from nmosd_cds.gui.timeline.layout import Layout
from nmosd_cds.gui.timeline.legend import LegendPlace
from nmosd_cds.gui.timeline.paper import Rect, Words
from nmosd_cds.gui.timeline.series_places import DOT, Dot, SeriesPanel, Step
from nmosd_cds.i18n import _

_Line = Qt.PenStyle


def _box(rect: Rect) -> QRectF:
    return QRectF(rect.x, rect.y, rect.wide, rect.tall)


def _pen(token: str, width: float = 1.0, line: Qt.PenStyle = _Line.SolidLine) -> QPen:
    pen = QPen(style.colour(token), width, line)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def draw_words(painter: QPainter, words: Words | None, *, ground: bool = False) -> None:
    """Text as it was broken; on a ground where lines pass behind it."""
    if words is None or not words.lines[0]:
        return
    if ground:
        painter.fillRect(_box(words.box), style.colour("surface"))
    painter.setFont(style.font(style.SMALL, bold=words.bold))
    painter.setPen(style.colour(words.tone))
    tall = words.box.tall / len(words.lines)
    side = Qt.AlignmentFlag.AlignRight if words.is_right else Qt.AlignmentFlag.AlignLeft
    flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
    for at, line in enumerate(words.lines):
        room = QRectF(words.box.x, words.box.y + at * tall, words.box.wide, tall)
        painter.drawText(room, flags, line)


def draw_grid(painter: QPainter, made: Layout) -> None:
    """Years or months from top to bottom, and their labels."""
    painter.setFont(style.font(style.SMALL))
    for tick in made.ticks:
        painter.setPen(_pen("line"))
        painter.drawLine(QPointF(tick.x, made.head), QPointF(tick.x, made.bottom))
        painter.setPen(style.colour("text2"))
        half = style.width_of(tick.label, style.SMALL) / 2 + 2
        # Again below the drugs, for whoever has scrolled down to them.
        below = made.bottom + 2 if _is_clear(made, tick.x, half) else None
        for top, tall in ((0.0, made.head - style.px(4)), (below, float(style.px(16)))):
            if top is not None:
                room = QRectF(tick.x - half, top, 2 * half, tall)
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, tick.label)
    edges = (made.head, made.attacks.bottom, made.scores.bottom, made.sight.bottom, made.bottom)
    painter.setPen(_pen("edge"))
    for y in edges:
        painter.drawLine(QPointF(style.px(16), y), QPointF(made.scale.right, y))


def _is_clear(made: Layout, x: float, half: float) -> bool:
    """Whether a label below the drugs leaves the word of today alone."""
    return made.today is None or abs(made.today - x) > half + style.px(26)


def draw_today(painter: QPainter, made: Layout) -> None:
    """The line of today with its word."""
    if made.today is None:
        return
    painter.setPen(_pen("accent", 1.6))
    painter.drawLine(QPointF(made.today, made.head - 2), QPointF(made.today, made.bottom + 2))
    word = _("today")
    painter.setFont(style.font(style.SMALL, bold=True))
    painter.setPen(style.colour("accent"))
    wide = style.width_of(word, style.SMALL, bold=True) + 2
    x = min(made.today - wide / 2, made.scale.right + style.px(14) - wide)
    room = QRectF(x, made.bottom + 2, wide, style.px(16))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, word)


def draw_attacks(painter: QPainter, panel: AttackPanel, left: float, right: float) -> None:
    """Leaders first, then what may stand on them."""
    draw_words(painter, panel.title)
    for words in panel.levels:
        draw_words(painter, words)
    draw_words(painter, panel.said, ground=True)
    painter.setPen(_pen("edge", 1.2))
    painter.drawLine(QPointF(left, panel.base), QPointF(right, panel.base))
    for place in panel.places:
        if place.leader is not None:
            painter.fillRect(_box(place.leader), style.colour("edge"))
    for place in panel.places:
        draw_words(painter, place.words, ground=place.leader is not None)
        if place.stem is not None:
            stem = place.stem
            painter.setPen(
                _pen("text", 1.4, _Line.SolidLine if place.mark.severity else _Line.DotLine)
            )
            painter.drawLine(QPointF(stem.x, stem.y), QPointF(stem.x, stem.bottom))
    for place in panel.places:
        _draw_attack(painter, place)


def _draw_attack(painter: QPainter, place: AttackPlace) -> None:
    if place.bracket is not None:
        draw_bracket(painter, place.bracket)
    for site, box in place.glyphs:
        draw_site(painter, _box(box), site, place.mark.recovery)


def draw_bracket(painter: QPainter, box: Rect) -> None:
    """The days within which something lies."""
    middle = box.y + box.tall / 2
    painter.setPen(_pen("text2", 1.4))
    painter.drawLine(QPointF(box.x, middle), QPointF(box.right, middle))
    for x in (box.x, box.right):
        painter.drawLine(QPointF(x, box.y), QPointF(x, box.bottom))


def _polygon(box: QRectF, *points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    placed = [QPointF(box.x() + box.width() * x, box.y() + box.height() * y) for x, y in points]
    path.addPolygon(QPolygonF(placed))
    path.closeSubpath()
    return path


def _disc(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(box)
    return path


def _square(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    return path


_SITES: Mapping[str, Callable[[QRectF], QPainterPath]] = {
    "optic-nerve-right": _disc,
    "optic-nerve-left": _disc,
    "spinal-cord": _square,
    "area-postrema": lambda box: _polygon(box, (0.5, 0), (1, 0.95), (0, 0.95)),
    "brainstem": lambda box: _polygon(box, (0.5, -0.05), (1.05, 0.5), (0.5, 1.05), (-0.05, 0.5)),
    "diencephalon": lambda box: _polygon(
        box, (0.25, 0.05), (0.75, 0.05), (1, 0.5), (0.75, 0.95), (0.25, 0.95), (0, 0.5)
    ),
    "cerebrum": lambda box: _polygon(
        box, (0.35, 0), (0.65, 0), (0.65, 0.35), (1, 0.35), (1, 0.65), (0.65, 0.65), (0.65, 1),
        (0.35, 1), (0.35, 0.65), (0, 0.65), (0, 0.35), (0.35, 0.35),
    ),
}  # fmt: skip


def draw_site(painter: QPainter, box: QRectF, site: str, recovery: str) -> None:
    """The shape of a site, filled by recovery: full, half, open; dotted with `?` if not known."""
    inner = box.adjusted(1, 1, -1, -1)
    path = _SITES.get(site, _disc)(inner)
    painter.fillPath(path, style.colour("surface"))
    if recovery == "full":
        painter.fillPath(path, style.colour("text"))
    elif recovery == "partial":
        painter.save()
        painter.setClipRect(
            QRectF(box.x(), box.center().y(), box.width(), box.height()),
            Qt.ClipOperation.IntersectClip,
        )
        painter.fillPath(path, style.colour("text"))
        painter.restore()
    is_sure = bool(site) and bool(recovery)
    painter.strokePath(path, _pen("text", 1.6, _Line.SolidLine if is_sure else _Line.DotLine))
    if not is_sure:
        painter.setPen(style.colour("text"))
        painter.setFont(style.font(style.SMALL, bold=True))
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, "?")


def draw_series(painter: QPainter, panel: SeriesPanel, left: float, right: float) -> None:
    """Scale, steps, dots and words of one series."""
    draw_words(painter, panel.title)
    draw_words(painter, panel.under)
    for y, label in panel.ticks:
        painter.setPen(_pen("line"))
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        draw_words(painter, label)
    for step in panel.steps:
        _draw_step(painter, step, is_stale=panel.is_stale)
    for dot in panel.worst:
        _draw_worst(painter, dot.x, dot.y)
    for dot in panel.dots:
        draw_dot(painter, dot)
    for words in panel.words:
        draw_words(painter, words, ground=True)


def _colour_of(eye: str) -> str:
    return "text" if eye == "left" else "accent"


def _draw_step(painter: QPainter, step: Step, *, is_stale: bool) -> None:
    lines = {"known": _Line.SolidLine, "unsure": _Line.DotLine, "since": _Line.DashLine}
    is_old = step.how == "since" and is_stale
    painter.setPen(_pen("attention" if is_old else _colour_of(step.eye), 1.8, lines[step.how]))
    # The eyes of one height stand beside each other, not one on the other.
    shift = 1.0 if step.eye == "left" else 0.0
    painter.drawLine(
        QPointF(step.x0 + shift, step.y0 + shift), QPointF(step.x1 + shift, step.y1 + shift)
    )


def draw_dot(painter: QPainter, dot: Dot) -> None:
    """A measurement; a bracket where its day, an upright one where its number is not exact."""
    token = _colour_of(dot.eye)
    side = float(style.px(DOT))
    box = QRectF(dot.x - side / 2, dot.y - side / 2, side, side)
    if dot.bracket is not None:
        a, b = dot.bracket
        draw_bracket(painter, Rect(a, dot.y - side / 2, b - a, side))
    if dot.limit is not None:
        top, bottom = dot.limit
        painter.setPen(_pen(token, 1.6))
        painter.drawLine(QPointF(dot.x, top), QPointF(dot.x, bottom))
        for y in (top, bottom):
            painter.drawLine(QPointF(dot.x - side / 2, y), QPointF(dot.x + side / 2, y))
        return
    if dot.state != "known":
        shapes.draw(painter, dot.state, box.adjusted(-2, -2, 2, 2))
        return
    painter.setPen(_pen(token, 1.6))
    painter.setBrush(style.colour("surface" if dot.eye == "right" or dot.bracket else token))
    if dot.eye == "left":
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    else:
        painter.drawEllipse(box)


def _draw_worst(painter: QPainter, x: float, y: float) -> None:
    side = float(style.px(DOT))
    path = _polygon(QRectF(x - side / 2, y - side / 2, side, side), (0, 0), (1, 0), (0.5, 1))
    painter.fillPath(path, style.colour("surface"))
    painter.strokePath(path, _pen("text2", 1.2))


def class_colours(kind: str) -> tuple[QColor, QColor]:
    """Ground and outline of a class in the theme in use."""
    ground, edge = classes_of(style.tokens())[kind]
    return QColor(ground), QColor(edge)


def draw_lanes(painter: QPainter, lanes: DrugLanes, left: float, right: float) -> None:
    """The lanes with their bars, or the cells given before."""
    draw_words(painter, lanes.title)
    draw_words(painter, lanes.said, ground=True)
    for lane in lanes.lanes:
        draw_words(painter, lane.name)
        painter.setPen(_pen("line"))
        painter.drawLine(QPointF(left, lane.bottom), QPointF(right, lane.bottom))
    for bar in lanes.bars:
        _draw_bar(painter, bar)
    for cell in lanes.cells:
        _draw_cell(painter, cell)


def _draw_bar(painter: QPainter, place: BarPlace) -> None:
    ground, edge = class_colours(place.mark.group[0])
    for box in place.after:
        draw_after(painter, _box(box))
    for box in place.unsure:
        dotted = QPen(edge, 1, _Line.DashLine)
        painter.setPen(dotted)
        painter.setBrush(QBrush(ground, Qt.BrushStyle.Dense5Pattern))
        painter.drawRect(_box(box).adjusted(0.5, 0.5, -0.5, -0.5))
    if place.sure is not None:
        painter.setPen(QPen(edge, 1.2))
        painter.setBrush(ground)
        painter.drawRect(_box(place.sure).adjusted(0.5, 0.5, -0.5, -0.5))
        # A thick end says which class it is where the ground alone would be faint.
        painter.fillRect(QRectF(place.sure.x, place.sure.y, 3, place.sure.tall), edge)
    bar = place.bar
    for is_open, x, way in zip(place.is_open, (bar.x, bar.right), (-1, 1), strict=True):
        if is_open:
            _draw_open_end(painter, x, bar, way, edge)
    for box, sure in place.signs:
        draw_sign(painter, _box(box), is_sure=sure)
    draw_words(painter, place.name)
    draw_words(painter, place.note)
    if place.cross is not None:
        draw_cross(painter, _box(place.cross))


def _draw_open_end(painter: QPainter, x: float, bar: Rect, way: int, edge: QColor) -> None:
    painter.setPen(QPen(edge, 1.4))
    middle, tip = bar.y + bar.tall / 2, x - way * style.px(5)
    for part in (1, 2):
        at = tip - way * style.px(4) * (part - 1)
        painter.drawLine(QPointF(at, bar.y + 4), QPointF(at + way * style.px(4), middle))
        painter.drawLine(QPointF(at, bar.bottom - 4), QPointF(at + way * style.px(4), middle))


def draw_after(painter: QPainter, box: QRectF) -> None:
    """The time after the last dose."""
    painter.setPen(_pen("text2", 1))
    painter.setBrush(QBrush(style.colour("text2"), Qt.BrushStyle.BDiagPattern))
    painter.drawRect(box)


def draw_sign(painter: QPainter, box: QRectF, *, is_sure: bool) -> None:
    """An attack on a drug; open where it may have come on it."""
    path = _polygon(box, (0, 0), (1, 0), (0.5, 1))
    painter.fillPath(path, style.colour("text" if is_sure else "surface"))
    painter.strokePath(path, _pen("text", 1.2))


def draw_cross(painter: QPainter, box: QRectF) -> None:
    """The drug failed."""
    pen = QPen(style.colour("excluded"), 2)
    painter.setPen(pen)
    painter.drawLine(box.topLeft(), box.bottomRight())
    painter.drawLine(box.topRight(), box.bottomLeft())


def _draw_cell(painter: QPainter, place: CellPlace) -> None:
    if place.bracket is not None:
        draw_bracket(painter, place.bracket)
    painter.setPen(_pen("text", 1.6))
    painter.setBrush(style.colour("wash"))
    painter.drawEllipse(_box(place.sign))
    painter.setBrush(style.colour("text"))
    small = place.sign.around(-place.sign.wide * 0.32)
    painter.drawEllipse(_box(small))
    draw_words(painter, place.words)


def draw_legend(painter: QPainter, place: LegendPlace) -> None:
    """One sign and its words."""
    kind, _colon, which = place.sign.partition(":")
    box = _box(place.box)
    middle = box.center().y()
    if kind == "site":
        draw_site(painter, box, which, "none")
    elif kind == "fill":
        draw_site(painter, box, "optic-nerve-right", which)
    elif kind == "bracket":
        draw_bracket(painter, Rect(box.x(), middle - 4, box.width(), 8))
    elif kind in ("on", "perhaps-on"):
        draw_sign(painter, box.adjusted(3, 3, -3, -4), is_sure=kind == "on")
    elif kind == "after":
        draw_after(painter, box.adjusted(0, 2, 0, -2))
    elif kind == "since":
        painter.setPen(_pen("accent", 1.8, _Line.DashLine))
        painter.drawLine(QPointF(box.left(), middle), QPointF(box.right() + 2, middle))
    elif kind == "worst":
        _draw_worst(painter, box.center().x(), middle)
    elif kind == "eye":
        painter.setPen(_pen(_colour_of(which), 1.6))
        painter.setBrush(style.colour("surface" if which == "right" else "text"))
        small = box.adjusted(3, 3, -3, -3)
        (painter.drawEllipse if which == "right" else painter.drawRect)(small)
    draw_words(painter, place.words)
