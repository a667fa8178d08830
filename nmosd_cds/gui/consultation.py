"""One case on the screen: draft, undo, and the advice that belongs to it.

Law: when anything changes, the old advice leaves the screen first; an answer to an older question
is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from nmosd_cds.advice.model import Advice
from nmosd_cds.errors import Problem
from nmosd_cds.gui.background import Job, in_background
from nmosd_cds.gui.before import Before
from nmosd_cds.gui.draft import (
    AnyEntry,
    Entries,
    Memory,
    Reading,
    RowsEntry,
    all_specs,
    empty_entry,
    entries_of,
    place_name,
    place_of,
    read_draft,
    same_answer,
    state_of,
    without,
)
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.messages import failure_of
from nmosd_cds.gui.preference_draft import (
    PreferencesDraft,
    PreferencesReading,
    draft_of,
    read_preferences_draft,
)
from nmosd_cds.i18n import _
from nmosd_cds.patient.case import Case
from nmosd_cds.patient.checks import notices_of, problems_of

# Long enough to join what one key sets off, and not to be noticed; while an answer is being worked
# out, long enough to join the keys of a word, for that answer will be dropped.
PAUSE_MS, BUSY_MS = 0, 100


class _Edit(QUndoCommand):
    """One edit; the keys of one visit to a field are one edit."""

    def __init__(
        self, consultation: Consultation, name: str, after: AnyEntry, says: str, burst: int
    ) -> None:
        super().__init__(says)
        self.name, self.after, self.burst = name, after, burst
        self._before = consultation.entry(name)
        self._consultation = consultation

    def redo(self) -> None:
        self._consultation.put(self.name, self.after)

    def undo(self) -> None:
        self._consultation.put(self.name, self._before)

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or (other.name, other.burst) != (self.name, self.burst):
            return False
        self.after = other.after
        return True


class _ManyEdits(QUndoCommand):
    """Several fields at once, as one step."""

    def __init__(
        self, consultation: Consultation, after: Mapping[str, AnyEntry], says: str
    ) -> None:
        super().__init__(says)
        self._after = dict(after)
        self._before = {name: consultation.entry(name) for name in after}
        self._consultation = consultation

    def redo(self) -> None:
        self._consultation.put_many(self._after)

    def undo(self) -> None:
        self._consultation.put_many(self._before)


class _PreferencesEdit(QUndoCommand):
    """One edit of the preferences; the steps of one weight that is dragged are one edit."""

    def __init__(
        self, consultation: Consultation, after: PreferencesDraft, says: str, part: str, burst: int
    ) -> None:
        super().__init__(says)
        self.after, self.part, self.burst = after, part, burst
        self._before = consultation.preferences
        self._consultation = consultation

    def redo(self) -> None:
        self._consultation.put_preferences(self.after)

    def undo(self) -> None:
        self._consultation.put_preferences(self._before)

    def id(self) -> int:
        return 2

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _PreferencesEdit) or not self.part:
            return False
        if (other.part, other.burst) != (self.part, self.burst):
            return False
        self.after = other.after
        return True


class Consultation(QObject):
    """The case being worked on, and its advice.

    Attributes:
        before: Holds the answer that stood before the last edit.
        advice: None while there is none that belongs to what stands in the editors.
        standing: The last advice if nothing but preferences changed since: its statuses and
            effects still hold, its order may not. None as soon as a fact changes.
        file: Where the case was read from or saved to; None for an example or a new case.
        usual: For each page of the form, date and source of the results that are entered on it.
    """

    case_opened = Signal()
    entry_changed = Signal(str)
    patient_changed = Signal()
    problems_changed = Signal()
    preferences_changed = Signal()
    advice_cleared = Signal()
    advice_changed = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(
        self,
        engine: Engine,
        *,
        today: Callable[[], date] = date.today,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.engine = engine
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(500)
        self.before = Before(self.undo_stack)
        self.case_opened.connect(self.before.forget)
        self.advice_changed.connect(self.before.keep)
        self.advice: Advice | None = None
        self.standing: Advice | None = None
        self.file: Path | None = None
        self.usual: dict[str, tuple[str, str]] = {}
        self._today = today
        self._entries: dict[str, AnyEntry] = entries_of(Case())
        self._reading = Reading(Case())
        self._preferences = PreferencesDraft()
        self._read_preferences = PreferencesReading()
        self._notices: dict[str, tuple[Problem, ...]] = {}
        self._burst = 0
        self._ticket = 0
        self._at_work = 0
        self._memory: Memory = {}
        self._is_started = False
        self._is_held = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.on_pause_timeout)

    @property
    def case(self) -> Case:
        """Everything that can be read of what stands in the editors."""
        return self._reading.case

    @property
    def on(self) -> date:
        """The day the advice is for."""
        return self.case.as_of or self._today()

    @property
    def problems(self) -> Mapping[str, tuple[Problem, ...]]:
        """What cannot be read or cannot be true, by place."""
        return self._reading.problems

    def rows_of(self, name: str) -> tuple[int, ...]:
        """Which rows of a list of the draft became rows of the case, in its order."""
        return self._reading.rows.get(name, ())

    @property
    def notices(self) -> Mapping[str, tuple[Problem, ...]]:
        """What is legal and unusual, by place."""
        return self._notices

    @property
    def preferences(self) -> PreferencesDraft:
        """What stands in the editors of preferences."""
        return self._preferences

    @property
    def preferences_reading(self) -> PreferencesReading:
        """What can be read of it, and what cannot."""
        return self._read_preferences

    @property
    def has_changes(self) -> bool:
        """Whether something would be lost by leaving."""
        return not self.undo_stack.isClean()

    def entry(self, name: str) -> AnyEntry:
        """What stands in the editors of a field."""
        return self._entries.get(name) or empty_entry(all_specs()[name])

    def open_case(self, case: Case, file: Path | None = None, more: Entries | None = None) -> None:
        """Put another case on the screen; `more` are answers of its file that cannot be read."""
        self.file = file
        self.usual = {}
        self._clear_advice()
        self.undo_stack.clear()
        self._entries = {**entries_of(case), **(more or {})}
        self._preferences = draft_of(case.preferences)
        self._is_held = False
        self._read(case)
        self.preferences_changed.emit()
        self.case_opened.emit()
        self._ask_soon()

    def mark_saved(self, file: Path) -> None:
        """The case now stands in a file."""
        self.file = file
        self.undo_stack.setClean()

    def start(self) -> None:
        """Begin to answer; called once the window is on the screen."""
        self._is_started = True
        self._ask_soon()

    def speak_anew(self) -> None:
        """Say what was read and worked out again, in the language now in use."""
        self._memory = {}
        self._clear_advice()
        # What could be read is written as the language writes it, such as a date.
        wrong = {place_name(place) for place in self.problems}
        for name, one in entries_of(self.case).items():
            if name not in wrong and one != empty_entry(all_specs()[name]):
                self._entries[name] = one
        self._read(self.case)
        self._ask_soon()

    def edit(self, name: str, entry: AnyEntry, says: str = "") -> None:
        """Change a field; can be undone."""
        if entry == self.entry(name):
            return
        says = says or _("change of {field}").format(field=_(all_specs()[name].label))
        self.undo_stack.push(_Edit(self, name, entry, says, self._burst))

    def edit_many(self, entries: Mapping[str, AnyEntry], says: str) -> None:
        """Change several fields; one step to undo."""
        changed = {name: one for name, one in entries.items() if one != self.entry(name)}
        if changed:
            self.end_burst()
            self.undo_stack.push(_ManyEdits(self, changed, says))

    def edit_preferences(self, draft: PreferencesDraft, says: str, part: str = "") -> None:
        """Change the preferences; can be undone.

        Args:
            part: What is edited; steps of the same part in one visit are one edit. Empty: an edit
                of its own.
        """
        if draft != self._preferences:
            self.undo_stack.push(_PreferencesEdit(self, draft, says, part, self._burst))

    @property
    def is_held(self) -> bool:
        """Whether a weight is being dragged."""
        return self._is_held

    def hold(self) -> None:
        """Put off the advice while a weight is dragged; `ask_soon` ends it."""
        self._is_held = True
        self._pause.stop()

    def ask_soon(self) -> None:
        """What was dragged has come to rest."""
        if self._is_held:
            self._is_held = False
            self._ask_soon()

    def end_burst(self) -> None:
        """What is typed from now on is another edit."""
        self._burst += 1

    def put(self, name: str, entry: AnyEntry) -> None:
        """Change a field without a step to undo; only undo itself calls this."""
        if same_answer(all_specs()[name], self.entry(name), entry, self._memory):
            # Another spelling of the same answer: the case, and so its advice, stay as they are.
            self._entries[name] = entry
            self.entry_changed.emit(name)
            return
        self.put_many({name: entry})

    def put_many(self, entries: Mapping[str, AnyEntry]) -> None:
        """The same for several fields at once."""
        self._clear_advice()
        self._entries.update(entries)
        self._read(self.case)
        for name in entries:
            self.entry_changed.emit(name)
        self._ask_soon()

    def put_preferences(self, draft: PreferencesDraft) -> None:
        """Change the preferences without a step to undo; only undo itself calls this."""
        standing = self.standing
        if self.advice is not None:
            self._clear_advice()
        self._ticket += 1
        self.standing = standing
        self._preferences = draft
        self._with_preferences()
        self.preferences_changed.emit()
        self._ask_soon()

    def blank(self, error: BaseException) -> None:
        """Take the advice away because something failed, and say so."""
        self._ticket += 1
        self._clear_advice()
        self.failed.emit(failure_of(error, _("The advice could not be worked out")))

    def known_of(self, names: list[str]) -> int:
        """How many of some fields have an answer, a state among them, that can be read."""
        wrong = {place_name(place) for place in self.problems}
        return sum(name not in wrong and self._has_answer(name) for name in names)

    def _has_answer(self, name: str) -> bool:
        entry = self.entry(name)
        if isinstance(entry, RowsEntry):
            return bool(entry.rows or entry.complete_since)
        state = state_of(entry)
        return state not in ("not-known", "known") or bool(state == "known" and entry.text.strip())

    def _clear_advice(self) -> None:
        self.advice = self.standing = None
        self._ticket += 1
        self.advice_cleared.emit()

    def _read(self, rest: Case) -> None:
        reading = read_draft(self._entries, rest, self._memory)
        memory = dict(self._memory)  # a copy: what is left out below still stands in the draft
        problems = dict(reading.problems)
        entries: Entries = self._entries
        # What contradicts is left out and the rest read again, until nothing contradicts.
        for _round in range(len(self._entries)):
            found = [
                problem
                for problem in problems_of(reading.case, reading.case.as_of or self._today())
                if not problem.where.startswith("preferences")
            ]
            places: dict[str, tuple[Problem, ...]] = {}
            for problem in found:
                place = place_of(problem.where, reading)
                places[place] = (*places.get(place, ()), Problem("", problem.what, problem.hint))
            problems.update(places)
            if not places or set(places) == {""}:
                break
            entries = without(entries, set(places))
            reading = read_draft(entries, rest, memory)
        notices: dict[str, tuple[Problem, ...]] = {}
        for problem in notices_of(reading.case):
            place = place_of(problem.where, reading)
            notices[place] = (*notices.get(place, ()), Problem("", problem.what, problem.hint))
        self._notices = notices
        self._reading = Reading(reading.case, problems, reading.rows)
        self._with_preferences()
        self.problems_changed.emit()
        self.patient_changed.emit()

    def _with_preferences(self) -> None:
        """Put what can be read of the preferences into the case."""
        case = self._reading.case
        self._read_preferences = read_preferences_draft(self._preferences, case, self.on)
        case = replace(case, preferences=self._read_preferences.preferences)
        self._reading = replace(self._reading, case=case)

    def _ask_soon(self) -> None:
        if self._is_started and not self._is_held:
            self._pause.start(BUSY_MS if self._at_work else PAUSE_MS)

    def on_pause_timeout(self) -> None:
        self._ticket += 1
        self._at_work += 1
        case, on = self.case, self.on
        in_background(
            self,
            lambda: self.engine.advise(case, on),
            partial(self.on_answer, self._ticket),
            partial(self.on_failure, self._ticket),
            job=Job(_("Working out the answer")),
            stopped=partial(self.on_stopped, self._ticket),
        )

    def ask_again(self) -> None:
        """Work out the answer after a person stopped it."""
        self._ask_soon()

    def on_stopped(self, ticket: int) -> None:
        if ticket == self._ticket:
            self.stopped.emit()

    def on_answer(self, ticket: int, advice: Advice) -> None:
        self._at_work -= 1
        if ticket == self._ticket:
            self.advice = self.standing = advice
            self.advice_changed.emit(advice)

    def on_failure(self, ticket: int, error: BaseException) -> None:
        self._at_work -= 1
        if ticket == self._ticket:
            self.blank(error)
