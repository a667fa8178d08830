"""Numbers that nothing can be computed with: a file with one of them, and the sentence."""

from pathlib import Path

import pytest
from small_knowledge import edit, write_small

from nmosd_cds.errors import KnowledgeError
from nmosd_cds.knowledge.load import load_knowledge

RANKING = "rules/ranking.yaml"
THERAPY = "rules/therapies/ahsct/therapy.yaml"
DOE = "resources/evidence/studies/doe-2020.yaml"
EFFECT = "{kind: hazard, from: doe-2020/relapses, person_time: doe-2020/person_years}"
MEMBER = "{id: relapse_24m, label: Relapse, unit: share, better: lower, best: 0, worst: 1,"
GROUP = "  - group: benefit\n    label: Benefit\n    members:\n"
PRIOR = "prior_person_years: 10"
REPLACED = "replace: {{ahsct: {{relapse_24m: {}}}}}"
REST = "distribution: gamma, because: Ours.}"

# file, what stands there, what is put there, line of the problem, the sentence
UNFIT = [
    (RANKING, "draws: 100\n", "draws: 0\n", 2, "`draws` is below 1."),
    (RANKING, "draws: 100\n", "draws: 99999999999\n", 2, "`draws` is above 100000, which no"),
    (RANKING, "screening_draws: 10", "screening_draws: 0", 3, "`screening_draws` is below 1."),
    (RANKING, "screening_draws: 10", "screening_draws: 101", 3, "`screening_draws` is above"),
    (RANKING, "share: 0.75", "share: 1.5", 5, "`share` is no share. Write a number above 0"),
    (RANKING, "difference: 0.05", "difference: 0.6", 4, "`minimum_difference` is not within 0"),
    (RANKING, "errors: 2", "errors: -1", 4, "`monte_carlo_errors` is not within 0 to 100."),
    (RANKING, "best: 0, worst: 1", "best: 1, worst: 1", 10, "best and worst of `relapse_24m` are"),
    (RANKING, "best: 0, worst: 1", "best: 1, worst: 0", 10, "`relapse_24m` is better lower and"),
    (RANKING, REST, f"horizon_years: 0, {REST}", 11, "the horizon of `relapse_24m` is not above"),
    (
        RANKING,
        REST,
        f"{REST}\n      - {MEMBER}\n         {REST}",
        10,
        "the criterion `relapse_24m`",
    ),
    (
        RANKING,
        GROUP,
        f"  - {{group: none_, label: N, members: []}}\n{GROUP}",
        7,
        "the group `none_`",
    ),
    (
        RANKING,
        "{none: 20, very-low: 20}",
        "{none: 20, very-low: -1}",
        16,
        "the prior at `very-low`",
    ),
    (
        RANKING,
        "prior_person_years: 10",
        "prior_person_years: -10",
        22,
        "the prior of `prior-10` is",
    ),
    (DOE, "label: Time, value: 20", "label: Time, value: 0", 0, "the comparator `placebo` has no"),
    (
        DOE,
        "label: Time, value: 20",
        "label: Time, value: 0",
        0,
        "the person-time `doe-2020/person_",
    ),
    (THERAPY, EFFECT, "{kind: judgement, score: 5}", 12, "a judgement needs a `score` of 0 to 4."),
    (THERAPY, EFFECT, "{kind: judgement}", 12, "a judgement needs a `score` of 0 to 4."),
    (THERAPY, EFFECT, "{kind: exact}", 12, "a cell of the kind `exact` has no `value`."),
    (THERAPY, EFFECT, "{kind: count}", 12, "a cell of the kind `count` rests on no figure."),
    (THERAPY, EFFECT, "{kind: hazard}", 12, "a cell of the kind `hazard` rests on no figure."),
    (
        DOE,
        "label: Relapses, value: 2,",
        "label: Relapses, text: Few.,",
        0,
        "a hazard needs printed",
    ),
    (
        DOE,
        "kind: events, label: Relapses",
        "kind: percentage, label: Relapses",
        0,
        "a hazard needs",
    ),
    (
        RANKING,
        PRIOR,
        REPLACED.format("{kind: count, from: doe-2020/nobody}"),
        22,
        "`doe-2020/nobody`",
    ),
    (
        RANKING,
        PRIOR,
        REPLACED.format("{kind: count, from: doe-2020/recalled}"),
        22,
        "`doe-2020/recalled` is known from memory and may not enter",
    ),
    (RANKING, PRIOR, REPLACED.format("{kind: count, from: doe-2020/relapses}"), 22, "a proportion"),
    (RANKING, PRIOR, REPLACED.format("{kind: guess}"), 22, "`kind`: Input should be"),
    (THERAPY, EFFECT, "{kind: hazard, from: doe-2020/relapses}", 12, "a hazard needs the time in"),
    (THERAPY, EFFECT, "{kind: count, from: doe-2020/relapses}", 12, "a proportion needs a count"),
    (
        THERAPY,
        EFFECT,
        "{kind: count, from: doe-2020/died, discount: 2}",
        12,
        "`discount` is no share. Write a number above 0 and up to 1.",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "sentence"), UNFIT)
def test_a_number_that_cannot_be_is_said_with_file_and_line(
    tmp_path: Path, file: str, old: str, new: str, line: int, sentence: str
) -> None:
    root = write_small(tmp_path)
    edit(root, file, old, new)
    with pytest.raises(KnowledgeError) as raised:
        load_knowledge(root)
    said = [problem for problem in raised.value.problems if sentence in problem.sentence]
    assert said, [problem.sentence for problem in raised.value.problems]
    if line:
        assert said[0].where == f"{file}:{line}"


def test_no_criterion_and_no_comparator_are_both_said(tmp_path: Path) -> None:
    root = write_small(tmp_path)
    text = (root / RANKING).read_text(encoding="utf-8")
    start, end = text.index("criteria:"), text.index("comparators:")
    after = text.index("prior:")
    broken = f"{text[:start]}criteria: []\ncomparators: []\n{text[after:]}"
    assert end < after
    (root / RANKING).write_text(broken, encoding="utf-8")
    with pytest.raises(KnowledgeError) as raised:
        load_knowledge(root)
    said = " ".join(problem.sentence for problem in raised.value.problems)
    assert "there is no criterion, so nothing can be weighed." in said
    assert "there is no comparator, so no hazard without cells." in said
