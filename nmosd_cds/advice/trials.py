"""Every trial of the knowledge against one person: the list line by line, and what it says as one.

Nothing here promises a place: the trial decides. A trial of another disease never matches.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from nmosd_cds.advice.criteria import line_of
from nmosd_cds.advice.facts import facts_of, known_of
from nmosd_cds.advice.questions import label_of
from nmosd_cds.advice.trial_line import CriterionLine, TrialAnswer, TrialLine
from nmosd_cds.advice.value_read import ValuesRead
from nmosd_cds.calculators.derived import Known
from nmosd_cds.calculators.trial_place import named_numbers
from nmosd_cds.evidence.study import CLOSED, Trial
from nmosd_cds.i18n import N_, _, format_partial, ngettext
from nmosd_cds.i18n.joining import beside, led, noted, parted, run_of, sentence, unended
from nmosd_cds.knowledge.case import TrialCase
from nmosd_cds.knowledge.cases import people_of
from nmosd_cds.knowledge.knowledge import CompiledTrial, Knowledge
from nmosd_cds.logic.fact import Facts

NMOSD = "nmosd"
_OTHER_DISEASE = {
    "multiple-sclerosis": N_("A trial in multiple sclerosis: it never matches NMOSD."),
    "other": N_("A trial in another disease: it never matches NMOSD."),
}
_RECRUITMENT = {
    "recruiting": N_("Recruiting"),
    "not-yet-recruiting": N_("Not yet recruiting"),
    "completed": N_("Completed, takes nobody"),
    "terminated": N_("Ended early, takes nobody"),
    "withdrawn": N_("Withdrawn, takes nobody"),
    "unknown": N_("Not known whether it recruits"),
}
_ORDER = ("recruiting", "not-yet-recruiting", "unknown", "completed", "terminated", "withdrawn")


@dataclass(frozen=True)
class _Asked:
    """What the lists are asked about: one case, with its registry numbers in upper case.

    Attributes:
        named: Trials in which the person has a place.
        open_here: Trials that are open at the hospital.
    """

    knowledge: Knowledge
    facts: Facts
    values: ValuesRead
    named: Collection[str]
    open_here: Collection[str]


def trials_of(knowledge: Knowledge, known: Known, facts: Facts) -> tuple[TrialLine, ...]:
    """Every trial, those that concern the person first.

    Named for the person, then open at the hospital, then by what is known of recruitment; trials
    of another disease last.
    """
    values = ValuesRead(facts, knowledge)
    asked = _Asked(knowledge, facts, values, named_numbers(known), _open_here(known))
    lines = [_trial(one, asked) for one in knowledge.trials.values()]
    return tuple(sorted(lines, key=_place))


def trial_notices(trials: Sequence[TrialLine]) -> Iterator[str]:
    """Places that cannot be what they were recorded as, a sentence for each."""
    for trial in trials:
        if trial.is_named and trial.takes_nobody:
            yield _("A place is recorded in {trial}, which is over: {standing}.").format(
                trial=trial.registry, standing=trial.standing
            )
        if trial.is_named and trial.answer in ("a-criterion-fails", "another-disease"):
            yield _("A place is recorded in {trial}. {words}").format(
                trial=trial.registry, words=trial.words
            )


def _place(line: TrialLine) -> tuple[bool, bool, bool, int, str]:
    is_other = line.disease != NMOSD
    order = _ORDER.index(line.recruitment)
    return is_other, not line.is_named, not line.is_open_here, order, line.id


def _trial(compiled: CompiledTrial, asked: _Asked) -> TrialLine:
    trial = compiled.trial
    is_ours = trial.disease == NMOSD
    criteria = compiled.criteria if is_ours else ()
    lines = tuple([line_of(one, asked.facts, asked.values) for one in criteria])
    is_whole = trial.list_complete == "true"
    answer = _answer(lines, is_whole=is_whole) if is_ours else "another-disease"
    fields = dict.fromkeys(field for line in lines for field in line.missing)
    told = asked.knowledge.said(_told, trial.id)
    return TrialLine(
        id=trial.id,
        registry=told.registry,
        name=trial.short or trial.title,
        title=trial.title,
        option=trial.option,
        option_name=told.option_name,
        disease=trial.disease,
        recruitment=trial.recruitment,
        standing=told.standing,
        status=trial.status,
        read_on=told.read_on,
        takes_nobody=trial.recruitment in CLOSED,
        is_named=_same(trial, asked.named),
        is_open_here=_same(trial, asked.open_here),
        list_complete=is_whole,
        answer=answer,
        words=_words(trial, answer, lines),
        lines=lines,
        questions=tuple((field, label_of(field)) for field in fields),
        note=trial.note or "",
        flag=trial.flag,
    )


class _Told(NamedTuple):
    """What is put into words of a trial, the same for everyone."""

    registry: str
    option_name: str
    standing: str
    read_on: str


def _told(knowledge: Knowledge, name: str) -> _Told:
    trial = knowledge.trials[name].trial
    option = knowledge.options.get(trial.option)
    return _Told(
        trial.registry or _("registry number not printed"),
        option.therapy.short if option is not None else trial.option,
        _standing(trial),
        format_partial(trial.read_on) if trial.read_on else "",
    )


def _standing(trial: Trial) -> str:
    said = _(_RECRUITMENT[trial.recruitment])
    if trial.status_on:
        return noted(said, format_partial(trial.status_on))
    if not trial.read_on:
        return said
    return _("{standing} (undated, read {date})").format(
        standing=said, date=format_partial(trial.read_on)
    )


def _answer(lines: Sequence[CriterionLine], *, is_whole: bool) -> TrialAnswer:
    found = {line.answer for line in lines}
    if "not-met" in found:
        return "a-criterion-fails"
    if not lines or found & {"unknown", "ambiguous"}:
        return "open"
    return "meets-every-listed-criterion" if is_whole else "no-listed-criterion-fails"


def _words(trial: Trial, answer: TrialAnswer, lines: Sequence[CriterionLine]) -> str:
    if answer == "another-disease":
        return _(_OTHER_DISEASE[trial.disease])
    if answer == "a-criterion-fails":
        return _failing(lines)
    partly = _("The list was read only in part.") if trial.list_complete == "false" else ""
    if answer == "meets-every-listed-criterion":
        return _("Meets every listed criterion; the trial decides.")
    if answer == "no-listed-criterion-fails":
        return _("No listed criterion fails. {partly}").format(partly=partly)
    if not lines:
        return _("No criterion was seen.")
    said = [_("No listed criterion fails so far.")]
    unknown = sum(line.answer == "unknown" for line in lines)
    ambiguous = sum(line.answer == "ambiguous" for line in lines)
    if unknown:
        words = ngettext("{n} of {all} is not known.", "{n} of {all} are not known.", unknown)
        said.append(words.format(n=unknown, all=len(lines)))
    if ambiguous:
        words = ngettext("{n} of {all} is AMBIGUOUS.", "{n} of {all} are AMBIGUOUS.", ambiguous)
        said.append(words.format(n=ambiguous, all=len(lines)))
    return run_of([*said, partly])


def _failing(lines: Sequence[CriterionLine]) -> str:
    failing = [line for line in lines if line.answer == "not-met"]
    first = failing[0]
    read = parted(led(label, value) for label, value in first.read.items())
    kind = _("asked") if first.kind == "inclusion" else _("kept out")
    said = _("A listed criterion fails ({kind}): {criterion}").format(
        kind=kind, criterion=unended(first.text)
    )
    said = sentence(beside(said, f"[{read}]") if read else said)
    more = len(failing) - 1
    if more:
        words = ngettext("{n} more fails.", "{n} more fail.", more)
        said = run_of([said, words.format(n=more)])
    return said


def _open_here(known: Known) -> set[str]:
    listed = known.setting.open_trials
    return {one.strip().upper() for one in (listed.value or ())} if listed is not None else set()


def _same(trial: Trial, numbers: Collection[str]) -> bool:
    return trial.registry is not None and trial.registry.upper() in numbers


def run_trial_case(knowledge: Knowledge, case: TrialCase) -> list[str]:
    """Where the lists answer otherwise than a case expects, a sentence for each."""
    patient, setting, problems = people_of(case)
    if problems:
        return [problem.sentence for problem in problems]
    on = date.fromisoformat(case.on)
    known = known_of(patient, knowledge, on=on, setting=setting)
    facts = facts_of(patient, knowledge, on=on, setting=setting)
    found: dict[str, str] = {}
    for trial in trials_of(knowledge, known, facts):
        found[trial.id] = trial.answer
        found |= {f"{trial.id}.{line.id}": line.answer for line in trial.lines}
    return [
        f"{case.name} `{name}` is {found.get(name, 'not there')}, not {expected}."
        for name, expected in case.expect.items()
        if found.get(name) != expected
    ]
