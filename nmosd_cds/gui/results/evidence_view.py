"""The Evidence tab: forest plot or table at the left, the sheet of one source at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QTableWidgetItem, QVBoxLayout, QWidget

from nmosd_cds.advice.model import Advice
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, Flow, Page, label, paint_ground, rule
from nmosd_cds.gui.plots.forest import Forest, forest_lines
from nmosd_cds.gui.results.markup import Markup
from nmosd_cds.gui.results.study_sheet import citation_text, sheet_html
from nmosd_cds.gui.results.word_table import WordTable
from nmosd_cds.i18n import _


class EvidenceView(QWidget):
    """Figures of every option, and the sources they come from."""

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self._option = ""
        self._key = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        split = QSplitter()
        split.setHandleWidth(1)
        split.addWidget(self._left())
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

    def _left(self) -> QWidget:
        side = QWidget()
        layout = QVBoxLayout(side)
        layout.setContentsMargins(style.px(16), style.px(10), style.px(12), style.px(12))
        layout.setSpacing(style.px(6))
        top = QHBoxLayout()
        top.addWidget(label(_("Forest plot"), size=style.TITLE, bold=True))
        hint = label(_("of 100 patients, 95 % interval"), token="text2", wraps=True)
        top.addWidget(hint, 1)
        self.as_table = Button(_("As a table"))
        self.as_table.setCheckable(True)
        self.as_table.toggled.connect(self.on_table_toggled)
        top.addWidget(self.as_table)
        layout.addLayout(top)
        self.segments = Flow(gap=4)
        layout.addWidget(self.segments)
        self.forest = Forest()
        self.forest.study_followed.connect(self.show_source)
        self.forest.failed.connect(self._consultation.failed)
        self.table = WordTable(_("Figures as a table"))
        self.table.itemActivated.connect(self.on_table_activated)
        self.table.failed.connect(self._consultation.failed)
        self.table.hide()
        layout.addWidget(self.forest)
        layout.addWidget(self.table)
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
        top = QHBoxLayout()
        self.title = label(_("Source"), size=style.TITLE, bold=True, wraps=True)
        top.addWidget(self.title, 1)
        self.copy = Button(_("Copy citation"))
        self.copy.clicked.connect(self.on_copy_clicked)
        top.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(top)
        self.sheet = Markup(_("Source sheet"))
        self.sheet.followed.connect(self.on_sheet_followed)
        layout.addWidget(self.sheet)
        layout.addStretch(1)
        self.copy.hide()
        self._say_nothing_chosen()
        self._sheet_page = Page(side, _("Source"))
        return self._sheet_page

    def _say_nothing_chosen(self) -> None:
        self.title.setText(_("Source"))
        self.sheet.setPlainText(_("Choose a figure to read the study it comes from."))
        self.sheet.setFixedHeight(style.px(40))

    def clear(self) -> None:
        """Take figures that belong to an older case away; a source stays, it is no advice."""
        self.forest.show_lines([])
        self.table.fill((), ())

    def show_advice(self, advice: Advice) -> None:
        """Show the figures of the options."""
        self._advice = advice
        self.segments.clear()
        names = [("", _("All options"))]
        names += [
            (one.id, one.short)
            for one in advice.options
            if any(line.figure is not None for line in forest_lines(advice, one.id))
        ]
        if self._option not in [key for key, _name in names]:
            self._option = ""
        for key, name in names:
            button = Button(name, size=style.SMALL)
            button.setCheckable(True)
            button.setChecked(key == self._option)
            button.setAccessibleName(_("Figures of {option}").format(option=name))
            button.clicked.connect(partial(self.on_segment_clicked, key))
            self.segments.add(button)
        self._show_lines()

    def _show_lines(self) -> None:
        lines = forest_lines(self._advice, self._option)
        self.forest.show_lines(lines)
        self.forest.mark(self._key)
        self._fill_table()

    def _fill_table(self) -> None:
        figures = [line.figure for line in self.forest.lines if line.figure is not None]
        targets = [f"{one.study}/{one.figure}" if one.study else "" for one in figures]
        self.table.fill(self.forest.heads(), self.forest.rows(), targets=targets)

    def show_source(self, target: str) -> bool:
        """Open the sheet of `key` or `key/figure`.

        Returns:
            Whether there is such a source.
        """
        knowledge = self._consultation.engine.knowledge_or_none
        key, _slash, figure = target.partition("/")
        source = knowledge.sources.get(key) if knowledge is not None else None
        if knowledge is None or source is None:
            return False
        self._key = key
        self.title.setText(key)
        self.copy.show()
        self.sheet.show_html(sheet_html(source, figure, knowledge.sources))
        self.forest.mark(key)
        self._sheet_page.verticalScrollBar().setValue(0)
        return True

    def on_segment_clicked(self, key: str) -> None:
        self._option = key
        self.show_advice(self._advice)

    def on_table_toggled(self, is_table: bool) -> None:
        self.table.setVisible(is_table)
        self.forest.setVisible(not is_table)

    def on_table_activated(self, item: QTableWidgetItem) -> None:
        self.show_source(item.data(Qt.ItemDataRole.UserRole))

    def on_sheet_followed(self, target: str) -> None:
        self.show_source(target.removeprefix("study:"))

    def on_copy_clicked(self) -> None:
        knowledge = self._consultation.engine.knowledge_or_none
        if knowledge is not None and self._key in knowledge.sources:
            words = citation_text(knowledge.sources[self._key])
            QGuiApplication.clipboard().setText(words)
