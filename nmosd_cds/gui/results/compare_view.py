"""The Compare tab: what is known of every option on every criterion, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from nmosd_cds.advice.model import Advice, OptionAdvice
from nmosd_cds.gui import style
from nmosd_cds.gui.background import soon
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, Flow, label
from nmosd_cds.gui.page import Page
from nmosd_cds.gui.plots import keeping
from nmosd_cds.gui.plots.cell_bars import LEGEND
from nmosd_cds.gui.results import effect_text
from nmosd_cds.gui.results import markup as m
from nmosd_cds.gui.results.citation import with_keys
from nmosd_cds.gui.results.effect_cells import EffectCells
from nmosd_cds.gui.results.looked_at import LookedAt
from nmosd_cds.gui.results.word_table import WordTable
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import sentence
from nmosd_cds.report.effects import (
    compared,
    criteria_of,
    effect_heads,
    effect_rows,
    excluded_with_effects,
    never_compared,
)
from nmosd_cds.report.fit import fit_heads, fit_rows
from nmosd_cds.report.summary import headline_of

if TYPE_CHECKING:
    from nmosd_cds.evidence.study import Source
    from nmosd_cds.knowledge.ranking import Criterion

_CRITERION, _OPTION = 186, 216
# Width and margin of a saved picture.
_PAPER, _MARGIN = 1280, 24


# From this zoom on the heads of the table scroll with it.
_LARGE = 1.5


class CompareView(LookedAt):
    """The effects table, painted or as a table for a screen reader; then whom the studies fit."""

    study_followed = Signal(str)

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self._advice: Advice | None = None
        self._opened: set[str] = set()
        self._left_out: set[str] = set()
        self.menu: QMenu | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        above = QVBoxLayout()
        above.setContentsMargins(style.px(16), style.px(10), style.px(26), 0)
        above.setSpacing(style.px(6))
        above.addLayout(self._top())
        self.never = label(never_compared(), bold=True, wraps=True)
        above.addWidget(self.never)
        self.head = EffectCells(_("Options compared"))
        self.head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        above.addWidget(self.head)
        self._content = self._cells()
        inner = self._content.layout()
        if style.look.zoom >= _LARGE and isinstance(inner, QVBoxLayout):
            # Heads that stay would leave no room for what stands under them.
            above.setContentsMargins(0, style.px(6), 0, 0)
            inner.insertLayout(0, above)
        else:
            layout.addLayout(above)
        self._page = Page(self._content, _("Effects"))
        layout.addWidget(self._page, 1)
        for table in (self.table, self.fit):
            table.failed.connect(consultation.failed)
        consultation.advice_cleared.connect(self.clear)
        consultation.advice_changed.connect(self.show_advice)
        consultation.case_opened.connect(self.on_case_opened)
        self._say(_("Working out the answer"))

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(style.px(16))
        title = label(_("Effects table"), size=style.TITLE, bold=True)
        top.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        self.columns = Button(_("Columns"), shape="down")
        self.columns.clicked.connect(self.on_columns_clicked)
        self.notes = Button(_("Show all notes"))
        self.notes.setCheckable(True)
        self.notes.toggled.connect(self.renew)
        self.with_excluded = Button(_("With excluded"))
        self.with_excluded.setCheckable(True)
        self.with_excluded.toggled.connect(self.renew)
        self.copy = Button(_("Copy table"))
        self.copy.clicked.connect(self.on_copy_clicked)
        self.export = Button(_("Export CSV..."))
        self.export.clicked.connect(self.on_export_clicked)
        self.as_table = Button(_("As a table"))
        self.as_table.setCheckable(True)
        self.as_table.toggled.connect(self.on_table_toggled)
        self._buttons = (
            self.columns, self.notes, self.with_excluded, self.as_table, self.copy, self.export,
        )  # fmt: skip
        self._tools = Flow(gap=6)
        for button in self._buttons:
            self._tools.add(button)
        top.addWidget(self._tools, 1)
        return top

    def _cells(self) -> QWidget:
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(style.px(16), style.px(4), style.px(16), style.px(16))
        inner.setSpacing(style.px(8))
        self.nothing = label("", wraps=True)
        self.cells = EffectCells(_("Effects table"))
        self.cells.followed.connect(self.on_followed)
        self.cells.widened.connect(self.on_widened)
        self.cells.link_chosen.connect(self.on_link_chosen)
        self.cells.opened.connect(self.on_opened)
        self.table = WordTable(_("Effects as a table"))
        self.table.study_followed.connect(self.study_followed)
        self.table.hide()
        self.cells.twin, self.cells.picture = self.table, self.picture
        self.fit_title = label(_("How the patients studied resemble this person"), bold=True)
        self.fit = WordTable(_("Whom the studies fit"))
        for part in (self.nothing, self.cells, self.table, self.fit_title, self.fit):
            inner.addWidget(part)
        inner.addStretch(1)
        return content

    def clear(self) -> None:
        """Take what belongs to an older case off the screen."""
        self.call_off()
        if self._advice is not None:
            self._advice = None
            self._say(_("Working out the answer"))

    def on_case_opened(self) -> None:
        self._opened, self._left_out = set(), set()

    def _say(self, words: str) -> None:
        self.nothing.setText(words)
        for part in (*self._buttons, self.never, self.fit, self.fit_title):
            part.setVisible(not words)
        self.nothing.setVisible(bool(words))
        is_table = self.as_table.isChecked()
        self.table.setVisible(not words and is_table)
        if words:
            self.head.hide()
            self.cells.put_away()
        else:
            self.cells.setVisible(not is_table)

    def show_advice(self, advice: Advice) -> None:
        """Show the effects of the options; drawn once somebody looks."""
        self._advice = advice
        self.put_off()

    def renew(self) -> None:
        """Show the same answer in another choice of columns and notes."""
        if self._advice is not None and self.isVisible():
            self.fill()

    def on_widened(self) -> None:
        if self._advice is not None and self.isVisible() and not self._is_due:
            self._show_cells(self._advice)

    def on_table_toggled(self, is_table: bool) -> None:
        self.table.setVisible(is_table)
        self.cells.setVisible(not is_table)
        self.renew()

    def on_columns_clicked(self) -> None:
        """Ask which options stand side by side; one at least."""
        if self._advice is None:
            return
        self.menu = QMenu(self)
        shown = [one.id for one in self._options(self._advice)]
        for one in self._choices(self._advice):
            action = self.menu.addAction(one.short)
            action.setCheckable(True)
            action.setChecked(one.id in shown)
            action.setEnabled(shown != [one.id])
            action.toggled.connect(partial(self.on_column_toggled, one.id))
        self.menu.popup(self.columns.mapToGlobal(QPoint(0, self.columns.height())))

    def on_column_toggled(self, option: str, is_shown: bool) -> None:
        self._left_out = self._left_out - {option} if is_shown else self._left_out | {option}
        self.renew()

    def on_opened(self, key: str) -> None:
        """Open the notes of a cell or of a row, or fold them."""
        self._opened ^= {key}
        at = self.cells.at
        if self._advice is not None:
            self._show_cells(self._advice)
        if at is not None:
            self.cells.choose(*at)

    def on_copy_clicked(self) -> None:
        keeping.copy(self.table.as_table())

    def on_export_clicked(self) -> None:
        self.table.ask_save()

    def on_followed(self, target: str) -> None:
        kind, _colon, rest = target.partition(":")
        if kind == "study":
            self.study_followed.emit(rest)
        elif kind == "toggle":
            has_focus, self.cells.at = self.cells.hasFocus(), None
            self.on_opened(rest)
            if has_focus:
                self.cells.focus_link(target)

    def on_link_chosen(self) -> None:
        if not self.cells.hasFocus():
            return
        place = self.cells.link_place()
        at = self.cells.mapTo(self._content, place.center())
        self._page.ensureVisible(at.x(), at.y(), 0, place.height() // 2 + style.px(20))

    def _choices(self, advice: Advice) -> tuple[OptionAdvice, ...]:
        found = compared(advice, with_excluded=self.with_excluded.isChecked())
        return effect_text.in_order(found)

    def _options(self, advice: Advice) -> tuple[OptionAdvice, ...]:
        """Those that were not left out; all of them where nothing else is left."""
        choices = self._choices(advice)
        return tuple(one for one in choices if one.id not in self._left_out) or choices

    def fill(self) -> None:
        """Fill tables and cells."""
        assert self._advice is not None
        options = self._options(self._advice)
        has_excluded = bool(excluded_with_effects(self._advice))
        if not options:
            why = sentence(headline_of(self._advice))
            self._say(_("Nothing is scored for this case. {why}").format(why=why))
        else:
            self._say("")
            known, sources = self._known()
            self.table.sources = sources
            rows = tuple(effect_rows(self._advice, options, known, sources))
            self.table.fill(effect_heads(options), rows)
            # The cells are seen first; whom the studies fit stands below them.
            soon(self, self.fill_fit)
            self._show_cells(self._advice)
        self.with_excluded.setVisible(has_excluded)
        self._tools.arrange()

    def fill_fit(self) -> None:
        """Fill the table of whom the studies fit."""
        if self._advice is not None:
            options = self._options(self._advice)
            self.fit.fill(fit_heads(options), fit_rows(options))

    def _known(self) -> tuple[Mapping[str, Criterion], Mapping[str, Source]]:
        knowledge = self._consultation.engine.knowledge_or_none
        return (criteria_of(knowledge), knowledge.sources) if knowledge is not None else ({}, {})

    def _show_cells(self, advice: Advice) -> None:
        options = self._options(advice)
        room = self.cells.viewport().width()
        if self.as_table.isChecked() or not options or room <= 0:
            self.head.hide()
            return
        drawn = self.cells.bars
        html, grid, is_one = self._laid(advice, self.cells, room)
        self.cells.grid, self.cells.at = grid, None
        if self.cells.bars != drawn:
            self.cells.forget()
        self.cells.show_html(html)
        self.head.setVisible(is_one)
        if is_one:
            first, wide = _widths(len(options), room)
            row = effect_text.heads(advice, options, first, wide)
            self.head.show_html(effect_text.table([row], room))

    def _laid(
        self, advice: Advice, cells: EffectCells, room: int, *, with_heads: bool = False
    ) -> tuple[str, list[list[str]], bool]:
        """The words of the table at a width, the keys of its cells, whether one band holds all."""
        options = self._options(advice)
        first, wide = _widths(len(options), room)
        side_by_side = (room - first) // wide
        bands = [options[at : at + side_by_side] for at in range(0, len(options), side_by_side)]
        known, sources = self._known()
        knowledge = self._consultation.engine.knowledge_or_none
        cells.bars = {**LEGEND, **effect_text.bars_of(options, known, knowledge)}
        opened = self._opened
        if self.notes.isChecked():
            opened = opened | {effect_text.notes_key(one.criterion) for one in options[0].effects}
        html, grid = "", []
        for band in bands:
            lines = effect_text.rows(band, known, sources, opened, (first, wide))
            if len(bands) > 1 or with_heads:
                lines = [effect_text.heads(advice, band, first, wide), *lines]
                grid.append([""] * (len(band) + 1))
            html += effect_text.table(lines, first + wide * len(band))
            grid += _keys(band)
        return with_keys(html + effect_text.legend(), sources), grid, len(bands) == 1

    def picture(self, kind: str) -> bytes:
        """The table as `svg` or `png`: light, at 100 %, with its name and what it is not."""
        assert self._advice is not None
        with keeping.on_paper():
            sheet = EffectCells(self.cells.accessibleName())
            sheet.sharp = 3.0
            html, _grid, _is_one = self._laid(self._advice, sheet, _PAPER, with_heads=True)
            above = m.heading(_("Effects table"), style.TITLE) + m.line(m.bold(never_compared()))
            sheet.show_html(above + html)
            words = sheet.document()
            words.setTextWidth(_PAPER)
            size = QSize(_PAPER + 2 * _MARGIN, round(words.size().height()) + 2 * _MARGIN)

            def draw(painter: QPainter) -> None:
                painter.fillRect(0, 0, size.width(), size.height(), style.colour("surface"))
                painter.translate(_MARGIN, _MARGIN)
                words.drawContents(painter)

            said = "\n".join((never_compared(), self.table.as_text()))
            if kind == "svg":
                return keeping.svg(size, draw, _("Effects table"), said)
            return keeping.png(size, draw)


def _widths(count: int, room: int) -> tuple[int, int]:
    """Width of the first column and of the others, as many side by side as there is room for."""
    first = style.px(_CRITERION)
    side_by_side = min(count, max(1, (room - first) // style.px(_OPTION)))
    return first, (room - first) // side_by_side


def _keys(options: tuple[OptionAdvice, ...]) -> list[list[str]]:
    """What opens the notes of each row, and of each of its cells."""
    return [
        [
            effect_text.notes_key(line.criterion),
            *(effect_text.notes_key(line.criterion, one.id) for one in options),
        ]
        for line in options[0].effects
    ]
