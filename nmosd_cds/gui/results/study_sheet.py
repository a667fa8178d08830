"""One source as a sheet: study, guideline, drug or trial; citation, figures, limits, conflicts."""

from __future__ import annotations

from collections.abc import Mapping

from nmosd_cds.evidence.study import (
    Arm,
    Citation,
    Drug,
    Figure,
    Guideline,
    Population,
    Range,
    Said,
    Share,
    Source,
    Study,
    Trial,
)
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.results import markup as m
from nmosd_cds.gui.results.drug_sheet import drug_html
from nmosd_cds.gui.results.sheet_parts import conflicts, figure_value, legend, line
from nmosd_cds.gui.style import SMALL
from nmosd_cds.i18n import N_, _
from nmosd_cds.report.wording import capital, sentence

_POPULATION = {
    "aqp4_positive": N_("AQP4-IgG positive"),
    "aqp4_negative": N_("AQP4-IgG negative"),
    "mog_positive": N_("MOG-IgG positive"),
    "female": N_("Female"),
    "age_years": N_("Age, years"),
    "edss": N_("EDSS"),
    "disease_years": N_("Years of disease"),
    "relapses_per_year": N_("Relapses a year before"),
    "prior_drugs": N_("Earlier drugs"),
    "activity": N_("Activity"),
}


def sheet_html(
    source: Source, chosen: str = "", sources: Mapping[str, Source] | None = None
) -> str:
    """A source as marked-up words.

    Args:
        source: What is shown.
        chosen: The figure one came from.
        sources: Every source, for the results of a drug's trials.
    """
    if isinstance(source, Study):
        return _study(source, chosen)
    if isinstance(source, Guideline):
        return _guideline(source)
    if isinstance(source, Drug):
        return drug_html(source, sources or {})
    return _trial(source)


def citation_text(source: Source) -> str:
    """The citation as plain text, for the clipboard."""
    if isinstance(source, Drug):
        return source.name
    if isinstance(source, Trial):
        return f"{source.title} {source.registry or source.id}"
    one = source.citation
    parts = [one.authors, f"({one.year})" if one.year else "", one.title, one.journal]
    if one.doi is not None:
        parts.append(f"doi:{one.doi.value}")
    elif one.pmid is not None:
        parts.append(f"PMID {one.pmid.value}")
    elif one.registry or one.url:
        parts.append(one.registry or one.url or "")
    return " ".join(
        sentence(part) if at in (0, 2) else part for at, part in enumerate(parts) if part
    )


def _citation(one: Citation) -> str:
    html = line(m.bold(sentence(one.title)))
    year = str(one.year) if one.year else _("year not printed")
    html += line(m.soft(f"{sentence(one.authors)} {one.journal}, {year}."))
    ids = []
    for label, value in (("doi", one.doi), ("PMID", one.pmid)):
        if value is not None:
            recalled = f" ({_('recalled')})" if value.flag == "memory" else ""
            ids.append(f"{label} {value.value}{recalled}")
    ids += [text for text in (one.registry, one.url) if text]
    html += line(m.soft(" · ".join(ids))) if ids else ""
    if one.recalled:
        said = _("Recalled, not read: {parts}.").format(parts=", ".join(one.recalled))
        html += line(m.attention(said, is_bold=False))
    return html


def _study(study: Study, chosen: str) -> str:
    html = _citation(study.citation)
    facts = [study.design.replace("-", " ")]
    if study.centres:
        facts.append(
            _("{n} centres").format(n=study.centres) if study.centres > 1 else _("one centre")
        )
    facts += [text for text in (study.country, study.disease) if text]
    if study.n is not None:
        facts.append(f"n {study.n}")
    html += line(m.text(f"{capital(', '.join(facts))}."))
    if study.directness == "indirect":
        html += line(m.attention(_("Indirect: these patients did not have NMOSD.")))
    html += line(m.text(sentence(study.summary)))
    html += _population(study.population)
    for arm in study.arms:
        html += _arm(arm, chosen, alone=len(study.arms) == 1)
    html += conflicts(study.conflicts)
    if study.limits:
        html += m.heading(_("Limits"))
        html += "".join(line(m.text(sentence(limit))) for limit in study.limits)
    if study.patients_overlap_with:
        said = ", ".join(m.link(f"study:{key}", key) for key in study.patients_overlap_with)
        html += line(f"{m.soft(_('May share patients with'))} {said}")
    return html + legend()


def _arm(arm: Arm, chosen: str, *, alone: bool) -> str:
    title = _("Figures") if alone else arm.id.replace("-", " ").capitalize()
    n = f" {m.soft(f'n {arm.n}')}" if arm.n is not None else ""
    html = m.heading(title).replace("</p>", f"{n}</p>")
    if arm.regimen:
        html += line(m.soft(sentence(arm.regimen)))
    html += m.table([_figure(figure, chosen) for figure in arm.figures], gap=3)
    return html + _population(arm.population)


def _figure(figure: Figure, chosen: str) -> str:
    is_chosen = figure.id == chosen
    look = f"background-color:{_wash()};" if is_chosen else ""
    value = figure_value(figure)
    shown = f"<i>{m.text(value)}</i>" if figure.flag == "memory" else m.bold(value)
    sign = m.shape(shapes.flag_shape(figure.flag, figure.confirmed_by_second), 13)
    notes = [text for text in (figure.note, figure.assumption) if text]
    if figure.formula:
        notes.append(_("derived: {formula}").format(formula=figure.formula))
    if figure.flag == "memory":
        notes.append(_("recalled, not in arithmetic"))
    label = m.text(figure.label)
    if figure.at is not None:
        label += f" {m.soft(_('at {time}').format(time=f'{figure.at.value:f} {figure.at.unit}'))}"
    if notes:
        label += f"<br>{m.sized(m.soft(sentence('; '.join(notes))), SMALL)}"
    return m.row(
        m.cell(label, rule="line", extra=look),
        m.cell(shown, width=130, rule="line", extra=look),
        m.cell(sign, width=24, rule="line", extra=look),
    )


def _wash() -> str:
    return style.colour("wash").name()


def _population(population: Population) -> str:
    rows = []
    for name, label in _POPULATION.items():
        said = _population_words(getattr(population, name))
        if said:
            rows.append(
                m.row(m.cell(m.soft(_(label)), width=150, rule="line"), m.cell(said, rule="line"))
            )
    return m.heading(_("Who was treated")) + m.table(rows, gap=3) if rows else ""


def _population_words(value: Share | Range | Said | None) -> str:
    if isinstance(value, Share):
        return m.text(_("{count} of {of}").format(count=value.count, of=value.of))
    if isinstance(value, Said):
        return m.text(sentence(value.text))
    if isinstance(value, Range):
        parts = []
        for name, label in (("median", _("median")), ("mean", _("mean")), ("central", "")):
            number = getattr(value, name)
            if number is not None:
                parts.append(f"{label} {number:f}".strip())
        if value.low is not None and value.high is not None:
            parts.append(f"{value.low:f} {_('to')} {value.high:f}")
        return m.text(", ".join(parts))
    return ""


def _list(title: str, lines: tuple[str, ...], *, is_recalled: bool = False) -> str:
    if not lines:
        return ""
    mark = m.shape("memory" if is_recalled else "seen", 11)
    said = "".join(line(f"{mark}&nbsp; {m.text(sentence(one))}") for one in lines)
    return m.heading(title) + said


def _guideline(guideline: Guideline) -> str:
    html = _citation(guideline.citation)
    html += _list(_("What it says"), guideline.says, is_recalled=guideline.flag == "memory")
    html += _list(_("Recalled, no rule rests on it"), guideline.recalled, is_recalled=True)
    html += _list(_("Not read by anyone here"), guideline.not_seen, is_recalled=True)
    if guideline.population:
        html += m.heading(_("Written for")) + line(m.text(sentence(guideline.population)))
    return html + conflicts(guideline.conflicts) + legend()


def _trial(trial: Trial) -> str:
    html = line(m.bold(sentence(trial.title)))
    number = trial.registry or _("registry number not printed")
    facts = [number, *(text for text in (trial.sponsor, trial.country) if text)]
    html += line(m.soft(", ".join(facts)))
    html += line(m.text(sentence(trial.status)))
    for kind, title in (("inclusion", _("Takes in")), ("exclusion", _("Keeps out"))):
        html += _list(title, tuple(one.text for one in trial.criteria if one.kind == kind))
    if trial.list_complete == "false":
        html += line(m.attention(_("The list of criteria was not read as a whole."), is_bold=False))
    return html + (line(m.soft(sentence(trial.note))) if trial.note else "")
