"""What must hold of the lists of the trials: every line says what fields can say of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from nmosd_cds.errors import Problem
from nmosd_cds.evidence.study import Modelled, Trial, TrialCriterion
from nmosd_cds.knowledge.case import TrialCase
from nmosd_cds.knowledge.cases import people_of
from nmosd_cds.knowledge.compiled import NMOSD
from nmosd_cds.knowledge.knowledge import CompiledCriterion, Knowledge
from nmosd_cds.knowledge.parsed import Parsed, Placed
from nmosd_cds.knowledge.references import unknown
from nmosd_cds.patient.dates import EXAMPLES, read_date
from nmosd_cds.strict_yaml import Place

LINE_ANSWERS = ("met", "not-met", "unknown", "ambiguous")


def trial_problems(parsed: Parsed) -> Iterator[Problem]:
    """A problem for every line that says nothing or too much, and every date that is none."""
    for placed in parsed.sources.values():
        if not isinstance(placed.value, Trial):
            continue
        yield from _dates(placed, placed.value)
        for number, criterion in enumerate(placed.value.criteria):
            at: Place = ("criteria", number)
            if placed.value.disease == NMOSD:
                yield from _line(placed, criterion, at)
            elif _says_something(criterion) or criterion.ambiguous or criterion.readings:
                said = "a trial of another disease never matches, so its list is not asked."
                yield placed.problem(said, "Leave the text alone.", at=at)
        if placed.value.disease == NMOSD:
            yield from _ids(placed, placed.value)


def _dates(placed: Placed[Any], trial: Trial) -> Iterator[Problem]:
    for name in ("status_on", "read_on"):
        text = getattr(trial, name)
        if text is None:
            continue
        try:
            read_date(text)
        except ValueError:
            yield placed.problem(f"`{text}` is not a date.", f"Write {EXAMPLES}.", at=(name,))
    if trial.disease == NMOSD and trial.read_on is None:
        said = "does not say when its status was read."
        yield placed.problem(said, "Add `read_on`.")


def _ids(placed: Placed[Any], trial: Trial) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, criterion in enumerate(trial.criteria):
        if criterion.id is not None and criterion.id in seen:
            said = f"`{criterion.id}` is the id of two lines."
            yield placed.problem(said, "Name one anew.", at=("criteria", number, "id"))
        seen.add(criterion.id or "")


def _line(placed: Placed[Any], criterion: TrialCriterion, at: Place) -> Iterator[Problem]:
    if criterion.id is None:
        yield placed.problem("a line of the list has no `id`.", "Name it, as `age`.", at=at)
    if criterion.ambiguous is None and not criterion.readings:
        yield from _modelled(placed, criterion, at)
        return
    if criterion.ambiguous is None:
        said = "has `readings` and does not say why it is ambiguous."
        yield placed.problem(said, "Add `ambiguous`.", at=at)
    if len(criterion.readings) < 2:
        said = "an ambiguous line needs two readings or more."
        yield placed.problem(said, "Write each in words under `readings`.", at=at)
    if _says_something(criterion):
        said = "an ambiguous line has its conditions in its readings."
        yield placed.problem(said, "Move `when` and `not_modelled` there.", at=at)
    for number, reading in enumerate(criterion.readings):
        place = (*at, "readings", number)
        if _says_something(reading):
            yield from _modelled(placed, reading, place)


def _says_something(one: Modelled) -> bool:
    return (one.when, one.not_modelled, one.joined) != (None, None, None)


def _modelled(placed: Placed[Any], one: Modelled, at: Place) -> Iterator[Problem]:
    if one.when is None and one.not_modelled is None:
        said = "a line of the list says nothing that can be answered."
        hint = "Add `when`, or `not_modelled` with what no field says, or `ambiguous`."
        yield placed.problem(said, hint, at=at)
    both = one.when is not None and one.not_modelled is not None
    if both and one.joined is None:
        said = "has `when` and `not_modelled`, and does not say how they go together."
        yield placed.problem(said, "Add `joined: all` or `joined: any`.", at=at)
    elif one.joined is not None and not both:
        said = "`joined` needs both `when` and `not_modelled`."
        yield placed.problem(said, at=(*at, "joined"))


def trial_case_problems(parsed: Parsed, knowledge: Knowledge) -> Iterator[Problem]:
    """A problem for every line without its cases, and every case that cannot be."""
    lines = {
        f"{name}.{one.criterion.id}": one
        for name, trial in knowledge.trials.items()
        for one in trial.criteria
    }
    answers: dict[str, set[str]] = {}
    for case in parsed.trial_cases:
        yield from _case(case, lines, knowledge)
        for name, answer in case.value.expect.items():
            answers.setdefault(name, set()).add(answer)
    for name, line in lines.items():
        missing = [one for one in _wanted(line) if one not in answers.get(name, ())]
        if missing:
            placed = parsed.sources[name.partition(".")[0]]
            assert isinstance(placed.value, Trial)
            number = placed.value.criteria.index(line.criterion)
            said = f"`{name}` has no case for {', '.join(missing)}."
            yield placed.problem(
                said, "Add it in rules/trials/cases.yaml.", at=("criteria", number)
            )


def _case(
    case: Placed[TrialCase], lines: Mapping[str, CompiledCriterion], knowledge: Knowledge
) -> Iterator[Problem]:
    if not _is_day(case.value.on):
        yield case.problem(f"`{case.value.on}` is not a day.", "Write YYYY-MM-DD.", at=("on",))
    for problem in people_of(case.value)[2]:
        yield case.problem(f"{problem.where}: {problem.what}", problem.hint)
    for name, answer in case.value.expect.items():
        at: Place = ("expect", name)
        if "." in name:
            yield from unknown(case, name, lines, "a line of a trial", at)
        else:
            yield from unknown(case, name, knowledge.trials, "a trial", at)
        if (answer in LINE_ANSWERS) is not ("." in name):
            yield case.problem(f"`{answer}` cannot be the answer of `{name}`.", at=at)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _wanted(line: CompiledCriterion) -> tuple[str, ...]:
    """The answers that cases have to show: each that the line can have, as far as it is simple."""
    if all(reading.condition is None for reading in line.readings):
        return ("ambiguous",) if line.criterion.readings else ()
    if line.criterion.readings:
        return ("ambiguous", "unknown")
    joined = line.criterion.joined
    if joined is None:
        return ("met", "not-met", "unknown")
    # Of a line of which fields say only a part, one answer is out of reach.
    decides = "met" if (joined == "any") is (line.criterion.kind == "inclusion") else "not-met"
    return (decides, "unknown")
