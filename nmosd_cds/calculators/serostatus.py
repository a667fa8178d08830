"""AQP4 and MOG serology as one fact."""

from __future__ import annotations

from decimal import Decimal

from nmosd_cds.calculators.answered import chosen, is_yes
from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.i18n import N_
from nmosd_cds.logic.fact import Choices, Interval
from nmosd_cds.logic.truth import Truth, any_of
from nmosd_cds.patient.known import titre_interval

POSITIVE, NEGATIVE, MOGAD = SEROSTATUSES = ("aqp4-positive", "aqp4-negative", "mogad")
CELL_BASED = "cell-based"
# Of the core events of MOGAD, those the form can record (Banwell 2023).
MOGAD_CORE_EVENTS = ("optic-neuritis", "acute-myelitis", "acute-brainstem", "cerebral")
NEEDS = (
    "aqp4_igg",
    "aqp4_drawn_before_treatment",
    "aqp4_repeated_negative",
    "mog_igg",
    "core_characteristics",
)


def serostatus(known: Known) -> Derived:
    """The serostatuses still possible.

    A titre of MOG-IgG at or above the clear-positive one is read as such by any assay: only a
    cell-based assay reports one. A low or missing titre settles nothing.

    Source:
        wingerchuk-2015, banwell-2023-mogad.
    """
    aqp4 = aqp4_positive(known)
    if aqp4 is Truth.TRUE:
        return Derived(Choices(frozenset({POSITIVE}), SEROSTATUSES))
    possible = set(_without_aqp4(known))
    if aqp4 is Truth.UNKNOWN:
        possible.add(POSITIVE)
    return Derived(Choices(frozenset(possible), SEROSTATUSES), _missing(known, aqp4))


def aqp4_positive(known: Known) -> Truth:
    """Whether AQP4-IgG is present.

    TRUE by cell-based assay alone. FALSE if negative by cell-based assay, drawn before treatment
    or negative again on repeat. Any other assay, or one not named, leaves it unknown.

    Source:
        wingerchuk-2015, nmosd-cds-project (when a negative counts).
    """
    test = known.patient.aqp4_igg
    if test is None or test.value is None or test.assay != CELL_BASED:
        return Truth.UNKNOWN
    if test.value == "positive":
        return Truth.TRUE
    trusted = any_of(
        (
            is_yes(known.patient.aqp4_drawn_before_treatment),
            is_yes(known.patient.aqp4_repeated_negative),
        )
    )
    return Truth.FALSE if trusted is Truth.TRUE else Truth.UNKNOWN


def core_event(known: Known, *events: str) -> Truth:
    """Whether the person has had one of some core events.

    Source:
        wingerchuk-2015.
    """
    answer = known.patient.core_characteristics
    if answer is None or answer.value is None:
        return Truth.UNKNOWN
    if set(events) & set(answer.value):
        return Truth.TRUE
    return Truth.FALSE if answer.complete else Truth.UNKNOWN


def _without_aqp4(known: Known) -> tuple[str, ...]:
    test = known.patient.mog_igg
    if test is None or test.value is None:
        return NEGATIVE, MOGAD
    if test.value == "negative":
        return (NEGATIVE,)
    if not _is_clear_positive(known):
        return NEGATIVE, MOGAD
    event = core_event(known, *MOGAD_CORE_EVENTS)
    return {Truth.TRUE: (MOGAD,), Truth.FALSE: (NEGATIVE,), Truth.UNKNOWN: (NEGATIVE, MOGAD)}[event]


def _is_clear_positive(known: Known) -> bool:
    test = known.patient.mog_igg
    if test is None or test.titre is None:
        return False
    threshold: Decimal = known.definitions.numbers["mog_clear_positive_titre"]
    return titre_interval(test.titre, test.titre_comparator).is_inside(Interval(threshold, None))


def _missing(known: Known, aqp4: Truth) -> tuple[str, ...]:
    asked: list[str] = []
    if aqp4 is Truth.UNKNOWN:
        test = known.patient.aqp4_igg
        if test is not None and test.value == "negative" and test.assay == CELL_BASED:
            asked += ["aqp4_drawn_before_treatment", "aqp4_repeated_negative"]
        else:
            asked.append("aqp4_igg")
    if chosen(known.patient.mog_igg) != "negative":
        asked.append("core_characteristics" if _is_clear_positive(known) else "mog_igg")
    return tuple(asked)


SEROSTATUS = DerivedFact(
    name="serostatus",
    kind="choice",
    label=N_("Serostatus"),
    choices=SEROSTATUSES,
    needs=NEEDS,
    compute=serostatus,
    source="wingerchuk-2015",
)
