"""Every case beside the rules, run: what they answer against what was written down by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nmosd_cds.advice.facts import facts_of
from nmosd_cds.advice.screen import screen
from nmosd_cds.errors import Problem
from nmosd_cds.knowledge.case import RuleCase
from nmosd_cds.knowledge.cases import people_of, run_case
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.parsed import Parsed, Placed


def case_problems(parsed: Parsed, knowledge: Knowledge) -> Iterator[Problem]:
    """A problem for every case that the rules answer otherwise.

    Args:
        parsed: Sound, or else its problems are to be mended first.
        knowledge: Made from the same files.
    """
    for option, placed in every_case(parsed):
        for said in answers_otherwise(knowledge, option, placed.value):
            yield placed.problem(said, at=("expect",))


def every_case(parsed: Parsed) -> Iterator[tuple[str | None, Placed[RuleCase]]]:
    """Each case with the option it is read for; None: scope and published definitions only."""
    yield from ((None, case) for case in parsed.scope_cases)
    yield from ((None, case) for case in parsed.care_cases)
    yield from ((case.value.option, case) for case in parsed.general_cases)
    for name, option in parsed.options.items():
        yield from ((name, case) for case in option.cases)


def answers_otherwise(knowledge: Knowledge, option: str | None, case: RuleCase) -> list[str]:
    """Where the rules answer otherwise than one case expects; empty if it holds."""
    patient, setting, problems = people_of(case)
    if problems:
        return [problem.sentence for problem in problems]
    facts = facts_of(patient, knowledge, on=date.fromisoformat(case.on), setting=setting)
    status = None
    if option is not None and "status" in case.expect:
        status = screen(knowledge.options[option], facts, knowledge).status
    return run_case(knowledge, option, case, facts, status)
