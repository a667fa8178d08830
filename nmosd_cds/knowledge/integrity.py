"""What must hold of the knowledge as a whole. Every sentence names the file and the line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from nmosd_cds.errors import Problem
from nmosd_cds.evidence.study import Study
from nmosd_cds.knowledge.coverage import coverage_problems
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.numbers import number_problems
from nmosd_cds.knowledge.parsed import Parsed, Placed
from nmosd_cds.knowledge.plan_problems import plan_problems
from nmosd_cds.knowledge.printed import loose_ends, misprints
from nmosd_cds.knowledge.reading import reading_problems
from nmosd_cds.knowledge.references import reference_problems, unknown
from nmosd_cds.knowledge.rule import Rule
from nmosd_cds.knowledge.texts import slot_problems
from nmosd_cds.knowledge.trials import trial_case_problems, trial_problems
from nmosd_cds.knowledge.words import word_problems

BARS = ("excludes", "requires")


def problems_of(parsed: Parsed, knowledge: Knowledge) -> list[Problem]:
    """Every problem, also those that make no answer wrong but are for a curator to mend."""
    return [
        *stopping_problems(parsed, knowledge),
        *coverage_problems(parsed, knowledge),
        *trial_case_problems(parsed, knowledge),
        *word_problems(parsed),
        *_doubles_of_doi(parsed),
        *loose_ends(parsed),
        *reading_problems(parsed),
        *_review_dates(parsed),
        *slot_problems(parsed),
    ]


def stopping_problems(parsed: Parsed, knowledge: Knowledge) -> list[Problem]:
    """The problems with which the knowledge must not be used."""
    return [
        *_rule_ids(parsed),
        *(problem for folder, rule in parsed.rules for problem in _bar(folder, rule)),
        *_applies_to(parsed, knowledge),
        *reference_problems(parsed, knowledge),
        *number_problems(parsed, knowledge),
        *_arguments(parsed, knowledge),
        *misprints(parsed),
        *trial_problems(parsed),
        *plan_problems(parsed, knowledge),
    ]


def _rule_ids(parsed: Parsed) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    placed: list[tuple[str, Placed[Any]]] = [("scope", one) for one in parsed.scope]
    for folder, one in [*placed, *parsed.rules]:
        name = one.value.id
        if not name.startswith(f"{folder}.") or name == f"{folder}.":
            said = f"`{name}` is not `{folder}.<what>`."
            yield one.problem(said, at=("id",))
        for key in (name, *getattr(one.value, "formerly", ())):
            where = one.document.where((*one.place, "id"))
            if key in seen:
                yield Problem(where, f"`{key}` is already the id of {seen[key]}.", "Name it anew.")
            seen.setdefault(key, where)


def _bar(folder: str, placed: Placed[Rule]) -> Iterator[Problem]:
    rule = placed.value
    is_ours = rule.basis == "project" or rule.flag != "seen"
    if rule.effect in BARS:
        if is_ours and rule.panel_decision is None:
            known = "known from memory only" if rule.flag == "memory" else "our own"
            said = f"`{rule.id}` is {known} and may not {rule.effect.removesuffix('s')}."
            yield placed.problem(said, "Make it a caution, or name the panel_decision.")
        if rule.why is None:
            yield placed.problem(f"`{rule.id}` bars an option without `why`.")
        elif rule.until is None and rule.why not in ("permanent", "failed"):
            said = f"`{rule.id}` does not say `until` what."
            yield placed.problem(said, "Say what would have to change.", at=("why",))
    elif rule.why is not None:
        yield placed.problem(f"`{rule.id}` bars nothing and has a `why`.", at=("why",))
    if folder != "general" and rule.applies_to:
        said = "a rule in an option's folder applies to that option."
        yield placed.problem(said, "Leave out `applies_to`.", at=("applies_to",))


def _applies_to(parsed: Parsed, knowledge: Knowledge) -> Iterator[Problem]:
    known = {"all", "cellular", "reference", *knowledge.options}
    known |= {name for one in knowledge.options.values() for name in one.therapy.classes}
    for placed in parsed.general:
        if not placed.value.applies_to:
            said = f"`{placed.value.id}` does not say what it applies to."
            yield placed.problem(said, "Add `applies_to`.")
        for name in placed.value.applies_to:
            what = "all, cellular, reference, a class or an option"
            yield from unknown(placed, name, sorted(known), what, ("applies_to",))


def _arguments(parsed: Parsed, knowledge: Knowledge) -> Iterator[Problem]:
    for placed in parsed.therapies.values():
        for number, argument in enumerate(placed.value.arguments):
            at = ("arguments", number)
            if not argument.figures and not argument.cites:
                said = "an argument has neither a figure nor a source."
                yield placed.problem(said, "Add `figures` or `cites`.", at=at)
            for reference in argument.figures if argument.side == "for" else ():
                found = knowledge.figures.get(reference)
                if found is not None and found[2].count == 0:
                    said = f"`{reference}` counts none and speaks for the option."
                    yield placed.problem(said, "None of few is no proof of none.", at=at)


def _doubles_of_doi(parsed: Parsed) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name, placed in parsed.sources.items():
        citation = getattr(placed.value, "citation", None)
        if not isinstance(placed.value, Study) or citation is None or citation.doi is None:
            continue
        doi = citation.doi.value.lower()
        if doi in seen:
            said = f"the DOI {doi} is also that of `{seen[doi]}`."
            yield placed.problem(said, at=("citation", "doi"))
        seen.setdefault(doi, name)


def _review_dates(parsed: Parsed) -> Iterator[Problem]:
    reviewed: list[Placed[Any]] = [rule for _folder, rule in parsed.rules]
    reviewed += parsed.therapies.values()
    for placed in reviewed:
        review = placed.value.reviewed
        if (review.by is None) != (review.on is None):
            said = "a review needs both who read it and when."
            yield placed.problem(said, "Write `none` for both until then.", at=("reviewed",))
        elif review.on is not None and not _is_day(review.on):
            said = f"`{review.on}` is not a day."
            yield placed.problem(said, "Write YYYY-MM-DD.", at=("reviewed", "on"))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
