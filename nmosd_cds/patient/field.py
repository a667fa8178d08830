"""One field, said once: `clinical(...)` declares it, `field_specs(model)` reads it everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, get_args, get_origin

from pydantic import BaseModel, Field

from nmosd_cds.patient import answer as answers

KINDS: dict[type[BaseModel], str] = {
    answers.YesNo: "yes_no",
    answers.Choice: "choice",
    answers.Serology: "serology",
    answers.Several: "several",
    answers.Whole: "whole",
    answers.Score: "score",
    answers.Quantity: "quantity",
    answers.Titre: "titre",
    answers.When: "date",
    answers.Text: "text",
    answers.Rows: "rows",
}


@dataclass(frozen=True)
class Option:
    """One choice of a field: the id in files and rules, the label people see."""

    id: str
    label: str


@dataclass(frozen=True)
class FieldSpec:
    """Everything every surface needs to know about a field.

    Attributes:
        name: Key in files and name in rules.
        kind: One of the values of `KINDS`.
        label: What people see, in English; translate where it is shown.
        section: Page of the form.
        choices: Closed list for `choice`, `serology` and `several`; empty means free text ids.
        assays: Assays of a `serology`.
        units: Allowed units, the first is the one rules use.
        substance: Molecule, where a unit conversion depends on it.
        minimum: Smallest legal number, in the first unit.
        maximum: Largest legal number, in the first unit.
        plausible: Numbers outside ask "is the unit right?", and stay legal.
        legal: Steps of a `score`.
        help: What is asked, and how.
        codes: Published codes that were checked; empty if none was.
        source: Citation key of the definition.
        is_identifier: Names the person; never in a rule, a log or a rule test.
        may_be_future: Whether a date after the assessment is legal.
        row: Model of one row of a `rows` field.
        group: Heading within the page.
    """

    name: str = ""
    kind: str = ""
    label: str = ""
    section: str = ""
    group: str = ""
    choices: tuple[Option, ...] = ()
    assays: tuple[Option, ...] = ()
    units: tuple[str, ...] = ()
    substance: str | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    plausible: tuple[Decimal, Decimal] | None = None
    legal: tuple[Decimal, ...] = ()
    help: str = ""
    codes: tuple[str, ...] = ()
    source: str = ""
    is_identifier: bool = False
    may_be_future: bool = False
    row: type[BaseModel] | None = None

    def __call__(self, schema: dict[str, Any]) -> None:
        """Describe the field in a JSON schema (pydantic calls this)."""
        schema["title"] = self.label
        if self.help:
            schema["description"] = self.help
        if self.units:
            schema["x-units"] = list(self.units)
        if self.choices:
            schema["x-choices"] = [choice.id for choice in self.choices]

    @property
    def unit(self) -> str | None:
        """The unit rules use; None if the field has none."""
        return self.units[0] if self.units else None

    @property
    def answer_type(self) -> type[BaseModel]:
        """The answer model of the field's kind."""
        return next(model for model, kind in KINDS.items() if kind == self.kind)

    def label_of(self, choice: str) -> str:
        """The label of a choice or assay id; the id itself if it is free text."""
        return self._labels.get(choice, choice)

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        return {option.id: option.label for option in (*self.choices, *self.assays)}


def clinical(
    label: str,
    *,
    section: str,
    limits: tuple[str | int, str | int] | None = None,
    plausible: tuple[str | int, str | int] | None = None,
    legal: tuple[Decimal, ...] = (),
    **more: Any,
) -> Any:
    """Declare a field: a pydantic field, not known by default, that carries its `FieldSpec`."""
    low, high = (Decimal(limit) for limit in limits) if limits else (None, None)
    spec = FieldSpec(
        label=label,
        section=section,
        minimum=low,
        maximum=high,
        plausible=(Decimal(plausible[0]), Decimal(plausible[1])) if plausible else None,
        legal=legal,
        **more,
    )
    return Field(default=None, json_schema_extra=spec)


@cache
def field_specs(model: type[BaseModel]) -> Mapping[str, FieldSpec]:
    """The fields of a model declared with `clinical`, by name, in the order of the source."""
    return {
        name: _filled(name, info.annotation, info.json_schema_extra)
        for name, info in model.model_fields.items()
        if isinstance(info.json_schema_extra, FieldSpec)
    }


def _filled(name: str, annotation: Any, spec: FieldSpec) -> FieldSpec:
    inner = next(part for part in get_args(annotation) if part is not type(None))
    row = None
    if get_origin(inner) is None and issubclass(inner, answers.Rows):
        row = inner.__pydantic_generic_metadata__["args"][0]
        inner = answers.Rows
    return replace(spec, name=name, kind=KINDS[inner], row=row)
