"""The form: a rail of pages, and pages built from the patient model. No field is named here."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from nmosd_cds.advice.model import Advice
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, draw_focus, label, paint_ground, paint_text, rule
from nmosd_cds.gui.draft import Entry, RowsEntry, all_specs, place_name
from nmosd_cds.gui.form.calculator_button import calculator_button
from nmosd_cds.gui.form.editors import FieldRow
from nmosd_cds.gui.form.rows_editor import RowsEditor
from nmosd_cds.gui.page import Page
from nmosd_cds.i18n import _
from nmosd_cds.patient.field import FieldSpec
from nmosd_cds.patient.sections import SECTIONS

# The same questions that stand above the result; a mark on every page would mark none.
MOST_QUESTIONS = 6
# Room for a title beside the count and the mark.
_TITLE = 108
_COUNT, _ASKS, _WRONG = (Qt.ItemDataRole.UserRole + n for n in range(3))


def specs_of(section: str) -> list[FieldSpec]:
    """The fields of a page, grouped ones last."""
    found = [spec for spec in all_specs().values() if spec.section == section]
    return sorted(found, key=lambda spec: bool(spec.group))


class _RailPainter(QStyledItemDelegate):
    """Draws a page's name, how much of it is known, and whether a question waits there."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        long = style.width_of(str(index.data()), bold=True) > style.px(_TITLE)
        return QSize(style.px(style.RAIL), style.px(44 if long else 34))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        view = option.widget
        rect = option.rect
        assert isinstance(view, QListWidget)
        is_here = view.currentIndex() == index
        if is_here:
            painter.fillRect(rect, style.colour("wash"))
            painter.fillRect(rect.adjusted(0, 0, 3 - rect.width(), 0), style.colour("accent"))
        if is_here and view.hasFocus():
            draw_focus(painter, rect)
        painter.setFont(style.font(bold=is_here))
        painter.setPen(style.colour("text"))
        inner = rect.adjusted(style.px(12), 0, -style.px(9), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        words = inner.adjusted(0, 0, style.px(_TITLE) - inner.width(), 0)
        flags = middle | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(words, flags, index.data())
        painter.setFont(style.font(style.SMALL))
        painter.setPen(style.colour("text2"))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, index.data(_COUNT))
        mark = "stale" if index.data(_WRONG) else "unconfirmed" if index.data(_ASKS) else ""
        if mark:
            side = style.px(12)
            left = inner.right() - style.width_of(index.data(_COUNT), style.SMALL) - style.px(17)
            top = rect.center().y() - side / 2
            shapes.draw(painter, mark, QRectF(left, top, side, side))


class Rail(QListWidget):
    """The pages of the form."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Case pages"))
        self.setItemDelegate(_RailPainter(self))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        paint_ground(self, "window")
        for section, title in SECTIONS.items():
            item = QListWidgetItem(_(title))
            item.setData(Qt.ItemDataRole.WhatsThisRole, section)
            self.addItem(item)

    def show_count(self, at: int, known: int, total: int, *, asks: bool, wrong: bool) -> None:
        """Say how much of a page is known."""
        item = self.item(at)
        item.setData(_COUNT, f"{known}/{total}")
        item.setData(_ASKS, asks)
        item.setData(_WRONG, wrong)
        words = _("{page}, {known} of {total} known").format(
            page=item.text(), known=known, total=total
        )
        words += _(", holds a fact that decides") if asks else ""
        words += _(", holds an answer that cannot be read") if wrong else ""
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)


class FormPage(QWidget):
    """One page: every field of a section."""

    calculator_wanted = Signal(str)

    def __init__(self, section: str, consultation: Consultation) -> None:
        super().__init__()
        self.setAccessibleName(_(SECTIONS[section]))
        self._consultation = consultation
        self.editors: dict[str, FieldRow | RowsEditor] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(16), style.px(12), style.px(10), style.px(16))
        layout.setSpacing(style.px(4))
        top = QHBoxLayout()
        top.addWidget(label(_(SECTIONS[section]), size=style.TITLE, bold=True))
        top.addStretch(1)
        self.count = label("", token="text2")
        top.addWidget(self.count)
        layout.addLayout(top)
        layout.addWidget(rule())
        layout.addSpacing(style.px(4))
        group = ""
        for spec in specs_of(section):
            if spec.group != group:
                group = spec.group
                layout.addSpacing(style.px(8))
                layout.addWidget(label(_(group), bold=True, token="text2"))
                layout.addWidget(rule())
            layout.addWidget(self._editor(spec))
            opener = calculator_button(spec.name)
            if opener is not None:
                opener.clicked.connect(partial(self.calculator_wanted.emit, spec.name))
                layout.addWidget(opener, 0, Qt.AlignmentFlag.AlignRight)
        layout.addStretch(1)

    def _editor(self, spec: FieldSpec) -> FieldRow | RowsEditor:
        name = _(spec.label)
        made: FieldRow | RowsEditor
        if spec.kind == "rows":
            made = RowsEditor(spec, name)
            made.changed.connect(partial(self._consultation.edit, spec.name))
        else:
            made = FieldRow(spec, name)
            made.changed.connect(partial(self._consultation.edit, spec.name))
        made.left.connect(self._consultation.end_burst)
        made.setObjectName(spec.name)
        self.editors[spec.name] = made
        self.show_entry(spec.name)
        return made

    def show_entry(self, name: str) -> None:
        """Show what the draft says of one field."""
        editor, entry = self.editors[name], self._consultation.entry(name)
        if isinstance(editor, RowsEditor):
            assert isinstance(entry, RowsEntry)
            editor.show_entry(entry)
        else:
            assert isinstance(entry, Entry)
            editor.show_entry(entry)

    def show_problems(self) -> None:
        """Say beside each field what is wrong with it."""
        problems, notices = self._consultation.problems, self._consultation.notices
        for name, editor in self.editors.items():
            if isinstance(editor, RowsEditor):
                mine = {at: found for at, found in problems.items() if place_name(at) == name}
                editor.show_problems(mine)
            else:
                editor.show_problems(problems.get(name, ()), notices.get(name, ()))


class PatientForm(QWidget):
    """Rail and pages; a page is made when it is first looked at."""

    page_changed = Signal(str)
    calculator_wanted = Signal(str)
    result_wanted = Signal()

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self._sections = list(SECTIONS)
        self._fields = {one: [spec.name for spec in specs_of(one)] for one in self._sections}
        self.pages: dict[str, FormPage] = {}
        self._questions: set[str] = set()
        self.rail = Rail()
        self._stack = QStackedWidget()
        paint_ground(self._stack, "surface")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._rail_side())
        layout.addWidget(rule(upright=True))
        layout.addWidget(self._stack, 1)
        self.rail.currentRowChanged.connect(self.on_rail_row_changed)
        consultation.entry_changed.connect(self.on_entry_changed)
        consultation.case_opened.connect(self.on_case_opened)
        consultation.problems_changed.connect(self.refresh)
        consultation.advice_changed.connect(self.on_advice_changed)
        self.rail.setCurrentRow(0)
        self.refresh()

    def _rail_side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(style.px(style.RAIL))
        paint_ground(side, "window")
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, style.px(10), 0, style.px(8))
        layout.setSpacing(style.px(4))
        head = label(_("Case pages"), size=style.SMALL, token="text2")
        head.setContentsMargins(style.px(12), 0, 0, 0)
        layout.addWidget(head)
        layout.addWidget(self.rail, 1)
        legend = QHBoxLayout()
        legend.setContentsMargins(style.px(12), 0, style.px(8), 0)
        legend.addWidget(shapes.Shape("unconfirmed", 12), 0, Qt.AlignmentFlag.AlignTop)
        words = label(_("holds a fact that decides"), size=style.SMALL, token="text2", wraps=True)
        legend.addWidget(words, 1)
        layout.addLayout(legend)
        self.back = Button(_("Show result"))
        self.back.clicked.connect(self.result_wanted)
        self.back.hide()
        layout.addWidget(self.back, 0, Qt.AlignmentFlag.AlignHCenter)
        return side

    @property
    def section(self) -> str:
        """The page that is shown."""
        return self._sections[max(self.rail.currentRow(), 0)]

    @property
    def current_page(self) -> QWidget:
        """The page that is shown, with its scroll bar."""
        shown = self._stack.currentWidget()
        assert shown is not None
        return shown

    def show_section(self, section: str) -> FormPage:
        """Turn to a page."""
        self.rail.setCurrentRow(self._sections.index(section))
        return self._page(section)

    def show_field(self, name: str) -> bool:
        """Turn to the page of a field and put the cursor into its editor.

        Returns:
            Whether there is such a field.
        """
        spec = all_specs().get(name)
        if spec is None:
            return False
        page = self.show_section(spec.section)
        editor = page.editors[name]
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        scroll = self._stack.currentWidget()
        assert isinstance(scroll, Page)
        layout = page.layout()
        assert layout is not None
        layout.activate()
        scroll.ensureWidgetVisible(editor, 0, style.px(60))
        return True

    def _page(self, section: str) -> FormPage:
        if section not in self.pages:
            page = FormPage(section, self._consultation)
            page.calculator_wanted.connect(self.calculator_wanted)
            self.pages[section] = page
            self._stack.addWidget(Page(page, _(SECTIONS[section])))
            page.show_problems()
            self._show_count(section)
        page = self.pages[section]
        holder = page.parentWidget()
        scroll = holder.parentWidget() if holder is not None else None
        assert scroll is not None
        self._stack.setCurrentWidget(scroll)
        return page

    def on_rail_row_changed(self, row: int) -> None:
        self._consultation.end_burst()
        self._page(self._sections[max(row, 0)])
        self.page_changed.emit(self.section)

    def on_entry_changed(self, name: str) -> None:
        page = self.pages.get(all_specs()[name].section)
        if page is not None:
            page.show_entry(name)

    def on_case_opened(self) -> None:
        for page in self.pages.values():
            for name in page.editors:
                page.show_entry(name)
        self._questions = set()
        self.refresh()

    def on_advice_changed(self, advice: Advice) -> None:
        self._questions = {question.field for question in advice.questions[:MOST_QUESTIONS]}
        self.refresh()

    def refresh(self) -> None:
        """Counts, marks and messages as they are now."""
        for section in self._sections:
            self._show_count(section)
        for page in self.pages.values():
            page.show_problems()

    def _show_count(self, section: str) -> None:
        names = self._fields[section]
        known = self._consultation.known_of(names)
        places = self._consultation.problems
        self.rail.show_count(
            self._sections.index(section),
            known,
            len(names),
            asks=any(name in self._questions for name in names),
            wrong=any(place_name(place) in names for place in places),
        )
        if section in self.pages:
            words = _("{known} of {total} known").format(known=known, total=len(names))
            self.pages[section].count.setText(words)
            paint_text(self.pages[section].count, "text2")
