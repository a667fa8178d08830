"""One line of a trial's list against the facts: met, not met, unknown or ambiguous."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from nmosd_cds.advice.trial_line import CriterionAnswer, CriterionLine, ReadingLine
from nmosd_cds.advice.value_read import ValuesRead
from nmosd_cds.calculators.derived import ListFails
from nmosd_cds.i18n.joining import run_of
from nmosd_cds.knowledge.knowledge import (
    CompiledCriterion,
    CompiledReading,
    CompiledTrial,
)
from nmosd_cds.logic.evaluate import Verdict, evaluate
from nmosd_cds.logic.fact import Facts
from nmosd_cds.logic.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of

_ANSWERS: dict[Truth, CriterionAnswer] = {
    TRUE: "met",
    FALSE: "not-met",
    UNKNOWN: "unknown",
}
_NOTHING_ASKED = Verdict(UNKNOWN)


class _Read(NamedTuple):
    """One way to read a line, answered.

    Attributes:
        met: Whether the line lets the person pass.
        may_pass: The same if what no field says speaks for the person.
        verdict: What the fields say.
        rest: What no field says and still matters.
    """

    met: Truth
    may_pass: Truth
    verdict: Verdict
    rest: str

    @property
    def waits_for_a_field(self) -> bool:
        """Whether a field could still settle it."""
        return self.met is UNKNOWN and self.verdict.truth is UNKNOWN


def line_of(compiled: CompiledCriterion, facts: Facts, values: ValuesRead) -> CriterionLine:
    """A line of the list answered.

    An ambiguous line is settled only where every reading says the same; readings that differ, or
    that no field can settle, make it `ambiguous`, and no further fact turns that.
    """
    criterion = compiled.criterion
    read = [_read(one, criterion.kind, facts) for one in compiled.readings]
    answer = _answer(read)
    is_open = answer == "unknown"
    names = [name for one in read for name in _facts_of(one.verdict, is_open=is_open)]
    return CriterionLine(
        id=criterion.id or "",
        text=criterion.text,
        kind=criterion.kind,
        answer=answer,
        read=values.of(names),
        missing=_unique([field for one in read for field in one.verdict.missing])
        if is_open
        else (),
        left_to_check=run_of(_unique([one.rest for one in read])) if is_open else "",
        ambiguous=criterion.ambiguous or "",
        readings=tuple(
            [
                ReadingLine(one.text, _ANSWERS[found.met])
                for one, found in zip(criterion.readings, read, strict=False)
            ]
        ),
        flag=criterion.flag,
    )


def list_fails(trial: CompiledTrial, facts: Facts) -> ListFails:
    """Whether a line of the list fails, as far as fields can say it.

    What no field says, and a line that can be read in two ways, is left to the person who records
    that no listed criterion fails.
    """
    truths = []
    missing: list[str] = []
    failing = ""
    for compiled in trial.criteria:
        read = [_read(one, compiled.criterion.kind, facts) for one in compiled.readings]
        fails = all_of(~one.may_pass for one in read)
        truths.append(fails)
        if fails is TRUE:
            failing = failing or compiled.criterion.text
        elif fails is UNKNOWN:
            missing += [field for one in read for field in one.verdict.missing]
    return ListFails(any_of(truths), _unique(missing), failing)


def _read(compiled: CompiledReading, kind: str, facts: Facts) -> _Read:
    modelled, verdict = compiled.modelled, _NOTHING_ASKED
    if compiled.condition is not None:
        verdict = evaluate(compiled.condition, facts)
    rest = TRUE if kind == "inclusion" else FALSE
    truth = best = verdict.truth
    if compiled.condition is None:
        best = rest
    elif modelled.joined == "all":
        truth, best = all_of((verdict.truth, UNKNOWN)), all_of((verdict.truth, rest))
    elif modelled.joined == "any":
        truth, best = any_of((verdict.truth, UNKNOWN)), any_of((verdict.truth, rest))
    if kind == "exclusion":
        truth, best = ~truth, ~best
    return _Read(truth, best, verdict, modelled.not_modelled or "" if truth is UNKNOWN else "")


def _facts_of(verdict: Verdict, *, is_open: bool) -> tuple[str, ...]:
    """The facts to show: of a line that is open, those that leave it open, if there are any."""
    return (verdict.open_facts if is_open else ()) or verdict.because


def _answer(read: list[_Read]) -> CriterionAnswer:
    if len(read) == 1:
        return _ANSWERS[read[0].met]
    found = {one.met for one in read}
    if len(found) == 1 and UNKNOWN not in found:
        return _ANSWERS[read[0].met]
    if any(one.waits_for_a_field and one.verdict.open_facts for one in read):
        return "unknown"
    return "ambiguous"


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
