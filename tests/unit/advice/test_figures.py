"""A figure in words: n of n with its interval, and what is no share of patients without one."""

from pathlib import Path

import pytest

from nmosd_cds import i18n, paths
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


def test_a_figure_is_said_in_the_language_in_use_each_time(
    knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zh").mkdir()
    words = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    words += 'msgid "{count} of {of}"\nmsgstr "{of} 中的 {count}"\n'
    (tmp_path / "zh" / "messages.po").write_text(words, encoding="utf-8")
    monkeypatch.setattr(paths, "translations_folder", lambda: tmp_path)
    assert figure_line(knowledge, "licats-2025/licats").shown == "30 of 39"
    with i18n.in_language("zh"):
        assert figure_line(knowledge, "licats-2025/licats").shown == "39 中的 30"
    assert figure_line(knowledge, "licats-2025/licats").shown == "30 of 39"
