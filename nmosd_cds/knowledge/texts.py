"""Every text of the knowledge that a person reads, for the translators' template."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from nmosd_cds.errors import Problem
from nmosd_cds.knowledge.parsed import Parsed
from nmosd_cds.knowledge.references import everything
from nmosd_cds.knowledge.walk import Visited, visited
from nmosd_cds.strict_yaml import Place, ProseMark


def prose_of(parsed: Parsed) -> Iterator[tuple[str, str]]:
    """Every value typed `Prose`.

    Returns:
        Place as `file:line` and the text, in the order of the files; a text may come twice.
    """
    for placed in everything(parsed):
        for one in visited(placed.value):
            for place, text in prose_in(one):
                yield placed.document.where((*placed.place, *place)), text


# Words as somebody else printed them, or that a reader must find again as they stand.
AS_PRINTED = frozenset(
    {
        "Citation.authors",
        "Citation.title",
        "Citation.journal",
        "Citation.registry",
        "Conflict.figure",
        "Figure.formula",
        "PlanItem.names",
        "Trial.registry",
        "Trial.sponsor",
        "Trial.title",
    }
)


def slot_problems(parsed: Parsed) -> Iterator[Problem]:
    """A problem for every text of several words that a translator never gets to see."""
    for placed in everything(parsed):
        for one in visited(placed.value):
            if f"{type(one.owner).__name__}.{one.name}" in AS_PRINTED:
                continue
            if _is_prose(type(one.owner), one.name) or isinstance(one.value, dict):
                continue
            for place, text in _strings(one.value, one.place):
                if " " in text.strip():
                    said = f"`{text}` has no slot for a translation."
                    yield placed.problem(said, "Make its field `Prose`.", at=place)


def prose_in(one: Visited) -> Iterator[tuple[Place, str]]:
    """The texts of one field, if it is typed `Prose`, alone or in a list or mapping."""
    if _is_prose(type(one.owner), one.name):
        yield from _strings(one.value, one.place)


@cache
def _is_prose(model: type[BaseModel], name: str) -> bool:
    info = model.model_fields[name]
    return any(isinstance(mark, ProseMark) for mark in info.metadata) or _marked(info.annotation)


def _marked(annotation: Any) -> bool:
    marks = getattr(annotation, "__metadata__", ())
    if any(isinstance(mark, ProseMark) for mark in marks):
        return True
    return any(_marked(part) for part in get_args(annotation))


def _strings(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _strings(part, (*place, number))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _strings(part, (*place, key))
