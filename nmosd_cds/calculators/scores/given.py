"""Strict reading of the inputs of a score: every wrong item is a Problem, all said at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from nmosd_cds.errors import CdsError, Problem, nearest
from nmosd_cds.i18n import _
from nmosd_cds.patient.plain import LONGEST_NAME
from nmosd_cds.patient.wording import shown

MOST_TOLD = 100


class Given:
    """The inputs of one score; an input that is absent or null is not known (None)."""

    def __init__(
        self,
        raw: object,
        names: tuple[str, ...],
        *,
        where: str = "",
        problems: list[Problem] | None = None,
    ) -> None:
        """Take an object as JSON gives it.

        Args:
            raw: The object; anything but a dict is a Problem.
            names: Every name that may stand in it.
            where: Place of the object in the file, empty for the whole.
            problems: Where to put what is wrong; None: a new list.
        """
        self._where = where
        self._problems: list[Problem] = [] if problems is None else problems
        self._values: dict[str, object] = {}
        if not isinstance(raw, dict):
            self._wrong("", _("is not an object with names and values"), ", ".join(names))
            return
        for name, value in raw.items():
            if name in names:
                self._values[name] = value
            else:
                self._not_an_input(str(name), names)

    def has(self, name: str) -> bool:
        """Whether an input is given."""
        return self._values.get(name) is not None

    def missing(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those inputs that are not given."""
        return tuple(name for name in names if not self.has(name))

    def number(self, name: str, low: float, high: float) -> float | None:
        """A number within limits, both included."""
        value = self._values.get(name)
        return None if value is None else self._checked_number(name, value, low, high)

    def numbers(self, name: str, low: float, high: float) -> tuple[float, ...] | None:
        """A list of numbers within limits."""
        listed = self._listed(name)
        if listed is None:
            return None
        found = [self._checked_number(place, one, low, high) for place, one in listed]
        return tuple(one for one in found if one is not None)

    def whole(self, name: str, low: int, high: int) -> int | None:
        """A whole number within limits, both included."""
        value = self.number(name, low, high)
        if value is None or value == int(value):
            return None if value is None else int(value)
        self._wrong(name, _("is not a whole number"), _limits(low, high))
        return None

    def yes_no(self, name: str) -> bool | None:
        """A yes or a no."""
        value = self._values.get(name)
        if value is None or isinstance(value, bool):
            return value
        self._wrong(name, _("is not true or false"))
        return None

    def choice(self, name: str, choices: Iterable[str]) -> str | None:
        """One of some words."""
        value = self._values.get(name)
        return None if value is None else self._checked_choice(name, value, tuple(choices))

    def choices(self, name: str, choices: Iterable[str]) -> tuple[str, ...] | None:
        """A list of some words."""
        listed = self._listed(name)
        if listed is None:
            return None
        allowed = tuple(choices)
        found = [self._checked_choice(place, one, allowed) for place, one in listed]
        return tuple(one for one in found if one is not None)

    def text(self, name: str) -> str | None:
        """Free text, read by nobody."""
        value = self._values.get(name)
        if value is None or isinstance(value, str):
            return value
        self._wrong(name, _("is not text"))
        return None

    def day(self, name: str) -> date | None:
        """A whole date."""
        value = self._values.get(name)
        return None if value is None else self._checked_day(name, value)

    def days(self, name: str) -> tuple[date, ...] | None:
        """A list of whole dates."""
        listed = self._listed(name)
        if listed is None:
            return None
        found = [self._checked_day(place, one) for place, one in listed]
        return tuple(one for one in found if one is not None)

    def rows(self, name: str, names: tuple[str, ...]) -> tuple[Given, ...] | None:
        """A list of objects, each with some names."""
        listed = self._listed(name)
        if listed is None:
            return None
        return tuple(
            Given(one, names, where=self._place(place), problems=self._problems)
            for place, one in listed
        )

    def require(self, *names: str) -> None:
        """Make the absence of an input a Problem, where nothing can be said without it."""
        for name in self.missing(names):
            self.wrong(name, _("is missing"))

    def wrong(self, name: str, what: str, hint: str = "") -> None:
        """Add a Problem with one input."""
        self._wrong(name, what, hint)

    def stop_if_wrong(self) -> None:
        """End the reading.

        Raises:
            CdsError: Anything was wrong.
        """
        if len(self._problems) > MOST_TOLD:
            more = _("and {n} more problems").format(n=len(self._problems) - MOST_TOLD)
            raise CdsError([*self._problems[:MOST_TOLD], Problem("", more)])
        if self._problems:
            raise CdsError(self._problems)

    def _not_an_input(self, name: str, names: tuple[str, ...]) -> None:
        # Looking for the nearest name is slow, and past what is told nobody reads it.
        is_told = len(name) <= LONGEST_NAME and len(self._problems) < MOST_TOLD
        near = nearest(name, names) if is_told else None
        hint = _("Did you mean {name}?").format(name=near) if near else ", ".join(names)
        self._wrong(shown(name).strip("`"), _("is not an input here"), hint)

    def _listed(self, name: str) -> list[tuple[str, object]] | None:
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, list):
            self._wrong(name, _("is not a list"))
            return None
        return [(f"{name}[{at}]", one) for at, one in enumerate(value, start=1)]

    def _checked_number(self, name: str, value: object, low: float, high: float) -> float | None:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            self._wrong(name, _("is not a number"), _limits(low, high))
        elif not low <= value <= high:
            self._wrong(name, _("is out of range"), _limits(low, high))
        else:
            return float(value)
        return None

    def _checked_choice(self, name: str, value: object, choices: tuple[str, ...]) -> str | None:
        if isinstance(value, str) and value in choices:
            return value
        is_told = isinstance(value, str) and len(value) <= LONGEST_NAME
        near = nearest(str(value), choices) if is_told and len(self._problems) < MOST_TOLD else None
        hint = _("Did you mean {name}?").format(name=near) if near else ", ".join(choices)
        self._wrong(name, _("is not one of the words that can stand here"), hint)
        return None

    def _checked_day(self, name: str, value: object) -> date | None:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        self._wrong(name, _("is not a day"), _("Write, for example, 2026-11-22."))
        return None

    def _place(self, name: str) -> str:
        return ".".join(part for part in (self._where, name) if part)

    def _wrong(self, name: str, what: str, hint: str = "") -> None:
        self._problems.append(Problem(self._place(name), what, hint))


def _limits(low: float, high: float) -> str:
    return _("It lies between {low:g} and {high:g}.").format(low=low, high=high)
