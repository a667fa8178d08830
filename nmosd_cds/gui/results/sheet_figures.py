"""The figures of one arm as marked-up rows: value, interval and its method, flag, where read."""

from __future__ import annotations

from collections.abc import Sequence

from nmosd_cds.advice.figures import time_words
from nmosd_cds.evidence.study import Arm, Figure, Population, Range, Said, Share
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.results import markup as m
from nmosd_cds.gui.style import SMALL
from nmosd_cds.i18n import N_, _
from nmosd_cds.i18n.joining import beside, clauses
from nmosd_cds.report.source_table import confirmed_words, flag_words, interval_of, value_words
from nmosd_cds.report.wording import sentence

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
_VALUE = 204
_NARROW_FROM = 1.5


def figures_html(arm: Arm, chosen: str, urls: Sequence[str]) -> str:
    """Every figure of an arm.

    Args:
        arm: Whose figures.
        chosen: Id of the figure one came from.
        urls: Addresses of the sheet, which the rows name by number.
    """
    return m.table((_figure(one, arm, chosen, urls) for one in arm.figures), gap=3)


def _figure(figure: Figure, arm: Arm, chosen: str, urls: Sequence[str]) -> str:
    look = f"background-color:{style.colour('wash').name()};" if figure.id == chosen else ""
    left = m.text(figure.label)
    time = time_words(figure.at) if figure.at is not None else ""
    if time and time not in figure.label:
        left += f" {m.soft(_('at {time}').format(time=time))}"
    notes = [text for text in (figure.note, figure.assumption) if text]
    if figure.formula:
        notes.append(_("derived: {formula}").format(formula=figure.formula))
    if notes:
        left += f"<br>{m.sized(m.soft(sentence('; '.join(notes))), SMALL)}"
    right = value_html(figure, arm) + "<br>" + _known(figure, urls)
    if style.look.zoom >= _NARROW_FROM:
        return m.row(m.cell(f"{left}<br>{right}", rule="line", extra=look))
    return m.row(
        m.cell(left, rule="line", extra=look),
        m.cell(right, width=_VALUE, rule="line", extra=look),
    )


def value_html(figure: Figure, arm: Arm) -> str:
    """The number, its interval and whose interval that is."""
    value = value_words(figure)
    said = m.slanted(value) if figure.flag == "memory" else m.bold(value)
    interval = interval_of(figure, arm)
    if interval.words:
        words = _("95 %: {interval}").format(interval=interval.words)
        said += f"<br>{m.text(words)} {m.sized(m.soft(interval.method), SMALL)}"
    return said


def _known(figure: Figure, urls: Sequence[str]) -> str:
    """Mark, flag word, second sighting, number of the address."""
    mark = m.shape(shapes.flag_shape(figure.flag, figure.confirmed_by_second), 12)
    words = [flag_words(figure.flag)]
    if figure.flag == "memory":
        words = [_("recalled, not in arithmetic")]
    elif figure.confirmed_by_second != "none":
        words.append(confirmed_words(figure.confirmed_by_second))
    said = clauses(words)
    if figure.source_url in urls:
        said += f" [{urls.index(figure.source_url) + 1}]"
    return f"{mark}&nbsp;{m.sized(m.soft(said), SMALL)}"


def population_html(population: Population) -> str:
    """Who was treated, as far as it was printed; recalled lines say so."""
    rows = []
    for name, label in _POPULATION.items():
        value: Share | Range | Said | None = getattr(population, name)
        if value is None:
            continue
        said = m.text(_population_words(value))
        if value.flag != "seen":
            said += f" {m.shape(shapes.flag_shape(value.flag), 12)}&nbsp;"
            said += m.soft(flag_words(value.flag))
        width = 0 if style.look.zoom >= _NARROW_FROM else 150
        rows.append(
            m.row(m.cell(m.soft(_(label)), width=width, rule="line"), m.cell(said, rule="line"))
        )
    return m.heading(_("Who was treated")) + m.table(rows, gap=3) if rows else ""


def _population_words(value: Share | Range | Said) -> str:
    if isinstance(value, Share):
        return _("{count} of {of}").format(count=value.count, of=value.of)
    if isinstance(value, Said):
        return sentence(value.text)
    parts = []
    for name, label in (("median", _("median")), ("mean", _("mean")), ("central", "")):
        number = getattr(value, name)
        if number is not None:
            parts.append(beside(label, f"{number:f}"))
    if value.low is not None and value.high is not None:
        parts.append(_("{low} to {high}").format(low=f"{value.low:f}", high=f"{value.high:f}"))
    return clauses(parts)
