"""The diagnostic criteria of 2015 over three values, and red flags for another diagnosis."""

from __future__ import annotations

from nmosd_cds.calculators.answered import is_one_of, is_yes, truth_choices
from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.calculators.serostatus import NEEDS as SEROLOGY
from nmosd_cds.calculators.serostatus import aqp4_positive, core_event
from nmosd_cds.i18n import N_
from nmosd_cds.logic.truth import Truth, all_of, any_of

# Core characteristic to the field that holds its MRI requirement; None: part of the item itself.
MRI_FIELDS: dict[str, str | None] = {
    "optic-neuritis": "mri_optic_nerve",
    "acute-myelitis": "mri_long_myelitis",
    "area-postrema": "mri_area_postrema",
    "acute-brainstem": "mri_brainstem",
    "diencephalic": None,
    "cerebral": None,
}
ANCHORS = frozenset({"optic-neuritis", "acute-myelitis", "area-postrema"})
COUNT_WITHOUT_AQP4 = 2  # different core characteristics (Wingerchuk 2015)
MRI_NAMES = tuple(name for name in MRI_FIELDS.values() if name is not None)


def ipnd_met(known: Known) -> Derived:
    """Whether the criteria are met by the branch that the serology allows.

    Without proof of AQP4-IgG only characteristics whose MRI requirement is met are counted.

    Source:
        wingerchuk-2015.
    """
    with_aqp4 = all_of((aqp4_positive(known), core_event(known, *MRI_FIELDS)))
    without = _branch_without_aqp4(known)
    excluded = is_yes(known.patient.alternatives_excluded)
    truth = all_of((excluded, any_of((with_aqp4, without))))
    return Derived(truth_choices(truth), _missing(known, with_aqp4, without))


def red_flag(known: Known) -> Derived:
    """Whether anything points to another diagnosis.

    Source:
        wingerchuk-2015.
    """
    patient = known.patient
    flags = {
        "progression_without_attacks": is_yes(patient.progression_without_attacks),
        "oligoclonal_bands": is_one_of(patient.oligoclonal_bands, "positive"),
        "other_red_flag": is_yes(patient.other_red_flag),
    }
    missing = tuple(name for name, truth in flags.items() if truth is Truth.UNKNOWN)
    return Derived(truth_choices(any_of(flags.values())), missing)


def _branch_without_aqp4(known: Known) -> Truth:
    counted = {core: _counts(known, core) for core in MRI_FIELDS}
    certain = {core for core, truth in counted.items() if truth is Truth.TRUE}
    possible = {core for core, truth in counted.items() if truth is not Truth.FALSE}
    if _is_enough(certain):
        return Truth.TRUE
    return Truth.UNKNOWN if _is_enough(possible) else Truth.FALSE


def _is_enough(cores: set[str]) -> bool:
    return len(cores) >= COUNT_WITHOUT_AQP4 and bool(cores & ANCHORS)


def _counts(known: Known, core: str) -> Truth:
    field = MRI_FIELDS[core]
    seen = Truth.TRUE if field is None else is_yes(getattr(known.patient, field))
    return all_of((core_event(known, core), seen))


def _missing(known: Known, with_aqp4: Truth, without: Truth) -> tuple[str, ...]:
    asked: list[str] = []
    if any_of((with_aqp4, without)) is Truth.UNKNOWN:
        if aqp4_positive(known) is Truth.UNKNOWN:
            asked.append("aqp4_igg")
        answer = known.patient.core_characteristics
        if answer is None or not answer.complete:
            asked.append("core_characteristics")
        if without is Truth.UNKNOWN:
            asked += [
                field
                for core, field in MRI_FIELDS.items()
                if field is not None
                and core_event(known, core) is not Truth.FALSE
                and is_yes(getattr(known.patient, field)) is Truth.UNKNOWN
            ]
    if is_yes(known.patient.alternatives_excluded) is Truth.UNKNOWN:
        asked.append("alternatives_excluded")
    return tuple(asked)


IPND_MET = DerivedFact(
    name="ipnd_met",
    kind="yes-no",
    label=N_("Diagnostic criteria of 2015 met"),
    needs=(*SEROLOGY[:3], "core_characteristics", *MRI_NAMES, "alternatives_excluded"),
    compute=ipnd_met,
    source="wingerchuk-2015",
)
RED_FLAG = DerivedFact(
    name="red_flag",
    kind="yes-no",
    label=N_("Red flag for another diagnosis"),
    needs=("progression_without_attacks", "oligoclonal_bands", "other_red_flag"),
    compute=red_flag,
    source="wingerchuk-2015",
)
