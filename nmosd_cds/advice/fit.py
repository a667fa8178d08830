"""How the patients studied under an option resemble this one: n of n, never a bare percentage."""

from __future__ import annotations

from decimal import Decimal

from nmosd_cds.advice.model import EvidenceFit, FitLine
from nmosd_cds.advice.screen import value_read
from nmosd_cds.evidence.study import Arm, Range, Study
from nmosd_cds.i18n import _
from nmosd_cds.knowledge.knowledge import Knowledge, Option
from nmosd_cds.logic.condition import Within
from nmosd_cds.logic.evaluate import compare
from nmosd_cds.logic.fact import Choices, Fact, Facts, Interval
from nmosd_cds.logic.truth import Truth, truth_of

# Reports chosen for their outcome stand in only where nothing better exists.
_COHORTS = frozenset(
    {
        "randomised-trial",
        "single-arm-trial",
        "single-arm-phase-1",
        "prospective-cohort",
        "retrospective-cohort",
        "registry",
    }
)
_POOLED = frozenset({"meta-analysis", "review", "guideline", "label", "protocol"})


def fit_of(knowledge: Knowledge, option: Option, facts: Facts) -> EvidenceFit:
    """Compare a person with the patients of the direct studies of an option."""
    arms = direct_arms(knowledge, option)
    if not arms:
        return EvidenceFit(None, None)
    counted = [arm.n for arm in arms if arm.n is not None]
    serostatus = facts["serostatus"]
    return EvidenceFit(
        n=sum(counted) if counted else None,
        n_like=_n_like(arms, serostatus),
        lines=(
            _serostatus_line(arms, serostatus),
            _range_line(_("Age"), facts["age_years"], [arm.population.age_years for arm in arms]),
            _range_line(_("EDSS"), facts["edss_current"], [arm.population.edss for arm in arms]),
            _activity_line(arms, facts["high_activity"]),
            _earlier_drugs_line(arms, facts["standard_care"]),
        ),
    )


def direct_arms(knowledge: Knowledge, option: Option) -> tuple[Arm, ...]:
    """Arms of NMOSD studies under the option, each patient once as far as overlaps are known."""
    if option.therapy.is_present_treatment:
        # What happens without cells is read from published control arms.
        return tuple(knowledge.figure(each.events)[1] for each in knowledge.ranking.comparators)
    linked = [
        source
        for link in option.therapy.evidence
        if link.directness == "nmosd"
        and isinstance(source := knowledge.sources[link.study], Study)
        and source.design not in _POOLED
    ]
    cohorts = [study for study in linked if study.design in _COHORTS]
    chosen: list[Study] = []
    for study in cohorts or linked:
        taken = {each.id for each in chosen}
        if not taken & set(study.patients_overlap_with):
            chosen.append(study)
    wanted = {option.id, *option.therapy.drugs}
    return tuple(
        arm
        for study in chosen
        for arm in study.arms
        if arm.option in wanted and arm.directness != "indirect"
    )


def _n_like(arms: tuple[Arm, ...], serostatus: Fact) -> int | None:
    possible = serostatus.possible
    if not isinstance(possible, Choices) or not possible.is_settled:
        return None
    attribute = {"aqp4-positive": "aqp4_positive", "aqp4-negative": "aqp4_negative"}.get(
        next(iter(possible.possible)), "mog_positive"
    )
    shares = [getattr(arm.population, attribute) for arm in arms]
    counts = [share.count for share in shares if share is not None and share.flag != "memory"]
    return sum(counts) if counts else None


def _serostatus_line(arms: tuple[Arm, ...], serostatus: Fact) -> FitLine:
    shares = [arm.population.aqp4_positive for arm in arms if arm.population.aqp4_positive]
    studied = _("not reported")
    alike = Truth.UNKNOWN
    if shares:
        count, of = sum(share.count for share in shares), sum(share.of for share in shares)
        studied = _("{count} of {of}").format(count=count, of=of)
        possible = serostatus.possible
        if isinstance(possible, Choices) and possible.is_settled:
            alike = truth_of(count > 0 and possible.possible == {"aqp4-positive"})
    return FitLine(_("AQP4-IgG positive"), value_read(serostatus), studied, alike)


def _range_line(feature: str, fact: Fact, ranges: list[Range | None]) -> FitLine:
    lows = [each.low for each in ranges if each is not None and each.low is not None]
    highs = [each.high for each in ranges if each is not None and each.high is not None]
    if not lows or not highs:
        return FitLine(feature, value_read(fact), _("not reported"), Truth.UNKNOWN)
    low, high = min(lows), max(highs)
    studied = _("{low} to {high}").format(low=_plain(low), high=_plain(high))
    within = Within(feature, Interval(low, high), None)
    return FitLine(feature, value_read(fact), studied, compare(within, fact))


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _activity_line(arms: tuple[Arm, ...], high_activity: Fact) -> FitLine:
    said = [arm.population.activity.text for arm in arms if arm.population.activity]
    studied = " / ".join(dict.fromkeys(said)) or _("not reported")
    return FitLine(_("High activity before"), value_read(high_activity), studied, Truth.UNKNOWN)


def _earlier_drugs_line(arms: tuple[Arm, ...], standard_care: Fact) -> FitLine:
    said = [arm.population.prior_drugs.text for arm in arms if arm.population.prior_drugs]
    studied = " / ".join(dict.fromkeys(said)) or _("not reported")
    return FitLine(_("Earlier drugs"), value_read(standard_care), studied, Truth.UNKNOWN)
