"""The list of sources and the figures of one source as tables of words: screen, clipboard, CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from nmosd_cds.advice.figures import in_unit, number_words, percent_range, time_words
from nmosd_cds.evidence.intervals import binomial_interval, poisson_interval
from nmosd_cds.evidence.study import Arm, Figure, Source, Study
from nmosd_cds.i18n import N_, _
from nmosd_cds.i18n.joining import beside, clauses, noted, parted
from nmosd_cds.knowledge.catalogue import CatalogueRow, Wanted
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.report.wording import capital

KIND: Mapping[str, str] = {
    "study": N_("Study"),
    "guideline": N_("Guideline"),
    "trial": N_("Trial"),
    "drug": N_("Drug"),
}
SEROLOGY: Mapping[str, str] = {
    "aqp4-positive": N_("all AQP4-positive"),
    "aqp4-negative": N_("none AQP4-positive"),
    "mixed": N_("AQP4-positive in part"),
    "not-reported": N_("serostatus not reported"),
}
DIRECTNESS: Mapping[str, str] = {
    "nmosd": N_("NMOSD"),
    "indirect": N_("indirect"),
}
DESIGN: Mapping[str, str] = {
    "randomised-trial": N_("randomised trial"),
    "single-arm-trial": N_("single-arm trial"),
    "single-arm-phase-1": N_("single arm, phase 1"),
    "prospective-cohort": N_("prospective cohort"),
    "retrospective-cohort": N_("retrospective cohort"),
    "registry": N_("registry"),
    "meta-analysis": N_("meta-analysis"),
    "case-series": N_("case series"),
    "case-report": N_("case report"),
    "review": N_("review"),
    "survey": N_("survey"),
    "press": N_("press"),
    "guideline": N_("guideline"),
    "label": N_("label"),
    "protocol": N_("protocol"),
    "preclinical": N_("preclinical"),
}
CONFIRMED: Mapping[str, str] = {
    "different-document": N_("confirmed by a different document"),
    "same-text": N_("seen again in another copy of the same text"),
    "same-press-text": N_("seen again in another copy of the same press text"),
    "one-secondary-source": N_("read in one secondary source only"),
    "none": N_("not confirmed by a second source"),
}
_FLAGS: Mapping[str, str] = {
    "seen": N_("read"),
    "derived": N_("derived"),
    "memory": N_("recalled"),
    "project": N_("our judgement"),
}


@dataclass(frozen=True)
class Interval:
    """A 95 % interval and where it comes from.

    Attributes:
        words: `41–89 %`; empty where there is none.
        method: `as printed`, or the method with which we computed it; empty where there is none.
        is_ours: Whether we computed it.
    """

    words: str = ""
    method: str = ""
    is_ours: bool = False


def interval_of(figure: Figure, arm: Arm) -> Interval:
    """The printed interval; else the exact one of a count, or of relapses over person-time.

    A recalled figure is never computed with, so it has none unless one was printed.
    """
    if figure.low is not None and figure.high is not None:
        words = f"{number_words(figure.low)}–{number_words(figure.high)}"
        words = in_unit(words, figure.unit)
        return Interval(words, _("as printed"))
    if figure.flag == "memory":
        return Interval()
    # Reports or centres are no sample of patients.
    if figure.kind == "count" and figure.count is not None and figure.of and not figure.unit:
        words = percent_range(*binomial_interval(figure.count, figure.of))
        return Interval(words, _("computed by us, exact (Clopper and Pearson)"), is_ours=True)
    return _rate_interval(figure, arm)


def _rate_interval(figure: Figure, arm: Arm) -> Interval:
    spans = [one for one in arm.figures if one.kind == "person-time" and one.flag != "memory"]
    is_rate = figure.kind == "events" and figure.outcome == "relapse_events"
    if not is_rate or figure.value is None or len(spans) != 1 or spans[0].value is None:
        return Interval()
    low, high = poisson_interval(float(figure.value), float(spans[0].value))
    words = _("{low:.3f}–{high:.3f} a patient-year").format(low=low, high=high)
    method = _("computed by us over {years} patient-years, exact (Garwood)")
    return Interval(words, method.format(years=number_words(spans[0].value)), is_ours=True)


def flag_words(flag: str) -> str:
    """How something is known."""
    known = _FLAGS.get(flag)
    return _(known) if known else flag


def confirmed_words(confirmed: str | None) -> str:
    """How independent the second sighting was."""
    return _(CONFIRMED[confirmed or "none"])


def option_word(name: str, knowledge: Knowledge) -> str:
    """The short name of an option or drug; other things given in plain words."""
    if name in knowledge.options:
        return knowledge.options[name].therapy.short
    source = knowledge.sources.get(name)
    if source is not None and source.kind == "drug":
        return source.name
    return capital(name.replace("-", " "))


def source_heads() -> tuple[str, ...]:
    """Heads of the list of sources."""
    return (
        _("Source"),
        _("Kind"),
        _("Authors"),
        _("Year"),
        _("Title"),
        _("Disease"),
        _("Design"),
        _("Therapy"),
        _("n"),
        _("Serostatus"),
        _("Directness"),
        _("Named by the knowledge"),
    )


def source_cells(row: CatalogueRow, knowledge: Knowledge) -> tuple[str, ...]:
    """One source as words, in the order of the heads."""
    return (
        row.key,
        _(KIND[row.kind]),
        row.who,
        str(row.year or ""),
        row.title,
        row.disease,
        _(DESIGN[row.design]) if row.design else "",
        "; ".join(option_word(one, knowledge) for one in row.options),
        str(row.n) if row.n is not None else "",
        _(SEROLOGY[row.serology]) if row.serology else "",
        "; ".join(_(DIRECTNESS[one]) for one in row.directness),
        str(row.used),
    )


def source_rows(rows: Iterable[CatalogueRow], knowledge: Knowledge) -> tuple[tuple[str, ...], ...]:
    """Sources as words."""
    return tuple(source_cells(row, knowledge) for row in rows)


def source_lines(rows: Iterable[CatalogueRow], knowledge: Knowledge) -> Iterator[str]:
    """Sources as text, one a line: the key first, then what is known of it."""
    for row in rows:
        cells = dict(zip(source_heads(), source_cells(row, knowledge), strict=True))
        key, _who = cells.pop(_("Source")), cells.pop(_("Authors"))
        title = cells.pop(_("Title"))
        cells.pop(_("Named by the knowledge"))
        n = cells[_("n")]
        cells[_("n")] = f"n {n}" if n else ""
        yield " | ".join((key, title, *(cell for cell in cells.values() if cell)))


def wanted_words(wanted: Wanted, knowledge: Knowledge) -> str:
    """What a list is narrowed to, in words; empty if to nothing."""
    parts = [
        _('"{text}"').format(text=wanted.text.strip()) if wanted.text.strip() else "",
        _(KIND[wanted.kind]).lower() if wanted.kind else "",
        option_word(wanted.option, knowledge) if wanted.option else "",
        _(DESIGN[wanted.design]) if wanted.design else "",
        _(SEROLOGY[wanted.serology]) if wanted.serology else "",
        _(DIRECTNESS[wanted.directness]) if wanted.directness else "",
        _("cited in this answer") if wanted.keys is not None else "",
    ]
    return ", ".join(part for part in parts if part)


def figure_heads() -> tuple[str, ...]:
    """Heads of the figures of a source."""
    return (
        _("Source"),
        _("Arm"),
        _("n of the arm"),
        _("Figure"),
        _("At"),
        _("Value"),
        _("95 % interval"),
        _("Interval from"),
        _("Flag"),
        _("Confirmed"),
        _("Read at"),
        _("Note"),
    )


def figure_rows(source: Source) -> tuple[tuple[str, ...], ...]:
    """Every figure of a study as words; the other kinds hold statements, not figures."""
    if not isinstance(source, Study):
        return ()
    return tuple(row for arm in source.arms for row in _arm_rows(source, arm))


def _arm_rows(study: Study, arm: Arm) -> Iterator[tuple[str, ...]]:
    for figure in arm.figures:
        interval = interval_of(figure, arm)
        notes = [figure.note, figure.assumption]
        notes += [_("derived: {formula}").format(formula=figure.formula)] if figure.formula else []
        notes += [_("recalled, not in arithmetic")] if figure.flag == "memory" else []
        yield (
            study.id,
            arm.id,
            str(arm.n) if arm.n is not None else "",
            figure.label,
            time_words(figure.at) if figure.at is not None else "",
            value_words(figure),
            interval.words,
            interval.method,
            flag_words(figure.flag),
            confirmed_words(figure.confirmed_by_second),
            figure.source_url or "",
            parted(note for note in notes if note),
        )


def value_words(figure: Figure) -> str:
    """The number of a figure in words, without its interval."""
    if figure.kind == "count" and figure.count is not None and figure.of is not None:
        said = _("{count} of {of}").format(count=figure.count, of=figure.of)
        said = in_unit(said, figure.unit)
        if figure.printed_percent is not None:
            percent = number_words(figure.printed_percent)
            said = noted(said, _("printed: {percent} %").format(percent=percent))
        return said
    if figure.value is None:
        return figure.text or _("not printed")
    said = in_unit(number_words(figure.value), figure.unit)
    if figure.of is not None:
        said = clauses([said, f"n {figure.of}"])
    return beside(_(figure.statistic), said) if figure.statistic else said
