"""Whether an option would be had inside an authorised setting, and its limit of age."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from nmosd_cds.calculators.age import age_years
from nmosd_cds.calculators.answered import (
    chosen,
    complete_from,
    is_one_of,
    is_yes,
    truth_choices,
)
from nmosd_cds.calculators.derived import (
    Derived,
    DerivedFact,
    Known,
    ListFails,
    TrialDefinition,
)
from nmosd_cds.i18n import N_, _
from nmosd_cds.i18n.joining import unended
from nmosd_cds.logic.fact import Interval
from nmosd_cds.logic.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, truth_of
from nmosd_cds.patient.model import TrialPlace

NEEDS = ("trial_places",)
REFERENCE = "reference"


def authorised_setting(known: Known) -> Derived:
    """Whether a place for the option meets every condition of an authorised setting.

    The registry number is one of a known NMOSD trial of this option, a sponsor or ethics number is
    given, the sponsor or an insurer pays, and no listed criterion fails: none was recorded as
    failing, and none fails that fields can answer. An approved class needs no such place.

    Source:
        nmosd-cds-project.
    """
    if _is_reference(known):
        return Derived(truth_choices(TRUE))
    return _placed(known, _is_authorised)


def named_trial(known: Known) -> Derived:
    """Whether a place for the option names a known NMOSD trial of it whose list does not fail.

    Source:
        nmosd-cds-project.
    """
    return _placed(known, _names_trial)


def named_numbers(known: Known) -> frozenset[str]:
    """The registry numbers of the person's places, in upper case.

    Source:
        nmosd-cds-project.
    """
    listed = known.patient.trial_places
    numbers = (chosen(row.registry_number) for row in (listed.rows if listed else ()))
    return frozenset(number.strip().upper() for number in numbers if number is not None)


def _placed(known: Known, is_such: Callable[[TrialPlace, Known], Truth]) -> Derived:
    """Whether a place is such, and the list of its trial does not fail."""
    alone = _any_place(known, lambda row: is_such(row, known))
    if not _rows(known):
        return alone
    both = _any_place(known, lambda row: all_of((is_such(row, known), ~_list(row, known).truth)))
    if both.possible.is_settled:
        shown = _failing_words(known) if both.possible != alone.possible else ""
        return Derived(both.possible, shown=shown)
    fields = (field for row in _rows(known) for field in _list(row, known).missing)
    # A place that is such but for its list asks for what the list asks.
    of_place = () if alone.possible.is_settled else NEEDS
    return Derived(both.possible, tuple(dict.fromkeys((*of_place, *fields))))


def _failing_words(known: Known) -> str:
    for row in _rows(known):
        fails = _list(row, known)
        if fails.truth is TRUE:
            number = chosen(row.registry_number) or ""
            return _("no, a listed criterion of {trial} fails: {criterion}").format(
                trial=number.strip().upper(), criterion=unended(fails.words)
            )
    return ""


def _list(row: TrialPlace, known: Known) -> ListFails:
    number = chosen(row.registry_number)
    listed = None if number is None else known.lists.get(number.strip().upper())
    return listed if listed is not None else ListFails(FALSE)


def _rows(known: Known) -> list[TrialPlace]:
    """The places that are, or may be, for the option."""
    listed = known.patient.trial_places
    return [
        row
        for row in (listed.rows if listed else ())
        if is_one_of(row.therapy, _option(known)) is not FALSE
    ]


def paid_by_patient(known: Known) -> Derived:
    """Whether the person would pay for a place for the option.

    Source:
        nmosd-cds-project.
    """
    return _any_place(known, lambda row: is_one_of(row.who_pays, "patient"))


def into_the_eye(known: Known) -> Derived:
    """Whether a product that is offered for the option goes into or beside the eye.

    Source:
        nmosd-cds-project.
    """
    return _any_place(known, lambda row: is_yes(row.into_the_eye))


def above_trial_age(known: Known) -> Derived:
    """Whether the person is older than the named trial allows.

    Of several named trials the most permissive counts. Without one, or where its limit was not
    seen, the option's own limit; without any limit nobody is above it.

    Source:
        nmosd-cds-project.
    """
    age = known.once(age_years).possible
    assert isinstance(age, Interval)
    low, high = _limits(known)
    truth = UNKNOWN
    if low is None or (age.high is not None and age.high <= low):
        truth = FALSE
    elif high is not None and age.low is not None and age.low > high:
        truth = TRUE
    return Derived(truth_choices(truth), ("trial_places", "birth_date", "stated_age"))


def declined(known: Known) -> Derived:
    """Whether the person declines the option.

    Source:
        nmosd-cds-project.
    """
    listed = known.patient.declined_therapies
    truths = [is_one_of(row.therapy, _option(known)) for row in (listed.rows if listed else ())]
    if complete_from(listed, known.on) is None:
        truths.append(UNKNOWN)
    return Derived(truth_choices(any_of(truths)), ("declined_therapies",))


def _option(known: Known) -> str:
    assert known.option is not None
    return known.option


def _is_reference(known: Known) -> bool:
    definition = known.definitions.options.get(_option(known))
    return definition is not None and definition.kind == REFERENCE


def _any_place(known: Known, is_such: Callable[[TrialPlace], Truth]) -> Derived:
    listed = known.patient.trial_places
    if listed is None or not listed.rows:
        return known.once(_nowhere)
    truths = [all_of((is_one_of(row.therapy, _option(known)), is_such(row))) for row in listed.rows]
    if not known.once(_is_complete):
        truths.append(UNKNOWN)
    return Derived(truth_choices(any_of(truths)), NEEDS)


def _nowhere(known: Known) -> Derived:
    """Whether there is any place, where none is listed."""
    truth = FALSE if known.once(_is_complete) else UNKNOWN
    return Derived(truth_choices(truth), NEEDS)


def _is_complete(known: Known) -> bool:
    return complete_from(known.patient.trial_places, known.on) is not None


def _is_authorised(row: TrialPlace, known: Known) -> Truth:
    has_number = TRUE if chosen(row.ethics_number) else UNKNOWN
    return all_of(
        (
            _names_trial(row, known),
            has_number,
            is_one_of(row.who_pays, "sponsor", "insurer"),
            ~is_yes(row.criterion_fails),
        )
    )


def _names_trial(row: TrialPlace, known: Known) -> Truth:
    number = chosen(row.registry_number)
    return UNKNOWN if number is None else truth_of(_trial(number, known) is not None)


def _trial(number: str, known: Known) -> TrialDefinition | None:
    trial = known.definitions.trials.get(number.strip().upper())
    return trial if trial is not None and _is_of_option(trial, known) else None


def _is_of_option(trial: TrialDefinition, known: Known) -> bool:
    return trial.is_nmosd and trial.option == _option(known)


def _limits(known: Known) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and highest limit of age that may apply, in years; None: no limit."""
    definition = known.definitions.options.get(_option(known))
    own = definition.maximum_age if definition else None
    named, possible = _named_trials(known)
    certain = [_limit(trial, own) for trial in named]
    others = [_limit(trial, own) for trial in possible]
    if certain:
        return _largest(certain), _largest([*certain, *others])
    return _smallest([own, *others]), _largest([own, *others])


def _named_trials(known: Known) -> tuple[list[TrialDefinition], list[TrialDefinition]]:
    """Trials certainly named for the option, and others that may be."""
    named: list[TrialDefinition] = []
    any_other = not known.once(_is_complete)
    possible: list[TrialDefinition] = []
    listed = known.patient.trial_places
    for row in listed.rows if listed else ():
        about = is_one_of(row.therapy, _option(known))
        number = chosen(row.registry_number)
        trial = _trial(number, known) if number is not None else None
        if about is TRUE and trial is not None:
            named.append(trial)
        elif about is not FALSE and trial is not None:
            possible.append(trial)
        elif about is not FALSE and number is None:
            any_other = True
    if any_other:
        possible += known.definitions.trials_by_option.get(_option(known), ())
    return named, possible


def _limit(trial: TrialDefinition, own: Decimal | None) -> Decimal | None:
    return own if trial.maximum_age is None else trial.maximum_age


def _largest(limits: list[Decimal | None]) -> Decimal | None:
    seen = [limit for limit in limits if limit is not None]
    return max(seen) if len(seen) == len(limits) else None


def _smallest(limits: list[Decimal | None]) -> Decimal | None:
    return min((limit for limit in limits if limit is not None), default=None)


def _fact(
    name: str, label: str, needs: tuple[str, ...], compute: Callable[[Known], Derived]
) -> DerivedFact:
    return DerivedFact(
        name=name,
        kind="yes-no",
        label=label,
        needs=needs,
        compute=compute,
        source="nmosd-cds-project",
        per_option=True,
    )


AUTHORISED_SETTING = _fact(
    "authorised_setting", N_("Authorised setting"), NEEDS, authorised_setting
)
NAMED_TRIAL = _fact("named_trial", N_("A known NMOSD trial is named"), NEEDS, named_trial)
PAID_BY_PATIENT = _fact("paid_by_patient", N_("Paid by the patient"), NEEDS, paid_by_patient)
INTO_THE_EYE = _fact("into_the_eye", N_("Into or beside the eye"), NEEDS, into_the_eye)
ABOVE_TRIAL_AGE = _fact(
    "above_trial_age",
    N_("Older than the trial allows"),
    (*NEEDS, "birth_date", "stated_age"),
    above_trial_age,
)
DECLINED = _fact("declined", N_("Declined by the person"), ("declined_therapies",), declined)
