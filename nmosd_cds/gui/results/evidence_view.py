"""The Evidence tab: the figures of the answer or the list of all sources; beside it one sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nmosd_cds.advice.model import Advice
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.background import in_background, soon
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, Flow, label, paint_ground, rule
from nmosd_cds.gui.page import Page
from nmosd_cds.gui.plots import keeping
from nmosd_cds.gui.plots.forest import Forest
from nmosd_cds.gui.plots.forest_lines import forest_lines, with_shares
from nmosd_cds.gui.results.citation import with_keys
from nmosd_cds.gui.results.looked_at import LookedAt
from nmosd_cds.gui.results.markup import Markup
from nmosd_cds.gui.results.source_browser import SourceBrowser
from nmosd_cds.gui.results.word_table import WordTable
from nmosd_cds.i18n import _
from nmosd_cds.report.spreadsheet import csv_bytes

if TYPE_CHECKING:
    from nmosd_cds.evidence.study import Source
    from nmosd_cds.knowledge.knowledge import Knowledge
    from nmosd_cds.knowledge.mentions import Mention

FIGURES, SOURCES = range(2)


class EvidenceView(LookedAt):
    """Figures of every option, every source, and the sheet of the one that is open."""

    place_followed = Signal(str)  # `place/owner/part` of a mention

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self._advice: Advice | None = None
        self._option = ""
        self._key = self._figure = ""
        self._is_chosen = False
        self._read: Knowledge | None = None
        self._used: Mapping[str, Sequence[Mention]] = {}
        self.dialog: QFileDialog | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        split = QSplitter()
        split.setHandleWidth(1)
        split.addWidget(self._sides())
        split.addWidget(self._right())
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        split.setSizes([style.px(860), style.px(490)])
        layout.addWidget(split)
        consultation.advice_cleared.connect(self.clear)
        consultation.advice_changed.connect(self.show_advice)

    @property
    def source(self) -> str:
        """The key of the source that is open; empty if none is."""
        return self._key

    def _sides(self) -> QWidget:
        """Figures or sources, and the two buttons that say which."""
        side = QWidget()
        paint_ground(side, "surface")
        layout = QVBoxLayout(side)
        layout.setContentsMargins(style.px(16), style.px(10), 0, 0)
        layout.setSpacing(style.px(8))
        switch = Flow(gap=4)
        self.to_figures = Button(_("Figures of this answer"))
        self.to_sources = Button(_("All sources"))
        for at, button in enumerate((self.to_figures, self.to_sources)):
            button.setCheckable(True)
            button.clicked.connect(partial(self.turn_to, at))
            switch.add(button)
        self.as_table = Button(_("As a table"))
        self.as_table.setCheckable(True)
        self.as_table.toggled.connect(self.on_table_toggled)
        self.take = Button(_("Copy or save"), shape="down")
        self.take.clicked.connect(self.on_take_clicked)
        for button in (self.as_table, self.take):
            switch.add(button)
        self._switch = switch
        layout.addWidget(switch)
        self.browser = SourceBrowser(self._consultation)
        self.browser.chosen.connect(self.show_source)
        self.browser.failed.connect(self._consultation.failed)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._left())
        self.pages.addWidget(Page(self.browser, _("All sources")))
        layout.addWidget(self.pages, 1)
        self.turn_to(FIGURES)
        return side

    def turn_to(self, page: int) -> None:
        """Show the figures of the answer, or the list of all sources."""
        self.pages.setCurrentIndex(page)
        for button in (self.as_table, self.take):
            button.setVisible(page == FIGURES)
        self._switch.arrange()
        self.to_figures.setChecked(page == FIGURES)
        self.to_sources.setChecked(page == SOURCES)

    def search_sources(self) -> None:
        """Show the list of sources with the cursor in its search."""
        self.turn_to(SOURCES)
        self.browser.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _left(self) -> QWidget:
        side = QWidget()
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, style.px(12), style.px(12))
        layout.setSpacing(style.px(6))
        self.segments = Flow(gap=4)
        layout.addWidget(self.segments)
        said = _(
            "Of 100 patients, with 95 % interval: of counts computed by us, exact (Clopper and "
            "Pearson); the others as printed."
        )
        layout.addWidget(label(said, size=style.SMALL, token="text2", wraps=True))
        self.forest = Forest()
        self.forest.study_followed.connect(self.show_source)
        self.forest.failed.connect(self._consultation.failed)
        self.table = WordTable(_("Figures as a table"))
        self.table.itemActivated.connect(self.on_table_activated)
        self.table.failed.connect(self._consultation.failed)
        self.table.hide()
        # While there is no answer nothing is seen of them, and nothing jumps.
        self.figures = QWidget()
        policy = self.figures.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.figures.setSizePolicy(policy)
        figures = QVBoxLayout(self.figures)
        figures.setContentsMargins(0, 0, 0, 0)
        figures.addWidget(self.forest)
        figures.addWidget(self.table)
        layout.addWidget(self.figures)
        layout.addWidget(rule("edge"))
        layout.addWidget(self._legend())
        said = _(
            "Mostly uncontrolled single arms with different follow-up: not a head-to-head "
            "comparison. Never compared with an approved drug."
        )
        layout.addWidget(label(said, size=style.SMALL, token="text2", wraps=True))
        layout.addStretch(1)
        return Page(side, _("Figures"))

    def _legend(self) -> QWidget:
        flow = Flow(gap=12)
        for flag in (
            ("seen", "different-document"),
            ("seen", "none"),
            ("seen", "one-secondary-source"),
            ("memory", "none"),
        ):
            part = QWidget()
            line = QHBoxLayout(part)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(style.px(5))
            line.addWidget(shapes.Shape(shapes.flag_shape(*flag), 13))
            line.addWidget(label(shapes.flag_word(*flag), size=style.SMALL, token="text2"))
            flow.add(part)
        return flow

    def _right(self) -> QWidget:
        side = QWidget()
        paint_ground(side, "surface")
        layout = QVBoxLayout(side)
        layout.setContentsMargins(style.px(20), style.px(10), style.px(16), style.px(12))
        layout.setSpacing(style.px(6))
        self.title = label(_("Source"), size=style.TITLE, bold=True, wraps=True)
        layout.addWidget(self.title)
        self.taken = Flow(gap=4)
        self.copy = Button(_("Copy citation"), size=style.SMALL)
        self.copy.clicked.connect(self.on_copy_clicked)
        self.copy_sheet = Button(_("Copy sheet"), size=style.SMALL)
        self.copy_sheet.clicked.connect(self.on_copy_sheet_clicked)
        self.copy_figures = Button(_("Copy figures"), size=style.SMALL)
        self.copy_figures.clicked.connect(self.on_copy_figures_clicked)
        self.save_figures = Button(_("Save figures as CSV..."), size=style.SMALL)
        self.save_figures.clicked.connect(self.ask_save_figures)
        for button in (self.copy, self.copy_sheet, self.copy_figures, self.save_figures):
            self.taken.add(button)
        layout.addWidget(self.taken)
        self.sheet = Markup(_("Source sheet"))
        self.sheet.followed.connect(self.on_sheet_followed)
        layout.addWidget(self.sheet)
        layout.addStretch(1)
        self.taken.hide()
        self._say_nothing_chosen()
        self._sheet_page = Page(side, _("Source"))
        return self._sheet_page

    def _say_nothing_chosen(self) -> None:
        self.title.setText(_("Source"))
        self.sheet.setPlainText(_("Choose a figure or a source to read its sheet."))
        self.sheet.setFixedHeight(style.px(40))

    def clear(self) -> None:
        """Take figures that belong to an older case away; a source stays, it is no advice."""
        self.call_off()
        self._advice = None
        self.figures.hide()
        self.browser.show_cited(frozenset())

    def show_advice(self, advice: Advice) -> None:
        """Show the figures of the options, once somebody looks."""
        self._advice = advice
        self.put_off()

    def fill(self) -> None:
        """Segments, figures, and the sheet of the first figure if nobody chose another."""
        assert self._advice is not None
        shown = with_shares(self._advice)
        if self._option not in [one.id for one in shown]:
            self._option = ""
        self._fill_segments([("", _("All options")), *((one.id, one.short) for one in shown)])
        self._show_lines(self._advice)
        self.figures.show()
        self.browser.show_cited(cited_on_screen(self._advice))
        if not self._is_chosen:
            self._gather()

    def _fill_segments(self, names: Sequence[tuple[str, str]]) -> None:
        self.segments.refill(
            (tuple(names), self._option), lambda: (self._segment(*each) for each in names)
        )

    def _segment(self, key: str, name: str) -> Button:
        button = Button(name, size=style.SMALL)
        button.setCheckable(True)
        button.setChecked(key == self._option)
        button.setAccessibleName(_("Figures of {option}").format(option=name))
        button.clicked.connect(partial(self.on_segment_clicked, key))
        return button

    def _show_lines(self, advice: Advice) -> None:
        self.forest.show_lines(forest_lines(advice, self._option))
        self.forest.mark(self._key, self._figure)
        self._fill_table()

    def open_first(self) -> None:
        """Open the sheet of the first figure, until somebody chooses another."""
        figures = (line.figure for line in self.forest.lines if line.figure is not None)
        first = next((one for one in figures if one.study), None)
        if first is None or self._is_chosen:
            return
        if (first.study, first.figure) != (self._key, self._figure):
            self._open(f"{first.study}/{first.figure}")

    def _fill_table(self) -> None:
        figures = [line.figure for line in self.forest.lines if line.figure is not None]
        targets = [f"{one.study}/{one.figure}" if one.study else "" for one in figures]
        self.table.fill(self.forest.heads(), self.forest.rows(), targets=targets)

    def show_source(self, target: str) -> bool:
        """Open the sheet of `key` or `key/figure`.

        Returns:
            Whether there is such a source.
        """
        is_there = self._open(target)
        self._is_chosen = self._is_chosen or is_there
        return is_there

    def _open(self, target: str) -> bool:
        # Imported here, as below: a window on which no sheet is open does not read the knowledge.
        from nmosd_cds.gui.results.sheet_mentions import mentions_html
        from nmosd_cds.gui.results.study_sheet import sheet_html
        from nmosd_cds.report.source_table import figure_rows

        knowledge = self._consultation.engine.knowledge_or_none
        key, _slash, figure = target.partition("/")
        source = knowledge.sources.get(key) if knowledge is not None else None
        if knowledge is None or source is None:
            return False
        self._key, self._figure = key, figure
        self.title.setText(key)
        html = sheet_html(source, figure, knowledge.sources)
        html += mentions_html(self._mentions().get(key, ()), knowledge)
        self.sheet.show_html(with_keys(html, knowledge.sources))
        self.taken.show()
        for button in (self.copy_figures, self.save_figures):
            button.setVisible(bool(figure_rows(source)))
        self.taken.arrange()
        self.forest.mark(key, figure)
        self.browser.list.mark(key)
        self._sheet_page.verticalScrollBar().setValue(0)
        return True

    def on_segment_clicked(self, key: str) -> None:
        self._option = key
        if self._advice is not None:
            self.fill()

    def on_table_toggled(self, is_table: bool) -> None:
        self.table.setVisible(is_table)
        self.forest.setVisible(not is_table)

    def on_table_activated(self, item: QTableWidgetItem) -> None:
        self.show_source(item.data(Qt.ItemDataRole.UserRole))

    def _gather(self) -> None:
        """Open the first sheet once it is known where sources are used; nobody waits for that."""
        from nmosd_cds.knowledge.mentions import mentions

        knowledge = self._consultation.engine.knowledge_or_none
        if knowledge is None or knowledge is self._read:
            soon(self, self.open_first)
            return

        def gathered(found: Mapping[str, Sequence[Mention]]) -> None:
            self._read, self._used = knowledge, found
            self.open_first()

        in_background(self, lambda: mentions(knowledge), gathered, self._consultation.blank)

    def _mentions(self) -> Mapping[str, Sequence[Mention]]:
        """Where each source is used; gathered once for a knowledge."""
        from nmosd_cds.knowledge.mentions import mentions

        knowledge = self._consultation.engine.knowledge_or_none
        if knowledge is not None and knowledge is not self._read:
            self._read = knowledge
            self._used = mentions(knowledge)
        return self._used

    def on_sheet_followed(self, target: str) -> None:
        kind, _colon, rest = target.partition(":")
        if kind == "study":
            self.show_source(rest)
        elif kind == "place":
            self.place_followed.emit(rest)

    def on_take_clicked(self) -> None:
        shown = self.table if self.as_table.isChecked() else self.forest
        at = self.take.mapToGlobal(self.take.rect().bottomLeft())
        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Keyboard, self.take.rect().bottomLeft(), at
        )
        shown.contextMenuEvent(event)

    def _source_or_none(self) -> Source | None:
        knowledge = self._consultation.engine.knowledge_or_none
        return knowledge.sources.get(self._key) if knowledge is not None else None

    def on_copy_clicked(self) -> None:
        from nmosd_cds.gui.results.study_sheet import citation_text

        source = self._source_or_none()
        if source is not None:
            keeping.copy(citation_text(source))

    def on_copy_sheet_clicked(self) -> None:
        keeping.copy(f"{self._key}\n{plain_sheet(self.sheet)}")

    def figures_as_csv(self) -> bytes:
        """The figures of the open sheet as a CSV file."""
        return csv_bytes(*self._figures())

    def _figures(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        from nmosd_cds.report.source_table import figure_heads, figure_rows

        source = self._source_or_none()
        return figure_heads(), figure_rows(source) if source is not None else ()

    def on_copy_figures_clicked(self) -> None:
        keeping.copy(keeping.tabbed(*self._figures()))

    def ask_save_figures(self) -> None:
        """Ask where to save the figures of the open sheet as CSV."""
        failed = self._consultation.failed
        self.dialog = keeping.ask(self, "csv", self.figures_as_csv, failed)


def plain_sheet(sheet: Markup) -> str:
    """The words of a sheet, without the places where shapes stand."""
    return sheet.toPlainText().replace("\N{OBJECT REPLACEMENT CHARACTER}", "").strip()


def cited_on_screen(advice: Advice) -> frozenset[str]:
    """Sources that the answer names, and the drugs it speaks of."""
    from nmosd_cds.report.references import cited

    care = advice.standard_care
    return frozenset(cited(advice)) | {drug for one in care.classes for drug in one.drugs}
