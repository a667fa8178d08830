"""One input of a score as a form asks for it: its words, its unit, what may be answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from nmosd_cds.i18n import N_

Kind = Literal[
    "number", "whole", "yes_no", "choice", "choices", "day", "days", "numbers", "text", "rows"
]


@dataclass(frozen=True)
class Asked:
    """One input.

    Attributes:
        name: Name in the file of inputs, and in `Worked.missing`.
        label: English words, marked for translation.
        kind: What is answered; `numbers`, `days` and `choices` are lists of it, `rows` a table.
        unit: Unit in which a number is read; empty if it has none.
        limits: Least and greatest number; None if the score sets none.
        choices: Id and words of each answer of a `choice` or `choices`.
        row: Inputs of one row of `rows`.
        field: Patient field that answers it in the same words or unit; empty if none does.
    """

    name: str
    label: str
    kind: Kind
    unit: str = ""
    limits: tuple[float, float] | None = None
    choices: tuple[tuple[str, str], ...] = ()
    row: tuple[Asked, ...] = ()
    field: str = ""


def number(
    name: str, label: str, unit: str, limits: tuple[float, float], *, field: str = ""
) -> Asked:
    """A number in a unit."""
    return Asked(name, label, "number", unit=unit, limits=limits, field=field)


def whole(name: str, label: str, most: int, *, field: str = "") -> Asked:
    """A whole number from 0."""
    return Asked(name, label, "whole", limits=(0, most), field=field)


def yes_no(name: str, label: str, *, field: str = "") -> Asked:
    """A yes or a no."""
    return Asked(name, label, "yes_no", field=field)


def choice(name: str, label: str, ids: Iterable[str], *, field: str = "") -> Asked:
    """One of some words."""
    return Asked(name, label, "choice", choices=in_words(ids), field=field)


def choices(name: str, label: str, ids: Iterable[str]) -> Asked:
    """Several of some words."""
    return Asked(name, label, "choices", choices=in_words(ids))


def in_words(ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Ids with the words people see."""
    return tuple((one, WORDS.get(one, one.replace("_", " "))) for one in ids)


# Words where the id with spaces would not read well.
WORDS: Mapping[str, str] = {
    "F": N_("female"),
    "M": N_("male"),
    "none": N_("none"),
    "slight_activity": N_("on slight activity"),
    "at_rest": N_("at rest"),
    "no_vasopressor": N_("without vasopressor"),
    "one_vasopressor": N_("one vasopressor, with or without vasopressin"),
    "multiple_vasopressors": N_("several vasopressors, vasopressin not counted"),
    "low_flow": N_("low-flow oxygen"),
    "high_flow_or_mask": N_("high-flow oxygen or a mask"),
    "positive_pressure": N_("positive pressure"),
    "normal": N_("normal"),
    "awakens_spontaneously": N_("awakens by itself"),
    "awakens_to_voice": N_("awakens to voice"),
    "awakens_to_tactile": N_("awakens to touch alone"),
    "unarousable": N_("cannot be woken"),
    "resolves": N_("a seizure that resolves"),
    "prolonged_or_repetitive": N_("over 5 minutes, or repeated without recovery"),
    "new_deep_weakness": N_("new deep weakness"),
    "focal_oedema": N_("focal oedema"),
    "diffuse_oedema_or_raised_icp_signs": N_("diffuse oedema or signs of raised pressure"),
    "positive": N_("positive"),
    "negative": N_("negative"),
    "unknown": N_("not known"),
    "neurostatus": N_("Neurostatus"),
    "kurtzke": N_("Kurtzke 1983"),
    "optic_neuritis": N_("optic neuritis"),
    "myelitis": N_("myelitis"),
    "area_postrema": N_("area postrema syndrome"),
    "brainstem": N_("acute brainstem syndrome"),
    "diencephalic": N_("diencephalic syndrome"),
    "cerebral": N_("cerebral syndrome"),
    "clear_positive": N_("clear positive (1:100 or more)"),
    "low_positive": N_("low positive"),
    "positive_no_titre": N_("positive without titre"),
    "serum_negative_csf_positive": N_("serum negative, CSF positive"),
    "adem": N_("ADEM"),
    "cerebral_mono_or_polyfocal": N_("cerebral, one or several foci"),
    "brainstem_or_cerebellar": N_("brainstem or cerebellar"),
    "cerebral_cortical_encephalitis": N_("cortical encephalitis"),
    "bilateral_simultaneous_on": N_("both optic nerves at once"),
    "longitudinal_on_over_half_length": N_("over half the length of the optic nerve"),
    "perineural_sheath_enhancement": N_("enhancement of the nerve sheath"),
    "optic_disc_oedema": N_("optic disc oedema"),
    "longitudinally_extensive_myelitis": N_("longitudinally extensive myelitis"),
    "central_cord_or_h_sign": N_("central cord lesion or H sign"),
    "conus_lesion": N_("conus lesion"),
    "ill_defined_t2_supra_and_infratentorial": N_(
        "ill-defined T2 lesions above and below the tent"
    ),
    "deep_grey_matter": N_("deep grey matter"),
    "ill_defined_t2_pons_mcp_medulla": N_("ill-defined T2 lesions of pons, peduncle or medulla"),
    "cortical_lesion_with_or_without_meningeal_enhancement": N_(
        "cortical lesion, with or without meningeal enhancement"
    ),
    "failed_adequate": N_("failed, adequate trial"),
    "tried_not_adequate": N_("tried, trial not adequate"),
    "untried": N_("untried"),
    "intolerant": N_("not tolerated"),
    "contraindicated": N_("contraindicated"),
    "not_accessible": N_("not accessible"),
}
