"""Every field of a model, inside out, with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from nmosd_cds.strict_yaml import Place


@dataclass(frozen=True)
class Visited:
    """One field met on the walk.

    Attributes:
        owner: The model the field belongs to.
        name: Name of the field in Python; `from_` stands as `from` in the file.
        place: Place of the value, from the model where the walk began.
    """

    owner: BaseModel
    name: str
    place: Place
    value: Any


def visited(model: BaseModel, place: Place = ()) -> Iterator[Visited]:
    """Every field of a model and of the models inside it, in the order of declaration."""
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        inside = (*place, info.alias or name)
        yield Visited(model, name, inside, value)
        yield from _inside(value, inside)


def _inside(value: Any, place: Place) -> Iterator[Visited]:
    if isinstance(value, BaseModel):
        yield from visited(value, place)
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _inside(part, (*place, number))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _inside(part, (*place, key))
