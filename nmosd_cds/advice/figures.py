"""Published figures as lines people read: n of n first, then the interval, flag and study."""

from __future__ import annotations

from decimal import Decimal

from nmosd_cds.advice.model import FigureLine
from nmosd_cds.evidence.hazard import YEARS
from nmosd_cds.evidence.intervals import binomial_interval
from nmosd_cds.evidence.study import Arm, Figure, Time
from nmosd_cds.i18n import N_, _
from nmosd_cds.i18n.joining import beside, clauses, unended
from nmosd_cds.knowledge.knowledge import Knowledge

# Units of time as a file may name them; a figure's own unit comes with the knowledge's texts.
_TIMES = (N_("days"), N_("weeks"), N_("months"), N_("years"))
SHARES = ("percentage", "survival")
# A ratio without its kind says nothing; `statistic` of a file is one of these words.
_RATIOS = {
    "risk ratio": N_("risk ratio"),
    "relative risk": N_("relative risk"),
    "odds ratio": N_("odds ratio"),
    "hazard ratio": N_("hazard ratio"),
    "rate ratio": N_("rate ratio"),
}


def figure_line(knowledge: Knowledge, reference: str) -> FigureLine:
    """One figure, by `<study>/<figure>` or `<study>/<arm>/<figure>`."""
    return knowledge.said(_figure_line, reference)


def _figure_line(knowledge: Knowledge, reference: str) -> FigureLine:
    study, arm, figure = knowledge.figure(reference)
    low, high, share, interval = _interval(figure)
    time = figure.at or _follow_up(arm)
    return FigureLine(
        study=study.id,
        figure=figure.id,
        label=figure.label,
        shown=_shown(figure, arm.n),
        interval=interval,
        share=share,
        low=low,
        high=high,
        n=_people(figure, arm),
        follow_up=time_words(time) if time else "",
        follow_up_months=float(time.value) * YEARS[time.unit] * 12 if time else None,
        flag=figure.flag,
        confirmed=figure.confirmed_by_second or "none",
        regimen=arm.regimen or "",
    )


def total_line(
    references: tuple[str, ...], knowledge: Knowledge, label: str = ""
) -> FigureLine | None:
    """The counts of several studies added; None if any is not a count, or patients overlap.

    A figure known only from memory never enters the sum.
    """
    figures = [knowledge.figure(reference) for reference in references]
    if not figures or any(f.flag == "memory" or f.count is None for _s, _a, f in figures):
        return None
    studies = {study.id for study, _a, _f in figures}
    if any(set(study.patients_overlap_with) & studies for study, _a, _f in figures):
        return None
    count = sum(figure.count or 0 for _s, _a, figure in figures)
    of = sum(figure.of or 0 for _s, _a, figure in figures)
    low, high = binomial_interval(count, of)
    return FigureLine(
        study="",
        figure="",
        label=label or figures[0][2].label,
        shown=_("{count} of {of}").format(count=count, of=of),
        interval=percent_range(low, high),
        share=count / of,
        low=low,
        high=high,
        n=of,
        flag="derived",
    )


def percent_range(low: float, high: float) -> str:
    """`41–89 %`; one decimal where a limit lies under 2 % or over 98 %."""
    return f"{_percent(low)}–{_percent(high)} %"


def _percent(share: float) -> str:
    percent = 100.0 * share
    if 0.0 < percent < 2.0 or 98.0 < percent < 100.0 or 10.0 < percent < 11.0:
        return f"{percent:.1f}"
    return f"{percent:.0f}"


def time_words(time: Time) -> str:
    """`57 months`."""
    return beside(number_words(time.value), _(time.unit))


def in_unit(value: str, unit: str | None) -> str:
    """A number with its unit: `3.5 months`; a figure's unit is English until it is shown."""
    return beside(value, _(unit)) if unit else value


def number_words(value: Decimal) -> str:
    """A number as it was printed, without a needless exponent."""
    return f"{value:f}"


def _follow_up(arm: Arm) -> Time | None:
    for figure in arm.figures:
        if figure.id == "follow_up" and figure.value is not None and figure.unit in YEARS:
            return Time(value=figure.value, unit=figure.unit)
    return None


def _interval(figure: Figure) -> tuple[float | None, float | None, float | None, str]:
    # Reports or centres are no sample of patients, and a change in percent is no share of them.
    if figure.kind == "count" and figure.count is not None and figure.of and not figure.unit:
        if figure.flag == "memory":
            return None, None, figure.count / figure.of, ""  # shown, never computed with
        low, high = binomial_interval(figure.count, figure.of)
        return low, high, figure.count / figure.of, percent_range(low, high)
    if figure.low is not None and figure.high is not None:
        words = f"{number_words(figure.low)}–{number_words(figure.high)}"
        if figure.unit == "%" and figure.kind in SHARES:
            low, high = float(figure.low) / 100, float(figure.high) / 100
            return low, high, float(figure.value or 0) / 100, f"{words} %"
        return None, None, None, words
    if figure.unit == "%" and figure.kind in SHARES and figure.value is not None:
        return None, None, float(figure.value) / 100, ""
    return None, None, None, ""


def _behind(figure: Figure, n: int | None) -> str:
    """The people behind a percentage; those of the arm are not always those of the figure."""
    if figure.of is not None:
        return f"n {figure.of}"
    if n is not None:
        return _("n not printed, arm of {n}").format(n=n)
    return _("n not printed")


def _people(figure: Figure, arm: Arm) -> int | None:
    """Patients behind a figure: its own number, else its arm's unless it is a share of some."""
    if figure.of is not None:
        return figure.of
    return None if figure.unit is not None and figure.unit.startswith("%") else arm.n


def _shown(figure: Figure, n: int | None) -> str:
    """The figure in words; a percentage never without the people behind it.

    Args:
        n: Patients of the arm; None if not printed.
    """
    if figure.kind == "count" and figure.count is not None and figure.of is not None:
        said = _("{count} of {of}").format(count=figure.count, of=figure.of)
        return in_unit(said, figure.unit)
    if figure.value is None:
        return unended(figure.text) if figure.text else _("not printed")
    value = number_words(figure.value)
    if figure.kind == "ratio":
        kind = _RATIOS.get(figure.statistic or "", N_("ratio"))
        return _("{kind} {value}").format(kind=_(kind), value=value)
    if figure.unit is not None and figure.unit.startswith("%"):
        return clauses([in_unit(value, figure.unit), _behind(figure, n)])
    said = in_unit(value, figure.unit)
    return clauses([said, f"n {figure.of}"]) if figure.of else said
