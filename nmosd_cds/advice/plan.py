"""The plan of an option for this person: ticked from what is known, compared with the allergies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from nmosd_cds.advice.figures import figure_line
from nmosd_cds.advice.plan_model import (
    AllergyState,
    AnswerState,
    LineState,
    PlanAnswer,
    PlanDays,
    PlanFigure,
    PlanLine,
    PlanRange,
)
from nmosd_cds.calculators.answered import complete_from
from nmosd_cds.calculators.derived import Known
from nmosd_cds.calculators.span import months_before
from nmosd_cds.calculators.treatment_history import treatment_history
from nmosd_cds.calculators.washout import is_recent_enough
from nmosd_cds.i18n import _, format_partial, ngettext
from nmosd_cds.i18n.joining import beside, clauses, listed
from nmosd_cds.knowledge.knowledge import CompiledPlanItem, Knowledge, Option
from nmosd_cds.knowledge.plan import Days, Length, PlanItem
from nmosd_cds.logic.evaluate import evaluate
from nmosd_cds.logic.fact import Facts
from nmosd_cds.logic.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of
from nmosd_cds.patient.answer import Answer, Rows
from nmosd_cds.patient.field import FieldSpec, field_specs
from nmosd_cds.patient.known import shown_answer, shown_undated
from nmosd_cds.patient.model import Patient, Setting

# Series of measurements: a row is complete when these are known, and the latest one counts. Any
# other list is known when it says since when it is complete.
_SERIES: Mapping[str, tuple[str, ...]] = {
    "edss_series": ("value",),
    "acuity_series": ("right", "left"),
}
_ALLERGIES = "allergies"


class PlanReader:
    """Reads plans for one case; a line shared by several options is read once."""

    def __init__(self, knowledge: Knowledge, known: Known, facts: Facts) -> None:
        self._known = known
        self._facts = facts
        self._allergies = allergies_of(known.patient)
        listed = complete_from(known.patient.allergies, known.on)
        self._allergies_listed = listed is not None
        self._told = knowledge.said(_told_to_everyone, "")
        self._read: dict[int, PlanLine | None] = {}
        self._answers: dict[tuple[object, ...], PlanAnswer] = {}

    def plan_of(self, option: Option) -> tuple[PlanLine, ...]:
        """The lines of an option that are, or may be, for this person, in the order of files."""
        lines = [self._once(one) for one in option.plan if not one.item.drugs]
        return tuple([line for line in lines if line is not None])

    def _once(self, one: CompiledPlanItem) -> PlanLine | None:
        key = id(one)
        if key not in self._read:
            truth, missing = self._applies(one)
            self._read[key] = None if truth is FALSE else self._line(one, truth, missing)
        return self._read[key]

    def _applies(self, one: CompiledPlanItem) -> tuple[Truth, tuple[str, ...]]:
        if one.applies is None and not one.item.taking:
            return TRUE, ()
        truths: list[Truth] = []
        missing: list[str] = []
        if one.applies is not None:
            verdict = evaluate(one.applies, self._facts)
            truths.append(verdict.truth)
            missing += verdict.missing
        if one.item.taking:
            truth = self._takes(one.item.taking)
            truths.append(truth)
            missing += ["treatments"] if truth is UNKNOWN else []
        found = all_of(truths)
        return found, tuple(missing) if found is UNKNOWN else ()

    def _takes(self, wanted: tuple[str, ...]) -> Truth:
        history = treatment_history(self._known)
        truths = [FALSE if history.lists_present_drugs else UNKNOWN]
        for course in history.courses:
            of_class = course.definition.mechanism_class if course.definition else None
            if course.drug is None and course.ongoing is not FALSE:
                truths.append(UNKNOWN)
            elif course.drug in wanted or of_class in wanted:
                truths.append(course.ongoing)
        return any_of(truths)

    def _line(self, one: CompiledPlanItem, applies: Truth, missing: tuple[str, ...]) -> PlanLine:
        item, told = one.item, self._told[id(one)]
        if applies is TRUE and not (item.fields or item.checks or item.names):
            return told
        answers = tuple([self._answered(name, item) for name in item.fields])
        conflict = _conflict(item.names, self._allergies)
        checks, asked = self._checks(one)
        allergy = self._allergy_state(item, conflict)
        asks = [*missing, *asked]
        asks += [one.field for one in answers if one.state != "known" or _is_old(one)]
        asks += [_ALLERGIES] if allergy == "unknown" else []
        return PlanLine(
            when=told.when,
            text=told.text,
            cites=told.cites,
            flag=told.flag,
            conflict=conflict,
            section=told.section,
            label=told.label,
            basis=told.basis,
            state=_state_of(answers),
            answers=answers,
            is_current=_current(answers) if item.validity and answers else None,
            limit=told.limit,
            applies=applies,
            days=told.days,
            ranges=told.ranges,
            checks=checks,
            asks=tuple(dict.fromkeys(asks)),
            allergy=allergy,
            names=told.names,
            figures=told.figures,
            is_warning=told.is_warning,
            is_live=told.is_live,
        )

    def _checks(self, one: CompiledPlanItem) -> tuple[tuple[str, ...], tuple[str, ...]]:
        found: list[str] = []
        asked: list[str] = []
        if not one.checks:
            return (), ()
        for check, condition in zip(one.item.checks, one.checks, strict=True):
            verdict = evaluate(condition, self._facts)
            if verdict.truth is TRUE:
                found.append(check.says)
            elif verdict.truth is UNKNOWN:
                asked += verdict.missing
        return tuple(found), tuple(asked)

    def _allergy_state(self, item: PlanItem, conflict: str) -> AllergyState:
        if not item.names:
            return ""
        if conflict:
            return "conflict"
        return "clear" if self._allergies_listed else "unknown"

    def _answered(self, name: str, item: PlanItem) -> PlanAnswer:
        """A field as a line asks for it; put into words once for all lines that ask alike."""
        limit = (item.validity.days, item.validity.months) if item.validity else None
        key = (name, limit, item.covers_months, item.covers_disease)
        if key not in self._answers:
            self._answers[key] = self._answer(name, item)
        return self._answers[key]

    def _answer(self, name: str, item: PlanItem) -> PlanAnswer:
        spec, answer = _field(self._known, name)
        if isinstance(answer, Rows):
            return self._of_rows(spec, answer, item)
        if answer is None or answer.state != "known":
            return PlanAnswer(name, _(spec.label), _UNANSWERED[answer.state if answer else None])
        return self._known_answer(spec, shown_undated(spec, answer), answer.date, item.validity)

    def _of_rows(self, spec: FieldSpec, rows: Rows[Any], item: PlanItem) -> PlanAnswer:
        if spec.name in _SERIES:
            return self._of_series(spec, rows, item.validity)
        is_listed = self._is_listed(rows, item)
        if not is_listed and not rows.rows:
            return PlanAnswer(spec.name, _(spec.label), "not-known")
        count = len(rows.rows)
        said = ngettext("{count} entry", "{count} entries", count).format(count=count)
        if not is_listed:
            said = _("{entries}, may be incomplete").format(entries=said)
            return PlanAnswer(spec.name, _(spec.label), "partly", said)
        return PlanAnswer(spec.name, _(spec.label), "known", said)

    def _is_listed(self, rows: Rows[Any], item: PlanItem) -> bool:
        """Whether a list is complete for as long as the line needs."""
        since = complete_from(rows, self._known.on)
        if since is None:
            return False
        if item.covers_months is not None:
            return since <= months_before(self._known.on, item.covers_months)
        if item.covers_disease:
            onset = self._known.patient.disease_onset
            return onset is not None and onset.value is not None and since <= onset.value.first
        return True

    def _of_series(self, spec: FieldSpec, rows: Rows[Any], validity: Length | None) -> PlanAnswer:
        dated = [row for row in rows.rows if row.date is not None and row.date.value is not None]
        if not dated:
            state: AnswerState = "partly" if rows.rows else "not-known"
            return PlanAnswer(spec.name, _(spec.label), state)
        latest = max(dated, key=lambda row: row.date.value)
        parts, is_whole = [], True
        model: type[BaseModel] = type(latest)
        specs = field_specs(model)
        for name in _SERIES[spec.name]:
            value = getattr(latest, name)
            if value is None or value.state != "known":
                is_whole = False
            else:
                label = "" if name == "value" else _(specs[name].label)
                parts.append(beside(label, shown_answer(specs[name], value)))
        said = clauses(parts)
        if not is_whole:
            when = format_partial(str(latest.date.value))
            return PlanAnswer(spec.name, _(spec.label), "partly", said, when)
        return self._known_answer(spec, said, latest.date.value, validity)

    def _known_answer(
        self, spec: FieldSpec, said: str, when: Any, validity: Length | None
    ) -> PlanAnswer:
        current = None
        if validity is not None:
            limit = {"days": validity.days, "months": validity.months}
            current = is_recent_enough(when, self._known.on, **limit)
        shown = format_partial(str(when)) if when else ""
        return PlanAnswer(spec.name, _(spec.label), "known", said, shown, current)


_UNANSWERED: Mapping[str | None, AnswerState] = {
    None: "not-known",
    "not-done": "not-done",
    "unavailable": "unavailable",
}


def allergies_of(patient: Patient) -> tuple[str, ...]:
    """Substances the person is allergic to, as entered."""
    rows = patient.allergies.rows if patient.allergies else ()
    entered = (row.substance.value for row in rows if row.substance is not None)
    return tuple(substance for substance in entered if substance)


def length_words(length: Length) -> str:
    """`14 days`, `3 months`."""
    if length.months is not None:
        said = ngettext("{count} month", "{count} months", length.months)
        return said.format(count=length.months)
    days = length.days or 0
    return ngettext("{count} day", "{count} days", days).format(count=days)


def _told_to_everyone(knowledge: Knowledge, _name: str) -> Mapping[int, PlanLine]:
    """Every line as far as it is the same for everyone, by the identity of the compiled line.

    The knowledge that keeps them keeps the compiled lines too.
    """
    lines = {id(one): one.item for option in knowledge.options.values() for one in option.plan}
    return {key: _told(knowledge, item) for key, item in lines.items()}


def _told(knowledge: Knowledge, item: PlanItem) -> PlanLine:
    return PlanLine(
        when=item.when,
        text=item.text,
        cites=item.cites,
        flag=item.flag,
        section=item.section,
        label=item.label or "",
        basis="published" if item.is_published else "project",
        limit=length_words(item.validity) if item.validity else "",
        days=_days(item.days),
        ranges=tuple(
            PlanRange(each.says, each.cites, each.flag, _days(each.days)) for each in item.ranges
        ),
        names=item.names,
        figures=tuple(_figure(knowledge, reference) for reference in item.figures),
        is_warning=item.warning,
        is_live=item.live,
    )


def _figure(knowledge: Knowledge, reference: str) -> PlanFigure:
    line = figure_line(knowledge, reference)
    return PlanFigure(line.study, line.figure, line.label, line.shown, line.interval, line.flag)


@cache
def _specs() -> Mapping[str, tuple[type[Patient | Setting], FieldSpec]]:
    return {
        name: (model, spec)
        for model in (Setting, Patient)
        for name, spec in field_specs(model).items()
    }


def _field(known: Known, name: str) -> tuple[FieldSpec, Answer | Rows[Any] | None]:
    model, spec = _specs()[name]
    return spec, getattr(known.patient if model is Patient else known.setting, name)


def _is_old(answer: PlanAnswer) -> bool:
    return answer.is_current is not None and answer.is_current is not TRUE


def _state_of(answers: tuple[PlanAnswer, ...]) -> LineState:
    if not answers:
        return ""
    if all(one.state == "known" for one in answers):
        return "done"
    return "partly" if any(one.state in ("known", "partly") for one in answers) else "not-known"


def _current(answers: tuple[PlanAnswer, ...]) -> Truth:
    found = (one.is_current for one in answers if one.state == "known")
    return all_of(one for one in found if one is not None)


def _days(days: Days | None) -> PlanDays | None:
    return None if days is None else PlanDays(days.from_, days.to, days.at, days.every or "")


def _conflict(names: tuple[str, ...], allergies: tuple[str, ...]) -> str:
    hit = list(_hits(names, allergies))
    if not hit:
        return ""
    return _("Allergy conflict: {substances}.").format(substances=listed(dict.fromkeys(hit)))


def _hits(names: tuple[str, ...], allergies: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        for each in allergies:
            if _same(name, each):
                yield name


def _same(name: str, allergy: str) -> bool:
    left, right = (text.casefold().replace("-", "").replace(" ", "") for text in (name, allergy))
    return left in right or right in left
