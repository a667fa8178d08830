"""One answer to one question: a value, or why there is none. An absent answer is "not known"."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, model_validator

from nmosd_cds.patient.dates import PartialDate

State = Literal["known", "not-done", "unavailable"]
Comparator = Literal["<", "<=", ">", ">="]


class Answer(BaseModel):
    """What was answered.

    Attributes:
        state: `known` has a value; `not-done` and `unavailable` have none, and are not `no`.
        date: When it was measured or asked; may be partial.
        source: Where it stands in the notes.
    """

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
        arbitrary_types_allowed=True,
        defer_build=True,  # a start builds only what it reads
    )

    state: State = "known"
    date: PartialDate | None = None
    source: str | None = None

    @model_validator(mode="after")
    def _value_exactly_when_known(self) -> Answer:
        if (self.raw is not None) != (self.state == "known"):
            raise ValueError("a value is present exactly when the state is known")
        return self

    @property
    def raw(self) -> Any:
        """The value, or None when the state is not `known`."""
        return getattr(self, "value", None)


class YesNo(Answer):
    """Yes or no."""

    value: bool | None = None


class Choice(Answer):
    """One of the field's choices, by id."""

    value: str | None = None


class Serology(Choice):
    """A choice with how it was tested.

    Attributes:
        assay: Id of the assay; None if not known.
        titre: `1:320`; None if not known.
        titre_comparator: Set when the titre is a limit.
    """

    assay: str | None = None
    titre: str | None = None
    titre_comparator: Comparator | None = None


class Several(Answer):
    """Several of the field's choices, by id.

    Attributes:
        complete: Whether a choice that is not listed is known to be absent.
    """

    value: tuple[str, ...] | None = None
    complete: bool = False


class Whole(Answer):
    """A whole number."""

    value: int | None = None


class Score(Answer):
    """A step of a clinical scale."""

    value: Decimal | None = None


class Quantity(Answer):
    """A measured number in a unit; a comparator makes it a limit."""

    value: Decimal | None = None
    unit: str | None = None
    comparator: Comparator | None = None


class Titre(Answer):
    """A dilution such as `1:320`; a comparator makes it a limit."""

    value: str | None = None
    comparator: Comparator | None = None


class When(Answer):
    """A date, which may be partial."""

    value: PartialDate | None = None


class Text(Answer):
    """Free text; no rule reads it."""

    value: str | None = None


Row = TypeVar("Row", bound=BaseModel)


class Rows(BaseModel, Generic[Row]):
    """A list that says since when it is complete.

    Attributes:
        complete_since: Nothing is missing from this date to now; None: rows may be missing.
        rows: What is listed.
    """

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )

    complete_since: PartialDate | None = None
    rows: tuple[Row, ...] = ()
