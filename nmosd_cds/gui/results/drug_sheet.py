"""One preventive drug as a sheet: whom for, where licensed, when it failed, what comes after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nmosd_cds.evidence.study import Approval, Arm, Drug, Group, Region, SafetyNote, Source, Study
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.results import markup as m
from nmosd_cds.gui.results.sheet_figures import value_html
from nmosd_cds.gui.results.sheet_parts import addresses, conflicts, legend, line
from nmosd_cds.gui.style import SMALL, TITLE
from nmosd_cds.i18n import N_, _, format_partial
from nmosd_cds.i18n.joining import aside, listed, run_of
from nmosd_cds.knowledge.walk import visited
from nmosd_cds.report.wording import capital, sentence, word

_CLASSES: Mapping[str, str] = {
    "c5": N_("One of the C5 complement inhibitors"),
    "b-cell": N_("One of the B-cell antibodies (CD19, CD20)"),
    "il6r": N_("One of the IL-6 receptor antibodies"),
    "classical": N_("Classical immunosuppressant: closes no mechanism class"),
    "none": N_("In no mechanism class"),
}
_GROUPS: Mapping[Group, str] = {
    "aqp4-positive-adult": N_("AQP4-positive adults"),
    "aqp4-negative": N_("AQP4-negative"),
    "under-18": N_("Under 18"),
}
_REGIONS: Mapping[Region, str] = {
    "us": N_("United States"),
    "eu": N_("European Union"),
    "jp": N_("Japan"),
    "cn": N_("China"),
    "all": N_("Everywhere"),
}
_STANDING: Mapping[str, str] = {
    "approved": N_("approved"),
    "off-label": N_("off-label"),
    "general-licence": N_("general licence"),
    "not-for-nmosd": N_("not for NMOSD"),
}
# Figures shown of one arm; the others stand in the study.
_FIGURES = 4
_LABEL = 124
_REGION, _STATE, _SINCE = 102, 70, 84
_NARROW_FROM = 1.5
_MARK = 22


def drug_html(drug: Drug, sources: Mapping[str, Source]) -> str:
    """The sheet of a drug; `sources` gives the figures of its trials."""
    brand = aside(drug.brand or "")
    html = line(f"{m.sized(m.bold(drug.name), TITLE)}{m.text(brand)}")
    html += line(m.text(_facts(drug)))
    if drug.harms_in_nmosd == "true":
        html += line(m.attention(_("Harmful or useless in NMOSD: not a treatment of it.")))
    html += m.heading(_("Whom it is for")) + _indications(drug)
    html += m.heading(_("Standing for NMOSD, by region")) + _approvals(drug.approvals)
    html += _notes(_("Dose as printed"), _one(drug.dose))
    html += _trial(drug)
    html += _notes(_("When a relapse counts as its failure"), drug.failure)
    html += _notes(_("Ruled out first"), drug.pseudo_failure)
    html += _notes(_("After its failure"), drug.switch)
    html += _washout(drug)
    html += _notes(_("Safety"), drug.safety)
    html += _notes(_("Watched during treatment"), drug.monitoring)
    html += _notes(_("Pregnancy"), drug.pregnancy)
    html += _results(drug, sources)
    html += _notes(_("Reported elsewhere"), drug.reported)
    html += conflicts(drug.conflicts)
    html += line(m.soft(sentence(drug.note))) if drug.note else ""
    found = (one.value for one in visited(drug) if one.name == "source_url" and one.value)
    return html + addresses(dict.fromkeys(found)) + legend(with_project=True)


def _facts(drug: Drug) -> str:
    parts = [drug.substance]
    if drug.target not in (_("various"), _("broad")):
        parts.append(_("acts on {target}").format(target=drug.target))
    parts.append(word(_CLASSES, drug.mechanism_class))
    return run_of(sentence(capital(part)) for part in parts if part)


def _one(note: SafetyNote | None) -> tuple[SafetyNote, ...]:
    return (note,) if note is not None else ()


def _mark(flag: str, confirmed: str = "none") -> str:
    return m.shape(shapes.flag_shape(flag, confirmed), 12)


def _cites(keys: Iterable[str]) -> str:
    links = listed(m.link(f"study:{key}", key) for key in keys)
    return f" {links}" if links else ""


def _notes(title: str, notes: tuple[SafetyNote, ...]) -> str:
    if not notes:
        return ""
    rows = (
        m.row(
            m.cell(_mark(note.flag, note.confirmed_by_second), width=_MARK),
            m.cell(m.text(sentence(note.text)) + _cites(note.cites)),
        )
        for note in notes
    )
    return m.heading(title) + m.table(rows, gap=2)


def _indications(drug: Drug) -> str:
    if not drug.indications:
        return line(m.soft(_("Not printed in the texts seen.")))
    rows = []
    for group, label in _GROUPS.items():
        note = drug.indications.get(group)
        said = m.soft(_("not said in the texts seen"))
        mark = ""
        if note is not None:
            said = m.text(sentence(note.text)) + _cites(note.cites)
            mark = _mark(note.flag, note.confirmed_by_second)
        rows.append(
            m.row(
                m.cell(m.soft(_(label)), width=_label_width(), rule="line"),
                m.cell(said, rule="line"),
                m.cell(mark, width=_MARK, rule="line"),
            )
        )
    return m.table(rows, gap=3)


def _approvals(approvals: Mapping[Region, Approval]) -> str:
    if not approvals:
        return line(m.soft(_("Not printed in the texts seen.")))
    heads = m.row(
        m.cell(m.soft(_("Region")), width=_REGION, rule="edge"),
        m.cell(m.soft(_("Standing")), width=_STATE, rule="edge"),
        m.cell(m.soft(_("Since")), width=_SINCE, rule="edge"),
        m.cell(m.soft(_("For whom")), rule="edge"),
        m.cell("", width=_MARK, rule="edge"),
    )
    names = [name for name in _REGIONS if (name == "all") == ("all" in approvals)]
    rows = [_approval(name, approvals.get(name)) for name in names]
    return m.table(rows if _is_narrow() else [heads, *rows], gap=3)


def _is_narrow() -> bool:
    """Whether the words are so large that columns stand below each other."""
    return style.look.zoom >= _NARROW_FROM


def _label_width() -> int:
    return _LABEL // 2 if _is_narrow() else _LABEL


def _approval(name: Region, one: Approval | None) -> str:
    region = m.text(_(_REGIONS[name]))
    if one is None:
        cells = [m.soft(_("not known")), "", "", ""]
    else:
        standing = word(_STANDING, one.status)
        since = m.text(format_partial(one.date)) if one.date else m.soft(_("not printed"))
        if one.date and (one.date_flag or one.flag) == "memory":
            since = f"{m.slanted(format_partial(one.date))}<br>{m.soft(_('(recalled)'))}"
        if one.status != "approved":
            since = ""
        whom = m.text(one.population) if one.population else ""
        if one.note:
            whom += f"{'<br>' if whom else ''}{m.sized(m.soft(sentence(one.note)), SMALL)}"
        is_approved = one.status == "approved"
        cells = [
            m.bold(standing) if is_approved else m.text(standing),
            since,
            whom,
            _mark(one.flag, one.confirmed_by_second),
        ]
    if _is_narrow():
        said = "<br>".join(part for part in cells[:3] if part)
        return m.row(
            m.cell(region, width=_label_width(), rule="line"),
            m.cell(said, rule="line"),
            m.cell(cells[3], width=_MARK, rule="line"),
        )
    widths = (_STATE, _SINCE, 0, _MARK)
    return m.row(
        m.cell(region, width=_REGION, rule="line"),
        *(m.cell(c, width=w, rule="line") for c, w in zip(cells, widths, strict=True)),
    )


def _trial(drug: Drug) -> str:
    trial = drug.adequate_trial
    weeks = (
        _("At least {n} weeks.").format(n=trial.minimum_weeks)
        if trial.minimum_weeks is not None
        else _("No time on it counts.")
    )
    html = m.heading(_("Adequate trial"))
    basis = f" {m.soft(_('(project rule)'))}" if trial.basis == "project" else ""
    html += line(
        f"{m.bold(weeks)}{basis} {m.text(sentence(trial.definition))}{_cites(trial.cites)}"
    )
    if trial.early_window_weeks is not None:
        early = _("A relapse within {n} weeks of an infusion is not yet failure.")
        html += line(m.text(early.format(n=trial.early_window_weeks)))
    return html + _notes(_("Time to effect"), _one(drug.time_to_effect))


def _washout(drug: Drug) -> str:
    one = drug.washout
    if one is None:
        return ""
    days = (
        _("{n} days or more.").format(n=one.days)
        if one.days is not None
        else _("No interval is published.")
    )
    said = f"{_mark(one.flag)}&nbsp; {m.bold(days)} {m.text(sentence(one.text))}{_cites(one.cites)}"
    return m.heading(_("Before collection of cells")) + line(said)


def _results(drug: Drug, sources: Mapping[str, Source]) -> str:
    html = ""
    for key in drug.studies:
        study = sources.get(key)
        said = m.link(f"study:{key}", key)
        if isinstance(study, Study):
            said += f" {m.text(sentence(study.summary))}"
        html += line(said)
        if isinstance(study, Study):
            arms = [arm for arm in study.arms if arm.option == drug.id]
            html += m.table((row for arm in arms for row in _figures(study, arm)), gap=2)
    return m.heading(_("Results of its trials")) + html if html else ""


def _figures(study: Study, arm: Arm) -> Iterable[str]:
    shown = [one for one in arm.figures if one.kind != "text"][:_FIGURES]
    for one in shown:
        value = value_html(one, arm)
        label = m.link(f"study:{study.id}/{one.id}", one.label, token="text2")
        cells = [m.cell(label, rule="line"), m.cell(value, width=150, rule="line")]
        if _is_narrow():
            cells = [m.cell(f"{label}<br>{value}", rule="line")]
        mark = m.cell(_mark(one.flag, one.confirmed_by_second), width=_MARK, rule="line")
        yield m.row(*cells, mark)
