"""The Timeline tab: the picture, its table, and a row opened beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nmosd_cds.evidence.study import Drug
from nmosd_cds.gui import style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, Flow, label, tip
from nmosd_cds.gui.draft import Entry, RowsEntry, all_specs
from nmosd_cds.gui.page import Page
from nmosd_cds.gui.results.timeline_editor import WIDE, TimelineEditor, remove_row
from nmosd_cds.gui.results.word_table import WordTable
from nmosd_cds.gui.timeline.edits import Move, with_dates, with_new_row
from nmosd_cds.gui.timeline.events import (
    ATTACKS,
    DRUGS,
    SCORES,
    SIGHT,
    Drawn,
    Mark,
    history_of,
)
from nmosd_cds.gui.timeline.picture import TimelinePicture
from nmosd_cds.gui.timeline.words import title_of, to_check_words
from nmosd_cds.i18n import N_, _
from nmosd_cds.i18n.joining import listed
from nmosd_cds.patient.dates import PartialDate
from nmosd_cds.report.wording import sentence, sentences

# Beside the picture where it keeps at least this much of the width, else below it.
_PICTURE = 700
_LOW = 420
_RANGES = {2: N_("2 years"), 5: N_("5 years"), 0: N_("All")}
_ADD = {
    ATTACKS: (N_("Add attack"), "A"),
    SCORES: (N_("Add EDSS"), "E"),
    SIGHT: (N_("Add vision"), "V"),
    DRUGS: (N_("Add drug"), "D"),
}


class TimelineView(QWidget):
    """What happened, when, and on what; made when it is first looked at."""

    study_followed = Signal(str)

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self._is_made = False
        self._is_stale = True
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        consultation.patient_changed.connect(self.on_changed)
        consultation.advice_changed.connect(self.on_advice_changed)

    def _make(self) -> None:
        self._head = QWidget()
        layout = QVBoxLayout(self._head)
        layout.setContentsMargins(style.px(16), style.px(8), style.px(16), 0)
        layout.setSpacing(style.px(4))
        layout.addLayout(self._title_line())
        layout.addLayout(self._button_line())
        self.said = label("", size=style.SMALL, wraps=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.said.setContentsMargins(style.px(16), style.px(2), style.px(16), 0)
        self.said.setMinimumHeight(2 * style.px(17))
        self._outer.addWidget(self._head)
        self._outer.addWidget(self.said)
        self.picture = TimelinePicture()
        self.table = WordTable(_("Timeline as a table"))
        self.table.sources = self._consultation.engine.sources
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.table.hide()
        self._content = QWidget()
        self._inside = QVBoxLayout(self._content)
        self._inside.setContentsMargins(0, 0, 0, style.px(8))
        self._inside.addWidget(self.picture)
        tables = QVBoxLayout()
        tables.setContentsMargins(style.px(16), 0, style.px(8), 0)
        tables.addWidget(self.table)
        self._inside.addLayout(tables)
        self._inside.addStretch(1)
        self.page = Page(self._content, _("Timeline"))
        self.page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.editor = TimelineEditor(self._consultation)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(0)
        self._body.addWidget(self.page, 1)
        self._body.addWidget(self.editor)
        self._outer.addLayout(self._body, 1)
        self.picture.opened.connect(self.open_mark)
        self.picture.add_wanted.connect(self.add)
        self.picture.remove_wanted.connect(self.remove)
        self.picture.move_wanted.connect(self.move_mark)
        self.picture.chosen.connect(self.on_chosen)
        self.picture.range_changed.connect(self.on_range_changed)
        self.picture.failed.connect(self._consultation.failed)
        self.table.failed.connect(self._consultation.failed)
        self.table.study_followed.connect(self.study_followed)
        self.editor.closed.connect(self.on_editor_closed)
        self.setTabOrder(self.as_table, self.picture)
        self._is_made = True
        self._divide()

    def _title_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(style.px(10))
        head = label(_("Timeline"), size=style.TITLE, bold=True)
        line.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
        self.title = label("", token="text2", wraps=True)
        line.addWidget(self.title, 1)
        self.ranges: dict[int, Button] = {}
        for years, words in _RANGES.items():
            button = Button(_(words), size=style.SMALL)
            button.setCheckable(True)
            button.setAccessibleName(_("Show: {range}").format(range=_(words)))
            button.clicked.connect(partial(self.show_years, years))
            self.ranges[years] = button
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        for words, sign, factor in ((_("Zoom in"), "plus", 0.8), (_("Zoom out"), "minus", 1.25)):
            button = Button("", shape=sign)
            button.setAccessibleName(words)
            tip(
                button,
                _("{words}: + and - on the picture, or Ctrl and the wheel").format(words=words),
            )
            button.clicked.connect(partial(self.on_zoom_clicked, factor))
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _button_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.buttons = Flow(gap=6)
        self.add_buttons: dict[str, Button] = {}
        for field, (words, key) in _ADD.items():
            button = Button(_(words), size=style.SMALL)
            tip(button, _("{words}: key {key} on the picture").format(words=_(words), key=key))
            button.clicked.connect(partial(self.add, field, None))
            self.buttons.add(button)
            self.add_buttons[field] = button
        self.as_table = Button(_("Show as table"), size=style.SMALL)
        self.as_table.setCheckable(True)
        self.as_table.toggled.connect(self.on_table_toggled)
        self.buttons.add(self.as_table)
        line.addWidget(self.buttons, 1)
        self.range_words = label("", size=style.SMALL, token="text2")
        line.addWidget(self.range_words, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_made:
            self._make()
        if self._is_stale:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_made:
            self._divide()

    def _divide(self) -> None:
        """The editor beside the picture, or below it where the window is narrow."""
        self._spread()
        is_beside = self.width() >= style.px(WIDE + _PICTURE)
        way = QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(way)
        self.editor.setMinimumWidth(style.px(WIDE) if is_beside else 0)
        self.editor.setMaximumWidth(style.px(WIDE) if is_beside else 16_777_215)
        half = max(self.height() // 2, 160)
        is_whole = is_beside or self._is_low
        self.editor.setMaximumHeight(16_777_215 if is_whole else half)
        self.editor.setMinimumHeight(0 if is_whole else min(style.px(260), half))
        self.page.setHidden(self._is_low and self.editor.is_open)
        self._outer.activate()

    @property
    def _is_low(self) -> bool:
        """Whether the head would take the room of the picture."""
        return self.height() < style.px(_LOW)

    def _spread(self) -> None:
        """Where the window is low the head scrolls with the picture, and what is said is below."""
        is_inside = self._head.parentWidget() is self._content
        if self._is_low and not is_inside:
            self._inside.insertWidget(0, self._head)
            self._outer.removeWidget(self.said)
            self._outer.addWidget(self.said)
        elif not self._is_low and is_inside:
            self._outer.insertWidget(0, self._head)
            self._outer.removeWidget(self.said)
            self._outer.insertWidget(1, self.said)

    def on_editor_closed(self) -> None:
        self._divide()
        self.picture.setFocus()

    def on_changed(self) -> None:
        self._is_stale = True
        if self._is_made and self.isVisible():
            self.refresh()

    def on_advice_changed(self) -> None:
        # The first answer brings the knowledge: classes, washouts, what is stale.
        if self._is_made and not self._has_knowledge:
            self.on_changed()

    def refresh(self) -> None:
        """Draw what the draft says now."""
        self._is_stale = False
        consultation, engine = self._consultation, self._consultation.engine
        knowledge = engine.knowledge_or_none
        self._has_knowledge = knowledge is not None
        drugs = {key: one for key, one in engine.sources.items() if isinstance(one, Drug)}
        drawn = Drawn(
            entry=consultation.entry,
            rows=consultation.rows_of,
            problems=consultation.problems,
            patient=consultation.case.patient,
            on=consultation.on,
            definitions=knowledge.definitions if knowledge is not None else None,
            drugs=drugs,
        )
        history = history_of(drawn)
        self.title.setText(sentences([title_of(drawn.known), to_check_words(history)]))
        self.picture.show_history(history, self._danger())
        if self.table.isVisible():
            self._fill_table()
        if not self.picture.can_choose(self.picture.at):
            self.said.setText(self._help())

    def _danger(self) -> str:
        """What stopping did to others: it stands wherever a washout may be seen."""
        knowledge = self._consultation.engine.knowledge_or_none
        if knowledge is None:
            return ""
        for option in knowledge.options.values():
            for one in option.plan:
                if one.item.warning:
                    keys = listed(one.item.cites)
                    return _("{danger} [{keys}]").format(
                        danger=sentence(_(one.item.text)), keys=keys
                    )
        return ""

    def _help(self) -> str:
        if self.picture.history.is_empty:
            return _(
                "Nothing is known yet. Add an attack, an EDSS, vision or a drug; a year is enough "
                "for a date."
            )
        return _(
            "Arrow keys choose, Enter opens a row, Delete removes it, Alt with an arrow moves it "
            "by a day. Drag an item to move it, double-click a lane to add there."
        )

    def _fill_table(self) -> None:
        self.table.sources = self._consultation.engine.sources
        self.table.fill(self.picture.heads(), self.picture.rows())

    def on_table_toggled(self, is_table: bool) -> None:
        if is_table:
            self._fill_table()
        self.table.setVisible(is_table)
        self.picture.setVisible(not is_table)
        # The table takes its height while it is shown, and the page has to follow.
        self._inside.activate()

    def on_chosen(self, words: str) -> None:
        self.said.setText(words)
        box: QRectF = self.picture.box_of(self.picture.at)
        at = self.picture.mapTo(self._content, box.center().toPoint())
        self.page.ensureVisible(at.x(), at.y(), 0, round(box.height() / 2) + style.px(30))

    def on_range_changed(self) -> None:
        for years, button in self.ranges.items():
            button.setChecked(years == self.picture.years)
        self.range_words.setText(self.picture.range_words())

    def show_years(self, years: int, _on: bool = False) -> None:
        """Show the last years, or everything."""
        self.picture.show_years(years)

    def on_zoom_clicked(self, factor: float) -> None:
        self.picture.zoom_by(factor)

    def open_mark(self, mark: Mark) -> None:
        """Open the row of an item beside the picture."""
        self._open(mark.field, mark.row)

    def _open(self, field: str, row: int, *, first: str = "", note: str = "") -> None:
        self.editor.open_row(field, row, first=first, note=note)
        self._divide()

    def add(self, field: str, when: PartialDate | None = None) -> None:
        """Add a row to a list and open it."""
        entry = self._consultation.entry(field)
        assert isinstance(entry, RowsEntry)
        says = _("new row in {list}").format(list=_(all_specs()[field].label))
        self._consultation.end_burst()
        self._consultation.edit(field, with_new_row(entry, field, when), says)
        self._consultation.end_burst()
        self._open(field, len(entry.rows))

    def remove(self, mark: Mark) -> None:
        """Take the row of an item away; undo brings it back."""
        self.editor.close_row()
        if mark.row >= 0:
            remove_row(self._consultation, mark.field, mark.row)
        else:
            self._consultation.edit(mark.field, Entry())

    def move_mark(self, mark: Mark, move: Move) -> None:
        """Change the dates of a row; one that is not known to the day is asked for."""
        if move.ask:
            note = _(
                "This date is not known to the day, so it cannot be moved by days. Enter what is "
                "known of it."
            )
            self._open(mark.field, mark.row, first=move.ask, note=note)
            return
        entry = self._consultation.entry(mark.field)
        assert isinstance(entry, RowsEntry)
        says = _("change of {list}, row {n}").format(
            list=_(all_specs()[mark.field].label), n=mark.row + 1
        )
        self._consultation.end_burst()
        self._consultation.edit(mark.field, with_dates(entry, mark.row, move.dates), says)
        self._consultation.end_burst()
        if self.picture.can_choose(self.picture.at):
            self.said.setText(self.picture.texts()[self.picture.at])
