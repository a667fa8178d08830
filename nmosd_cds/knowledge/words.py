"""Words that a page of this kind must not print: orders, and shares without their number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nmosd_cds.errors import Problem
from nmosd_cds.evidence.study import Drug, Guideline, Study, Trial
from nmosd_cds.knowledge.parsed import Parsed
from nmosd_cds.knowledge.plan import PlanItem
from nmosd_cds.knowledge.references import everything
from nmosd_cds.knowledge.texts import prose_in
from nmosd_cds.knowledge.therapy import Argument
from nmosd_cds.knowledge.walk import visited

# A verb orders where it opens a sentence or follows such a word; "texts give no n" does not.
_ORDERS = re.compile(
    r"(?:^|(?<=[.;:,!?]\s)|(?<=\bmust\s)|(?<=\bshould\s)|(?<=\bthen\s)|(?<=\band\s))"
    r"(?:give|start|prescribe|administer)\b(?! of)|\brecommended\b|\bmust receive\b",
    re.IGNORECASE,
)
_PERCENTAGE = re.compile(r"\d\s*%")
_FLAT_EXPONENT = re.compile(r"\d+\s*\^\s*-?\d+|\b10[Ee]\+?\d+")
_PEOPLE = re.compile(r"\b(patients?|people|persons?|relapsed?|died|deaths?|survival|free)\b", re.I)
_NUMBER_OF = re.compile(r"\b(of|n\s*=|n|in|among)\s*\d", re.IGNORECASE)


def word_problems(parsed: Parsed) -> Iterator[Problem]:
    """A problem for every ordering word and bare percentage of ours, and every flat exponent."""
    yield from _flat_exponents(parsed)
    for placed in everything(parsed):
        if isinstance(placed.value, Study | Guideline | Drug | Trial):
            continue
        for one in visited(placed.value):
            for place, text in prose_in(one):
                for what, hint in _faults(text, one.owner):
                    yield placed.problem(what, hint, at=place)


def _flat_exponents(parsed: Parsed) -> Iterator[Problem]:
    """A dose that loses its exponent is another dose: `10^6` is typed as `10⁶`."""
    for placed in everything(parsed):
        for one in visited(placed.value):
            for place, text in prose_in(one):
                if found := _FLAT_EXPONENT.search(text):
                    said = f"`{found.group(0)}` is an exponent with a sign that can be lost."
                    yield placed.problem(said, "Write it raised, as in 10⁶.", at=place)


def _faults(text: str, owner: Any) -> Iterator[tuple[str, str]]:
    # Plans are held to more, by `plan_problems`.
    order = None if isinstance(owner, PlanItem) else _ORDERS.search(text)
    if order is not None:
        yield f"`{order.group(0)}` sounds like an order.", "Write `consider`."
    if isinstance(owner, Argument) and _PERCENTAGE.search(text):
        yield "an argument's text holds a percentage.", "Name the figure under `figures`."
        return
    for sentence in re.split(r"(?<=[.;!?])\s", text):
        if not _PERCENTAGE.search(sentence) or not _PEOPLE.search(sentence):
            continue
        if not _NUMBER_OF.search(sentence):
            yield f"`{sentence.strip()}` has a percentage without its n.", "Write n of n."
