"""Every text of the knowledge that a person reads: offered to translators, replaced by theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from nmosd_cds.errors import Problem
from nmosd_cds.knowledge.parsed import Parsed, Placed
from nmosd_cds.knowledge.references import everything
from nmosd_cds.knowledge.walk import Visited, visited
from nmosd_cds.strict_yaml import Place, ProseMark

M = TypeVar("M", bound=BaseModel)

# The program asks what they say, so they stay as they are written and are translated where shown.
ASKED_ABOUT = frozenset({"Figure.statistic", "Figure.unit"})


def prose_of(parsed: Parsed) -> Iterator[tuple[str, str]]:
    """Every value typed `Prose`.

    Returns:
        Place as `file:line` and the text, in the order of the files; a text may come twice.
    """
    for placed in everything(parsed):
        for one in visited(placed.value):
            for place, text in prose_in(one):
                yield placed.document.where((*placed.place, *place)), text


def offered_prose(parsed: Parsed) -> Iterator[tuple[str, str, str]]:
    """Every value typed `Prose`, as a translator meets it.

    Returns:
        Name of the file, what the text is there (`Rule.because`), and the text.
    """
    for placed in everything(parsed):
        for one in visited(placed.value):
            for _place, text in prose_in(one):
                yield placed.document.name, f"{type(one.owner).__name__}.{one.name}", text


def translated(parsed: Parsed, say: Callable[[str], str]) -> Parsed:
    """The same knowledge with every text in another language; ids and numbers stay.

    Args:
        parsed: What the files say; cases are left as they are, nobody reads them in the program.
        say: Gives a text in the other language.
    """

    def put(placed: Placed[M]) -> Placed[M]:
        return replace(placed, value=_said(placed.value, say))

    return replace(
        parsed,
        stamp=put(parsed.stamp),
        ranking=put(parsed.ranking),
        definitions=put(parsed.definitions),
        standard_care=put(parsed.standard_care),
        scope=[put(one) for one in parsed.scope],
        general=[put(one) for one in parsed.general],
        class_plans={name: [put(one) for one in all_] for name, all_ in parsed.class_plans.items()},
        options={
            name: replace(
                option,
                therapy=option.therapy and put(option.therapy),
                rules=[put(one) for one in option.rules],
                plan=[put(one) for one in option.plan],
            )
            for name, option in parsed.options.items()
        },
        sources={name: put(one) for name, one in parsed.sources.items()},
        reading=[put(one) for one in parsed.reading],
    )


def _said(model: M, say: Callable[[str], str]) -> M:
    changed = {}
    for name, is_prose in _telling(type(model)):
        value = getattr(model, name)
        if value is not None and value != () and value != {}:
            said = _value_said(value, say, is_prose)
            if said is not value:
                changed[name] = said
    # Not validated again: a text takes the place of a text.
    return model.model_copy(update=changed) if changed else model


def _value_said(value: Any, say: Callable[[str], str], is_prose: bool) -> Any:
    if isinstance(value, str):
        return say(value) if is_prose else value
    if isinstance(value, BaseModel):
        return _said(value, say)
    if isinstance(value, tuple):
        return tuple(_value_said(part, say, is_prose) for part in value)
    if isinstance(value, dict):
        return {key: _value_said(part, say, is_prose) for key, part in value.items()}
    return value


@cache
def _telling(model: type[BaseModel]) -> tuple[tuple[str, bool], ...]:
    """The fields that are texts, or may hold models with texts; whether each is a text itself."""
    return tuple(
        (name, is_prose)
        for name, info in model.model_fields.items()
        if (is_prose := _is_prose(model, name) and f"{model.__name__}.{name}" not in ASKED_ABOUT)
        or _holds_models(info.annotation)
    )


def _holds_models(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    return any(_holds_models(part) for part in get_args(annotation))


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
