"""A figure in words: n of n with its interval, and what is no share of patients without one."""

import pytest

from nmosd_cds import paths
from nmosd_cds.advice.figures import figure_line
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.load import load_knowledge


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(paths.knowledge_root())


def test_a_count_of_patients_has_its_exact_interval(knowledge: Knowledge) -> None:
    # Clopper and Pearson for 30 of 39, as the dossier worked it by hand: 60.7 to 88.9 %.
    line = figure_line(knowledge, "licats-2025/licats")
    assert line.shown == "30 of 39"
    assert line.low == pytest.approx(0.607, abs=0.0005)
    assert line.high == pytest.approx(0.889, abs=0.0005)


def test_a_count_of_reports_says_so_and_has_no_interval(knowledge: Knowledge) -> None:
    line = figure_line(knowledge, "faers-spm-2024/second_cancer")
    assert line.shown == "536 of 12394 reports"
    assert (line.interval, line.share, line.low, line.high) == ("", None, None, None)


def test_a_change_in_percent_is_no_share(knowledge: Knowledge) -> None:
    line = figure_line(knowledge, "kysa-8-sps/walk_time")
    assert line.shown == "-46 %, n 26"
    assert line.share is None
