"""How the patients studied under an option resemble this one: n of n, never a bare percentage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from nmosd_cds.advice.model import EvidenceFit, FitLine
from nmosd_cds.advice.value_read import value_read
from nmosd_cds.calculators.serostatus import MOGAD, NEGATIVE, POSITIVE
from nmosd_cds.evidence.study import Arm, Population, Range, Study
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import listed
from nmosd_cds.knowledge.knowledge import Knowledge, Option
from nmosd_cds.knowledge.ranking import FitMeans, FitSpec
from nmosd_cds.logic.condition import Within
from nmosd_cds.logic.evaluate import compare
from nmosd_cds.logic.fact import Choices, Fact, Facts, Interval
from nmosd_cds.logic.truth import FALSE, TRUE, UNKNOWN, Truth, truth_of

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
# Under which name a study counts the people of each serostatus.
_COUNTED_AS = {POSITIVE: "aqp4_positive", NEGATIVE: "aqp4_negative", MOGAD: "mog_positive"}
_POOLED = frozenset(
    {"meta-analysis", "review", "guideline", "label", "protocol", "preclinical", "survey"}
)


@dataclass(frozen=True)
class _Feature:
    """One feature of the patients studied under an option; the same for everyone.

    Attributes:
        fact: What of the person is held against it.
        studied: The patients studied, in words.
        ranges: Printed ranges, each with the patients of its arm; None where none was printed.
        of: Patients of all arms compared; None if no number was printed.
        means: What a difference, or not knowing, could mean; None: nothing is said of it.
    """

    label: str
    fact: str
    studied: str
    means: FitMeans | None
    ranges: tuple[tuple[int | None, Within], ...] = ()
    of: int | None = None

    def line(self, person: str, alike: Truth = UNKNOWN, like: int | None = None) -> FitLine:
        """The feature beside a person's."""
        means = ""
        if self.means is not None and alike is not TRUE:
            means = self.means.unlike if alike is FALSE else self.means.unknown
        return FitLine(self.label, person, self.studied, alike, like, self.of, means)

    def held_against(self, facts: Facts) -> FitLine:
        """One measure of the person against the ranges printed, arm by arm."""
        fact = facts[self.fact]
        person = value_read(fact)
        if not self.ranges:
            return self.line(person)
        inside = [(n, compare(within, fact)) for n, within in self.ranges]
        verdicts = {truth for _n, truth in inside}
        if UNKNOWN in verdicts:
            return self.line(person, TRUE if TRUE in verdicts else UNKNOWN)
        like = _added(n for n, truth in inside if truth is TRUE)
        return self.line(person, truth_of(TRUE in verdicts), like)


@dataclass(frozen=True)
class _Studied:
    """The patients of the direct studies of an option, as far as everyone is shown the same.

    Attributes:
        n: Patients with an outcome of their own; None if not printed.
        positive: Patients counted as AQP4-IgG positive; None if no study counts them.
        n_like: Patients counted, by serostatus; None where no text counts them.
        measures: What is held against the person in the same way, in the order shown.
        follow_up: How long people were followed.
    """

    n: int | None
    serostatus: _Feature
    positive: int | None
    n_like: Mapping[str, int | None]
    measures: tuple[_Feature, ...]
    follow_up: FitLine


def fit_of(knowledge: Knowledge, option: Option, facts: Facts) -> EvidenceFit:
    """Compare a person with the patients of the direct studies of an option."""
    studied = knowledge.said(_studied, option.id)
    if studied is None:
        return EvidenceFit(None, None)
    settled = _settled(facts["serostatus"])
    lines = (
        _serostatus_line(studied, facts["serostatus"]),
        *[measure.held_against(facts) for measure in studied.measures],
        studied.follow_up,
    )
    return EvidenceFit(studied.n, studied.n_like[settled] if settled else None, lines)


def _settled(serostatus: Fact) -> str | None:
    possible = serostatus.possible
    if not isinstance(possible, Choices) or not possible.is_settled:
        return None
    return next(iter(possible.possible))


def _serostatus_line(studied: _Studied, serostatus: Fact) -> FitLine:
    person, settled = value_read(serostatus), _settled(serostatus)
    if studied.positive is None or settled is None:
        return studied.serostatus.line(person)
    is_positive = settled == POSITIVE
    like = studied.positive if is_positive else studied.n_like[settled]
    return studied.serostatus.line(person, truth_of(studied.positive > 0 and is_positive), like)


def _studied(knowledge: Knowledge, name: str) -> _Studied | None:
    """What the direct studies of an option say to everyone; None if there are none."""
    arms = direct_arms(knowledge, knowledge.options[name])
    if not arms:
        return None
    spec = knowledge.ranking.fit
    means = {str(feature): one for feature, one in spec.means.items()} if spec else {}
    counted = [arm.n for arm in arms if arm.n is not None]
    shares = [arm.population.aqp4_positive for arm in arms if arm.population.aqp4_positive]
    positive = sum(share.count for share in shares) if shares else None
    serostatus = _Feature(_("AQP4-IgG positive"), "", _("not reported"), means.get("serostatus"))
    if positive is not None:
        of = sum(share.of for share in shares)
        said = _("{count} of {of}").format(count=positive, of=of)
        serostatus = replace(serostatus, studied=said, of=_n_of(arms) or of)
    age = _measure(_("Age"), "age_years", arms, lambda one: one.age_years, means.get("age"))
    edss = _measure(_("EDSS"), "edss_current", arms, lambda one: one.edss, means.get("edss"))
    return _Studied(
        n=sum(counted) if counted else None,
        serostatus=serostatus,
        positive=positive,
        n_like={status: _n_like(arms, counts) for status, counts in _COUNTED_AS.items()},
        measures=(
            age,
            edss,
            _activity(arms, means.get("activity")),
            _earlier_drugs(arms, means.get("earlier_drugs")),
        ),
        follow_up=_follow_up_line(arms, spec, means.get("follow_up")),
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


def _n_like(arms: tuple[Arm, ...], attribute: str) -> int | None:
    shares = [getattr(arm.population, attribute) for arm in arms]
    counts = [share.count for share in shares if share is not None and share.flag != "memory"]
    return sum(counts) if counts else None


def _measure(
    label: str,
    fact: str,
    arms: tuple[Arm, ...],
    of: Callable[[Population], Range | None],
    means: FitMeans | None,
) -> _Feature:
    """One measure as it was printed, arm by arm."""
    printed = [
        (arm.n, found.low, found.high)
        for arm in arms
        if (found := of(arm.population)) is not None
        and found.low is not None
        and found.high is not None
        and found.flag != "memory"
    ]
    if not printed:
        return _Feature(label, fact, _("not reported"), means)
    low, high = min(one[1] for one in printed), max(one[2] for one in printed)
    studied = _("{low} to {high}").format(low=_plain(low), high=_plain(high))
    ranges = tuple((n, Within(fact, Interval(low, high), None)) for n, low, high in printed)
    return _Feature(label, fact, studied, means, ranges, _n_of(arms))


def _n_of(arms: tuple[Arm, ...]) -> int | None:
    """Patients of all arms; None if an arm does not say how many it had."""
    return _added(arm.n for arm in arms)


def _added(counts: Iterable[int | None]) -> int | None:
    found = list(counts)
    return sum(n for n in found if n is not None) if None not in found else None


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _activity(arms: tuple[Arm, ...], means: FitMeans | None) -> _Feature:
    """Attacks of the last 12 months against relapses a year before; else what was asked for."""
    label = _("Attacks in the year before")
    rates = _measure(label, "attacks_12_months", arms, lambda one: one.relapses_per_year, means)
    if rates.ranges:
        return rates
    said = [arm.population.activity.text for arm in arms if arm.population.activity]
    return _Feature(_("High activity before"), "high_activity", _reported(said), means)


def _earlier_drugs(arms: tuple[Arm, ...], means: FitMeans | None) -> _Feature:
    said = [arm.population.prior_drugs.text for arm in arms if arm.population.prior_drugs]
    return _Feature(_("Earlier drugs"), "standard_care", _reported(said), means)


def _reported(said: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(said)) or _("not reported")


def _follow_up_line(arms: tuple[Arm, ...], spec: FitSpec | None, means: FitMeans | None) -> FitLine:
    """How long people were followed, against the time this page asks about."""
    asked = Decimal(24) if spec is None else spec.follow_up_months
    person = _("asked about: {months} months").format(months=_plain(asked))
    feature = _Feature(_("Follow-up"), "", _("not reported"), means)
    followed = [(arm, months) for arm in arms if (months := _follow_up_months(arm)) is not None]
    if not followed:
        return feature.line(person)
    spans = sorted({months for _arm, months in followed})
    studied = _("{spans} months").format(spans=listed(_plain(each) for each in spans))
    long = tuple(arm for arm, months in followed if months >= asked)
    feature = replace(feature, studied=studied, of=_n_of(arms))
    return feature.line(person, truth_of(bool(long)), _n_of(long))


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
