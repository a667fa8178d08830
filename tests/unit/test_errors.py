import pickle  # noqa: TID251 - what a worker process does with an error, on our own bytes

import pytest

from nmosd_cds.errors import (
    CdsError,
    ImportFileError,
    KnowledgeError,
    Problem,
    ReportError,
    nearest,
)


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (Problem("a.yaml:6", "`x` is not a field"), "a.yaml:6: `x` is not a field."),
        (Problem("a.yaml:6", "Wrong.", "Did you mean `y`?"), "a.yaml:6: Wrong. Did you mean `y`?"),
        (Problem("edss", "Must be 0 to 10.", "Write 6.5."), "edss: Must be 0 to 10. Write 6.5."),
        (Problem("", "Nothing here"), "Nothing here."),
        (Problem("病例", "不是日期。"), "病例：不是日期。"),
    ],
)
def test_a_problem_is_one_sentence_without_double_dots(problem: Problem, sentence: str) -> None:
    assert problem.sentence == str(problem) == sentence


def test_problems_sort_by_place_with_line_numbers_as_numbers() -> None:
    places = ["b.yaml:1", "a.yaml:10", "a.yaml:6", "a.yaml", "", "7", "rows[10].x", "rows[9].x"]
    ordered = [problem.where for problem in sorted(Problem(place, "x") for place in places)]
    assert ordered == [
        "", "7", "a.yaml", "a.yaml:6", "a.yaml:10", "b.yaml:1", "rows[9].x", "rows[10].x",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [CdsError, KnowledgeError, ImportFileError, ReportError])
def test_an_error_keeps_every_problem_sorted_and_says_one_a_line(kind: type[CdsError]) -> None:
    later, sooner = Problem("a:10", "late"), Problem("a:2", "soon")
    error = kind(iter([later, sooner]))
    assert error.problems == (sooner, later)
    assert str(error) == "a:2: soon.\na:10: late."
    assert isinstance(error, CdsError)


def test_an_error_comes_back_whole_from_a_worker_process() -> None:
    error = pickle.loads(pickle.dumps(ImportFileError([Problem("a", "b", "c")])))
    assert error.problems == (Problem("a", "b", "c"),)


def test_the_nearest_name_is_suggested_only_if_it_is_near() -> None:
    assert nearest("hbv_dan", ["hbsag", "hbv_dna"]) == "hbv_dna"
    assert nearest("edss", ["creatinine"]) is None
    assert nearest("edss", []) is None


def test_a_sentence_stays_on_one_line_and_shows_signs_that_a_terminal_would_obey() -> None:
    problem = Problem("a\x1b[31m", "is\nnot `\u202ex\ud800`", "Do\u00a0so")
    assert problem.sentence == "a\ufffd[31m: is not `\ufffdx\ufffd`. Do so."


def test_a_place_with_thousands_of_digits_can_be_sorted() -> None:
    assert [
        one.what for one in CdsError([Problem("9" * 5000, "b"), Problem("1", "a")]).problems
    ] == [
        "a",
        "b",
    ]


def test_a_problem_in_chinese_has_chinese_punctuation() -> None:
    problem = Problem("patient.edss", "`3.2` 不是量表中的分值", "只写数字")
    assert problem.sentence == "patient.edss：`3.2` 不是量表中的分值。只写数字。"
    mixed = Problem("case.json", "无法读取（Permission denied）", "Choose another.")
    assert mixed.sentence == "case.json：无法读取（Permission denied）。Choose another."


def test_what_was_written_in_chinese_leaves_an_english_sentence_english() -> None:
    problem = Problem("patient.hbsag", "`定量` is not one choice", "Use positive or negative")
    assert problem.sentence == (
        "patient.hbsag: `定量` is not one choice. Use positive or negative."
    )
