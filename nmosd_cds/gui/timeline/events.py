"""What stands on the timeline, read from the draft: attacks, scores, sight, drugs, cells. No Qt.

Every row is here, one that cannot be read or contradicts another among them: a picture that left
it out would say that it did not happen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nmosd_cds.calculators.attack_history import attack_history
from nmosd_cds.calculators.current_state import is_current
from nmosd_cds.calculators.derived import Definitions, Known
from nmosd_cds.calculators.failure import failures
from nmosd_cds.calculators.span import Span, days_before, span_of
from nmosd_cds.calculators.treatment_history import Course, treatment_history
from nmosd_cds.calculators.washout import earliest_after, last_dose
from nmosd_cds.errors import Problem
from nmosd_cds.evidence.study import Drug
from nmosd_cds.gui.draft import AnyEntry, Entry, RowEntry, RowsEntry, all_specs, read_entry
from nmosd_cds.gui.draft import row_specs as specs_of_rows
from nmosd_cds.logic.fact import Interval
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.answer import Answer, Rows, Several, When
from nmosd_cds.patient.dates import PartialDate
from nmosd_cds.patient.field import FieldSpec
from nmosd_cds.patient.known import fact_of
from nmosd_cds.patient.model import Patient, Setting, Treatment

ATTACKS, SCORES, SIGHT = "attacks", "edss_series", "acuity_series"
DRUGS, CELLS, STEROID = "treatments", "prior_cell_therapy", "prednisolone_dose"
FIELDS = (ATTACKS, SCORES, SIGHT, DRUGS, CELLS, STEROID)
# The order of the lanes; a class that is not known comes last, never first.
CLASSES = ("classical", "b-cell", "il6r", "c5", "none", "")
_C5 = "c5"
_NO_CELLS = "none"

Answers = Mapping[str, Answer]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One row of the draft.

    Attributes:
        field: The list it stands in.
        row: Its number in the draft, from 0.
        when: Its date, or the start of a drug; None if it is not known.
        answers: What of it can be read.
        wrong: What is wrong with it, as sentences.
    """

    field: str
    row: int
    when: PartialDate | None
    answers: Answers
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class OnDrug:
    """A drug an attack came on; not certain where the dates leave it open."""

    drug: str
    is_certain: bool


@dataclass(frozen=True, kw_only=True)
class AttackMark(Mark):
    """One attack.

    Attributes:
        sites: Ids; empty: not known.
        severity: Id; empty: not known.
        recovery: Id; empty: not known.
        drugs: What it came on; None if that cannot be said.
    """

    sites: tuple[str, ...] = ()
    severity: str = ""
    recovery: str = ""
    drugs: tuple[OnDrug, ...] | None = None


@dataclass(frozen=True)
class Level:
    """A measured height; both ends for a reported limit such as `<0.1`.

    Attributes:
        low: None: no lower end.
        high: None: no upper end.
    """

    low: Decimal | None
    high: Decimal | None

    @property
    def shown(self) -> Decimal | None:
        """Where it is drawn: the number, or the end of the limit."""
        return self.low if self.low is not None and self.low == self.high else None


@dataclass(frozen=True, kw_only=True)
class ScoreMark(Mark):
    """One EDSS; `value` None: not known."""

    value: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class SightMark(Mark):
    """One acuity of both eyes, in logMAR; None: no number."""

    right: Level | None = None
    left: Level | None = None


@dataclass(frozen=True)
class AfterStop:
    """What sources say of the time after the last dose, before cells are collected.

    Attributes:
        text: Their words, those that differ among them.
        days: The shortest time they state; None: no number is published, read or countable.
        since: Days on which the last dose can have been; None with `days`.
        over: First day after that time, as a span; None with `days`.
    """

    text: str
    cites: tuple[str, ...]
    days: int | None = None
    since: Span | None = None
    over: Span | None = None


@dataclass(frozen=True, kw_only=True)
class DrugMark(Mark):
    """One course of a drug.

    Attributes:
        drug: Id; empty: not named.
        group: Class and, for B-cell drugs, target: its lane.
        stop: End as entered.
        ongoing: Whether it is taken now.
        attacks: Onset of each attack on it, and whether that is certain.
        failed: Whether it failed, by the rules for failure.
        is_proven: Whether the exposure at the failure is proven.
        after: None where it was not stopped, or no time is published or read.
    """

    drug: str = ""
    group: tuple[str, str] = ("", "")
    stop: PartialDate | None = None
    ongoing: Truth = Truth.UNKNOWN
    attacks: tuple[tuple[PartialDate, bool], ...] = ()
    failed: Truth = Truth.UNKNOWN
    is_proven: bool = False
    after: AfterStop | None = None


@dataclass(frozen=True, kw_only=True)
class CellsMark(Mark):
    """Cell therapy before: kinds, and the one date there is."""

    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Freshness:
    """Whether the newest of a series still holds.

    Attributes:
        state: `current`, `stale` an attack began later, `provisional` too near to an attack,
            `unsure` the list of attacks may lack one, empty where nothing can be said yet.
    """

    state: str


@dataclass(frozen=True)
class History:
    """Everything on the picture, each list in the order of time; undated rows come last.

    Attributes:
        on: Day of assessment.
        complete: Lists said to be complete, which may be empty for that reason.
        scores_state: Whether the newest EDSS still holds.
        sight_state: The same of the newest acuity.
        steroid: Prednisolone of the form, which has no row, as an answer; None if not known.
    """

    on: date
    attacks: tuple[AttackMark, ...] = ()
    scores: tuple[ScoreMark, ...] = ()
    sight: tuple[SightMark, ...] = ()
    drugs: tuple[DrugMark, ...] = ()
    cells: tuple[CellsMark, ...] = ()
    complete: frozenset[str] = frozenset()
    scores_state: Freshness = Freshness("")
    sight_state: Freshness = Freshness("")
    steroid: Answer | None = None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every row."""
        return (*self.attacks, *self.scores, *self.sight, *self.drugs, *self.cells)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw or to say."""
        return not self.marks and self.steroid is None


@dataclass(frozen=True)
class Drawn:
    """What a history is read from.

    Attributes:
        entry: What stands in the editors of a field.
        rows: For each list, which rows of the draft became rows of the case.
        problems: By place, as the draft names them.
        patient: The case as far as it can be read.
        definitions: None while the knowledge is not read yet: no classes, nothing called stale.
        drugs: Drug files by id.
    """

    entry: Callable[[str], AnyEntry]
    rows: Callable[[str], tuple[int, ...]]
    problems: Mapping[str, Sequence[Problem]]
    patient: Patient
    on: date
    definitions: Definitions | None = None
    drugs: Mapping[str, Drug] | None = None

    @property
    def known(self) -> Known:
        """What calculators look at."""
        return Known(self.patient, Setting(), self.definitions or Definitions(), self.on)


def history_of(drawn: Drawn) -> History:
    """The history a draft tells on a day."""
    known = drawn.known
    attacks = sorted(_attacks(drawn, known), key=_in_time)
    scores = sorted(_scores(drawn), key=_in_time)
    sight = sorted(_sight(drawn), key=_in_time)
    return History(
        on=drawn.on,
        attacks=tuple(attacks),
        scores=tuple(scores),
        sight=tuple(sight),
        drugs=tuple(sorted(_drugs(drawn, known), key=_in_lanes)),
        cells=tuple(_cells(drawn)),
        complete=frozenset(name for name in FIELDS if _is_complete(drawn.entry(name))),
        scores_state=_freshness(drawn, known, scores),
        sight_state=_freshness(drawn, known, sight),
        steroid=_steroid(drawn, known),
    )


def row_answers(field: str, row: RowEntry) -> dict[str, Answer]:
    """What of a row can be read, by name."""
    specs = specs_of_rows(all_specs()[field])
    found = {name: read_entry(specs[name], entry, "", {}) for name, entry in row.items()}
    return {name: answer for name, answer in found.items() if answer is not None}


def day_of(answers: Answers, name: str) -> PartialDate | None:
    """A date of a row; None if it is not known."""
    answer = answers.get(name)
    return answer.value if isinstance(answer, When) else None


def value_of(answers: Answers, name: str) -> Any:
    """The value of an answer; None if it is not known."""
    answer = answers.get(name)
    return None if answer is None else answer.raw


def _in_time(mark: Mark) -> tuple[bool, date, date, int]:
    when = mark.when
    if when is None:
        return True, date.max, date.max, mark.row
    return False, when.first, when.last, mark.row


def _in_lanes(mark: DrugMark) -> tuple[int, str, tuple[bool, date, date, int]]:
    kind, target = mark.group
    return CLASSES.index(kind), target, _in_time(mark)


def _is_complete(entry: AnyEntry) -> bool:
    return isinstance(entry, RowsEntry) and bool(entry.complete_since.strip())


def _rows(drawn: Drawn, field: str) -> Iterator[tuple[int, dict[str, Answer], tuple[str, ...]]]:
    entry = drawn.entry(field)
    for number, row in enumerate(entry.rows if isinstance(entry, RowsEntry) else ()):
        yield number, row_answers(field, row), _wrong(drawn, f"{field}[{number}]")


def _wrong(drawn: Drawn, start: str) -> tuple[str, ...]:
    found = [
        problem.sentence
        for place, problems in drawn.problems.items()
        if place == start or place.startswith(f"{start}.")
        for problem in problems
    ]
    return tuple(found)


def _in_case(drawn: Drawn, field: str) -> dict[int, int]:
    """Row of the draft to the number of the row of the case it became."""
    return {row: at for at, row in enumerate(drawn.rows(field))}


def _attacks(drawn: Drawn, known: Known) -> Iterator[AttackMark]:
    for number, answers, wrong in _rows(drawn, ATTACKS):
        when = day_of(answers, "onset")
        yield AttackMark(
            field=ATTACKS,
            row=number,
            when=when,
            answers=answers,
            wrong=wrong,
            sites=value_of(answers, "sites") or (),
            severity=value_of(answers, "severity") or "",
            recovery=value_of(answers, "recovery") or "",
            drugs=None if when is None else tuple(_drugs_at(when, known)),
        )


def _drugs_at(onset: PartialDate, known: Known) -> Iterator[OnDrug]:
    for course in treatment_history(known).courses:
        on_it = _is_on(onset, course)
        if on_it is not Truth.FALSE:
            yield OnDrug(course.drug or "", on_it is Truth.TRUE)


def _is_on(onset: PartialDate, course: Course) -> Truth:
    """Whether an attack came while a drug was taken; nothing is said of one without any date."""
    row = course.row
    is_undated = (row.start is None or row.start.value is None) and (
        row.stop is None or row.stop.value is None
    )
    span = Span(onset.first, onset.last)
    if is_undated or not span.may_be_within(course.start.first, course.end.last):
        return Truth.FALSE
    surely = span.surely_within(course.start.last, course.end.first)
    return Truth.TRUE if surely else Truth.UNKNOWN


def _scores(drawn: Drawn) -> Iterator[ScoreMark]:
    for number, answers, wrong in _rows(drawn, SCORES):
        yield ScoreMark(
            field=SCORES,
            row=number,
            when=day_of(answers, "date"),
            answers=answers,
            wrong=wrong,
            value=value_of(answers, "value"),
        )


def _sight(drawn: Drawn) -> Iterator[SightMark]:
    specs = specs_of_rows(all_specs()[SIGHT])
    for number, answers, wrong in _rows(drawn, SIGHT):
        yield SightMark(
            field=SIGHT,
            row=number,
            when=day_of(answers, "date"),
            answers=answers,
            wrong=wrong,
            right=_level(specs["right"], answers.get("right")),
            left=_level(specs["left"], answers.get("left")),
        )


def _level(spec: FieldSpec, answer: Answer | None) -> Level | None:
    if answer is None or answer.state != "known":
        return None
    fact = fact_of(spec, answer)
    assert fact is not None and isinstance(fact.possible, Interval)
    return Level(fact.possible.low, fact.possible.high)


def _drugs(drawn: Drawn, known: Known) -> Iterator[DrugMark]:
    places = _in_case(drawn, DRUGS)
    case = drawn.patient.treatments
    by_row = {id(one.course.row): one for one in failures(known)}
    onsets = [one for one in (event.date for event in attack_history(known).events) if one]
    for number, answers, wrong in _rows(drawn, DRUGS):
        failure = None
        if case is not None and number in places:
            failure = by_row.get(id(case.rows[places[number]]))
        course = failure.course if failure is not None else _alone(answers, known)
        drug = value_of(answers, "drug") or ""
        yield DrugMark(
            field=DRUGS,
            row=number,
            when=day_of(answers, "start"),
            answers=answers,
            wrong=wrong,
            drug=drug,
            group=_group(drawn, drug),
            stop=day_of(answers, "stop"),
            ongoing=course.ongoing if course is not None else Truth.UNKNOWN,
            attacks=_attacks_on(course, onsets),
            failed=failure.truth if failure is not None else Truth.UNKNOWN,
            is_proven=failure is not None and failure.proven is Truth.TRUE,
            after=_after(drawn, course),
        )


def _alone(answers: Answers, known: Known) -> Course | None:
    """The course of a row that is not in the case, since it contradicts something."""
    row = Treatment.model_validate(dict(answers))
    patient = Patient(treatments=Rows[Treatment](rows=(row,)))
    courses = treatment_history(Known(patient, Setting(), known.definitions, known.on)).courses
    return courses[0] if courses else None


def _attacks_on(
    course: Course | None, onsets: Sequence[PartialDate]
) -> tuple[tuple[PartialDate, bool], ...]:
    if course is None:
        return ()
    found = ((onset, _is_on(onset, course)) for onset in onsets)
    return tuple((onset, on is Truth.TRUE) for onset, on in found if on is not Truth.FALSE)


def _group(drawn: Drawn, drug: str) -> tuple[str, str]:
    file = (drawn.drugs or {}).get(drug)
    if file is None:
        return "", ""
    return file.mechanism_class, file.target if file.mechanism_class == "b-cell" else ""


def _after(drawn: Drawn, course: Course | None) -> AfterStop | None:
    """The washout of a drug that was stopped; never a number for a C5 drug, nor a recalled one."""
    if course is None or course.ongoing is not Truth.FALSE or course.drug is None:
        return None
    file = (drawn.drugs or {}).get(course.drug)
    if file is None or file.washout is None:
        return None
    washout, dose = file.washout, last_dose(course, drawn.on)
    has_number = washout.days is not None and file.mechanism_class != _C5
    if not has_number or dose is None or washout.flag == "memory":
        return AfterStop(washout.text, washout.cites)
    over = earliest_after(dose.days, days=washout.days, months=None)
    return AfterStop(washout.text, washout.cites, washout.days, dose.days, over)


def _cells(drawn: Drawn) -> Iterator[CellsMark]:
    entry = drawn.entry(CELLS)
    assert isinstance(entry, Entry)
    answer = read_entry(all_specs()[CELLS], entry, CELLS, {})
    kinds = answer.value if isinstance(answer, Several) else None
    given = tuple(one for one in kinds or () if one != _NO_CELLS)
    if given and answer is not None:
        yield CellsMark(
            field=CELLS,
            row=-1,
            when=answer.date,
            answers={CELLS: answer},
            wrong=_wrong(drawn, CELLS),
            kinds=given,
        )


def _steroid(drawn: Drawn, known: Known) -> Answer | None:
    """The steroid of the form, unless it stands in the list of drugs too."""
    dose = drawn.patient.prednisolone_dose
    listed = any(one.drug == "prednisolone" for one in treatment_history(known).courses)
    if dose is None or dose.value is None or dose.value == 0 or listed:
        return None
    return dose


def _freshness(drawn: Drawn, known: Known, marks: Sequence[Mark]) -> Freshness:
    """Whether the newest of a series holds, by the same rule as the current EDSS of the rules."""
    dated = [mark.when for mark in marks if mark.when is not None and mark.when.first <= drawn.on]
    if not dated or drawn.definitions is None:
        return Freshness("")
    newest = max(dated)
    measured = span_of(When(value=newest), drawn.on)
    assert measured is not None  # not later than today, asked above
    if is_current(known, measured.first):
        return Freshness("current")
    events = attack_history(known).events
    if any(event.date and event.onset.first > measured.last for event in events):
        return Freshness("stale")
    provisional = days_before(measured.first, drawn.definitions.days("provisional"))
    if any(event.date and event.onset.last >= provisional for event in events):
        return Freshness("provisional")
    return Freshness("unsure")
