"""The form: a rail of pages, and pages built from the patient model. No field is named here."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from nmosd_cds.advice.facts import known_of
from nmosd_cds.advice.model import Advice
from nmosd_cds.calculators.staleness import stale_results
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, draw_focus, label, paint_ground, rule
from nmosd_cds.gui.draft import all_specs, place_name
from nmosd_cds.gui.form.deciding import Asked, deciding
from nmosd_cds.gui.form.form_page import FormPage, specs_of
from nmosd_cds.gui.form.paste_panel import PastePanel
from nmosd_cds.gui.form.stops import enter, stop_at
from nmosd_cds.gui.page import Page, SlimBar
from nmosd_cds.i18n import _
from nmosd_cds.patient.sections import SECTIONS

# Room for a title beside the count and the mark.
_TITLE = 108
_COUNT, _ASKS, _WRONG = (Qt.ItemDataRole.UserRole + n for n in range(3))


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
        self.setVerticalScrollBar(SlimBar())
        paint_ground(self, "window")
        for section, title in SECTIONS.items():
            item = QListWidgetItem(_(title))
            item.setData(Qt.ItemDataRole.WhatsThisRole, section)
            self.addItem(item)

    def show_count(self, at: int, known: int, total: int, *, asks: bool, wrong: bool) -> None:
        """Say how much of a page is known."""
        item = self.item(at)
        was = (item.data(_COUNT), item.data(_ASKS), item.data(_WRONG))
        if was == (f"{known}/{total}", asks, wrong):
            return
        item.setData(_COUNT, f"{known}/{total}")
        item.setData(_ASKS, asks)
        item.setData(_WRONG, wrong)
        words = _("{page}, {known} of {total} known").format(
            page=item.text(), known=known, total=total
        )
        words += _(", holds a fact that decides") if asks else ""
        words += _(", holds an answer that cannot be read") if wrong else ""
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)


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
        self._questions: Mapping[str, Asked] = {}
        self._order: list[str] = []
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
        consultation.advice_cleared.connect(self.on_advice_cleared)
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
            page.field_wanted.connect(self.show_field)
            page.entered.connect(self.on_page_entered)
            self.pages[section] = page
            self._stack.addWidget(Page(page, _(SECTIONS[section])))
            page.show_problems()
            page.show_stale(self._stale())
            self._show_count(section)
        page = self.pages[section]
        holder = page.parentWidget()
        scroll = holder.parentWidget() if holder is not None else None
        assert isinstance(scroll, Page)
        if scroll is not self._stack.currentWidget():
            self._leave_page(scroll)
        self._show_questions(section)
        return page

    def _leave_page(self, to: Page) -> None:
        """Turn to another page; the cursor goes with it, wherever it is put there afterwards."""
        now = QApplication.focusWidget()
        is_inside = now is not None and self._stack.isAncestorOf(now)
        if now is not None and is_inside:
            now.clearFocus()  # or Qt would look all over the window for the next place
        self._stack.setCurrentWidget(to)
        if is_inside:
            to.setFocus()

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
            page.head.forget_usual()
            for name in page.editors:
                page.show_entry(name)
        self._questions, self._order = {}, []
        self.refresh()

    def on_advice_changed(self, advice: Advice) -> None:
        self._questions = deciding(advice)
        self._order = [question.field for question in advice.questions]
        self.refresh()
        self._show_questions(self.section)

    def on_advice_cleared(self) -> None:
        # The marks are part of the advice, so they leave with it; the order of asking may stay.
        if self._questions:
            self._questions = {}
            self._show_questions(self.section)

    def refresh(self) -> None:
        """Counts, marks and messages as they are now."""
        for section in self._sections:
            self._show_count(section)
        stale = self._stale()
        for page in self.pages.values():
            page.show_problems()
            page.show_stale(stale)

    def _stale(self) -> Mapping[str, str]:
        """Why results do not count as current; nothing until the knowledge was read."""
        knowledge = self._consultation.engine.knowledge_or_none
        if knowledge is None:
            return {}
        case, on = self._consultation.case, self._consultation.on
        known = known_of(case.patient, knowledge, on=on, setting=case.setting)
        return {name: one.reason for name, one in stale_results(known).items()}

    def _show_questions(self, section: str) -> None:
        page = self.pages.get(section)
        if page is None:
            return
        mine = {name: one for name, one in self._questions.items() if name in page.editors}
        is_waiting = self._consultation.advice is None and bool(self._order)
        page.head.show_questions(mine, is_waiting=is_waiting)
        page.show_deciding(mine)

    # Where the keys go

    @property
    def field(self) -> str:
        """The field the cursor is in; empty outside the pages."""
        widget = QApplication.focusWidget()
        while widget is not None and widget.objectName() not in all_specs():
            widget = widget.parentWidget()
        return widget.objectName() if widget is not None else ""

    def on_page_entered(self, at: QWidget) -> None:
        """Go on to the next place for an answer; after the last one to the next page."""
        self._consultation.end_burst()
        stops = self.pages[self.section].stops
        number = stop_at(stops, at)
        if number + 1 < len(stops):
            self._enter(stops[number + 1])
        else:
            self.turn(1)

    def turn(self, step: int) -> None:
        """Turn to the next page or the one before, and put the cursor into its first place."""
        number = (self._sections.index(self.section) + step) % len(self._sections)
        page = self.show_section(self._sections[number])
        page.head.show_elsewhere()
        if page.head.has_usual:
            self._enter(page.head.day)
        else:
            self._enter(page.stops[0])

    def next_question(self) -> bool:
        """Go to the next field that matters, the one that settles most first.

        Returns:
            Whether there is one.
        """
        advice = self._consultation.advice
        open_ = [
            name
            for name in self._order
            if advice is not None or not self._consultation.known_of([name])
        ]
        return self._next_of(open_)

    def next_empty(self) -> bool:
        """Go to the next field without an answer, in the order of the pages.

        Returns:
            Whether there is one.
        """
        names = [name for section in self._sections for name in self._fields[section]]
        here = self.field
        if here not in names:
            here = self._fields[self.section][0]
            start = names.index(here)
        else:
            start = names.index(here) + 1
        for name in [*names[start:], *names[:start]]:
            if not self._consultation.known_of([name]):
                return self.show_field(name)
        return False

    def _next_of(self, names: list[str]) -> bool:
        if not names:
            return False
        here = self.field
        at = names.index(here) + 1 if here in names else 0
        return self.show_field(names[at % len(names)])

    def _enter(self, stop: QWidget) -> None:
        enter(stop)
        scroll = self._stack.currentWidget()
        if isinstance(scroll, Page):
            scroll.ensureWidgetVisible(stop, 0, style.px(40))

    def paste(self) -> None:
        """Show what the clipboard holds, field by field; nothing is written yet."""
        panel = PastePanel(self._consultation, QGuiApplication.clipboard().text())
        panel.closed.connect(self.on_paste_closed)
        self._stack.addWidget(panel)
        self._stack.setCurrentWidget(panel)
        panel.begin()

    def on_paste_closed(self, field: str) -> None:
        panel = self._stack.currentWidget()
        if isinstance(panel, PastePanel):
            self._stack.removeWidget(panel)
            panel.deleteLater()
        self._page(self.section)
        if field:
            self.show_field(field)
        else:
            enter(self.pages[self.section].stops[0])

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
            self.pages[section].head.show_count(words)
