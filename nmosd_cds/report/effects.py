"""One cell of the effects table in words: estimate, interval, kind, n, certainty, studies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from nmosd_cds.advice.model import Advice, EffectLine, OptionAdvice
from nmosd_cds.evidence.study import Source, Study
from nmosd_cds.i18n import N_, _
from nmosd_cds.i18n.joining import clauses, listed, parted, parted_first, run_of, unended
from nmosd_cds.report.wording import CERTAINTY, STATUS, capital, inside, needs_words, sentence, word

if TYPE_CHECKING:
    from nmosd_cds.knowledge.knowledge import Knowledge
    from nmosd_cds.knowledge.ranking import Criterion

Criteria = Mapping[str, "Criterion"]
KIND: Mapping[str, str] = {
    "derived": N_("derived"),
    "judgement": N_("judgement"),
    "absent": N_("absent"),
    "not-reported": N_("not reported"),
    "not-applicable": N_("not applicable"),
}
_SHARES = ("beta", "gamma")


def criteria_of(knowledge: Knowledge) -> Criteria:
    """The criteria of the ranking, by id."""
    return {one.id: one for group in knowledge.ranking.criteria for one in group.members}


def compared(advice: Advice, *, with_excluded: bool = False) -> tuple[OptionAdvice, ...]:
    """Options that stand in the table: cells first, then what the person has now.

    Args:
        advice: The answer.
        with_excluded: Whether options that are barred stand there too, after the others.
    """
    shown = [
        one
        for one in advice.options
        if one.effects and one.tier is not None and one.status in ("possible", "unconfirmed")
    ]
    shown.sort(key=lambda one: one.is_present)
    return (*shown, *(excluded_with_effects(advice) if with_excluded else ()))


def excluded_with_effects(advice: Advice) -> tuple[OptionAdvice, ...]:
    """Barred options of which something is known by a criterion."""
    return tuple(one for one in advice.options if one.effects and one.status == "excluded")


def never_compared() -> str:
    """What stands above every table of effects."""
    return _(
        "Never compared head to head: single-arm studies side by side, not compared with each "
        "other or with an approved drug."
    )


def effect_of(option: OptionAdvice, criterion: str) -> EffectLine | None:
    """The cell of an option by a criterion; None if it has none."""
    return next((line for line in option.effects if line.criterion == criterion), None)


def is_share(criterion: Criterion | None) -> bool:
    """Whether its values are people of 100."""
    return criterion is not None and criterion.distribution in _SHARES


def amount(value: float, line: EffectLine, criterion: Criterion | None) -> str:
    """A value without its unit: `25`, `1.4`, `under 0.1`; points with a sign."""
    if is_share(criterion):
        share = 100.0 * value
        if 0.0 < share < 0.1:
            return _("under 0.1")
        return f"{share:.0f}" if share == 0.0 or share >= 2.0 else f"{share:.1f}"
    if line.kind == "judgement":
        return f"{value:g}"
    return f"{value:+.1f}"


def lead(line: EffectLine, criterion: Criterion | None) -> tuple[str, str, str]:
    """The estimate, its range, and how it was derived."""
    if line.estimate is None or line.kind != "derived":
        # These begin with what they are: "Exactly 0 by definition.", "Judgement, 3 of 4."
        first, rest = parted_first(line.how)
        return first, "", rest
    shape = _("{value} of 100") if is_share(criterion) else _("{value} points")
    said = shape.format(value=amount(line.estimate, line, criterion))
    if line.low is None or line.high is None:
        return said, "", line.how
    low, high = (amount(value, line, criterion) for value in (line.low, line.high))
    return said, _("{low} to {high}").format(low=low, high=high), line.how


def behind(line: EffectLine) -> str:
    """`derived, n 12, certainty very low`; the kind alone where nothing was counted."""
    parts = [word(KIND, line.kind)]
    if line.n:
        parts.append(f"n {line.n}")
    if line.kind == "derived":
        certainty = inside(word(CERTAINTY, line.certainty))
        parts.append(_("certainty {certainty}").format(certainty=certainty))
    return clauses(parts)


def by_directness(
    studies: Sequence[str], sources: Mapping[str, Source]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Studies of people with NMOSD first, then those of other diseases."""
    indirect = tuple(
        key
        for key in studies
        if isinstance(source := sources.get(key), Study) and source.directness == "indirect"
    )
    return tuple(key for key in studies if key not in indirect), indirect


def studies_words(line: EffectLine, sources: Mapping[str, Source]) -> str:
    """`burt-2019; other diseases: daikeler-2011`; empty where no study stands behind it."""
    direct, indirect = by_directness(line.studies, sources)
    parts = [listed(direct)] if direct else []
    if indirect:
        parts.append(_("other diseases: {studies}").format(studies=listed(indirect)))
    return parted(parts)


def spoken(line: EffectLine, criterion: Criterion | None, sources: Mapping[str, Source]) -> str:
    """The whole cell in words."""
    first, span, how = lead(line, criterion)
    estimate = clauses([first, span]) if span else first
    said = (estimate, how, behind(line), studies_words(line, sources))
    return run_of(sentence(part) for part in said if part)


def about_words(line: EffectLine, criterion: Criterion | None) -> tuple[str, ...]:
    """Unit, fixed range, better direction."""
    if criterion is None:
        return (line.unit,)
    low, high = sorted((float(criterion.best), float(criterion.worst)))
    shape = (
        _("drawn from {low} to {high} of 100")
        if is_share(criterion)
        else _("drawn from {low} to {high}")
    )
    times = 100 if is_share(criterion) else 1
    span = shape.format(low=f"{times * low:g}", high=f"{times * high:g}")
    if criterion.distribution == "judgement":
        span = ""
    is_lower = criterion.better == "lower"
    return line.unit, span, _("lower is better") if is_lower else _("higher is better")


def needs_of(advice: Advice, option: OptionAdvice) -> str:
    """What the option still needs, or what bars it."""
    if option.status == "unconfirmed":
        return needs_words(advice, option.needs) if option.needs else _("cannot be told yet")
    if option.status == "excluded":
        return unended(option.bar.text) if option.bar is not None else _("barred")
    return _("Declined by the person") if option.declined else _("needs nothing more")


def effect_heads(options: Sequence[OptionAdvice]) -> tuple[str, ...]:
    """Heads of the table in words."""
    return (_("Criterion"), *(one.short for one in options))


def effect_rows(
    advice: Advice,
    options: Sequence[OptionAdvice],
    criteria: Criteria,
    sources: Mapping[str, Source],
) -> Iterator[tuple[str, ...]]:
    """The whole table in words: status first, then one row a criterion."""
    states = (clauses([word(STATUS, one.status), needs_of(advice, one)]) for one in options)
    yield (_("Status"), *states)
    for line in options[0].effects if options else ():
        criterion = criteria.get(line.criterion)
        about = run_of(
            sentence(capital(part))
            for part in (line.label, *about_words(line, criterion))
            if part.strip()
        )
        found = (effect_of(one, line.criterion) for one in options)
        yield (about, *(spoken(each, criterion, sources) if each else "" for each in found))
