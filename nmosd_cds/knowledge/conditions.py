"""Conditions of the knowledge files: read, and held against the facts they may ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nmosd_cds.errors import Problem, nearest
from nmosd_cds.knowledge.parsed import Placed
from nmosd_cds.logic.condition import (
    Condition,
    ConditionError,
    IsOneOf,
    Within,
    comparisons_of,
    read_condition,
)
from nmosd_cds.logic.fact import FactSpec
from nmosd_cds.strict_yaml import Place


@dataclass(frozen=True)
class ConditionReader:
    """Reads conditions over one set of facts and definitions.

    Attributes:
        specs: Facts by plain name.
        definitions: Named conditions read so far.
    """

    specs: Mapping[str, FactSpec]
    definitions: Mapping[str, Condition]

    def read(
        self, placed: Placed[Any], data: Any, at: Place, *, for_option: bool = False
    ) -> tuple[Condition | None, list[Problem]]:
        """Read a condition and check every comparison in it.

        Args:
            placed: Where the condition stands.
            data: The condition as plain data.
            at: Place of the condition within `placed`.
            for_option: Whether facts that exist once per option may be asked.

        Returns:
            The condition, None if it cannot be read; and every problem found.
        """
        try:
            condition = read_condition(data, self.definitions)
        except ConditionError as error:
            place = (*at, *error.place)
            return None, [placed.problem(f"{error.what}.", self._hint(error), at=place)]
        problems = []
        for place, comparison in _placed_comparisons(data, self.definitions):
            spec = self.specs.get(comparison.fact)
            # What stands inside a definition was checked where the definition stands.
            is_inside = place[-1] == "is"
            found = None if is_inside else comparison_problem(comparison, spec, self.specs)
            if found is None and spec is not None and spec.per_option and not for_option:
                found = f"`{spec.name}` exists once per option and cannot be asked here.", ""
            if found is not None:
                problems.append(placed.problem(*found, at=(*at, *place)))
        return condition, problems

    def _hint(self, error: ConditionError) -> str:
        if not error.what.endswith("is not a definition"):
            return ""
        near = nearest(error.what.split("`")[1], self.definitions)
        return f"Did you mean `{near}`?" if near else "Name it in rules/definitions.yaml."


def _placed_comparisons(
    data: Any, definitions: Mapping[str, Condition], place: Place = ()
) -> Iterator[tuple[Place, IsOneOf | Within]]:
    # The data was read as a condition before, so its shape is right.
    key, value = next(iter(data.items()))
    if key in ("any", "all"):
        for number, part in enumerate(value):
            yield from _placed_comparisons(part, definitions, (*place, key, number))
    elif key == "not":
        yield from _placed_comparisons(value, definitions, (*place, key))
    elif key == "is":
        for inner in comparisons_of(definitions[value]):
            yield (*place, key), inner
    else:
        comparison = read_condition(data)
        assert isinstance(comparison, IsOneOf | Within)
        yield (*place, key), comparison


def comparison_problem(
    comparison: IsOneOf | Within, spec: FactSpec | None, specs: Mapping[str, FactSpec]
) -> tuple[str, str] | None:
    """What is wrong with a comparison, and what to do; None if nothing is."""
    name = comparison.fact
    if spec is None:
        near = nearest(name, specs)
        hint = f"Did you mean `{near}`?" if near else "rules/derived/vocabulary.md lists all facts."
        return f"`{name}` is not a fact.", hint
    if isinstance(comparison, Within):
        return _number_problem(comparison, spec)
    if spec.kind == "number":
        return f"`{name}` is a number; it has no choices.", "Use at_least, above, at_most or below."
    for choice in comparison.choices:
        if choice not in spec.choices:
            near = nearest(choice, spec.choices)
            hint = f"Did you mean `{near}`?" if near else f"Choices: {', '.join(spec.choices)}."
            return f"`{choice}` is not a choice of `{name}`.", hint
    return None


def _number_problem(comparison: Within, spec: FactSpec) -> tuple[str, str] | None:
    if spec.kind != "number":
        return (
            f"`{spec.name}` has choices; it is not a number.",
            f"Choices: {', '.join(spec.choices)}.",
        )
    if comparison.unit == spec.unit:
        return None
    if spec.unit is None:
        return f"`{spec.name}` has no unit.", f"Leave out `unit: {comparison.unit}`."
    if comparison.unit is None:
        return f"`{spec.name}` is compared without a unit.", f"Add `unit: {spec.unit}`."
    return f"`{spec.name}` is not compared in {comparison.unit}.", f"Write `unit: {spec.unit}`."
