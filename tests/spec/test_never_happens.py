"""What must never happen (DESIGN.md section 5), on the examples and on varied ones."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from advice_builder import (
    ANTIBODIES,
    NAMES,
    ON,
    PRESENT,
    RANKABLE,
    a_changed,
    a_place,
    a_varied_example,
    advice_on,
    advised,
    all_texts,
    an_example,
    less_known,
    places,
    the_case,
    the_knowledge,
    without_lists,
)
from hypothesis import given, settings
from hypothesis import strategies as st

import nmosd_cds.advice
from nmosd_cds import i18n
from nmosd_cds.advice.advise import advise
from nmosd_cds.advice.as_json import advice_to_json
from nmosd_cds.advice.cells import assumptions_of, effect_of
from nmosd_cds.advice.figures import figure_line, total_line
from nmosd_cds.advice.model import Advice, OptionAdvice
from nmosd_cds.evidence.study import Study
from nmosd_cds.knowledge.therapy import EffectSpec
from nmosd_cds.logic.truth import Truth

SEEDS = st.integers(min_value=0)
# The better, the further to the left.
STATUSES = ("possible", "unconfirmed", "no-evidence", "excluded")


def a_person(seed: int) -> dict[str, Any]:
    draw = Random(seed)
    return less_known(a_varied_example(draw), draw, share=draw.choice((0.0, 0.0, 0.05, 0.3)))


def same_day(data: dict[str, Any]) -> Advice:
    return advised(the_case({"as_of": ON, **data}))


# 1. Nothing barred, and nothing open, stands as possible.


@settings(max_examples=100)
@given(SEEDS)
def test_a_possible_option_has_no_gate_that_is_true_or_unknown(seed: int) -> None:
    advice = same_day(a_person(seed))
    for option in advice.options:
        blocks = {finding.blocks for finding in option.findings}
        if option.status == "possible":
            assert blocks <= {Truth.FALSE}, option.id
        if Truth.TRUE in blocks:
            assert option.status == "excluded" or advice.outcome in ("out-of-scope", "not-rankable")
        if option.status == "excluded":
            assert option.bar is not None
            assert option.bar.blocks is Truth.TRUE
            assert option.why == option.bar.why
            assert option.why == "permanent" or option.bar.until or option.why == "failed"


@settings(max_examples=40)
@given(SEEDS)
def test_a_gate_reads_as_its_effect_says(seed: int) -> None:
    for option in same_day(a_person(seed)).options:
        for finding in option.findings:
            expected = {
                "excludes": finding.truth,
                "requires": ~finding.truth,
            }.get(finding.effect, Truth.FALSE)
            assert finding.blocks is expected
            assert finding.effect in ("excludes", "requires", "cautions", "favours")
            if finding.truth is Truth.UNKNOWN:
                assert finding.missing or finding.rule.startswith("scope."), finding.rule


# 3. What speaks against an option never helps it.

BAD_NEWS: list[tuple[str, Any]] = [
    ("active_infection", True),
    ("hiv", "positive"),
    ("hbv_dna", "detectable"),
    ("hepatitis_c", "rna-positive"),
    ("tuberculosis", "active"),
    ("tuberculosis", "latent-untreated"),
    ("lvef", {"value": 30, "unit": "%", "date": ON}),
    ("lvef", {"value": 47, "unit": "%", "date": ON}),
    ("creatinine_clearance", {"value": 20, "unit": "mL/min", "date": ON}),
    ("creatinine_clearance", {"value": 45, "unit": "mL/min", "date": ON}),
    ("igg", {"value": 2, "unit": "g/L", "date": ON}),
    ("plegia", {"value": "paraplegia", "date": "2026-11-10"}),
    ("severe_cardiac_disease", True),
    ("malignancy", "active"),
    ("capacity_to_consent", False),
    ("marrow_disease", True),
    ("previous_thrombosis", "pulmonary-embolism"),
    ("breastfeeding", True),
    ("carer", False),
]


@pytest.mark.parametrize(("field", "value"), BAD_NEWS)
@pytest.mark.parametrize("name", "abj")
def test_added_bad_news_improves_no_cellular_option(name: str, field: str, value: Any) -> None:
    place = {"trial_places": places(a_place(), a_place(therapy="bm-msc"))}
    for extra in ({}, place):
        before, after = advice_on(name, **extra), advice_on(name, **extra, **{field: value})
        for option in before.options:
            if option.kind == "cellular":
                assert_no_better(after.option(option.id), option)


def assert_no_better(after: OptionAdvice, before: OptionAdvice) -> None:
    assert STATUSES.index(after.status) >= STATUSES.index(before.status), after.id
    assert not (before.rank is None and after.rank is not None), after.id


@pytest.mark.parametrize("drug", ANTIBODIES)
@pytest.mark.parametrize(
    "reason",
    [
        "active-hepatitis-b",
        "untreated-tuberculosis",
        "vaccine-pending",
        "infection",
        "pregnancy",
        "low-igg",
    ],
)
def test_a_passing_reason_against_an_approved_drug_improves_no_cellular_option(
    drug: str, reason: str
) -> None:
    row = {"drug": drug, "decision": "contraindicated", "reason": reason, "holds_for_class": True}
    decisions = {"complete_since": "2017-01", "rows": [row]}
    for name in "ab":
        before, after = advice_on(name), advice_on(name, drug_decisions=decisions)
        for option in before.options:
            if option.kind == "cellular":
                assert_no_better(after.option(option.id), option)


# 4. A blank is not a no, and nothing is lost on the way.


@pytest.mark.parametrize("name", "abcij")
@pytest.mark.parametrize(
    ("field", "option"),
    [
        ("hiv", "ahsct"),
        ("active_infection", "ahsct"),
        ("plegia", "ahsct"),
        ("lvef", "ahsct"),
        ("treatments", "ahsct"),
        ("attacks", "ahsct"),
        ("pregnant", "ahsct"),
        ("malignancy", "ahsct"),
        ("hbsag", "car-t-bcma"),
        ("tuberculosis", "anti-cd19-antibody"),
    ],
)
def test_a_blank_is_never_read_as_a_no(name: str, field: str, option: str) -> None:
    asked, blank = advice_on(name), advice_on(name, without=(field,))
    assert blank.option(option).status != "possible"
    for finding in blank.option(option).findings:
        same = next(f for f in asked.option(option).findings if f.rule == finding.rule)
        assert finding.truth in (same.truth, Truth.UNKNOWN), finding.rule


def test_not_done_and_unavailable_are_as_unknown_as_a_blank() -> None:
    blank = advice_on("b", without=("lvef",))
    for state in ("not-done", "unavailable"):
        told = advice_on("b", lvef={"state": state})
        for option in blank.options:
            same = told.option(option.id)
            assert same.status == option.status
            assert [f.truth for f in same.findings] == [f.truth for f in option.findings]


@pytest.mark.parametrize(
    ("comparator", "value", "truth"),
    [
        ("<", 45, "true"),  # certainly below 45
        ("<", 46, "unknown"),
        ("<=", 45, "unknown"),  # may be 45 itself
        (">", 44, "unknown"),
        (">=", 45, "false"),
        (">", 45, "false"),
    ],
)
def test_a_comparator_keeps_its_sign(comparator: str, value: int, truth: str) -> None:
    lvef = {"value": value, "unit": "%", "comparator": comparator, "date": ON}
    found = advice_on("b", lvef=lvef).option("ahsct")
    assert str(next(f for f in found.findings if f.rule == "ahsct.lvef").truth) == truth


def test_a_list_that_is_not_complete_is_no_proof_of_absence() -> None:
    treatments = an_example("b")["patient"]["treatments"]
    rows = [row for row in treatments["rows"] if row["drug"] != "satralizumab"]
    for listed in ({"rows": rows}, {"rows": []}):
        advice = advice_on("b", treatments=listed)
        state = next(c.state for c in advice.standard_care.classes if c.id == "il6r")
        assert state == "unknown"
        assert advice.standard_care.state in ("unknown", "not-exhausted")
        assert advice.option("ahsct").status != "possible"


# 5. Figures: flag, patients once, nothing from memory in arithmetic.


def figures_in_arithmetic() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every cell of every scenario, with the figures it is computed from."""
    knowledge = the_knowledge()
    criteria = [each for group in knowledge.ranking.criteria for each in group.members]
    for scenario in (None, *knowledge.ranking.scenarios):
        assumptions = assumptions_of(scenario)
        name = scenario.id if scenario else "usual"
        for option in knowledge.options.values():
            for criterion in criteria:
                effect: EffectSpec = effect_of(option, criterion, assumptions)
                extra = tuple(each for each in (effect.person_time, effect.follow_up) if each)
                if effect.from_ or extra:
                    yield f"{name}/{option.id}/{criterion.id}", (*effect.from_, *extra)
    for each in knowledge.ranking.comparators:
        yield f"comparator/{each.id}", (each.events, each.person_years)


def test_no_figure_known_from_memory_enters_arithmetic() -> None:
    cells = list(figures_in_arithmetic())
    assert cells
    for cell, references in cells:
        for reference in references:
            _study, _arm, figure = the_knowledge().figure(reference)
            assert figure.flag in ("seen", "derived"), (cell, reference)
            assert figure.flag == "seen" or figure.assumption or figure.formula, (cell, reference)


def overlaps(one: Study, other: Study) -> bool:
    return other.id in one.patients_overlap_with or one.id in other.patients_overlap_with


def test_no_cell_adds_two_reports_of_the_same_patients() -> None:
    for cell, references in figures_in_arithmetic():
        studies = list({s.id: s for s, _a, _f in map(the_knowledge().figure, references)}.values())
        for number, one in enumerate(studies):
            assert not [other.id for other in studies[:number] if overlaps(one, other)], cell


def test_no_sum_shown_adds_two_reports_of_the_same_patients_or_a_recalled_figure() -> None:
    knowledge = the_knowledge()
    for option in knowledge.options.values():
        therapy = option.therapy
        sums = [argument.figures for argument in therapy.arguments if argument.summed]
        sums += [therapy.deaths.all_causes, therapy.deaths.treatment_related]
        for references in sums:
            if total_line(references, knowledge) is None:
                continue
            found = [knowledge.figure(reference) for reference in references]
            assert all(figure.flag != "memory" for _s, _a, figure in found)
            studies = [study for study, _a, _f in found]
            pairs = [(a, b) for i, a in enumerate(studies) for b in studies[:i] if a.id != b.id]
            assert not [(a.id, b.id) for a, b in pairs if overlaps(a, b)], option.id


def test_overlapping_or_recalled_counts_are_never_added() -> None:
    knowledge = the_knowledge()
    references = ("burt-2019/off_drugs_itt", "burton-2021-calgary/off_drugs")
    assert total_line(references, knowledge) is not None
    study, arm, figure = knowledge.figure(references[0])
    recalled = {references[0]: (study, arm, figure.model_copy(update={"flag": "memory"}))}
    twice = study.model_copy(update={"patients_overlap_with": ("burton-2021-calgary",)})
    overlapping = {references[0]: (twice, arm, figure)}
    for changed in (recalled, overlapping):
        other = replace(knowledge)
        other.__dict__["figures"] = {**knowledge.figures, **changed}
        assert total_line(references, other) is None
        assert total_line(tuple(reversed(references)), other) is None


def test_no_patients_are_counted_twice_in_the_fit() -> None:
    from nmosd_cds.advice.fit import direct_arms

    knowledge = the_knowledge()
    for option in knowledge.options.values():
        arms = direct_arms(knowledge, option)
        studies = [s for s in knowledge.sources.values() if isinstance(s, Study)]
        used = [s for s in studies if any(arm is each for arm in arms for each in s.arms)]
        if option.therapy.is_present_treatment:
            continue  # the control arms of trials, one each, none of them this person's treatment
        for number, one in enumerate(used):
            assert not [other.id for other in used[:number] if overlaps(one, other)], option.id


@pytest.mark.parametrize("name", NAMES)
def test_no_zero_numerator_and_no_recalled_figure_speaks_for_an_option(name: str) -> None:
    for option in advice_on(name).options:
        for argument in option.arguments:
            for line in (*argument.figures, *((argument.total,) if argument.total else ())):
                assert argument.side != "for" or not line.shown.startswith("0 of "), argument.text
                assert line.flag in ("seen", "derived", "memory", "project")
                assert line is argument.total or line.study


def test_our_own_rules_say_that_they_are_ours() -> None:
    for name in NAMES:
        for option in advice_on(name).options:
            for finding in option.findings:
                assert finding.basis in ("published", "project")
                assert finding.basis == "project" or finding.cites, finding.rule
    assert "project" in advice_on("b").standard_care.definition.lower()


# 8. Words.

ORDERS = re.compile(
    r"\b(give|start|switch to|recommended|prescribe|must be given)\b", re.IGNORECASE
)
# What was found, and a noun: nobody is told to do anything.
TOLD_OF = re.compile(
    r"\b(the|at|its|to|from|a|recent|recent-) ?start\b|give no outcome", re.IGNORECASE
)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_orders(name: str) -> None:
    told = [text for text in all_texts(advice_on(name)) if ORDERS.search(TOLD_OF.sub("", text))]
    assert told == []


BARE = re.compile(r"\d\s?%|\bper cent\b")
# A limit or value of a measure is no share of people.
MEASURED = re.compile(
    r"ejection fraction|lvef|dlco|fvc|fev1|spo2|saturation|predicted|fludarabine|protocols",
    re.IGNORECASE,
)
COUNTED = re.compile(r"n not printed|\d+ of \d+|n \d+|of (those )?\d+|\d+ (patients|people|women)")


@pytest.mark.parametrize("name", NAMES)
def test_no_percentage_of_people_stands_without_its_number(name: str) -> None:
    advice = advice_on(name)
    assert "%" not in advice.headline + advice.sentence
    said = [*advice.alerts, *(f.text for option in advice.options for f in option.findings)]
    said += [figure.shown for figure in figures_shown(advice)]
    bare = [text for text in said if BARE.search(text) and not MEASURED.search(text)]
    assert [text for text in bare if not COUNTED.search(text)] == []


def figures_shown(advice: Advice) -> Iterator[Any]:
    for option in advice.options:
        for argument in option.arguments:
            yield from argument.figures
        yield from (*option.deaths_all_causes, *option.deaths_related)


@pytest.mark.parametrize("name", NAMES)
def test_a_share_is_never_read_as_a_chance(name: str) -> None:
    for text in all_texts(advice_on(name)):
        assert not re.search(r"\bchances? of (success|cure|remission)\b", text), text
        assert not re.search(r"\b(will|is going to) (work|help|cure)\b", text), text


def test_a_lone_leader_is_named_with_the_warning_that_a_share_is_no_chance() -> None:
    from nmosd_cds.advice.wording import alone_first

    assert "not a chance of benefit" in alone_first("AHSCT", 0.75, "very low").sentence


# 10. The same page again: no clock, no file, no language in what is decided.


def advice_modules() -> list[Path]:
    return sorted(Path(nmosd_cds.advice.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("module", advice_modules(), ids=lambda path: path.stem)
def test_the_advice_floor_reads_no_clock_opens_nothing_and_draws_no_luck(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not imported & {"time", "os", "pathlib", "secrets", "socket", "locale", "io"}
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    }
    assert not called & {"today", "now", "utcnow", "open", "read_text", "write_text", "input"}
    assert "random" not in plainly_imported(tree)
    seeded = [c for c in ast.walk(tree) if isinstance(c, ast.Call) and is_named(c, "Random")]
    assert all(call.args for call in seeded)


def plainly_imported(tree: ast.AST) -> list[str]:
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    return [alias.name for node in imports for alias in node.names]


def is_named(call: ast.Call, name: str) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == name


opened: list[str] | None = None


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    if opened is not None and (event == "open" or event.startswith("socket.")):
        opened.append(f"{event} {arguments[:1]}")


sys.addaudithook(_listen)


@pytest.mark.parametrize("name", NAMES)
def test_advising_opens_no_file_and_no_connection(name: str) -> None:
    global opened
    case = the_case(an_example(name))
    advised(case)  # the first use imports what it needs
    opened = []
    advised(case)
    seen, opened = opened, None
    assert seen == []


PROSE = {
    "sentence", "headline", "alerts", "notices", "messages", "text", "label", "name", "until",
    "definition", "unchecked", "unranked_reason", "why_text", "how", "unit", "threshold",
    "reading", "population", "state", "answer", "then", "population_words", "studied", "person",
    "feature", "shown", "interval", "follow_up", "regimen", "notes", "note", "deaths", "because",
    "certainty_because", "no_evidence", "facts", "rate", "present", "plan", "arguments", "fit",
    "value", "detail", "conflict", "asks_for", "evidence_fit", "preference",
}  # fmt: skip


def without_prose(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: without_prose(one) if not (key in PROSE and isinstance(one, str)) else "..."
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [without_prose(one) if not isinstance(one, str) else one for one in value]
    return value


@pytest.mark.parametrize("name", NAMES)
def test_another_language_changes_no_key_no_id_and_no_number(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = the_case(an_example(name))
    english = advice_to_json(advised(case))
    monkeypatch.setattr(i18n._Shown, "texts", _Shouting())
    monkeypatch.setattr(i18n._Shown, "code", "zh")
    other = advice_to_json(advised(case))
    assert shape(other) == shape(english)
    states = json.dumps(decided_parts(other)), json.dumps(decided_parts(english))
    assert states[0] == states[1]


class _Shouting(i18n.gettext.NullTranslations):
    """A language in which every text differs from the English one."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"


def shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items() if key != "facts"}
    if isinstance(value, list):
        return [shape(one) for one in value]
    return value if isinstance(value, int | float) else type(value).__name__


def decided_parts(answer: dict[str, Any]) -> Any:
    """Everything of an answer that is decided and not told."""
    options = [
        {
            key: option[key]
            for key in (
                "id", "kind", "status", "tier", "rank", "tie_group", "why", "first_rank_share",
                "rank_acceptability", "certainty",
            )
        }
        | {
            "findings": [
                {key: f[key] for key in ("rule", "effect", "truth", "blocks", "missing", "cites")}
                for f in option["findings"]
            ],
            "effects": [
                {key: e[key] for key in ("criterion", "estimate", "low", "high", "n", "studies")}
                for e in option["effects"]
            ],
        }
        for option in answer["options"]
    ]  # fmt: skip
    care = answer["standard_care"]
    return [
        answer["outcome"],
        answer["as_of"],
        answer["case"],
        answer["knowledge"],
        {key: answer["scope"][key] for key in ("diagnosis", "serostatus", "rules")},
        {key: answer["indication"][key] for key in ("state", "last_attack", "high_activity")},
        {key: care[key] for key in ("state", "definitions_met", "definitions", "classes")},
        options,
        [{key: q[key] for key in ("field", "settles", "share")} for q in answer["next_questions"]],
        [
            {key: line[key] for key in ("id", "shares", "leaders")}
            for line in answer["robustness"]["scenarios"]
        ],
        answer["robustness"]["completions"],
    ]


def test_the_day_of_assessment_is_the_day_given_and_no_other() -> None:
    case = the_case(an_example("b"))
    for day in (date(2026, 11, 22), date(2026, 11, 30), date(2031, 1, 1)):
        advice = advise(case, the_knowledge(), on=day)
        assert advice.as_of == day
        assert advice == advise(case, the_knowledge(), on=day)


# 11. Washout never without the danger of stopping, and no number for a C5 washout.


def test_a_washout_always_says_what_stopping_did() -> None:
    for name in "bj":
        for each in ("ahsct", "car-t-bcma"):
            option = advice_on(name).option(each)
            lines = [line.text for line in option.plan if "washout" in line.text.lower()]
            told = " ".join(line.text for line in option.plan)
            assert lines or each == "ahsct"
            assert "14 of 17" in told
            assert "4 of 6" in told
            c5 = [text for text in lines if re.search(r"\bC5\b|eculizumab|ravulizumab", text)]
            numbers = [
                sentence
                for text in c5
                for sentence in re.split(r"[.;:]\s", text)
                if re.search(r"\bC5\b|eculizumab|ravulizumab", sentence)
                and re.search(r"\d+\s?(days?|weeks?|months?)", sentence)
                and "of stopping" not in sentence
                and "within" not in sentence
            ]
            assert numbers == []


# A cell product outside an authorised setting.


@pytest.mark.parametrize("name", "abcij")
def test_a_clinic_that_asks_the_patient_to_pay_never_makes_cells_possible(name: str) -> None:
    for therapy in ("car-t-bcma", "bm-msc", "huc-msc", "tol-dc", "allo-hsct"):
        place = a_place(therapy=therapy, who_pays="patient")
        option = advice_on(name, trial_places=places(place)).option(therapy)
        assert option.status == "excluded"


@pytest.mark.parametrize("therapy", ["bm-msc", "huc-msc", "bm-mnc", "oec"])
def test_cells_into_the_eye_are_never_possible_and_raise_an_alert(therapy: str) -> None:
    place = a_place(therapy=therapy, registry_number="NCT02249676", into_the_eye=True)
    advice = advice_on("b", trial_places=places(place))
    assert advice.option(therapy).status == "excluded"
    assert any("into the optic nerve" in alert for alert in advice.alerts)


def test_the_present_treatment_is_named_and_never_barred_by_a_cellular_rule() -> None:
    assert advice_on("b").option(PRESENT).status == "possible"
    for name in "abcijk":
        assert all(f.effect != "excludes" for f in advice_on(name).option(PRESENT).findings)


def test_only_the_options_with_a_relapse_rate_of_their_own_are_ranked_among_cells() -> None:
    rows = [
        a_place(therapy=each, registry_number=number)
        for each, number in (("car-t-bcma", "NCT04561557"), ("bm-msc", "NCT02249676"))
    ]
    # Whoever takes an antibody fails the list of the marrow trial, which is not the question here.
    case = a_changed("b", trial_places=places(*rows))
    advice = advised(case, without_lists(the_knowledge()))
    ranked = {o.id for o in advice.options if o.kind == "cellular" and o.rank is not None}
    assert ranked <= set(RANKABLE)
    assert ranked == set(RANKABLE)


def test_a_percentage_of_some_never_takes_the_number_of_all() -> None:
    """Of NMOmentum 11 % of the AQP4-positive people relapsed; the arm of 174 held others too."""
    found = figure_line(the_knowledge(), "cree-2019-nmomentum/first_relapse_aqp4_positive")
    assert found.shown == "11 %, n not printed, arm of 174"
    assert found.n is None
    for reference, (_study, arm, figure) in the_knowledge().figures.items():
        line = figure_line(the_knowledge(), reference)
        if figure.unit is not None and figure.unit.startswith("%") and figure.of is None:
            assert f"n {arm.n}" not in line.shown and line.n is None
