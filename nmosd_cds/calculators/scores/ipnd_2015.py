"""The diagnostic criteria of 2015 on plain inputs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from nmosd_cds.calculators.scores import asked
from nmosd_cds.calculators.scores.given import Given
from nmosd_cds.calculators.scores.score import Score, Worked, settled
from nmosd_cds.calculators.scores.told import in_step
from nmosd_cds.i18n import N_, _
from nmosd_cds.i18n.joining import listed

ANCHORS = frozenset({"optic_neuritis", "myelitis", "area_postrema"})
# The typical lesion is part of the characteristic itself, whatever the serology.
MRI_ALWAYS = frozenset({"diencephalic", "cerebral"})
CORE = ("optic_neuritis", "myelitis", "area_postrema", "brainstem", *sorted(MRI_ALWAYS))
AQP4 = ("positive", "negative", "unknown")
_ROW = (
    asked.choice("type", N_("Core characteristic"), CORE),
    asked.yes_no("mri_met", N_("MRI requirement met")),
)
INPUTS = (
    asked.choice("aqp4", N_("AQP4-IgG"), AQP4, field="aqp4_igg"),
    asked.Asked("core", N_("Core characteristics"), "rows", row=_ROW),
    asked.yes_no(
        "alternatives_excluded", N_("Alternatives excluded"), field="alternatives_excluded"
    ),
)
NEEDS = tuple(one.name for one in INPUTS)
ROW = tuple(one.name for one in _ROW)


def ipnd_2015(raw: object) -> Worked:
    """Whether the criteria are met, by the branch that the serology allows.

    What is missing may be either: `met` is then `indeterminate` unless it makes no difference.

    Args:
        raw: `aqp4`, `core` as a list of `type` and `mri_met`, `alternatives_excluded`.

    Raises:
        CdsError: An input is wrong.

    Source:
        wingerchuk-2015.
    """
    given = Given(raw, NEEDS)
    aqp4 = given.choice("aqp4", AQP4)
    rows = given.rows("core", ROW)
    alternatives = given.yes_no("alternatives_excluded")
    core = [(str(row.choice("type", CORE)), row.yes_no("mri_met")) for row in rows or ()]
    for row in rows or ():
        row.require("type")
    given.stop_if_wrong()
    surely = [kind for kind, mri in core if mri]
    seen: dict[str, tuple[bool, ...]] = {}
    for kind, mri in core:
        if kind not in surely:
            seen[kind] = (*seen.get(kind, ()), *((False, True) if mri is None else (mri,)))
    seen = {kind: tuple(set(either)) for kind, either in seen.items()}
    seen |= dict.fromkeys(surely, (True,))
    if rows is None:
        seen = dict.fromkeys(CORE, (False, True))
    serologies = (aqp4,) if aqp4 is not None else ("positive", "negative")
    exclusions = (False, True) if alternatives is None else (alternatives,)
    possible = [
        excluded and _is_met(serology, dict(zip(seen, with_mri, strict=True)), rows is None)
        for serology, excluded in product(serologies, exclusions)
        for with_mri in product(*seen.values())
    ]
    met = settled(possible)
    unread = tuple(
        f"core[{at}].mri_met"
        for at, (kind, mri) in enumerate(core, start=1)
        if mri is None and (aqp4 != "positive" or kind in MRI_ALWAYS)
    )
    branch = f"aqp4_{aqp4 or 'unknown'}"
    return Worked(
        {"met": met, "branch": branch},
        (
            _("Branch: {branch}.").format(branch=in_step(branch)),
            _("Different core characteristics: {names}.").format(names=_names(seen, rows is None)),
            _("Alternatives excluded: {answer}.").format(answer=in_step(settled(exclusions))),
        ),
        (*given.missing(NEEDS), *unread),
        _prompts(aqp4),
    )


def _is_met(aqp4: str, with_mri: dict[str, bool], is_unlisted: bool) -> bool:
    counted = {kind for kind, has_mri in with_mri.items() if has_mri}
    if aqp4 == "positive":
        # Short myelitis or optic neuritis without MRI suffices; a characteristic nobody named not.
        named = set() if is_unlisted else set(with_mri) - MRI_ALWAYS
        return bool(counted | named)
    return len(counted) >= 2 and bool(counted & ANCHORS)


def _names(seen: Iterable[str], is_unlisted: bool) -> str:
    return _("not known") if is_unlisted else listed(map(in_step, seen)) or _("none")


def _prompts(aqp4: str | None) -> tuple[str, ...]:
    if aqp4 == "positive":
        return (
            _(
                "A low index by ELISA without a typical syndrome needs a cell-based assay before "
                "any cellular therapy."
            ),
        )
    return (_("Ask for MOG-IgG and a second cell-based assay of AQP4-IgG."),)


IPND_2015 = Score("ipnd_2015", N_("Diagnostic criteria of NMOSD, 2015"), INPUTS, ipnd_2015)
