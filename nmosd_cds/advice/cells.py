"""Cells of the ranking: from an option's effects to distributions, and to words for the table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nmosd_cds.advice.figures import figure_line, total_line
from nmosd_cds.advice.model import EffectLine
from nmosd_cds.decision.distribution import (
    Beta,
    Distribution,
    Exact,
    GammaTied,
    Judgement,
    ProbabilityWithin,
    TiedHazard,
    Uniform,
)
from nmosd_cds.evidence.hazard import YEARS, Exposure, added, exposure_from_survival
from nmosd_cds.evidence.study import Figure
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import led, noted, parted, run_of, sentence
from nmosd_cds.knowledge.knowledge import FigureFound, Knowledge, Option
from nmosd_cds.knowledge.ranking import Comparator, Criterion, Scenario
from nmosd_cds.knowledge.therapy import EffectSpec, EvidenceSet

# Jeffreys' prior: 0 of 32 is then not zero (Brown, Cai and DasGupta 2001).
_HALF = 0.5


@dataclass(frozen=True)
class Assumptions:
    """One scenario as the cells need it.

    Attributes:
        evidence: Option id to the id of the evidence set used; the first set by default.
        prior_person_years: Worth of the prior in every cell; None: by certainty.
        replaced: Option and criterion to the effect used instead.
    """

    evidence: tuple[tuple[str, str], ...] = ()
    prior_person_years: float | None = None
    replaced: tuple[tuple[str, str, EffectSpec], ...] = ()


def assumptions_of(scenario: Scenario | None) -> Assumptions:
    """The assumptions of a scenario; the usual ones for None."""
    if scenario is None:
        return Assumptions()
    prior = scenario.prior_person_years
    return Assumptions(
        tuple(sorted(scenario.evidence.items())),
        None if prior is None else float(prior),
        tuple(
            (option, criterion, EffectSpec.model_validate(effect))
            for option, cells in sorted(scenario.replace.items())
            for criterion, effect in sorted(cells.items())
        ),
    )


def evidence_set(option: Option, assumptions: Assumptions) -> EvidenceSet | None:
    """The evidence set in use for an option; None if it has only one evidence."""
    sets = option.therapy.evidence_sets
    wanted = dict(assumptions.evidence).get(option.id)
    return next((each for each in sets if each.id == wanted), sets[0] if sets else None)


def effect_of(option: Option, criterion: Criterion, assumptions: Assumptions) -> EffectSpec:
    """The effect of one cell; a cell nobody wrote is absent."""
    for option_id, criterion_id, effect in assumptions.replaced:
        if (option_id, criterion_id) == (option.id, criterion.id):
            return effect
    chosen = evidence_set(option, assumptions)
    if chosen is not None and criterion.id in chosen.effects:
        return chosen.effects[criterion.id]
    return option.therapy.effects.get(criterion.id, EffectSpec(kind="absent"))


def distribution_of(
    knowledge: Knowledge, option: Option, criterion: Criterion, assumptions: Assumptions
) -> Distribution:
    """What is known of one cell, in the criterion's unit; no data is the whole fixed range."""
    effect = effect_of(option, criterion, assumptions)
    low, high = sorted((float(criterion.best), float(criterion.worst)))
    match effect.kind:
        case "hazard":
            return _relapse(knowledge, option, criterion, effect, assumptions)
        case "count":
            return _beta(knowledge, effect)
        case "exact":
            return Exact(float(effect.value or 0))
        case "judgement":
            return Judgement(float(effect.score or 0))
        case _:
            return Uniform(low, high)


def comparator_exposure(knowledge: Knowledge, comparator: Comparator) -> Exposure:
    """Events and patient-years of a published control arm."""
    _study, arm, events = knowledge.figure(comparator.events)
    _study, _arm, time = knowledge.figure(comparator.person_years)
    count = events.count if events.count is not None else events.value
    return Exposure(float(count or 0), float(time.value or 0), arm.n or 0)


def exposure_of(knowledge: Knowledge, effect: EffectSpec) -> Exposure:
    """Events over person-time behind a hazard; survival values become an effective exposure."""
    parts = []
    for reference in effect.from_:
        _study, arm, figure = knowledge.figure(reference)
        n = figure.of or arm.n or 0
        if figure.kind == "survival" and figure.value is not None and figure.at is not None:
            years = float(figure.at.value) * YEARS[figure.at.unit]
            parts.append(exposure_from_survival(float(figure.value) / 100.0, years, n))
        else:
            parts.append(Exposure(_relapses(figure), 0.0, n, effect.approximated))
    total = added(tuple(parts))
    if effect.person_time is not None:
        _study, _arm, time = knowledge.figure(effect.person_time)
        years_seen = total.person_years + float(time.value or 0)
        return Exposure(total.events, years_seen, total.n, effect.approximated)
    return total


def _relapses(figure: Figure) -> float:
    """Events behind a figure; people free of relapse are those without one."""
    if figure.outcome == "relapse_free" and figure.count is not None:
        return float((figure.of or 0) - figure.count)
    count = figure.count if figure.count is not None else figure.value
    return float(count or 0)


def _relapse(
    knowledge: Knowledge,
    option: Option,
    criterion: Criterion,
    effect: EffectSpec,
    assumptions: Assumptions,
) -> Distribution:
    horizon = float(criterion.horizon_years or 2)
    if option.therapy.is_present_treatment:
        return ProbabilityWithin(TiedHazard(), horizon)
    events, years = exposure_of(knowledge, effect).weighed
    prior = assumptions.prior_person_years
    if prior is None:
        prior = float(knowledge.ranking.prior.person_years[effect.certainty])
    follow_up = None
    if effect.follow_up is not None:
        _study, _arm, time = knowledge.figure(effect.follow_up)
        follow_up = float(time.value or 0) * YEARS[time.unit or "months"]
    return ProbabilityWithin(GammaTied(events, years, prior), horizon, follow_up)


def _beta(knowledge: Knowledge, effect: EffectSpec) -> Distribution:
    events = others = 0.0
    for reference in effect.from_:
        found = knowledge.figure(reference)
        count, of = found[2].count or 0, found[2].of or 0
        share = _share(effect, found)
        events += share * count
        others += share * (of - count)
    return Beta(_HALF + events, _HALF + others)


def _share(effect: EffectSpec, found: FigureFound) -> float:
    """What one patient of a figure counts: 1 with NMOSD, the stated part with another disease."""
    is_discounted = effect.discount is not None and _is_indirect(found)
    return float(effect.discount or 0) if is_discounted else 1.0


def _is_indirect(found: FigureFound) -> bool:
    study, arm, _figure = found
    return (arm.directness or study.directness) == "indirect"


def effect_line(
    knowledge: Knowledge,
    option: Option,
    criterion: Criterion,
    assumptions: Assumptions,
    quantiles: tuple[float, float, float] | None,
) -> EffectLine:
    """One cell for people: centre, range, studies, n and how it was derived.

    Args:
        quantiles: 5th, 50th and 95th percentile of its draws; None where nothing is known.
    """
    effect = effect_of(option, criterion, assumptions)
    kind = _KINDS[effect.kind]
    known = kind in ("derived", "judgement", "not-applicable") and quantiles is not None
    low, middle, high = quantiles if known and quantiles else (None, None, None)
    references = effect.from_ or effect.see
    found = [knowledge.figure(reference) for reference in references]
    return EffectLine(
        criterion=criterion.id,
        label=criterion.label,
        estimate=middle,
        low=low,
        high=high,
        unit=criterion.unit,
        studies=tuple(dict.fromkeys(study.id for study, _arm, _figure in found)),
        # Figures shown beside a cell may be the same patients or another disease: no n for them.
        n=_patients(_direct(effect, found)) if effect.from_ else None,
        how=_how(knowledge, effect),
        kind=kind,
        certainty=effect.certainty if kind == "derived" else "none",
    )


def _direct(effect: EffectSpec, found: list[FigureFound]) -> list[FigureFound]:
    """The figures that count in full; those at a discount are named beside them."""
    if effect.discount is None:
        return found
    return [one for one in found if not _is_indirect(one)]


def _patients(found: list[FigureFound]) -> int | None:
    """Patients behind the figures; those of one arm once."""
    arms = {(study.id, arm.id): figure.of or arm.n or 0 for study, arm, figure in found}
    return sum(arms.values()) or None


_KINDS = {
    "hazard": "derived",
    "count": "derived",
    "exact": "not-applicable",
    "judgement": "judgement",
    "absent": "absent",
    "not-reported": "not-reported",
}


def _counts_words(knowledge: Knowledge, effect: EffectSpec) -> str:
    """Counts of people; those with another disease stand after the others and join no sum."""
    indirect = [one for one in effect.from_ if _is_indirect(knowledge.figure(one))]
    if effect.discount is None:
        indirect = []
    direct = tuple(one for one in effect.from_ if one not in indirect)
    total = total_line(direct, knowledge)
    words = _named_counts(knowledge, direct)
    words = led(noted(total.shown, total.interval), words) if total else words
    if not indirect:
        return words
    others = _("indirect, counted at {share}: {counts}").format(
        share=effect.discount, counts=_named_counts(knowledge, indirect)
    )
    return parted([words, others]) if words else others


def _named_counts(knowledge: Knowledge, references: Iterable[str]) -> str:
    lines = [figure_line(knowledge, reference) for reference in references]
    return parted(noted(line.shown, line.study) for line in lines)


def _how(knowledge: Knowledge, effect: EffectSpec) -> str:
    reason = effect.because or ""
    said = _named_counts(knowledge, effect.from_ or effect.see)
    match effect.kind:
        case "hazard":
            exposure = exposure_of(knowledge, effect) if effect.from_ else None
            words = said
            if exposure is not None:
                words = _("{events} relapses in about {years} patient-years: {said}").format(
                    events=f"{exposure.events:.1f}".removesuffix(".0"),
                    years=f"{exposure.person_years:.0f}",
                    said=said,
                )
            if effect.approximated:
                words = parted([words, _("approximated, width doubled (project)")])
            return run_of([sentence(words), reason])
        case "count":
            words = _counts_words(knowledge, effect)
            return run_of([sentence(words), reason])
        case "exact":
            return _("Exactly {value} by definition. {reason}").format(
                value=effect.value or 0, reason=reason
            )
        case "judgement":
            return _("Judgement, {score} of 4. {reason}").format(score=effect.score, reason=reason)
        case "not-reported":
            beside = _("Beside it: {said}.").format(said=said) if said else ""
            return run_of([_("Not reported by this definition."), reason, beside])
        case _:
            return run_of([_("Not reported; the whole range."), reason])
