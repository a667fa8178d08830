"""The Preferences tab: every set side by side with the order without preferences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nmosd_cds.advice.model import Advice, OptionAdvice
from nmosd_cds.gui import style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, Flow, label
from nmosd_cds.gui.page import Page
from nmosd_cds.gui.plots.ranks import rank_lines
from nmosd_cds.gui.preference_draft import (
    PreferencesDraft,
    SetDraft,
    has_room,
)
from nmosd_cds.gui.results.preference_card import Card, Cards
from nmosd_cds.gui.results.preference_editor import PreferenceEditor
from nmosd_cds.gui.results.preference_shares import SharesOf, shares_table
from nmosd_cds.gui.results.robustness_view import why_nothing
from nmosd_cds.gui.results.stakes import criteria_of
from nmosd_cds.gui.results.word_table import WordTable
from nmosd_cds.i18n import _, format_date
from nmosd_cds.i18n.joining import clauses
from nmosd_cds.patient.case import PreferenceSet
from nmosd_cds.report.preferences import about, owner_word, rest_words, said_lines
from nmosd_cds.report.wording import capital, sentence, sentences

_KEPT = 64
_Asked = tuple[tuple[str, ...], PreferenceSet | None]
_Preview = Mapping[str, float]


class PreferencesView(QWidget):
    """Overview of the sets, or one of them being asked."""

    editing = Signal(bool)

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self.opened: int | None = None
        # By options and set: while one weight is dragged the other sets stay as they are.
        self._previews: dict[_Asked, _Preview] = {}
        self.cards: list[Card] = []
        self.pages = QStackedWidget()
        self.pages.addWidget(self._overview())
        self.editor = PreferenceEditor()
        self.pages.addWidget(self.editor)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)
        self.editor.edited.connect(self.on_set_edited)
        self.editor.held.connect(consultation.hold)
        self.editor.rested.connect(self.on_rested)
        self.editor.done.connect(self.show_overview)
        consultation.preferences_changed.connect(self.on_preferences_changed)
        consultation.case_opened.connect(self.show_overview)
        consultation.advice_cleared.connect(self.on_advice_cleared)
        consultation.advice_changed.connect(self.show_advice)
        self._show()

    def _overview(self) -> QWidget:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(style.px(16), style.px(10), style.px(16), style.px(16))
        layout.setSpacing(style.px(8))
        layout.addWidget(label(_("Preferences"), size=style.TITLE, bold=True))
        self.state = label("", bold=True, wraps=True)
        layout.addWidget(self.state)
        said = _(
            "What matters to whom, asked after benefits and harms were shown. The order without "
            "preferences always stands first. Bars are first places of 100 simulated weightings, "
            "not a chance of benefit."
        )
        layout.addWidget(label(said, token="text2", wraps=True))
        line = Flow()
        self.adds = {
            "patient": Button(_("Ask the patient"), shape="plus"),
            "board": Button(_("Ask the board"), shape="plus"),
            "": Button(_("Ask somebody else"), shape="plus"),
        }
        for owner, button in self.adds.items():
            button.clicked.connect(partial(self.on_add_clicked, owner))
            line.add(button)
        self.as_table = Button(_("As a table"))
        self.as_table.setCheckable(True)
        self.as_table.toggled.connect(self.on_table_toggled)
        line.add(self.as_table)
        self._line = line
        layout.addWidget(line)
        self.nothing = label("", wraps=True)
        layout.addWidget(self.nothing)
        self.grid = Cards()
        layout.addWidget(self.grid)
        self.table = WordTable(_("Preferences as a table"))
        self.table.hide()
        layout.addWidget(self.table)
        layout.addStretch(1)
        return Page(content, _("Preferences"))

    @property
    def _draft(self) -> PreferencesDraft:
        return self._consultation.preferences

    @property
    def _scored(self) -> tuple[OptionAdvice, ...]:
        """The options that have shares, best rank first; only preferences changed since."""
        advice = self._consultation.standing
        if advice is None or not rank_lines(advice):
            return ()
        found = [one for one in advice.options if one.rank_acceptability]
        found.sort(key=lambda one: (one.rank or 0, -(one.first_rank_share or 0.0)))
        return tuple(found)

    def shares(self) -> list[SharesOf]:
        """Shares without preferences and with every set; empty where nothing is scored."""
        scored = self._scored
        if not scored:
            return []
        names = {one.id: one.short for one in scored}
        found = [self._shares_of(_("Without preferences"), names, None)]
        for one, reading in zip(
            self._draft.sets, self._consultation.preferences_reading.sets, strict=True
        ):
            title = _title(one)
            if reading.read is None:
                found.append(SharesOf(title, None))
            else:
                found.append(self._shares_of(title, names, reading.read))
        return found

    def _shares_of(
        self, title: str, names: Mapping[str, str], preference: PreferenceSet | None
    ) -> SharesOf:
        ids = tuple(names)
        key = (ids, preference)
        if key not in self._previews:
            if len(self._previews) > _KEPT:
                self._previews.clear()
            self._previews[key] = self._consultation.engine.preview(ids, preference)
        shares = {names[each]: share for each, share in self._previews[key].items()}
        return SharesOf(title, shares, partial(self._consultation.engine.weights_of, preference))

    @property
    def place(self) -> tuple[int | None, str]:
        """Which set is being asked and at which step, for `open_set`; None: all are shown."""
        return self.opened, self.editor.step

    def open_set(self, at: int | None, step: str = "stakes") -> None:
        """Ask one set, or show all of them."""
        if at is None or at >= len(self._draft.sets):
            self.show_overview()
            return
        self.opened = at
        self._consultation.ask_soon()
        self.pages.setCurrentWidget(self.editor)
        self.editor.show_step(step)
        self._show()
        if self.isVisible():
            (self.editor.owner if step == "stakes" else self.editor.answers).setFocus()

    def show_overview(self) -> None:
        """Show all sets."""
        was_open = self.opened
        self.opened = None
        self._consultation.ask_soon()
        self.pages.setCurrentIndex(0)
        self._show()
        if was_open is not None and was_open + 1 < len(self.cards):
            self.cards[was_open + 1].edit.setFocus()

    def show_advice(self, _advice: Advice) -> None:
        """Show what an advice adds: names, effects, readings."""
        self._show(has_new_facts=True)

    def on_advice_cleared(self) -> None:
        if self._consultation.standing is None:
            self._show(has_new_facts=True)

    def on_preferences_changed(self) -> None:
        if self.opened is not None and self.opened >= len(self._draft.sets):
            self.show_overview()
        else:
            self._show()

    def on_set_edited(self, one: SetDraft, says: str, part: str) -> None:
        at = self.opened
        if at is not None and at < len(self._draft.sets):
            named = f"{at}.{part}" if part else ""
            self._consultation.edit_preferences(self._draft.with_set(at, one), says, named)

    def on_rested(self) -> None:
        was_held = self._consultation.is_held
        self._consultation.end_burst()
        self._consultation.ask_soon()
        if was_held:
            self._show()

    def on_add_clicked(self, owner: str) -> None:
        draft = self._draft
        one = SetDraft(owner, format_date(self._consultation.on))
        says = _("new set of preferences")
        self._consultation.edit_preferences(
            PreferencesDraft(draft.active, (*draft.sets, one)), says
        )
        self.open_set(len(draft.sets))

    def on_use_clicked(self, at: int | None) -> None:
        says = _("preferences in use")
        self._consultation.edit_preferences(PreferencesDraft(at, self._draft.sets), says)
        self._show()

    def on_remove_clicked(self, at: int) -> None:
        self._consultation.edit_preferences(
            self._draft.without(at), _("set of preferences removed")
        )

    def on_table_toggled(self, _is_table: bool) -> None:
        self._show()

    def _show(self, *, has_new_facts: bool = False) -> None:
        knowledge = self._consultation.engine.knowledge_or_none
        for button in self.adds.values():
            button.setEnabled(knowledge is not None and has_room(self._draft))
        if knowledge is None:
            self.state.setText(_("Working out the answer"))
            return
        labels = {each.id: each.label for each in criteria_of(knowledge)}
        found = self.shares()
        if self.opened is not None:
            reading = self._consultation.preferences_reading.sets[self.opened]
            self.editor.show_set(self._draft.sets[self.opened], reading, knowledge)
            self.editor.live.show_shares(
                found,
                self.opened + 1,
                labels,
                why=self._why_no_shares(),
                is_moving=self._consultation.is_held,
            )
            if has_new_facts or not self.editor.stakes_table.rows:
                self.editor.show_knowledge(knowledge, self._consultation.standing)
            return
        self._show_overview(found, labels)

    def _why_no_shares(self) -> str:
        advice = self._consultation.standing
        if advice is None:
            return _("Working out the answer")
        return "" if rank_lines(advice) else why_nothing(advice)

    def _show_overview(self, found: Sequence[SharesOf], labels: dict[str, str]) -> None:
        self.state.setText(self._state_words())
        self.nothing.setText(self._why_no_shares())
        self.nothing.setVisible(bool(self.nothing.text()))
        sets = self._draft.sets
        taken = {one.owner.strip() for one in sets}
        for owner, button in self.adds.items():
            button.setVisible(not owner or owner not in taken)
        self._line.arrange()
        if len(self.cards) != len(sets) + 1:
            self._rebuild_cards()
        shown = found or [SharesOf("", {})] * len(self.cards)
        first, *others = self.cards
        first.show_none(
            shown[0].lines, reading=self._reading_of(""), is_used=self._draft.active is None
        )
        readings = self._consultation.preferences_reading.sets
        for at, (card, one, reading) in enumerate(zip(others, sets, readings, strict=True)):
            problems = [each for found_ in reading.problems.values() for each in found_]
            said = reading.read
            card.show_set(
                title=_title(one),
                about=sentence(about(said)) if said is not None else "",
                said=said_lines(said, labels) if said is not None else [],
                rest=rest_words(said, labels) if said is not None else "",
                lines=shown[at + 1].lines if said is not None else [],
                reading=self._reading_of(one.owner.strip()),
                problems=problems,
                is_used=self._draft.active == at,
            )
        is_table = self.as_table.isChecked() and bool(found)
        self.as_table.setEnabled(bool(found))
        self.table.setVisible(is_table)
        self.grid.setVisible(not is_table)
        if is_table:
            self.table.fill(*self._table(found, labels))

    def _table(
        self, found: Sequence[SharesOf], labels: dict[str, str]
    ) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        heads, rows = shares_table(found, labels)
        readings = self._consultation.preferences_reading.sets
        stated = [
            about(one.read) if one.read is not None else _("cannot be read") for one in readings
        ]
        said = [
            "\n".join(" ".join(line) for line in said_lines(one.read, labels)) if one.read else ""
            for one in readings
        ]
        used = [_("in use") if self._draft.active == at else "" for at in range(len(readings))]
        none = _("in use") if self._draft.active is None else ""
        return heads, [
            (_("In use"), none, *used),
            (_("Stated"), _("by nobody"), *stated),
            (_("What was said"), "", *said),
            *rows,
        ]

    def _reading_of(self, owner: str) -> str:
        advice = self._consultation.advice
        lines = advice.robustness.preferences if advice is not None else ()
        return next((sentence(line.reading) for line in lines if line.owner == owner), "")

    def _state_words(self) -> str:
        draft = self._draft
        if draft.active is None:
            stated = "" if draft.sets else _("No preferences stated.")
            used = _("No preferences are in use: the order is the one without preferences.")
            return sentences([stated, used])
        reading = self._consultation.preferences_reading.sets[draft.active]
        if reading.read is None:
            return _(
                "The set in use cannot be read yet, so the order is the one without preferences."
            )
        said = clauses([owner_word(reading.read.owner), about(reading.read)])
        return _("In use: {about}.").format(about=said)

    def _rebuild_cards(self) -> None:
        self.cards = [Card() for _each in range(len(self._draft.sets) + 1)]
        for at, card in enumerate(self.cards):
            place = at - 1 if at else None
            card.use.clicked.connect(partial(self.on_use_clicked, place))
            if place is not None:
                card.edit.clicked.connect(partial(self.open_set, place))
                card.remove.clicked.connect(partial(self.on_remove_clicked, place))
        self.grid.fill(self.cards)


def _title(one: SetDraft) -> str:
    return capital(owner_word(one.owner.strip())) or _("Owner not stated")
