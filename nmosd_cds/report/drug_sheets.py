"""The sheets of the drugs a page names, for the annex: standing, failure, what comes after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nmosd_cds.advice.model import Advice
from nmosd_cds.evidence.study import Approval, Drug, SafetyNote, Source
from nmosd_cds.i18n import N_, _, format_partial
from nmosd_cds.i18n.joining import beside, ended, gap, headed, noted, parted, run_of
from nmosd_cds.report.model import Block, Heading, Line, Paragraph, words
from nmosd_cds.report.wording import sentence, word

_STANDING: Mapping[str, str] = {
    "approved": N_("approved"),
    "off-label": N_("off-label"),
    "general-licence": N_("general licence"),
    "not-for-nmosd": N_("not for NMOSD"),
}


def drug_sheet_blocks(advice: Advice, sources: Mapping[str, Source]) -> Iterator[Block]:
    """One paragraph a drug: those taken now, and those of the three classes."""
    drugs = [one for key in _named(advice) if isinstance(one := sources.get(key), Drug)]
    if drugs:
        yield Heading(_("Drug sheets"))
    for drug in drugs:
        yield Paragraph(_sheet(drug))


def _named(advice: Advice) -> tuple[str, ...]:
    present = [name.lower().replace(" ", "-") for name in advice.indication.present_drugs]
    classes = [drug for one in advice.standard_care.classes for drug in one.drugs]
    return tuple(dict.fromkeys([*present, *classes]))


def _sheet(drug: Drug) -> Line:
    line = words(ended(noted(drug.name, drug.brand or "")), bold=True)
    if drug.harms_in_nmosd == "true":
        line += words(_("Harmful or useless in NMOSD: not a treatment of it."), bold=True)
        line += words(gap())
    standing = parted(_approval(region, one) for region, one in drug.approvals.items())
    line += _part(_("Standing for NMOSD"), standing)
    weeks = drug.adequate_trial.minimum_weeks
    trial = sentence(drug.adequate_trial.definition)
    if weeks is not None:
        trial = run_of([_("At least {n} weeks.").format(n=weeks), trial])
    line += _part(_("Adequate trial (project rule)"), trial)
    if drug.washout is not None:
        line += _part(_("Before collection of cells"), drug.washout.text)
    for label, notes in (
        (_("Failure"), drug.failure),
        (_("Ruled out first"), drug.pseudo_failure),
        (_("After its failure"), drug.switch),
        (_("Safety"), drug.safety),
        (_("Pregnancy"), drug.pregnancy),
    ):
        line += _part(label, run_of(_noted(note) for note in notes))
    return line


def _part(label: str, said: str) -> Line:
    return words(headed(label), tone="soft") + words(ended(said)) if said else ()


def _approval(region: str, one: Approval) -> str:
    where = "" if region == "all" else region.upper()
    when = format_partial(one.date) if one.status == "approved" and one.date else ""
    said = beside(where, word(_STANDING, one.status), when)
    is_recalled = "memory" in (one.flag, one.date_flag)
    return noted(said, _("recalled")) if is_recalled else said


def _noted(note: SafetyNote) -> str:
    said = sentence(note.text)
    marks = {"memory": _("recalled"), "project": _("project")}
    return sentence(noted(said[:-1], marks[note.flag])) if note.flag in marks else said
