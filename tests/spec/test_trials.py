"""The lists of trials: three values and ambiguity, written as tables; what a list may be called."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from advice_builder import a_changed, a_place, advice_on, advised, places, the_knowledge

from nmosd_cds.advice.criteria import line_of, list_fails
from nmosd_cds.advice.model import Advice
from nmosd_cds.advice.trial_line import CriterionLine, TrialLine
from nmosd_cds.advice.value_read import ValuesRead
from nmosd_cds.evidence.study import Modelled, Reading, Trial, TrialCriterion
from nmosd_cds.knowledge.knowledge import CompiledCriterion, CompiledReading, CompiledTrial
from nmosd_cds.logic.condition import read_condition
from nmosd_cds.logic.fact import Fact, yes_no
from nmosd_cds.logic.truth import Truth

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
_POSSIBLE = {T: (True,), F: (False,), U: (True, False)}


def facts(first: Truth, second: Truth = U) -> dict[str, Fact]:
    """Two yes-no facts that exist in the knowledge, so that they have labels."""
    return {
        name: Fact(yes_no(_POSSIBLE[truth]), (name,) if truth is U else ())
        for name, truth in (("pregnant", first), ("organ_failure", second))
    }


def compiled(kind: str, *parts: Mapping[str, Any], ambiguous: bool = False) -> CompiledCriterion:
    """A line; more than one part makes it ambiguous."""
    readings = tuple(Reading(text=f"Reading {n}.", **part) for n, part in enumerate(parts))
    line = TrialCriterion(
        id="x",
        text="A line.",
        kind=kind,
        flag="seen",
        ambiguous="Two ways." if ambiguous else None,
        readings=readings if ambiguous else (),
        **({} if ambiguous else parts[0]),
    )
    asked: tuple[Modelled, ...] = readings if ambiguous else (line,)
    return CompiledCriterion(
        line,
        tuple(
            CompiledReading(one, None if one.when is None else read_condition(one.when))
            for one in asked
        ),
    )


def answered(line: CompiledCriterion, found: Mapping[str, Fact]) -> CriterionLine:
    return line_of(line, found, ValuesRead(found, the_knowledge()))


def answer(line: CompiledCriterion, first: Truth, second: Truth = U) -> str:
    return answered(line, facts(first, second)).answer


def fails(line: CompiledCriterion, first: Truth, second: Truth = U) -> Truth:
    trial = the_knowledge().trials["nct04561557"].trial
    return list_fails(CompiledTrial(trial, (line,)), facts(first, second)).truth


ASKED = {"when": {"pregnant": "true"}}
OTHER = {"when": {"organ_failure": "true"}}
NOBODY_SAYS = {"not_modelled": "No field holds it."}
BOTH = {**ASKED, **NOBODY_SAYS, "joined": "all"}
EITHER = {**ASKED, **NOBODY_SAYS, "joined": "any"}

# kind, what is asked, answer when it is true, false, unknown; and whether the list then fails.
TABLE = [
    ("inclusion", ASKED, ("met", "not-met", "unknown"), (F, T, U)),
    ("exclusion", ASKED, ("not-met", "met", "unknown"), (T, F, U)),
    ("inclusion", NOBODY_SAYS, ("unknown",) * 3, (F, F, F)),
    ("exclusion", NOBODY_SAYS, ("unknown",) * 3, (F, F, F)),
    ("inclusion", BOTH, ("unknown", "not-met", "unknown"), (F, T, U)),
    ("inclusion", EITHER, ("met", "unknown", "unknown"), (F, F, F)),
    ("exclusion", BOTH, ("unknown", "met", "unknown"), (F, F, F)),
    ("exclusion", EITHER, ("not-met", "unknown", "unknown"), (T, F, U)),
]


@pytest.mark.parametrize(("kind", "asked", "answers", "failing"), TABLE)
def test_a_line_over_three_values(
    kind: str, asked: dict[str, Any], answers: tuple[str, ...], failing: tuple[Truth, ...]
) -> None:
    line = compiled(kind, asked)
    assert tuple(answer(line, truth) for truth in (T, F, U)) == answers
    assert tuple(fails(line, truth) for truth in (T, F, U)) == failing


# Readings of an inclusion: the first asks one fact, the second another.
AMBIGUOUS = [
    ((T, T), "met", F),
    ((F, F), "not-met", T),
    ((T, F), "ambiguous", F),
    ((F, T), "ambiguous", F),
    ((T, U), "unknown", F),
    ((F, U), "unknown", U),
    ((U, T), "unknown", F),
    ((U, F), "unknown", U),
    ((U, U), "unknown", U),
]


@pytest.mark.parametrize(("truths", "expected", "failing"), AMBIGUOUS)
def test_an_ambiguous_line_is_settled_only_where_both_readings_agree(
    truths: tuple[Truth, Truth], expected: str, failing: Truth
) -> None:
    line = compiled("inclusion", ASKED, OTHER, ambiguous=True)
    assert answer(line, *truths) == expected
    assert fails(line, *truths) is failing


def test_readings_that_are_only_words_are_always_ambiguous() -> None:
    line = compiled("inclusion", {}, {}, ambiguous=True)
    assert {answer(line, one, two) for one in (T, F, U) for two in (T, F, U)} == {"ambiguous"}
    found = answered(line, facts(U))
    assert [one.text for one in found.readings] == ["Reading 0.", "Reading 1."]
    assert found.ambiguous == "Two ways."


def test_once_ambiguous_always_ambiguous() -> None:
    wordy = compiled("exclusion", ASKED, EITHER, ambiguous=True)
    assert [answer(wordy, truth) for truth in (U, F, T)] == ["unknown", "ambiguous", "not-met"]
    mixed = compiled("inclusion", ASKED, {}, ambiguous=True)
    # What is settled by neither fact can be settled by no fact.
    assert [answer(mixed, truth) for truth in (U, F, T)] == ["unknown", "ambiguous", "ambiguous"]


def test_only_a_line_a_field_can_settle_asks_for_the_field() -> None:
    assert answered(compiled("inclusion", ASKED), facts(U)).missing == ("pregnant",)
    checked = answered(compiled("inclusion", BOTH), facts(T))
    assert (checked.missing, checked.left_to_check) == ((), "No field holds it.")
    failed = answered(compiled("inclusion", BOTH), facts(F))
    assert (failed.missing, failed.left_to_check) == ((), "")


# The list as a whole.


def trial_of(advice: Advice, name: str) -> TrialLine:
    return next(one for one in advice.trials if one.id == name)


def with_list(name: str, *, complete: bool, keep: int = 99) -> Any:
    """The knowledge with one list called complete, or cut to its first lines."""
    knowledge = the_knowledge()
    found = knowledge.trials[name]
    trial: Trial = found.trial.model_copy(update={"list_complete": str(complete).lower()})
    changed = CompiledTrial(trial, found.criteria[:keep])
    sha256 = f"{knowledge.sha256}/{name}/{complete}/{keep}"
    return replace(knowledge, sha256=sha256, trials={**knowledge.trials, name: changed})


def test_a_list_read_in_part_is_never_more_than_not_failing() -> None:
    assert all(one.trial.list_complete == "false" for one in the_knowledge().trials.values())
    for example in "abcdefghijkl":
        answers = {one.answer for one in advice_on(example).trials}
        assert "meets-every-listed-criterion" not in answers
    found = trial_of(advice_on("b"), "nct04561557")
    assert {line.answer for line in found.lines} == {"met"}
    assert found.answer == "no-listed-criterion-fails"
    assert found.words == "No listed criterion fails. The list was read only in part."


def test_a_whole_list_that_is_met_promises_nothing() -> None:
    advice = advised(a_changed("b"), with_list("nct04561557", complete=True))
    found = trial_of(advice, "nct04561557")
    assert found.answer == "meets-every-listed-criterion"
    assert found.words == "Meets every listed criterion; the trial decides."


def test_a_whole_list_with_an_unknown_line_is_open() -> None:
    advice = advised(a_changed("b"), with_list("nct07275736", complete=True))
    found = trial_of(advice, "nct07275736")
    assert (found.answer, found.words) == (
        "open",
        "No listed criterion fails so far. 1 of 7 is not known.",
    )


def test_a_list_without_a_line_is_open_and_says_so() -> None:
    advice = advised(a_changed("b"), with_list("nct04561557", complete=False, keep=0))
    found = trial_of(advice, "nct04561557")
    assert (found.answer, found.words) == ("open", "No criterion was seen.")


@pytest.mark.parametrize("example", "abcdefghijkl")
def test_no_text_of_a_trial_calls_anybody_eligible(example: str) -> None:
    for trial in advice_on(example).trials:
        said = " ".join([trial.words, trial.standing, *(line.text for line in trial.lines)])
        assert "eligible" not in said.lower()


@pytest.mark.parametrize("example", "abcdefghijkl")
def test_a_trial_of_another_disease_never_matches_and_is_not_asked(example: str) -> None:
    advice = advice_on(example)
    others = [one for one in advice.trials if one.disease != "nmosd"]
    assert {"nct04047628", "nct03444805"} <= {one.id for one in others}
    for one in others:
        assert (one.answer, one.lines, one.questions) == ("another-disease", (), ())
        assert "never matches NMOSD" in one.words
    assert list(advice.trials[-len(others) :]) == others


def test_a_failing_line_is_named_with_the_value_read() -> None:
    old = advice_on("b", birth_date="1945-03-14")
    found = trial_of(old, "nct04561557")
    assert found.answer == "a-criterion-fails"
    assert found.words == "A listed criterion fails (asked): Age 18 to 75 [Age: 81]."


@pytest.mark.parametrize(
    ("name", "takes_nobody", "standing"),
    [
        ("nct04561557", False, "Recruiting (Jun-2026)"),
        ("nct07275736", False, "Recruiting (Mar-2026)"),
        ("siriraj-pilot", False, "Recruiting (undated, read Nov-2026)"),
        ("nct06561009", False, "Not yet recruiting (undated, read Nov-2026)"),
        ("nct05828212", True, "Completed, takes nobody (30-Jul-2025)"),
        ("nct01339455", True, "Ended early, takes nobody (undated, read Nov-2026)"),
        ("nct03829566", True, "Withdrawn, takes nobody (Nov-2019)"),
        ("nct00787722", False, "Not known whether it recruits (undated, read Nov-2026)"),
    ],
)
def test_every_trial_says_how_it_stands_and_when_that_was_seen(
    name: str, takes_nobody: bool, standing: str
) -> None:
    found = trial_of(advice_on("b"), name)
    assert (found.takes_nobody, found.standing) == (takes_nobody, standing)


def test_trials_that_concern_the_person_come_first() -> None:
    place = a_place(therapy="car-t-cd19", registry_number="NCT05828212")
    setting = {"open_trials": ["NCT06561009"]}
    advice = advice_on("b", trial_places=places(place), setting=setting)
    assert [one.id for one in advice.trials[:3]] == ["nct05828212", "nct06561009", "nct04561557"]
    assert (advice.trials[0].is_named, advice.trials[1].is_open_here) == (True, True)


@pytest.mark.parametrize(
    ("number", "changes", "said"),
    [
        ("NCT04561557", {}, []),
        ("NCT05828212", {}, [
            "A place is recorded in NCT05828212, which is over: Completed, takes nobody "
            "(30-Jul-2025).",
        ]),
        ("NCT04561557", {"birth_date": "1945-03-14"}, [
            "A place is recorded in NCT04561557. A listed criterion fails (asked): Age 18 to 75 "
            "[Age: 81].",
        ]),
        ("nct04047628", {}, [
            "A place is recorded in NCT04047628. A trial in multiple sclerosis: it never matches "
            "NMOSD.",
        ]),
    ],
)  # fmt: skip
def test_a_place_that_cannot_be_one_is_noticed(
    number: str, changes: dict[str, Any], said: list[str]
) -> None:
    place = a_place(registry_number=number)
    advice = advice_on("b", trial_places=places(place), **changes)
    assert [one for one in advice.notices if "A place is recorded" in one] == said


# The gate of the authorised setting and the list say the same.


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "possible"),
        ({"birth_date": "1945-03-14"}, "excluded"),
        ({"attacks": {"complete_since": "2017-06", "rows": [{"onset": "2026-07-30"}]}}, "excluded"),
    ],
)
def test_a_place_in_a_trial_whose_list_fails_is_no_authorised_setting(
    changes: dict[str, Any], status: str
) -> None:
    advice = advice_on("b", trial_places=places(a_place()), **changes)
    option = advice.option("car-t-bcma")
    gate = next(one for one in option.findings if one.rule == "general.authorised-setting")
    is_failing = trial_of(advice, "nct04561557").answer == "a-criterion-fails"
    assert is_failing is (status == "excluded")
    assert gate.truth is (F if is_failing else T)
    assert option.status == status
    if is_failing:
        assert "a listed criterion of NCT04561557 fails" in gate.facts["Authorised setting"]


def test_a_list_that_fields_could_still_fail_leaves_the_setting_open_and_asks() -> None:
    attacks = {"rows": [{"onset": "2026-07-30"}]}
    advice = advice_on("b", trial_places=places(a_place()), attacks=attacks)
    option = advice.option("car-t-bcma")
    gate = next(one for one in option.findings if one.rule == "general.authorised-setting")
    assert gate.truth is U
    assert "attacks" in gate.missing
    assert "trial_places" not in gate.missing
    assert option.status == "unconfirmed"


def test_an_open_trial_of_the_hospital_is_no_place() -> None:
    advice = advice_on("b", setting={"open_trials": ["NCT04561557"]})
    gate = next(
        one
        for one in advice.option("car-t-bcma").findings
        if one.rule == "general.authorised-setting"
    )
    assert gate.truth is U
    assert gate.missing == ("trial_places",)
