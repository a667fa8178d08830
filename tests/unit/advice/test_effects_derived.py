"""From the counts of studies to the distributions of the ranking, each figure worked by hand."""

import math

import numpy as np
import pytest

from nmosd_cds import paths
from nmosd_cds.advice.arithmetic import arithmetic_of
from nmosd_cds.advice.cells import (
    Assumptions,
    comparator_exposure,
    distribution_of,
    effect_of,
    evidence_set,
    exposure_of,
)
from nmosd_cds.decision.distribution import Beta, GammaTied, ProbabilityWithin
from nmosd_cds.evidence.hazard import Exposure
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.knowledge.ranking import Criterion
from nmosd_cds.knowledge.therapy import EffectSpec

ALL_REGIMENS = Assumptions(evidence=(("ahsct", "all-regimens"),))


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(paths.knowledge_root())


def criterion(knowledge: Knowledge, name: str) -> Criterion:
    groups = knowledge.ranking.criteria
    return next(one for group in groups for one in group.members if one.id == name)


def effect(
    knowledge: Knowledge, option: str, name: str, assumptions: Assumptions = Assumptions()
) -> EffectSpec:
    return effect_of(knowledge.options[option], criterion(knowledge, name), assumptions)


def exposure(
    knowledge: Knowledge, option: str, assumptions: Assumptions = Assumptions()
) -> Exposure:
    return exposure_of(knowledge, effect(knowledge, option, "relapse_24m", assumptions))


def beta(
    knowledge: Knowledge, name: str, assumptions: Assumptions = Assumptions()
) -> tuple[float, float]:
    found = distribution_of(
        knowledge, knowledge.options["ahsct"], criterion(knowledge, name), assumptions
    )
    assert isinstance(found, Beta)
    return found.a, found.b


def test_burt_80_percent_at_5_years_is_0_045_a_year(knowledge: Knowledge) -> None:
    found = exposure(knowledge, "ahsct")
    # -ln 0.80 / 5 = 0.0446; 12 people, of whom one in five relapsed: 2.4 events.
    assert found.events / found.person_years == pytest.approx(0.0446, abs=0.0001)
    assert (found.n, found.events) == (12, pytest.approx(2.4))
    assert not found.approximated


def test_greco_31_percent_at_3_years_is_0_39_a_year(knowledge: Knowledge) -> None:
    found = exposure_of(
        knowledge, EffectSpec(kind="hazard", from_=("greco-2015-ebmt/relapse_free_3y",))
    )
    # -ln 0.31 / 3 = 0.3904.
    assert found.events / found.person_years == pytest.approx(0.3904, abs=0.0001)
    assert found.n == 16


def test_all_regimens_add_the_two_by_patients_and_hide_that_they_disagree(
    knowledge: Knowledge,
) -> None:
    found = exposure(knowledge, "ahsct", ALL_REGIMENS)
    # 2.4 events in 53.8 years and 11.04 in 28.3.
    assert found.events == pytest.approx(13.44)
    assert found.person_years == pytest.approx(53.78 + 28.28, abs=0.02)
    assert found.n == 28


def test_qin_is_patients_by_median_follow_up_with_twice_the_width(knowledge: Knowledge) -> None:
    found = exposure(knowledge, "car-t-bcma")
    # 12 people for 5.5 months are 5.5 patient-years; one relapse.
    assert (found.events, found.person_years, found.n) == (1, 5.5, 12)
    assert found.approximated and found.weighed == (0.25, 1.375)


def test_beyond_its_follow_up_qin_knows_nothing(knowledge: Knowledge) -> None:
    one = criterion(knowledge, "relapse_24m")
    found = distribution_of(knowledge, knowledge.options["car-t-bcma"], one, Assumptions())
    assert isinstance(found, ProbabilityWithin) and isinstance(found.hazard, GammaTied)
    assert found.follow_up == pytest.approx(5.5 / 12)
    assert found.horizon == 2
    assert found.hazard.prior_person_time == 20


def test_fu_counts_all_relapses_of_the_first_year(knowledge: Knowledge) -> None:
    found = exposure(knowledge, "bm-msc")
    # A mean of 0.3 in 15 people for a year.
    assert (found.events, found.person_years) == (4.5, 15)
    assert found.approximated


def test_the_course_without_cells_is_a_printed_count_over_printed_time(
    knowledge: Knowledge,
) -> None:
    placebo, azathioprine = (
        comparator_exposure(knowledge, one) for one in knowledge.ranking.comparators
    )
    assert (placebo.events, placebo.person_years) == (20, 46.9)
    assert placebo.events / placebo.person_years == pytest.approx(0.426, abs=0.001)
    # Of 59, 28 relapsed at half time on average: (31 x 60 + 28 x 30) / 52.18 weeks a year.
    assert azathioprine.events == 28
    assert azathioprine.person_years == pytest.approx((31 * 60 + 28 * 30) / 52.18, abs=0.05)


def test_none_of_16_died_and_that_is_not_zero(knowledge: Knowledge) -> None:
    # Jeffreys' prior: half a death and half a survivor.
    assert beta(knowledge, "treatment_related_death") == (0.5, 16.5)
    assert beta(knowledge, "treatment_related_death", ALL_REGIMENS) == (0.5, 32.5)


def test_11_of_16_were_off_drugs_and_14_of_32_with_every_regimen(knowledge: Knowledge) -> None:
    assert beta(knowledge, "drug_free_remission") == (11.5, 5.5)
    assert beta(knowledge, "drug_free_remission", ALL_REGIMENS) == (14.5, 18.5)


def test_people_with_nmosd_count_in_full_and_others_a_tenth(knowledge: Knowledge) -> None:
    # 2 of the 12 analysed in Chicago; 29 of 347 with other diseases, each a tenth.
    events, others = beta(knowledge, "late_harm")
    assert events == pytest.approx(0.5 + 2 + 2.9)
    assert others == pytest.approx(0.5 + 10 + 31.8)
    # With 1 of 16 of the European series beside them.
    events, others = beta(knowledge, "late_harm", ALL_REGIMENS)
    assert events == pytest.approx(0.5 + 3 + 2.9)
    assert others == pytest.approx(0.5 + 25 + 31.8)


def test_the_discount_is_said_and_the_others_join_no_sum(knowledge: Knowledge) -> None:
    lines = arithmetic_of(knowledge).effect_lines("ahsct")
    line = next(one for one in lines if one.criterion == "late_harm")
    assert "indirect, counted at 0.1: 29 of 347 (daikeler-2011-secondary-ad)" in line.how
    assert "2 of 12 (burt-2019)" in line.how and "31 of" not in line.how
    assert line.n == 12


def test_no_cell_takes_a_figure_of_another_disease_in_full(knowledge: Knowledge) -> None:
    undiscounted = []
    for option, name, one in every_effect(knowledge):
        for reference in one.from_:
            study, arm, _figure = knowledge.figure(reference)
            is_indirect = (arm.directness or study.directness) == "indirect"
            if is_indirect and one.discount is None:
                undiscounted.append((option, name, reference))
    assert undiscounted == []


def test_time_made_from_a_median_is_marked_and_printed_time_is_not(knowledge: Knowledge) -> None:
    timed = [one for _o, _n, one in every_effect(knowledge) if one.person_time is not None]
    assert len(timed) >= 3
    for one in timed:
        assert one.person_time is not None
        figure = knowledge.figure(one.person_time)[2]
        assert one.approximated is (figure.flag == "derived"), one.person_time


def test_no_figure_from_memory_is_in_a_cell(knowledge: Knowledge) -> None:
    used = {ref for _o, _n, one in every_effect(knowledge) for ref in one.from_}
    assert len(used) > 8
    assert [ref for ref in used if knowledge.figure(ref)[2].flag == "memory"] == []


def every_effect(knowledge: Knowledge) -> list[tuple[str, str, EffectSpec]]:
    found = []
    for option in knowledge.options.values():
        therapy = option.therapy
        cells = [therapy.effects, *(one.effects for one in therapy.evidence_sets)]
        found += [(option.id, name, one) for each in cells for name, one in each.items()]
    return found


def test_one_evidence_set_serves_every_criterion_of_a_scenario(knowledge: Knowledge) -> None:
    option = knowledge.options["ahsct"]
    usual, every = evidence_set(option, Assumptions()), evidence_set(option, ALL_REGIMENS)
    assert usual is not None and every is not None
    assert "greco-2015-ebmt" not in usual.studies and "greco-2015-ebmt" in every.studies
    for chosen in (usual, every):
        named = {
            ref.split("/")[0]
            for one in chosen.effects.values()
            for ref in one.from_
            if knowledge.figure(ref)[0].directness == "nmosd"
        }
        assert named <= set(chosen.studies)


# Brown, Cai and DasGupta, Statistical Science 2001;16:101-133, table 5: 95 % limits of Jeffreys'
# interval away from the ends, where their modification changes nothing.
@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(2, 7, 0.065, 0.648), (2, 10, 0.044, 0.503), (3, 10, 0.093, 0.606), (5, 10, 0.224, 0.776)],
)
def test_a_count_has_the_published_limits_of_jeffreys(
    count: int, of: int, low: float, high: float
) -> None:
    found = Beta(0.5 + count, 0.5 + of - count).quantiles(np.array([0.025, 0.975]))
    assert found.tolist() == pytest.approx([low, high], abs=0.001)


def test_the_hazard_of_a_survival_value_gives_it_back(knowledge: Knowledge) -> None:
    found = exposure(knowledge, "ahsct")
    assert math.exp(-5 * found.events / found.person_years) == pytest.approx(0.80)
