"""Every source of the knowledge: searched, narrowed by filters with counts, and taken along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from nmosd_cds.gui import style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import ROW, Button, Drop, Field, Flow, label
from nmosd_cds.gui.plots import keeping
from nmosd_cds.gui.results.source_list import SourceLine, SourceList
from nmosd_cds.i18n import N_, _, ngettext
from nmosd_cds.i18n.joining import clauses, led, listed, noted
from nmosd_cds.report.spreadsheet import csv_bytes

if TYPE_CHECKING:
    from nmosd_cds.knowledge.catalogue import CatalogueRow, Wanted
    from nmosd_cds.knowledge.knowledge import Knowledge

_ALL: Mapping[str, str] = {
    "kind": N_("Every kind"),
    "option": N_("Every therapy"),
    "design": N_("Every design"),
    "serology": N_("Every serostatus"),
    "directness": N_("NMOSD or not"),
}
_NAMES: Mapping[str, str] = {
    "kind": N_("Kind of source"),
    "option": N_("Therapy"),
    "design": N_("Design"),
    "serology": N_("Serostatus"),
    "directness": N_("Directness"),
}
_WIDE: Mapping[str, int] = {
    "kind": 136, "option": 176, "design": 190, "serology": 212, "directness": 140,
}  # fmt: skip


_NARROW_FROM = 1.5


class SearchField(Field):
    """Escape empties it; down goes on to the list, Enter opens its first line."""

    escaped = Signal()
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class _Filter(Drop):
    """A drop-down as wide as what can be chosen in it usually is."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self._wide = wide

    def sizeHint(self) -> QSize:
        return QSize(style.px(self._wide), style.px(ROW))


class SourceBrowser(QWidget):
    """The list; read from the knowledge when it is first looked at."""

    chosen = Signal(str)
    failed = Signal(object)  # a Failure, when a file could not be saved

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self._cited: frozenset[str] = frozenset()
        self._rows: Sequence[CatalogueRow] = ()
        self._shown: Sequence[CatalogueRow] = ()
        self._read: Knowledge | None = None
        self._is_due = False
        self.dialog: QFileDialog | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.px(6))
        self.search = SearchField()
        self.search.setAccessibleName(_("Search the sources"))
        self.search.setPlaceholderText(_("Author, year, title, number, disease, therapy"))
        self.search.setFixedHeight(style.px(28))
        self.search.textChanged.connect(self.show_matching)
        self.search.stepped.connect(self.on_stepped)
        self.search.escaped.connect(self.on_escaped)
        self.search.entered.connect(self.on_entered)
        above = QHBoxLayout()
        above.setSpacing(style.px(6))
        above.addWidget(self.search, 1)
        self.more = Button(_("Filters"), shape="down")
        self.more.setCheckable(True)
        above.addWidget(self.more)
        layout.addLayout(above)
        layout.addWidget(self._filters())
        # Large words leave no room for both; the list goes first.
        self.more.setVisible(style.look.zoom >= _NARROW_FROM)
        self._flow.setVisible(style.look.zoom < _NARROW_FROM)
        self.more.toggled.connect(self._flow.setVisible)
        layout.addLayout(self._counted())
        self.list = SourceList()
        self.list.source = self
        self.list.opened_source.connect(self.chosen)
        self.list.escaped.connect(self.on_escaped)
        layout.addWidget(self.list, 1)

    def _filters(self) -> QWidget:
        flow = Flow(gap=6)
        self.drops: dict[str, _Filter] = {}
        for name, every in _ALL.items():
            drop = _Filter(_WIDE[name])
            drop.setAccessibleName(_(_NAMES[name]))
            drop.addItem(_(every), "")
            drop.currentIndexChanged.connect(self.show_matching)
            self.drops[name] = drop
            flow.add(drop)
        self.cited = Button(_("Cited in this answer"), size=style.SMALL)
        self.cited.setCheckable(True)
        self.cited.toggled.connect(self.show_matching)
        flow.add(self.cited)
        self.clear_all = Button(_("Show all"), size=style.SMALL)
        self.clear_all.clicked.connect(self.on_clear_clicked)
        flow.add(self.clear_all)
        self._flow = flow
        return flow

    def _counted(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(style.px(6))
        self.count = label("", bold=True, wraps=True)
        line.addWidget(self.count, 1)
        self.copy = Button(_("Copy list"), size=style.SMALL)
        self.copy.clicked.connect(self.on_copy_clicked)
        self.save = Button(_("Save list as CSV..."), size=style.SMALL)
        self.save.clicked.connect(self.ask_save)
        for button in (self.copy, self.save):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_knowledge()
        if self._is_due:
            self.show_matching()

    def _read_knowledge(self) -> None:
        knowledge = self._consultation.engine.knowledge_or_none
        if knowledge is None or knowledge is self._read:
            return
        # Imported here: a window that shows no list does not read it.
        from nmosd_cds.knowledge.catalogue import catalogue, designs_of, options_of
        from nmosd_cds.report.source_table import DESIGN, DIRECTNESS, KIND, SEROLOGY, option_word

        self._read = knowledge
        self._rows = catalogue(knowledge)
        self._words: dict[str, Mapping[str, str]] = {
            "kind": {name: _(said) for name, said in KIND.items()},
            "option": {
                name: option_word(name, knowledge) for name in options_of(self._rows, knowledge)
            },
            "design": {name: _(DESIGN[name]) for name in designs_of(self._rows)},
            "serology": {name: _(said) for name, said in SEROLOGY.items()},
            "directness": {name: _(said) for name, said in DIRECTNESS.items()},
        }
        for name, drop in self.drops.items():
            drop.blockSignals(True)
            for choice, said in self._words[name].items():
                drop.addItem(said, choice)
            drop.blockSignals(False)
        self.show_matching()

    @property
    def wanted(self) -> Wanted:
        """What the list is narrowed to."""
        from nmosd_cds.knowledge.catalogue import Wanted

        chosen = {name: str(drop.currentData() or "") for name, drop in self.drops.items()}
        keys = self._cited if self.cited.isChecked() else None
        return Wanted(text=self.search.text(), keys=keys, **chosen)

    def show_cited(self, keys: frozenset[str]) -> None:
        """Say which sources the present answer names; none while there is no answer."""
        if keys != self._cited:
            self._cited = keys
            self._is_due = True
            if self.isVisible():
                self.show_matching()

    def show_matching(self) -> None:
        """Show the sources that fit, and how many each other choice would show."""
        if self._read is None:
            return
        self._is_due = False
        from nmosd_cds.knowledge.catalogue import matching

        wanted = self.wanted
        self._shown = matching(self._rows, wanted)
        self._count_choices(wanted, matching)
        self.list.show_lines([self._line(row) for row in self._shown])
        self.count.setText(self._counted_words(wanted))
        self.clear_all.setVisible(bool(wanted))
        for button in (self.copy, self.save):
            button.setEnabled(bool(self._shown))
        self._flow.arrange()

    def _count_choices(
        self,
        wanted: Wanted,
        matching: Callable[[Sequence[CatalogueRow], Wanted], Sequence[CatalogueRow]],
    ) -> None:
        for name, drop in self.drops.items():
            without = matching(self._rows, _without(wanted, name))
            found = Counter(one for row in without for one in _values(row, name))
            for at in range(1, drop.count()):
                choice = drop.itemData(at)
                drop.setItemText(at, noted(self._words[name][choice], str(found[choice])))
        here = matching(self._rows, replace(wanted, keys=self._cited))
        self.cited.setText(_("Cited in this answer ({n})").format(n=len(here)))
        self.cited.setAccessibleName(self.cited.text())
        self.cited.setEnabled(bool(self._cited) or self.cited.isChecked())

    def _counted_words(self, wanted: Wanted) -> str:
        from nmosd_cds.report.source_table import wanted_words

        assert self._read is not None
        n, every = len(self._shown), len(self._rows)
        if not n:
            asked = wanted_words(wanted, self._read)
            said = _("None of {all} sources fits: {asked}. Press Esc, or take a filter away.")
            return said.format(all=every, asked=asked)
        if n == every:
            return ngettext("{n} source", "{n} sources", n).format(n=n)
        return _("{n} of {all} sources").format(n=n, all=every)

    def _line(self, row: CatalogueRow) -> SourceLine:
        from nmosd_cds.report.source_table import DESIGN, DIRECTNESS, KIND, SEROLOGY

        first = row.who.partition(",")[0]
        who = _("{first} and others").format(first=first) if "," in row.who else first
        by = clauses(part for part in (who, str(row.year or "")) if part)
        words = self._words["option"]
        facts = [
            _(KIND[row.kind]),
            _(DESIGN[row.design]) if row.design else "",
            f"n {row.n}" if row.n is not None else _("n not printed") if row.design else "",
            listed(words[one] for one in row.options[:4]),
            _("and {n} more").format(n=len(row.options) - 4) if len(row.options) > 4 else "",
            row.disease if row.kind == "study" else "",
            _(SEROLOGY[row.serology]) if row.serology else "",
            " / ".join(_(DIRECTNESS[one]) for one in row.directness),
        ]
        title = led(by, row.title) if by else row.title
        said = " · ".join(part for part in facts if part)
        return SourceLine(row.key, title, said, is_cited=row.key in self._cited)

    def on_stepped(self, step: int) -> None:
        if step < 0 and self._shown:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_entered(self) -> None:
        self.list.open_chosen()

    def on_escaped(self) -> None:
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_clear_clicked(self) -> None:
        for part in (self.search, *self.drops.values(), self.cited):
            part.blockSignals(True)
        self.search.clear()
        for drop in self.drops.values():
            drop.setCurrentIndex(0)
        self.cited.setChecked(False)
        for part in (self.search, *self.drops.values(), self.cited):
            part.blockSignals(False)
            part.update()
        self.show_matching()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def as_text(self) -> str:
        """The list, one source a line."""
        return "\n".join(line.spoken for line in self.list.sources.lines)

    def as_table(self) -> str:
        """The list, cells apart by tabs."""
        return keeping.tabbed(*self._table())

    def as_csv(self) -> bytes:
        """The list as a CSV file."""
        return csv_bytes(*self._table())

    def _table(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        from nmosd_cds.report.source_table import source_heads, source_rows

        assert self._read is not None
        return source_heads(), source_rows(self._shown, self._read)

    def on_copy_clicked(self) -> None:
        keeping.copy(self.as_table())

    def ask_save(self) -> None:
        """Ask where to save the list as CSV."""
        self.dialog = keeping.ask(self, "csv", self.as_csv, self.failed)


def _without(wanted: Wanted, name: str) -> Wanted:
    """The same wish with one filter taken away."""
    chosen: dict[str, Any] = {name: ""}
    return replace(wanted, **chosen)


def _values(row: CatalogueRow, name: str) -> Sequence[str]:
    value: str | tuple[str, ...] = {
        "kind": row.kind,
        "option": row.options,
        "design": row.design,
        "serology": row.serology,
        "directness": row.directness,
    }[name]
    return (value,) if isinstance(value, str) else value
