"""What a derived fact is: declared once, computed from what is known, never a guess.

The clinical numbers arrive as `Definitions`, so this floor stays below the knowledge files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from nmosd_cds.calculators.shown import possible_in_words
from nmosd_cds.logic.fact import YES_NO, Fact, FactSpec, Possible
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.model import Patient, Setting

Found = TypeVar("Found")


@dataclass(frozen=True)
class DrugDefinition:
    """What the drug files and standard-care.yaml say of one drug.

    Attributes:
        mechanism_class: `c5`, `b-cell`, `il6r`, `classical` or `none`.
        minimum_weeks: Weeks until a trial is adequate; None: the drug never closes a class.
        exposure_proof: Treatment field that proves exposure, or None.
        approved_in: Regions where it is approved for AQP4-IgG positive adults.
        is_teratogenic: None where no text seen says either way; never read as safe.
        harms_in_nmosd: Whether it makes NMOSD worse or leaves it untreated.
    """

    id: str
    mechanism_class: str
    minimum_weeks: int | None
    exposure_proof: str | None = None
    approved_in: frozenset[str] = frozenset()
    is_antibody: bool = False
    masks_inflammation: bool = False
    is_teratogenic: bool | None = None
    harms_in_nmosd: bool = False


@dataclass(frozen=True)
class TrialDefinition:
    """What the trial files say of one registered trial; None: no limit seen."""

    registry: str
    option: str
    minimum_age: Decimal | None = None
    maximum_age: Decimal | None = None
    is_nmosd: bool = True


@dataclass(frozen=True)
class ListFails:
    """Whether a line of a trial's list fails for a person.

    Attributes:
        truth: As far as fields can say it.
        missing: Fields that could settle it.
        words: The first line that fails, or empty.
    """

    truth: Truth
    missing: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class OptionDefinition:
    """What a calculator may know of an option: its drugs, if it is an approved class."""

    id: str
    kind: str
    drugs: tuple[str, ...] = ()
    maximum_age: Decimal | None = None


@dataclass(frozen=True)
class Definitions:
    """Every number and list that a calculator needs and a clinician decided.

    Attributes:
        numbers: Named thresholds of rules/definitions.yaml, each with its unit in the name.
        drugs: By drug id.
        trials: By registry number, upper case.
        options: By option id.
    """

    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    drugs: Mapping[str, DrugDefinition] = field(default_factory=dict)
    trials: Mapping[str, TrialDefinition] = field(default_factory=dict)
    options: Mapping[str, OptionDefinition] = field(default_factory=dict)

    @cached_property
    def trials_by_option(self) -> Mapping[str, tuple[TrialDefinition, ...]]:
        """The NMOSD trials of each option that has any, in the order of `trials`."""
        found: dict[str, tuple[TrialDefinition, ...]] = {}
        for trial in self.trials.values():
            if trial.is_nmosd:
                found[trial.option] = (*found.get(trial.option, ()), trial)
        return found

    @cached_property
    def drugs_by_class(self) -> Mapping[str, tuple[str, ...]]:
        """The drugs of each mechanism class that has any, by name."""
        found: dict[str, tuple[str, ...]] = {}
        for drug in sorted(self.drugs.values(), key=lambda each: each.id):
            found[drug.mechanism_class] = (*found.get(drug.mechanism_class, ()), drug.id)
        return found

    def days(self, name: str) -> int:
        """A named number of days."""
        return int(self.numbers[f"{name}_days"])

    def months(self, name: str) -> int:
        """A named number of months."""
        return int(self.numbers[f"{name}_months"])


@dataclass(frozen=True)
class Known:
    """Everything a calculator may look at.

    Attributes:
        option: Id of the option a per-option fact is computed for; None otherwise.
        lists: Whether a line of its list fails, by registry number in upper case, for the trials
            that the person's places name. A trial that is not there has no list.
    """

    patient: Patient
    setting: Setting
    definitions: Definitions
    on: date
    option: str | None = None
    lists: Mapping[str, ListFails] = field(default_factory=dict)
    _found: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def for_option(self, option: str) -> Known:
        """The same case, asked about one option."""
        asked = Known(self.patient, self.setting, self.definitions, self.on, option, self.lists)
        return self._same_person(asked)

    def with_lists(self, lists: Mapping[str, ListFails]) -> Known:
        """The same case, with what the lists of its trials say."""
        return self._same_person(replace(self, lists=lists))

    def with_setting(self, setting: Setting) -> Known:
        """The same person at the same date in another setting."""
        return self._same_person(replace(self, setting=setting))

    def _same_person(self, other: Known) -> Known:
        object.__setattr__(other, "_found", self._found)
        return other

    def once(self, find: Callable[[Known], Found]) -> Found:
        """What `find` reads of the person, read once.

        Args:
            find: Looks at patient, definitions and date alone.
        """
        if find not in self._found:
            self._found[find] = find(self)
        found: Found = self._found[find]
        return found

    def once_of(self, find: Callable[[Known, str], Found], name: str) -> Found:
        """The same for something that is asked of several names, such as drugs."""
        if (find, name) not in self._found:
            self._found[find, name] = find(self, name)
        found: Found = self._found[find, name]
        return found


@dataclass(frozen=True)
class Derived:
    """What a calculator answers.

    Attributes:
        possible: Values still possible, given every completion of what is not known.
        missing: Fields whose answer could narrow it, the most useful first.
        shown: The value in words, or empty.
    """

    possible: Possible
    missing: tuple[str, ...] = ()
    shown: str = ""


@dataclass(frozen=True)
class DerivedFact:
    """A fact computed from the fields of a patient.

    Attributes:
        name: Name used in rules.
        kind: `yes-no`, `choice` or `number`.
        label: Name shown to people.
        unit: Unit of a number.
        choices: Closed domain of a choice.
        needs: Fields it reads; `access_<drug>` and setting fields included.
        compute: From what is known to what is possible.
        per_option: Computed once for each option.
        source: Citation key, or `nmosd-cds-project`.
    """

    name: str
    kind: str
    label: str
    needs: tuple[str, ...]
    compute: Callable[[Known], Derived]
    source: str
    unit: str | None = None
    choices: tuple[str, ...] = ()
    per_option: bool = False

    @property
    def spec(self) -> FactSpec:
        """What rules may ask of it."""
        return FactSpec(
            name=self.name,
            kind=self.kind,
            label=self.label,
            unit=self.unit,
            choices=YES_NO if self.kind == "yes-no" else self.choices,
            needs=self.needs,
            per_option=self.per_option,
        )

    def fact(self, known: Known) -> Fact:
        """The fact for one case; a settled one asks for nothing."""
        derived = self.compute(known)
        missing = () if derived.possible.is_settled else derived.missing
        shown = derived.shown or possible_in_words(derived.possible)
        return Fact(derived.possible, missing, shown, self.needs)
