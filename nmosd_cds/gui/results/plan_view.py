"""The Plan tab: one option at a time, from the work-up to the watch of years."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nmosd_cds.advice.model import Advice, OptionAdvice
from nmosd_cds.gui import style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, Flow, label
from nmosd_cds.gui.page import Page
from nmosd_cds.gui.plots.calendar import Calendar, calendar_lines
from nmosd_cds.gui.results.citation import with_keys
from nmosd_cds.gui.results.markup import Markup
from nmosd_cds.gui.results.plan_text import (
    checklist_html,
    lines_html,
    lines_of,
    plan_rows,
    washout_html,
)
from nmosd_cds.gui.results.word_table import WordTable
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import noted
from nmosd_cds.report.plan_words import SECTION, days_words
from nmosd_cds.report.summary import headline_of
from nmosd_cds.report.wording import STATUS, capital, flag_word, inside, sentence, word

_CHECKED = ("work-up", "baseline")


def planned(advice: Advice) -> list[OptionAdvice]:
    """The options a plan is shown for: possible ones first, then those that cannot be told."""
    shown = [
        one for one in advice.options if one.plan and one.status in ("possible", "unconfirmed")
    ]
    return sorted(shown, key=lambda one: (one.status != "possible", one.kind != "cellular"))


class PlanView(QWidget):
    """A plan to discuss; made when it is first looked at."""

    study_followed = Signal(str)
    asked_for = Signal(str)

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self._advice: Advice | None = None
        self._option = ""
        self._is_made = self._is_stale = False
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        consultation.advice_cleared.connect(self.clear)
        consultation.advice_changed.connect(self.show_advice)

    @property
    def option(self) -> str:
        """Id of the option chosen; empty before there was one."""
        return self._option

    def _make(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(style.px(16), style.px(10), style.px(16), style.px(16))
        layout.setSpacing(style.px(6))
        top = QHBoxLayout()
        self.title = label(_("Plan to discuss"), size=style.TITLE, bold=True, wraps=True)
        top.addWidget(self.title, 1)
        self.copy = Button(_("Copy as a table"))
        self.copy.clicked.connect(self.on_copy_clicked)
        top.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(top)
        self.nothing = label("", wraps=True)
        layout.addWidget(self.nothing)
        self.options = Flow(gap=4)
        layout.addWidget(self.options)
        self.jumps = Flow(gap=4)
        layout.addWidget(self.jumps)
        self.parts: dict[str, QWidget] = {}
        self.words: dict[str, Markup] = {}
        for section, title in SECTION.items():
            layout.addWidget(self._part(section, _(title)))
        layout.addStretch(1)
        self.page = Page(content, _("Plan"))
        self._outer.addWidget(self.page)
        self._is_made = True

    def _part(self, section: str, title: str) -> QWidget:
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, style.px(8), 0, 0)
        layout.setSpacing(style.px(4))
        head = QHBoxLayout()
        head.addWidget(label(title, size=style.TITLE, bold=True), 1)
        layout.addLayout(head)
        if section == "monitoring":
            self.as_table = Button(_("As a table"))
            self.as_table.setCheckable(True)
            self.as_table.toggled.connect(self.on_table_toggled)
            head.addWidget(self.as_table)
            said = _(
                "Everything that has a day; day 0 is the day of the cells. Tinted bars were read, "
                "white ones are ours, dashed ones recalled; several bars are sources that differ."
            )
            layout.addWidget(label(said, size=style.SMALL, token="text2", wraps=True))
            self.calendar = Calendar()
            self.calendar.study_followed.connect(self.study_followed)
            layout.addWidget(self.calendar)
            self.table = WordTable(_("Calendar as a table"))
            self.table.study_followed.connect(self.study_followed)
            self.table.hide()
            self.calendar.failed.connect(self._consultation.failed)
            layout.addWidget(self.table)
        words = Markup(title)
        words.followed.connect(self.on_followed)
        layout.addWidget(words)
        self.parts[section], self.words[section] = part, words
        return part

    def clear(self) -> None:
        """Take the plan of an older case off the screen."""
        self._advice = None
        self._is_stale = True
        if self._is_made:
            self._show()

    def show_advice(self, advice: Advice) -> None:
        """Show the plans of an advice, at once or when the tab is next looked at."""
        self._advice = advice
        self._is_stale = True
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_made:
            self._make()
            self._is_stale = True
        if self._is_stale:
            self._show()

    def _show(self) -> None:
        self._is_stale = False
        options = planned(self._advice) if self._advice else []
        # The choice outlives an edit, while nothing is on the screen.
        if options and self._option not in [one.id for one in options]:
            self._option = options[0].id
        self._show_choice(options)
        chosen = next((one for one in options if one.id == self._option), None)
        self.copy.setVisible(chosen is not None)
        self.jumps.setVisible(chosen is not None)
        self.nothing.setText(self._why_nothing() if chosen is None else "")
        self.nothing.setVisible(chosen is None)
        for section, part in self.parts.items():
            self._show_part(section, part, chosen)

    def _why_nothing(self) -> str:
        if self._advice is None:
            return _("Working out the answer")
        return _("No option is possible, so there is no plan. {why}").format(
            why=sentence(headline_of(self._advice))
        )

    def _show_choice(self, options: list[OptionAdvice]) -> None:
        self.options.setVisible(bool(options))
        chosen = next((one for one in options if one.id == self._option), None)
        if chosen is None:
            return
        said = tuple((one.id, one.short, one.status) for one in options)
        self.options.refill((said, chosen.id), lambda: map(self._option_button, options))
        sections = tuple(section for section in SECTION if lines_of(chosen, section))
        self.jumps.refill(sections, lambda: map(self._jump_button, sections))

    def _option_button(self, option: OptionAdvice) -> Button:
        state = inside(word(STATUS, option.status))
        button = Button(noted(option.short, state), size=style.SMALL)
        button.setCheckable(True)
        button.setChecked(option.id == self._option)
        button.setAccessibleName(
            _("Plan of {option}, {state}").format(option=option.short, state=state)
        )
        button.clicked.connect(partial(self.choose, option.id))
        return button

    def _jump_button(self, section: str) -> Button:
        title = word(SECTION, section)
        button = Button(title, shape="down", round_=True, size=style.SMALL)
        button.setAccessibleName(_("Go to {part}").format(part=title))
        button.clicked.connect(partial(self.jump, section))
        return button

    def _show_part(self, section: str, part: QWidget, option: OptionAdvice | None) -> None:
        advice = self._advice
        lines = lines_of(option, section) if option else []
        part.setVisible(bool(lines))
        if option is None or advice is None or not lines:
            return
        if section == "washout":
            html = washout_html(option.washout, lines, advice)
        elif section in _CHECKED:
            html = checklist_html(advice, lines)
        else:
            html = lines_html(advice, lines)
        sources = self._consultation.engine.sources
        self.words[section].show_html(html, partial(with_keys, sources=sources))
        if section == "monitoring":
            self._show_calendar(option)

    def _show_calendar(self, option: OptionAdvice) -> None:
        lines = calendar_lines(option)
        self.as_table.setVisible(bool(lines))
        self.table.sources = self._consultation.engine.sources
        heads = (_("When"), _("What"), _("Part"), _("Source"), _("Known as"))
        rows = [
            (
                capital(days_words(one.whole)),
                one.name,
                word(SECTION, one.section),
                one.study,
                flag_word(one.flag) if one.flag != "seen" else _("read"),
            )
            for one in lines
        ]
        self.table.fill(heads, rows)
        self.calendar.show_lines(lines, heads, rows)

    def choose(self, option: str) -> None:
        """Show the plan of another option."""
        self._option = option
        self._show()
        for button in self.options.parts:
            if isinstance(button, Button) and button.isChecked():
                button.setFocus()

    def jump(self, section: str) -> None:
        """Scroll to a part, and put the cursor there."""
        top = self.parts[section].y()
        self.page.verticalScrollBar().setValue(top)
        (self.calendar if section == "monitoring" else self.words[section]).setFocus()

    def on_table_toggled(self, is_table: bool) -> None:
        self.table.setVisible(is_table)
        self.calendar.setVisible(not is_table)

    def on_followed(self, target: str) -> None:
        kind, _colon, rest = target.partition(":")
        if kind == "study":
            self.study_followed.emit(rest)
        elif kind == "field":
            self.asked_for.emit(rest)

    def plain_table(self) -> str:
        """The plan on the screen as tab-separated words."""
        option = (
            next((o for o in planned(self._advice) if o.id == self._option), None)
            if (self._advice)
            else None
        )
        if option is None:
            return ""
        heads = (
            _("Part"),
            _("What"),
            _("When"),
            _("Known"),
            _("To discuss"),
            _("Sources"),
            _("Known as"),
        )
        rows = plan_rows(option, {key: _(title) for key, title in SECTION.items()})
        return "\n".join("\t".join(row) for row in (heads, *rows))

    def on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.plain_table())
