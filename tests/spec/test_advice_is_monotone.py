"""The law on the whole program: what is known more narrowly turns nothing that was settled.

An example is varied, then known less narrowly twice over; the narrower state must keep every
settled finding of the wider one, and may move an option only out of `unconfirmed`.
"""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from advice_builder import (
    ON,
    PRESENT,
    a_varied_example,
    advised,
    an_example,
    less_known,
    the_case,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from nmosd_cds.advice.model import Advice
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.case import case_to_json
from nmosd_cds.patient.checks import problems_of

# A bar that becomes known outweighs the lack of evidence (DESIGN.md 2.4, precedence; example f).
ALLOWED = {
    ("unconfirmed", "possible"),
    ("unconfirmed", "excluded"),
    ("unconfirmed", "no-evidence"),
    ("no-evidence", "excluded"),
}
RANKED = ("decided", "conditional")


def states_of(seed: int) -> tuple[Advice, Advice] | None:
    """Advice for a wide and a narrow state of the same person; None if they contradict."""
    draw = Random(seed)
    narrow = a_varied_example(draw)
    if draw.random() < 0.5:
        narrow = less_known(narrow, draw, share=0.05)
    wide = less_known(narrow, draw, share=draw.choice((0.02, 0.1, 0.3)))
    cases = [the_case(wide), the_case(narrow)]
    if any(problems_of(case, case.as_of) for case in cases if case.as_of):
        return None
    return advised(cases[0]), advised(cases[1])


@settings(max_examples=220)
@given(st.integers(min_value=0))
def test_a_narrower_state_turns_nothing_that_was_settled(seed: int) -> None:
    found = states_of(seed)
    if found is None:
        return
    wide, narrow = found
    assert list(turned_findings(wide, narrow)) == []
    assert list(turned_states(wide, narrow)) == []
    assert list(wrong_moves(wide, narrow)) == []
    assert list(unsound_outcomes(wide, narrow)) == []
    assert list(turned_criteria(wide, narrow)) == []


def turned_criteria(wide: Advice, narrow: Advice) -> Iterator[str]:
    after = {trial.id: trial for trial in narrow.trials}
    for trial in wide.trials:
        now = after[trial.id]
        if trial.answer in ("a-criterion-fails", "another-disease") and trial.answer != now.answer:
            yield f"{trial.id}: {trial.answer} became {now.answer}"
        for before, line in zip(trial.lines, now.lines, strict=True):
            if before.answer != "unknown" and before.answer != line.answer:
                yield f"{trial.id}.{line.id}: {before.answer} became {line.answer}"


def turned_findings(wide: Advice, narrow: Advice) -> Iterator[str]:
    for option in wide.options:
        after = {each.rule: each for each in narrow.option(option.id).findings}
        for before in option.findings:
            now = after.get(before.rule)
            if now is None:
                continue  # the scope's own line on a reference, not a rule of the option
            if before.truth is not Truth.UNKNOWN and now.truth is not before.truth:
                yield f"{option.id} {before.rule}: {before.truth} became {now.truth}"
            if before.blocks is not Truth.UNKNOWN and now.blocks is not before.blocks:
                yield f"{option.id} {before.rule}: bar {before.blocks} became {now.blocks}"


def turned_states(wide: Advice, narrow: Advice) -> Iterator[str]:
    pairs = [
        ("indication", wide.indication.state, narrow.indication.state),
        ("diagnosis", wide.scope.diagnosis, narrow.scope.diagnosis),
        ("serostatus", wide.scope.serostatus, narrow.scope.serostatus),
    ]
    if narrow.outcome in RANKED:  # a stop of the scope hides the state of approved treatment
        pairs.append(("standard care", wide.standard_care.state, narrow.standard_care.state))
    for name, before, now in pairs:
        if before not in ("unknown", now):
            yield f"{name}: {before} became {now}"
    met = {line.id: line.met for line in narrow.standard_care.definitions}
    for line in wide.standard_care.definitions:
        if line.met is not Truth.UNKNOWN and met.get(line.id, line.met) is not line.met:
            yield f"{line.id}: {line.met} became {met[line.id]}"


def wrong_moves(wide: Advice, narrow: Advice) -> Iterator[str]:
    for option in wide.options:
        move = (option.status, narrow.option(option.id).status)
        if move[0] == move[1] or move in ALLOWED:
            continue
        if narrow.outcome == "out-of-scope" and option.kind == "reference":
            continue  # a stop of the scope that became known: the approved drugs wait
        yield f"{option.id}: {move[0]} became {move[1]}"


def unsound_outcomes(wide: Advice, narrow: Advice) -> Iterator[str]:
    if wide.outcome not in RANKED or narrow.outcome not in RANKED:
        return
    found = wide.robustness.completions
    before = {*found.can_be_first, *found.cannot_tell}
    now = set(narrow.robustness.completions.can_be_first)
    if not now <= before:
        yield f"could not be first, now can: {sorted(now - before)}"
    if wide.outcome == "decided" and narrow.outcome != "decided":
        yield f"decided became {narrow.outcome}"
    if wide.outcome == "decided" and leaders(wide) != leaders(narrow):
        yield f"decided for {leaders(wide)}, then for {leaders(narrow)}"


def leaders(advice: Advice) -> tuple[str, frozenset[str]]:
    """The leading tier, and for the scored one who leads; the others lead as a whole group."""
    first = [option for option in advice.options if option.rank == 1]
    tier = min((option.tier for option in first if option.tier), default="")
    ids = frozenset(option.id for option in first) if tier == "2" else frozenset[str]()
    return tier, ids


def test_the_states_drawn_reach_every_outcome_and_every_status() -> None:
    outcomes, statuses, tiers = set(), set(), set()
    for seed in range(40):
        for advice in states_of(seed) or ():
            outcomes.add(advice.outcome)
            statuses |= {option.status for option in advice.options}
            tiers |= {option.tier for option in advice.options}
    assert outcomes == {"decided", "conditional", "not-rankable", "out-of-scope"}
    assert statuses == {"possible", "unconfirmed", "excluded", "no-evidence"}
    assert tiers == {None, "0", "1", "1b", "2"}


@settings(max_examples=40)
@given(st.integers(min_value=0))
def test_a_list_declared_complete_keeps_its_rows_when_a_state_is_widened(seed: int) -> None:
    draw = Random(seed)
    narrow = a_varied_example(draw)
    wide = less_known(narrow, draw, share=0.3)
    for name, answer in wide["patient"].items():
        if isinstance(answer, Mapping) and "complete_since" in answer:
            assert len(answer["rows"]) == len(narrow["patient"][name]["rows"])


def test_advising_alters_no_case() -> None:
    for name in "abj":
        case = the_case(an_example(name))
        before = case_to_json(case)
        advised(case)
        assert case_to_json(case) == before


def test_nothing_known_leaves_every_cellular_option_with_an_outcome_unconfirmed() -> None:
    case = the_case({"schema_version": 1, "as_of": ON, "fictional": True, "patient": {}})
    advice = advised(case)
    assert advice.outcome == "not-rankable"
    statuses: dict[str, Any] = {option.id: option.status for option in advice.options}
    assert {statuses[each] for each in ("ahsct", "car-t-bcma", "bm-msc", "tol-dc")} == {
        "unconfirmed"
    }
    assert all(option.rank is None for option in advice.options)
    assert statuses[PRESENT] == "possible"
