"""What the knowledge holds, what nobody has reviewed, and what nothing uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from nmosd_cds.errors import Problem
from nmosd_cds.evidence.study import Drug, Guideline, Source, Study, Trial
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.parsed import Parsed, Placed
from nmosd_cds.knowledge.plan import Days
from nmosd_cds.knowledge.references import everything
from nmosd_cds.knowledge.rule import Reviewed
from nmosd_cds.knowledge.walk import visited

_REFERENCES = (
    "from_",
    "person_time",
    "follow_up",
    "see",
    "figures",
    "all_causes",
    "treatment_related",
    "events",
    "person_years",
)


@dataclass(frozen=True)
class Inventory:
    """Counts, and names of what is left over.

    Attributes:
        counts: Kind of thing to its number, in the order people read it.
        reviewed: Rules and options that somebody has read, and how many there are.
        uncited: Sources that no rule, option, argument, plan or definition names, by kind. They
            can be read in the app and enter no answer.
    """

    counts: Mapping[str, int]
    reviewed: tuple[int, int]
    uncited: Mapping[str, tuple[str, ...]]


def inventory_of(parsed: Parsed, knowledge: Knowledge) -> Inventory:
    """Count what was read."""
    rules = list(parsed.rules)
    cases = [*parsed.scope_cases, *parsed.general_cases]
    cases += [case for option in parsed.options.values() for case in option.cases]
    studies = [one for one in knowledge.sources.values() if isinstance(one, Study)]
    counts = {
        "options": len(knowledge.options),
        "rules": len(rules),
        "rules of scope": len(parsed.scope),
        "cases": len(cases),
        "studies": len(studies),
        "figures": sum(len(arm.figures) for one in studies for arm in one.arms),
        "guidelines": _count(knowledge, Guideline),
        "drugs": _count(knowledge, Drug),
        "trials": _count(knowledge, Trial),
        "readings": len(parsed.reading),
    }
    reviews = [placed.value for placed in _reviews(parsed)]
    done = sum(review.by is not None for review in reviews)
    return Inventory(counts, (done, len(reviews)), _uncited(parsed, knowledge))


def review_problems(parsed: Parsed, *, on: date) -> Iterator[Problem]:
    """A problem for every review that is older than the knowledge allows.

    Args:
        on: The day of the check.
    """
    months = parsed.stamp.value.review_months
    if months is None:
        return
    for placed in _reviews(parsed):
        read = placed.value.on
        try:
            day = date.fromisoformat(read) if read else None
        except ValueError:
            continue  # said elsewhere, with the way to write it
        if day is None:
            continue
        if day > on:
            yield placed.problem(f"was reviewed on {read}, which is still to come.")
        elif (on.year - day.year) * 12 + on.month - day.month - (on.day < day.day) >= months:
            said = f"was last reviewed on {read}, {months} months ago or more."
            yield placed.problem(said, "Read it again.")


def _count(knowledge: Knowledge, kind: type[Source]) -> int:
    return sum(isinstance(one, kind) for one in knowledge.sources.values())


def _reviews(parsed: Parsed) -> Iterator[Placed[Reviewed]]:
    for placed in everything(parsed):
        for field in visited(placed.value):
            if isinstance(field.value, Reviewed):
                at = (*placed.place, *field.place)
                yield Placed(field.value, placed.document, at)


def _uncited(parsed: Parsed, knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    named = set(_named(parsed))
    left: dict[str, list[str]] = {}
    for name, source in sorted(knowledge.sources.items()):
        if name not in named and not isinstance(source, Drug):
            left.setdefault(source.kind, []).append(name)
    return {kind: tuple(names) for kind, names in left.items()}


def _named(parsed: Parsed) -> Iterator[str]:
    for placed in everything(parsed):
        for field in visited(placed.value):
            if field.name in ("cites", "studies"):
                yield from field.value
            elif field.name == "study" and isinstance(field.value, str):
                yield field.value
            elif field.name in _REFERENCES and not isinstance(field.owner, Days):
                values = (field.value,) if isinstance(field.value, str) else field.value or ()
                yield from (str(reference).split("/")[0] for reference in values)
