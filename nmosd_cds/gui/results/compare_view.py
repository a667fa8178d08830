"""The Compare tab: what is known of every option on every criterion, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from nmosd_cds.advice.model import Advice, EffectLine, OptionAdvice
from nmosd_cds.gui import style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, label
from nmosd_cds.gui.page import Page
from nmosd_cds.gui.plots import keeping
from nmosd_cds.gui.plots.cell_bars import LEGEND, Bar, bar_of, draw_bar
from nmosd_cds.gui.results import markup as m
from nmosd_cds.gui.results.citation import with_keys
from nmosd_cds.gui.results.markup import Markup
from nmosd_cds.gui.results.word_table import WordTable
from nmosd_cds.i18n import _
from nmosd_cds.report.effects import (
    about_words,
    behind,
    by_directness,
    compared,
    criteria_of,
    effect_heads,
    effect_of,
    effect_rows,
    excluded_with_effects,
    lead,
    needs_of,
    never_compared,
)
from nmosd_cds.report.fit import fit_heads, fit_rows
from nmosd_cds.report.summary import headline_of
from nmosd_cds.report.wording import CERTAINTY, capital, inside, sentence, word

if TYPE_CHECKING:
    from nmosd_cds.evidence.study import Source
    from nmosd_cds.knowledge.knowledge import Knowledge
    from nmosd_cds.knowledge.ranking import Criterion

_CRITERION, _OPTION, _BAR = 156, 216, 16
_PAD, _GAP = 4, 14


class _Cells(Markup):
    """The painted table: words and study links, with a bar in every cell."""

    widened = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.bars: dict[str, Bar] = {}
        self.twin: WordTable | None = None
        self._width = -1

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        url = QUrl(name)
        if url.scheme() != "bar":
            return super().loadResource(kind, name)
        key, _slash, wide = url.path().rpartition("/")
        scale = self.devicePixelRatioF()
        size = QSize(round(int(wide) * scale), round(style.px(_BAR) * scale))
        drawn = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.scale(scale, scale)
        draw_bar(painter, QRectF(0, 0, int(wide), style.px(_BAR)), self.bars[key])
        painter.end()
        drawn.setDevicePixelRatio(scale)
        return drawn

    @property
    def copied(self) -> keeping.Copied:
        return self.twin or self

    def fill_menu(self, menu: QMenu) -> None:
        if self.twin is not None:
            menu.addSeparator()
            menu.addAction(_("Save as &CSV..."), self.twin.ask_save)

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
    """The effects table, painted or as a table for a screen reader; then whom the studies fit."""

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
        self.never = label(never_compared(), bold=True, wraps=True)
        above.addWidget(self.never)
        self.head = _Cells(_("Options compared"))
        self.head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        above.addWidget(self.head)
        layout.addLayout(above)
        self._content = self._cells()
        self._page = Page(self._content, _("Effects"))
        layout.addWidget(self._page, 1)
        for table in (self.table, self.fit):
            table.failed.connect(consultation.failed)
        consultation.advice_cleared.connect(self.clear)
        consultation.advice_changed.connect(self.show_advice)
        self.clear()

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(style.px(6))
        top.addWidget(label(_("Effects table"), size=style.TITLE, bold=True), 1)
        self.with_excluded = Button(_("With excluded"))
        self.with_excluded.setCheckable(True)
        self.with_excluded.toggled.connect(self.on_excluded_toggled)
        self.copy = Button(_("Copy table"))
        self.copy.clicked.connect(self.on_copy_clicked)
        self.export = Button(_("Export CSV..."))
        self.export.clicked.connect(self.on_export_clicked)
        self.as_table = Button(_("As a table"))
        self.as_table.setCheckable(True)
        self.as_table.toggled.connect(self.on_table_toggled)
        self._buttons = (self.with_excluded, self.copy, self.export, self.as_table)
        for button in self._buttons:
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return top

    def _cells(self) -> QWidget:
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(style.px(16), style.px(4), style.px(16), style.px(16))
        inner.setSpacing(style.px(8))
        self.nothing = label("", wraps=True)
        self.cells = _Cells(_("Effects table"))
        self.cells.followed.connect(self.on_followed)
        self.cells.widened.connect(self.on_widened)
        self.cells.link_chosen.connect(self.on_link_chosen)
        self.table = WordTable(_("Effects as a table"))
        self.table.study_followed.connect(self.study_followed)
        self.table.hide()
        self.cells.twin = self.table
        self.fit_title = label(_("How the patients studied resemble this person"), bold=True)
        self.fit = WordTable(_("Whom the studies fit"))
        for part in (self.nothing, self.cells, self.table, self.fit_title, self.fit):
            inner.addWidget(part)
        inner.addStretch(1)
        return content

    def clear(self) -> None:
        """Take what belongs to an older case off the screen."""
        self._advice = None
        self._is_due = False
        self._say(_("Working out the answer"))

    def _say(self, words: str) -> None:
        self.nothing.setText(words)
        for part in (*self._buttons, self.never, self.fit, self.fit_title):
            part.setVisible(not words)
        self.nothing.setVisible(bool(words))
        self.head.setVisible(False)
        self.cells.show_html("")
        self.table.setVisible(not words and self.as_table.isChecked())
        self.table.fill((), ())
        self.fit.fill((), ())

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

    def on_excluded_toggled(self) -> None:
        if self._advice is not None:
            self._show()

    def on_copy_clicked(self) -> None:
        keeping.copy(self.table.as_table())

    def on_export_clicked(self) -> None:
        self.table.ask_save()

    def on_followed(self, target: str) -> None:
        self.study_followed.emit(target.removeprefix("study:"))

    def on_link_chosen(self) -> None:
        place = self.cells.link_place()
        at = self.cells.mapTo(self._content, place.center())
        self._page.ensureVisible(at.x(), at.y(), 0, style.px(40))

    def _options(self, advice: Advice) -> tuple[OptionAdvice, ...]:
        return compared(advice, with_excluded=self.with_excluded.isChecked())

    def _show(self) -> None:
        assert self._advice is not None
        self._is_due = False
        options = self._options(self._advice)
        has_excluded = bool(excluded_with_effects(self._advice))
        if not options:
            why = sentence(headline_of(self._advice))
            self._say(_("Nothing is scored for this case. {why}").format(why=why))
            self.with_excluded.setVisible(has_excluded)
            return
        self._say("")
        self.with_excluded.setVisible(has_excluded)
        known, sources = self._known()
        self.table.sources = sources
        rows = tuple(effect_rows(self._advice, options, known, sources))
        self.table.fill(effect_heads(options), rows)
        self.fit.fill(fit_heads(options), fit_rows(options))
        self._show_cells(self._advice)

    def _known(self) -> tuple[Mapping[str, Criterion], Mapping[str, Source]]:
        knowledge = self._consultation.engine.knowledge_or_none
        return (criteria_of(knowledge), knowledge.sources) if knowledge is not None else ({}, {})

    def _show_cells(self, advice: Advice) -> None:
        options = self._options(advice)
        room = self.cells.viewport().width()
        if self.as_table.isChecked() or not options or room <= 0:
            self.head.hide()
            return
        first = style.px(_CRITERION)
        side_by_side = min(len(options), max(1, (room - first) // style.px(_OPTION)))
        wide = (room - first) // side_by_side
        bands = [options[at : at + side_by_side] for at in range(0, len(options), side_by_side)]
        known, sources = self._known()
        knowledge = self._consultation.engine.knowledge_or_none
        self.cells.bars = {**LEGEND, **_bars(options, known, knowledge)}
        html = ""
        for band in bands:
            if len(bands) > 1:
                html += _table([_heads(advice, band, first, wide)], first + wide * len(band))
            html += _table(_rows(band, known, sources, first, wide), first + wide * len(band))
        self.cells.show_html(with_keys(html + _legend(), sources))
        self.head.setVisible(len(bands) == 1)
        if len(bands) == 1:
            self.head.show_html(_table([_heads(advice, options, first, wide)], room))


def _bars(
    options: Sequence[OptionAdvice], known: Mapping[str, Criterion], knowledge: Knowledge | None
) -> dict[str, Bar]:
    # Imported here: it brings the arithmetic along, which a window starts without.
    from nmosd_cds.advice.cells import Assumptions
    from nmosd_cds.advice.cells import effect_of as derived_effect

    bars = {}
    for option in options:
        for line in option.effects:
            criterion = known.get(line.criterion)
            if criterion is None or knowledge is None:
                continue
            effect = derived_effect(knowledge.options[option.id], criterion, Assumptions())
            is_counted = effect.kind == "count" and effect.discount is None
            bar = bar_of(line, criterion, is_counted=is_counted)
            bars[f"{option.id}/{line.criterion}"] = bar
    return bars


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
        needs = capital(needs_of(advice, one))
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
    options: Sequence[OptionAdvice],
    known: Mapping[str, Criterion],
    sources: Mapping[str, Source],
    first: int,
    wide: int,
) -> list[str]:
    rows = []
    for at, line in enumerate(options[0].effects):
        rule = "line" if at else "edge"
        criterion = known.get(line.criterion)
        about = "<br>".join(m.soft(part) for part in about_words(line, criterion) if part)
        cells = [_td(f"{m.bold(line.label)}<br>{about}", first, rule)]
        for one in options:
            effect = effect_of(one, line.criterion)
            said = ""
            if effect is not None:
                said = _cell(one, effect, criterion, wide - style.px(_PAD + _GAP))
                said += _studies(effect, sources)
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
    return f"{said}<br>{m.text(behind(line))}"


def _studies(line: EffectLine, sources: Mapping[str, Source]) -> str:
    """Studies that the words above do not name; those of other diseases always, and last."""
    direct, indirect = by_directness(line.studies, sources)
    unnamed = [key for key in direct if f"({key})" not in line.how]
    parts = [", ".join(m.link(f"study:{key}", key) for key in unnamed)] if unnamed else []
    if indirect:
        links = ", ".join(m.link(f"study:{key}", key) for key in indirect)
        parts.append(f"{m.soft(_('other diseases:'))} {links}")
    return f"<br>{'; '.join(parts)}" if parts else ""


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
        f"{bar_html(key, wide)}&nbsp;{m.soft(said.replace(' ', m.NO_BREAK))}"
        for key, said in words.items()
    )
    more = _(
        "The estimate is the middle of the simulated values; 90 of 100 of them lie in the range "
        "beside it. It is not the printed figure, which stands under it."
    )
    return f'<p style="margin-top:{style.px(8)}px">{keys}<br>{m.soft(more)}</p>'
