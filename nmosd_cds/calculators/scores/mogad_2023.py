"""The criteria of MOG antibody disease on plain inputs."""

from __future__ import annotations

from itertools import product

from nmosd_cds.calculators.scores import asked
from nmosd_cds.calculators.scores.given import Given
from nmosd_cds.calculators.scores.score import INDETERMINATE, Score, Worked, settled
from nmosd_cds.calculators.scores.told import in_step
from nmosd_cds.i18n import N_, _
from nmosd_cds.i18n.joining import listed

# Core event to the group of its supporting features.
CORE_EVENTS = {
    "optic_neuritis": "optic_neuritis",
    "myelitis": "myelitis",
    "adem": "brain",
    "cerebral_mono_or_polyfocal": "brain",
    "brainstem_or_cerebellar": "brain",
    "cerebral_cortical_encephalitis": "brain",
}
MOG = (
    "clear_positive",
    "low_positive",
    "positive_no_titre",
    "serum_negative_csf_positive",
    "negative",
)
AQP4 = ("positive", "negative", "unknown")
SUPPORTING = {
    "bilateral_simultaneous_on": "optic_neuritis",
    "longitudinal_on_over_half_length": "optic_neuritis",
    "perineural_sheath_enhancement": "optic_neuritis",
    "optic_disc_oedema": "optic_neuritis",
    "longitudinally_extensive_myelitis": "myelitis",
    "central_cord_or_h_sign": "myelitis",
    "conus_lesion": "myelitis",
    "ill_defined_t2_supra_and_infratentorial": "brain",
    "deep_grey_matter": "brain",
    "ill_defined_t2_pons_mcp_medulla": "brain",
    "cortical_lesion_with_or_without_meningeal_enhancement": "brain",
}
INPUTS = (
    asked.choices("core_event", N_("Core events"), CORE_EVENTS),
    asked.choice("mog", N_("MOG-IgG"), MOG),
    asked.choice("aqp4", N_("AQP4-IgG"), AQP4, field="aqp4_igg"),
    asked.choices("supporting", N_("Supporting features"), SUPPORTING),
    asked.yes_no(
        "alternatives_excluded", N_("Alternatives excluded"), field="alternatives_excluded"
    ),
)
NEEDS = tuple(one.name for one in INPUTS)


def mogad_2023(raw: object) -> Worked:
    """Whether the criteria are met.

    Both antibodies clearly positive is `indeterminate`: both are tested again before any label.
    What is missing may be either, and makes `met` indeterminate unless it makes no difference.

    Args:
        raw: `core_event` and `supporting` as lists of words, `mog`, `aqp4`,
            `alternatives_excluded`.

    Raises:
        CdsError: An input is wrong.

    Source:
        banwell-2023-mogad.
    """
    given = Given(raw, NEEDS)
    events = given.choices("core_event", CORE_EVENTS)
    mog = given.choice("mog", MOG)
    aqp4 = given.choice("aqp4", AQP4)
    supporting = given.choices("supporting", SUPPORTING)
    alternatives = given.yes_no("alternatives_excluded")
    given.stop_if_wrong()
    either = (False, True)
    possible = [
        _is_met(*one)
        for one in product(
            either if events is None else (bool(events),),
            MOG if mog is None else (mog,),
            AQP4 if aqp4 is None else (aqp4,),
            either if supporting is None else (bool(supporting),),
            either if alternatives is None else (alternatives,),
        )
    ]
    met = settled(possible)
    is_dual = aqp4 == "positive" and mog is not None and mog != "negative"
    if is_dual and met is True:
        met = INDETERMINATE
    unknown = _("not known")
    return Worked(
        {"met": met, "is_dual_positive": is_dual},
        (
            _("Core event: {names}.").format(names=_names(events)),
            _("MOG-IgG: {mog}; AQP4-IgG: {aqp4}.").format(
                mog=in_step(mog or unknown), aqp4=in_step(aqp4 or unknown)
            ),
            _("Supporting features: {names}.").format(names=_names(supporting)),
            _("Alternatives excluded: {answer}.").format(
                answer=unknown if alternatives is None else _("yes") if alternatives else _("no")
            ),
        ),
        given.missing(NEEDS),
        _warnings(is_dual, events or (), supporting or ()),
    )


def _is_met(
    has_event: bool, mog: str, aqp4: str, has_support: bool, is_alternative_excluded: bool
) -> bool:
    if not (has_event and is_alternative_excluded) or mog == "negative":
        return False
    return mog == "clear_positive" or (aqp4 == "negative" and has_support)


def _names(seen: tuple[str, ...] | None) -> str:
    return _("not known") if seen is None else listed(map(in_step, seen)) or _("none")


def _warnings(
    is_dual: bool, events: tuple[str, ...], supporting: tuple[str, ...]
) -> tuple[str, ...]:
    said: list[str] = []
    if is_dual:
        said.append(
            _("MOG-IgG and AQP4-IgG are both positive: test both again by cell-based assay.")
        )
    groups = {CORE_EVENTS[event] for event in events}
    if any(SUPPORTING[feature] not in groups for feature in supporting):
        said.append(_("A supporting feature belongs to another event than the one given."))
    return tuple(said)


MOGAD_2023 = Score("mogad_2023", N_("Criteria of MOGAD, 2023"), INPUTS, mogad_2023)
