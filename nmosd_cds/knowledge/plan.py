"""The shape of a plan: lines to discuss, each with what it needs, its days and its sources.

Lines stand in `rules/therapies/<option>/plan.yaml`, or in `rules/plans/<class>.yaml` for every
option of a class. Nothing here orders.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import ConfigDict, Field, model_validator

from nmosd_cds.strict_yaml import FileModel, Flag, Prose, Whole, Words

Part = Literal["before", "bridge", "prophylaxis", "monitoring", "after"]
Section = Literal[
    "work-up", "washout", "baseline", "monitoring", "prophylaxis", "vaccination", "surveillance"
]
PlanFlag = Literal["seen", "memory", "project"]
PARTS: Mapping[Section, Part] = {
    "work-up": "before",
    "washout": "bridge",
    "baseline": "before",
    "monitoring": "monitoring",
    "prophylaxis": "prophylaxis",
    "vaccination": "after",
    "surveillance": "after",
}
SECTIONS: Mapping[Part, Section] = {
    "before": "work-up",
    "bridge": "washout",
    "prophylaxis": "prophylaxis",
    "monitoring": "monitoring",
    "after": "surveillance",
}
ALL_DRUGS = "all"


class Days(FileModel):
    """When something is due, in days from day 0, the day of the cells.

    Attributes:
        from_: First day; below 0 is before the cells.
        to: Last day; None: for life.
        at: Single days within, where it is due on those only.
        every: How often, in words.
    """

    model_config = ConfigDict(populate_by_name=True)

    from_: Whole = Field(alias="from")
    to: Whole | None
    at: tuple[Whole, ...] = ()
    every: Prose | None = None


class SourceRange(FileModel):
    """What one source says of a line on which sources differ, or may."""

    says: Prose
    days: Days | None = None
    cites: tuple[str, ...]
    flag: PlanFlag


class Length(FileModel):
    """A length of time of one source; days or calendar months, never both."""

    days: Whole | None = None
    months: Whole | None = None
    cites: tuple[str, ...]
    flag: PlanFlag


class WashoutInterval(Length):
    """One published interval between the last dose and a step, and what it is for."""

    says: Prose


class PlanCheck(FileModel):
    """What to say where a condition holds of this person; an unknown one asks."""

    when: Any
    says: Prose


class PlanItem(FileModel):
    """One line of the plan to discuss.

    Attributes:
        when: Part of the way; follows from `section` where it is left out.
        section: Part of the plan; follows from `when` where it is left out.
        label: Short name, for the checklist and the calendar.
        names: Substances the line names; checked against the person's allergies.
        basis: None: project where `flag` says so, else published.
        fields: Fields of the case that answer the line.
        validity: How old a result may be.
        covers_months: A list answers the line only if it is complete for that long.
        covers_disease: A list answers the line only if it is complete since the first symptom.
        applies: Condition under which the line is for this person; None: for everyone.
        taking: Drugs or mechanism classes of which one must be taken now; none: for everyone.
        checks: What else is looked at in this person.
        days: When it is due.
        ranges: What each source says, where several speak.
        figures: Published counts behind the line, as `<study>/<figure>`.
        drugs: Drugs a washout line is about; `all` stands for every drug not named elsewhere.
        before: The step a washout comes before.
        intervals: Published intervals; none: none is published.
        warning: Whether the line is the danger of stopping.
        live: Whether the line is about live vaccines.
    """

    when: Part = "before"
    section: Section = "work-up"
    label: Prose | None = None
    text: Prose
    names: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    flag: PlanFlag
    basis: Literal["published", "project"] | None = None
    fields: tuple[str, ...] = ()
    validity: Length | None = None
    covers_months: Whole | None = None
    covers_disease: Flag = False
    applies: Any = None
    taking: Words = ()
    checks: tuple[PlanCheck, ...] = ()
    days: Days | None = None
    ranges: tuple[SourceRange, ...] = ()
    figures: tuple[str, ...] = ()
    drugs: Words = ()
    before: Prose | None = None
    intervals: tuple[WashoutInterval, ...] = ()
    warning: Flag = False
    live: Flag = False

    @model_validator(mode="before")
    @classmethod
    def _one_follows_from_the_other(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        if "when" not in data and data.get("section") in PARTS:
            return {**data, "when": PARTS[data["section"]]}
        if "section" not in data and data.get("when") in SECTIONS:
            return {**data, "section": SECTIONS[data["when"]]}
        if not {"when", "section"} & set(data):
            raise ValueError("names neither `section` nor `when`")
        return data

    @property
    def is_published(self) -> bool:
        """Whether somebody else has said it."""
        return self.flag != "project" if self.basis is None else self.basis == "published"
