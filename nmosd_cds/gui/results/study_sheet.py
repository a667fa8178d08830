"""One source as a sheet: study, guideline, drug or trial; citation, figures, limits, conflicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nmosd_cds.evidence.study import (
    Arm,
    Citation,
    Drug,
    Guideline,
    Source,
    Study,
    Trial,
    TrialCriterion,
)
from nmosd_cds.gui import shapes
from nmosd_cds.gui.results import markup as m
from nmosd_cds.gui.results.drug_sheet import drug_html
from nmosd_cds.gui.results.sheet_figures import figures_html, population_html
from nmosd_cds.gui.results.sheet_parts import addresses, conflicts, legend, line
from nmosd_cds.i18n import N_, _
from nmosd_cds.i18n.joining import clauses, gap, listed, noted
from nmosd_cds.report.source_table import DESIGN, confirmed_words, flag_words
from nmosd_cds.report.wording import capital, sentence, word

# Parts of a citation, as they are told when they were recalled.
_PARTS = {
    "authors": N_("authors"),
    "year": N_("year"),
    "title": N_("title"),
    "journal": N_("journal"),
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
        return _study(source, chosen, sources or {})
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
            recalled = _("recalled") if value.flag == "memory" else ""
            ids.append(noted(f"{label} {value.value}", recalled))
    ids += [text for text in (one.registry, one.url) if text]
    html += line(m.soft(" · ".join(ids))) if ids else ""
    if one.recalled:
        said = _("Recalled, not read: {parts}.").format(
            parts=listed(_(_PARTS[part]) for part in one.recalled)
        )
        html += line(m.attention(said, is_bold=False))
    return html


def _study(study: Study, chosen: str, sources: Mapping[str, Source]) -> str:
    html = _citation(study.citation)
    facts = [word(DESIGN, study.design)]
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
    html += _overlaps(study, sources)
    urls = _urls(study)
    html += population_html(study.population)
    for arm in study.arms:
        html += _arm(arm, chosen, urls, alone=len(study.arms) == 1)
    html += conflicts(study.conflicts)
    if study.limits:
        html += m.heading(_("Limits"))
        html += "".join(line(m.text(sentence(limit))) for limit in study.limits)
    html += addresses(urls)
    return html + legend()


def _overlaps(study: Study, sources: Mapping[str, Source]) -> str:
    """Reports that may be about the same people, named by either side."""
    named = dict.fromkeys(study.patients_overlap_with)
    for one in sources.values():
        if isinstance(one, Study) and study.id in one.patients_overlap_with:
            named[one.id] = None
    if not named:
        return ""
    links = listed(m.link(f"study:{key}", key) for key in named)
    said = _("May share patients with, and is never added to:")
    return line(f"{m.attention(said, is_bold=False)}{gap()}{links}")


def _urls(study: Study) -> list[str]:
    """Every address a figure or a conflict was read at, each once."""
    urls = [study.citation.url]
    urls += [figure.source_url for arm in study.arms for figure in arm.figures]
    urls += [one.source_url for one in study.conflicts]
    return list(dict.fromkeys(url for url in urls if url))


def _arm(arm: Arm, chosen: str, urls: Sequence[str], *, alone: bool) -> str:
    title = _("Figures") if alone else arm.id.replace("-", " ").capitalize()
    facts = [f"n {arm.n}" if arm.n is not None else _("n not printed")]
    facts += [_("part of {arm}").format(arm=arm.part_of)] if arm.part_of else []
    facts += [_("indirect")] if arm.directness == "indirect" else []
    html = m.heading(title).replace("</p>", f" {m.soft(', '.join(facts))}</p>")
    if arm.regimen:
        html += line(m.soft(sentence(arm.regimen)))
    return html + figures_html(arm, chosen, urls) + population_html(arm.population)


def _list(title: str, lines: tuple[str, ...], *, is_recalled: bool = False) -> str:
    if not lines:
        return ""
    mark = m.shape("memory" if is_recalled else "seen", 11)
    said = "".join(line(f"{mark}&nbsp; {m.text(sentence(one))}") for one in lines)
    return m.heading(title) + said


def _criteria(title: str, criteria: Sequence[TrialCriterion]) -> str:
    """One side of a trial's list, each line with how it is known."""
    said = "".join(
        line(f"{m.shape(shapes.flag_shape(one.flag), 11)}&nbsp; {m.text(sentence(one.text))}")
        for one in criteria
    )
    return m.heading(title) + said if criteria else ""


def _guideline(guideline: Guideline) -> str:
    html = _citation(guideline.citation)
    html += _list(_("What it says"), guideline.says, is_recalled=guideline.flag == "memory")
    html += _list(_("Recalled, no rule rests on it"), guideline.recalled, is_recalled=True)
    html += _list(_("Not read by anyone here"), guideline.not_seen, is_recalled=True)
    if guideline.population:
        html += m.heading(_("Written for")) + line(m.text(sentence(guideline.population)))
    html += line(_flagged(guideline.flag, guideline.confirmed_by_second))
    urls = [guideline.citation.url, guideline.source_url, *guideline.other_urls]
    urls += [one.source_url for one in guideline.conflicts]
    html += conflicts(guideline.conflicts)
    return html + addresses(dict.fromkeys(url for url in urls if url)) + legend()


def _flagged(flag: str, confirmed: str) -> str:
    """How a whole document is known."""
    said = sentence(clauses([capital(flag_words(flag)), confirmed_words(confirmed)]))
    return f"{m.shape(shapes.flag_shape(flag, confirmed), 12)}&nbsp;{m.soft(said)}"


def _trial_facts(trial: Trial) -> str:
    """Sizes, ages and days, as far as they were printed."""
    facts = []
    for number, words in (
        (trial.planned_n, _("planned for {n}")),
        (trial.enrolled_n, _("{n} enrolled, says the registry")),
        (trial.minimum_age_years, _("from age {n}")),
        (trial.maximum_age_years, _("to age {n}")),
        (trial.status_on, _("status of {n}")),
        (trial.read_on, _("read on {n}")),
    ):
        facts += [words.format(n=number)] if number is not None else []
    return sentence(capital(clauses(facts)))


def _trial(trial: Trial) -> str:
    html = line(m.bold(sentence(trial.title)))
    number = trial.registry or _("registry number not printed")
    facts = [number, *(text for text in (trial.sponsor, trial.country) if text)]
    html += line(m.soft(", ".join(facts)))
    html += line(m.text(sentence(trial.status)))
    html += line(m.soft(_trial_facts(trial)))
    for kind, title in (("inclusion", _("Takes in")), ("exclusion", _("Keeps out"))):
        html += _criteria(title, [one for one in trial.criteria if one.kind == kind])
    if trial.list_complete == "false":
        html += line(m.attention(_("The list of criteria was not read as a whole."), is_bold=False))
    html += line(m.soft(sentence(trial.note))) if trial.note else ""
    html += line(_flagged(trial.flag, trial.confirmed_by_second))
    return html + addresses([trial.source_url] if trial.source_url else []) + legend()
