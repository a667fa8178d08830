"""How the patients studied under an option resemble this one: n of n, never a bare percentage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from nmosd_cds.advice.model import EvidenceFit, FitLine
from nmosd_cds.advice.value_read import value_read
from nmosd_cds.evidence.study import Arm, Population, Range, Study
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import listed
from nmosd_cds.knowledge.knowledge import Knowledge, Option
from nmosd_cds.knowledge.ranking import FitSpec
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
_POOLED = frozenset(
    {"meta-analysis", "review", "guideline", "label", "protocol", "preclinical", "survey"}
)


def fit_of(knowledge: Knowledge, option: Option, facts: Facts) -> EvidenceFit:
    """Compare a person with the patients of the direct studies of an option."""
    arms = direct_arms(knowledge, option)
    if not arms:
        return EvidenceFit(None, None)
    counted = [arm.n for arm in arms if arm.n is not None]
    serostatus = facts["serostatus"]
    lines = {
        "serostatus": _serostatus_line(arms, serostatus),
        "age": _range_line(_("Age"), facts["age_years"], arms, lambda one: one.age_years),
        "edss": _range_line(_("EDSS"), facts["edss_current"], arms, lambda one: one.edss),
        "activity": _activity_line(arms, facts),
        "earlier_drugs": _earlier_drugs_line(arms, facts["standard_care"]),
        "follow_up": _follow_up_line(arms, knowledge.ranking.fit),
    }
    return EvidenceFit(
        n=sum(counted) if counted else None,
        n_like=_n_like(arms, serostatus),
        lines=tuple(
            replace(line, means=_means(knowledge.ranking.fit, feature, line.alike))
            for feature, line in lines.items()
        ),
    )


def _means(spec: FitSpec | None, feature: str, alike: Truth) -> str:
    means = {str(name): one for name, one in spec.means.items()}.get(feature) if spec else None
    if means is None or alike is Truth.TRUE:
        return ""
    return means.unlike if alike is Truth.FALSE else means.unknown


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
    if not shares:
        said = _("not reported")
        return FitLine(_("AQP4-IgG positive"), value_read(serostatus), said, Truth.UNKNOWN)
    count, of = sum(share.count for share in shares), sum(share.of for share in shares)
    studied = _("{count} of {of}").format(count=count, of=of)
    alike, like = Truth.UNKNOWN, None
    possible = serostatus.possible
    if isinstance(possible, Choices) and possible.is_settled:
        is_positive = possible.possible == {"aqp4-positive"}
        alike = truth_of(count > 0 and is_positive)
        like = count if is_positive else _n_like(arms, serostatus)
    return FitLine(
        _("AQP4-IgG positive"), value_read(serostatus), studied, alike, like, of=_n_of(arms) or of
    )


def _range_line(
    feature: str, fact: Fact, arms: tuple[Arm, ...], of: Callable[[Population], Range | None]
) -> FitLine:
    """One measure against the ranges printed, arm by arm."""
    printed = [
        (arm, found.low, found.high)
        for arm in arms
        if (found := of(arm.population)) is not None
        and found.low is not None
        and found.high is not None
        and found.flag != "memory"
    ]
    if not printed:
        return FitLine(feature, value_read(fact), _("not reported"), Truth.UNKNOWN)
    low, high = min(one[1] for one in printed), max(one[2] for one in printed)
    studied = _("{low} to {high}").format(low=_plain(low), high=_plain(high))
    inside = [
        (arm, compare(Within(feature, Interval(low, high), None), fact))
        for arm, low, high in printed
    ]
    verdicts = {truth for _arm, truth in inside}
    if Truth.TRUE in verdicts:
        alike = Truth.TRUE
    else:
        alike = Truth.FALSE if verdicts == {Truth.FALSE} else Truth.UNKNOWN
    like = None
    if Truth.UNKNOWN not in verdicts:
        like = _n_of(tuple(arm for arm, truth in inside if truth is Truth.TRUE))
    return FitLine(feature, value_read(fact), studied, alike, like, _n_of(arms))


def _n_of(arms: tuple[Arm, ...]) -> int | None:
    """Patients of all arms; None if an arm does not say how many it had."""
    counts = [arm.n for arm in arms]
    return sum(n for n in counts if n is not None) if None not in counts else None


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _activity_line(arms: tuple[Arm, ...], facts: Facts) -> FitLine:
    """Attacks of the last 12 months against relapses a year before; else what was asked for."""
    rates = _range_line(
        _("Attacks in the year before"),
        facts["attacks_12_months"],
        arms,
        lambda one: one.relapses_per_year,
    )
    said = [arm.population.activity.text for arm in arms if arm.population.activity]
    if rates.studied != _("not reported"):
        return rates
    studied = " / ".join(dict.fromkeys(said)) or _("not reported")
    person = value_read(facts["high_activity"])
    return FitLine(_("High activity before"), person, studied, Truth.UNKNOWN)


def _earlier_drugs_line(arms: tuple[Arm, ...], standard_care: Fact) -> FitLine:
    said = [arm.population.prior_drugs.text for arm in arms if arm.population.prior_drugs]
    studied = " / ".join(dict.fromkeys(said)) or _("not reported")
    return FitLine(_("Earlier drugs"), value_read(standard_care), studied, Truth.UNKNOWN)


def _follow_up_line(arms: tuple[Arm, ...], spec: FitSpec | None) -> FitLine:
    """How long people were followed, against the time this page asks about."""
    asked = Decimal(24) if spec is None else spec.follow_up_months
    person = _("asked about: {months} months").format(months=_plain(asked))
    followed = [(arm, months) for arm in arms if (months := _follow_up_months(arm)) is not None]
    if not followed:
        return FitLine(_("Follow-up"), person, _("not reported"), Truth.UNKNOWN)
    spans = sorted({months for _arm, months in followed})
    studied = _("{spans} months").format(spans=listed(_plain(each) for each in spans))
    long = tuple(arm for arm, months in followed if months >= asked)
    return FitLine(_("Follow-up"), person, studied, truth_of(bool(long)), _n_of(long), _n_of(arms))


_MONTHS = {
    "days": 12 / Decimal("365.25"),
    "weeks": 84 / Decimal("365.25"),
    "months": Decimal(1),
    "years": Decimal(12),
}


def _follow_up_months(arm: Arm) -> Decimal | None:
    """Median, else mean, follow-up of an arm in months; None if none was printed."""
    for figure in arm.figures:
        is_span = figure.kind == "duration" and figure.id == "follow_up"
        if is_span and figure.value is not None and figure.flag != "memory":
            return figure.value * _MONTHS[figure.unit or "months"]
    return None
