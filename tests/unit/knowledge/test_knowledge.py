"""What is handed up: options in order, rules spread over options, figures, numbers, prose."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from small_knowledge import edit, write_small

from nmosd_cds.knowledge.compiled import compile_knowledge
from nmosd_cds.knowledge.facts import known_fact_specs
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.load import load_knowledge, parse_knowledge
from nmosd_cds.knowledge.prose import condition_text, rules_texts
from nmosd_cds.knowledge.texts import prose_of
from nmosd_cds.knowledge.vocabulary import condition_schema, schemas, vocabulary_text
from nmosd_cds.logic.condition import IsOneOf, comparisons_of, read_condition
from nmosd_cds.logic.fact import YES_NO, FactSpec

STATE = FactSpec("own_state_here", "choice", "State", None, ("failed", "open"), ("x",), True)
NUMBER = FactSpec("count_here", "number", "Count")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NMOSD_CDS_CACHE", str(tmp_path / "cache"))
    return write_small(tmp_path / "pack")


def compiled(root: Path) -> tuple[Knowledge, list[str]]:
    """The knowledge over two invented facts more, one of them per option."""
    specs = {**known_fact_specs(), STATE.name: STATE, NUMBER.name: NUMBER}
    knowledge, problems = compile_knowledge(parse_knowledge(root), specs, "")
    return knowledge, [problem.sentence for problem in problems]


def asked(knowledge: Knowledge, option: str) -> set[str]:
    rules = knowledge.options[option].rules
    return {one.fact for rule in rules for one in comparisons_of(rule.condition)}


def test_options_come_in_the_order_of_the_stamp(root: Path) -> None:
    assert list(load_knowledge(root).options) == ["c5-inhibitor", "ahsct"]
    edit(root, "rules/knowledge.yaml", "regions", "option_order: [ahsct]\nregions")
    knowledge = load_knowledge(root)
    assert list(knowledge.options) == ["ahsct", "c5-inhibitor"]
    assert [(one.id, one.kind) for one in knowledge.options.values()] == [
        ("ahsct", "cellular"),
        ("c5-inhibitor", "reference"),
    ]


def test_a_general_rule_holds_for_the_options_it_names(root: Path) -> None:
    knowledge = load_knowledge(root)
    own = [(rule.rule.id, rule.is_general) for rule in knowledge.options["ahsct"].rules]
    assert own == [
        ("general.breastfeeding", True),
        ("ahsct.lvef", False),
        ("ahsct.heart", False),
    ]
    others = [one.rule.id for one in knowledge.options["c5-inhibitor"].rules]
    assert others == ["c5-inhibitor.vaccine"]


@pytest.mark.parametrize("named", ["all", "hsct", "ahsct", "[c5-inhibitor, cellular]"])
def test_a_general_rule_may_name_all_a_class_or_an_option(root: Path, named: str) -> None:
    edit(root, "rules/general/rules.yaml", "applies_to: cellular", f"applies_to: {named}")
    assert "breastfeeding" in asked(load_knowledge(root), "ahsct")


def test_a_fact_per_option_is_asked_of_each_option(root: Path) -> None:
    edit(root, "rules/general/rules.yaml", "{breastfeeding: true}", "{own_state_here: failed}")
    edit(root, "rules/general/rules.yaml", "applies_to: cellular", "applies_to: all")
    knowledge, problems = compiled(root)
    assert problems == []
    assert asked(knowledge, "c5-inhibitor") == {
        "active_infection",
        "own_state_here@c5-inhibitor",
    }
    assert "own_state_here@ahsct" in asked(knowledge, "ahsct")
    assert knowledge.fact_spec("own_state_here@ahsct") is STATE


def test_a_fact_per_option_cannot_be_asked_where_no_option_is(root: Path) -> None:
    edit(root, "rules/scope/rules.yaml", "{pregnant: true}", "{own_state_here: failed}")
    said = "`own_state_here` exists once per option and cannot be asked here."
    assert compiled(root)[1] == [f"rules/scope/rules.yaml:2: {said}"]


def test_nor_through_a_definition(root: Path) -> None:
    edit(root, "rules/definitions.yaml", '{lvef: {below: 45, unit: "%"}}', "{own_state_here: open}")
    edit(root, "rules/scope/rules.yaml", "{pregnant: true}", "{is: low_heart}")
    assert compiled(root)[1][0].startswith("rules/scope/rules.yaml:2: `own_state_here` exists once")


def test_a_number_without_a_unit_takes_none(root: Path) -> None:
    edit(root, "rules/scope/rules.yaml", "{pregnant: true}", "{count_here: {above: 1, unit: mL}}")
    assert compiled(root)[1] == [
        "rules/scope/rules.yaml:2: `count_here` has no unit. Leave out `unit: mL`."
    ]


def test_calculators_get_their_numbers_drugs_and_trials(root: Path) -> None:
    definitions = load_knowledge(root).definitions
    assert definitions.days("recent") == 30
    drug = definitions.drugs["eculizumab"]
    assert (drug.mechanism_class, drug.minimum_weeks, drug.exposure_proof) == (
        "c5",
        4,
        "complement_blocked",
    )
    assert drug.approved_in == {"eu"}
    assert drug.is_antibody
    assert definitions.trials["NCT00000001"].maximum_age == Decimal(65)
    assert definitions.options["c5-inhibitor"].drugs == ("eculizumab",)


def test_a_figure_is_found_by_study_and_by_arm(root: Path) -> None:
    knowledge = load_knowledge(root)
    study, arm, figure = knowledge.figure("roe-2021/second/relapse_free")
    assert (study.id, arm.id, figure.count) == ("roe-2021", "second", 1)
    assert knowledge.figure("doe-2020/died")[2].count == 0
    with pytest.raises(KeyError):
        knowledge.figure("doe-2020/none")


def test_conditions_are_said_in_words() -> None:
    specs = {
        "heart": FactSpec("heart", "number", "Heart", "%"),
        "ill": FactSpec("ill", "yes-no", "Ill", None, YES_NO),
        "own": FactSpec("own", "choice", "State", None, ("a", "b", "c")),
    }
    named = {"weak": IsOneOf("ill", ("true",))}
    data = {
        "any": [
            {"all": [{"heart": {"at_least": "30", "below": "45", "unit": "%"}}, {"ill": "false"}]},
            {"not": {"own": ["a", "b"]}},
            {"heart": {"above": "90", "unit": "%"}},
            {"heart": {"at_most": "10", "unit": "%"}},
            {"is": "weak"},
        ]
    }
    assert condition_text(read_condition(data, named), specs) == (
        "(Heart is at least 30 and below 45 % and Ill is no)"
        " or it does not hold that State is a or b"
        " or Heart is above 90 % or Heart is at most 10 % or `weak` holds (Ill is yes)"
    )


def test_every_folder_with_rules_gets_its_prose(root: Path) -> None:
    texts = rules_texts(load_knowledge(root))
    assert sorted(texts) == [
        "rules/general/rules.txt",
        "rules/scope/rules.txt",
        "rules/therapies/ahsct/rules.txt",
        "rules/therapies/c5-inhibitor/rules.txt",
    ]
    assert (
        "ahsct.lvef excludes when Ejection fraction (LVEF) is below 45 %.\n  Because: The "
        in (texts["rules/therapies/ahsct/rules.txt"])
    )
    assert "[doe-2020; project, memory; not read]" in texts["rules/therapies/ahsct/rules.txt"]


def test_prose_says_all_that_bears_on_a_rule(root: Path) -> None:
    more = (
        "about: benefit\n  population: Adults.\n  panel_decision: DESIGN.\n  alert: true\n"
        "  reviewed: {by: AB, on: 2026-11-20}"
    )
    edit(root, "rules/general/rules.yaml", "reviewed: {by: none, on: none}", more)
    edit(root, "rules/scope/rules.yaml", "message:", "stops_when_unknown: true\n"
         "  unknown_headline: Not known.\n  message:")  # fmt: skip
    texts = rules_texts(load_knowledge(root))
    said = texts["rules/general/rules.txt"]
    for part in ("about benefit", "Written for: Adults.", "panel: DESIGN.", "alerts", "by AB on"):
        assert part in said
    assert "It also stops when this is not known." in texts["rules/scope/rules.txt"]
    assert "Headline when not known: Not known." in texts["rules/scope/rules.txt"]


def test_the_vocabulary_names_every_fact_and_who_asks(root: Path) -> None:
    edit(root, "rules/therapies/ahsct/rules.yaml", "{is: low_heart}", "{own_state_here: failed}")
    knowledge, _problems = compiled(root)
    text = vocabulary_text(knowledge)
    assert "| `lvef` | Ejection fraction (LVEF) | number, % |  | ahsct.lvef, nct00000001 |" in text
    assert "| `own_state_here` | State | failed, open (per option) | x | ahsct.heart |" in text
    assert "| `count_here` | Count | number, no unit |  |  |" in text
    assert text.count("\n| `") == len(knowledge.fact_specs)


def test_schemas_know_the_facts(root: Path) -> None:
    knowledge, _problems = compiled(root)
    condition = condition_schema(knowledge)["properties"]
    assert condition["lvef"]["properties"]["unit"] == {"const": "%"}
    assert "unit" not in condition["count_here"]["properties"]
    assert condition["is"] == {"enum": ["low_heart"]}
    texts = schemas(knowledge)
    assert '"condition.schema.json"' in texts["rules/derived/rules.schema.json"]
    item = json.loads(texts["rules/derived/plan.schema.json"])["$defs"]["PlanItem"]["properties"]
    assert item["applies"] == {"$ref": "condition.schema.json"}
    # `when` of a line is a part of the way, no condition.
    assert "monitoring" in item["when"]["enum"]
    assert '"low_heart"' in texts["rules/derived/condition.schema.json"]


def test_every_text_for_people_is_offered_to_translators(root: Path) -> None:
    edit(root, "rules/therapies/ahsct/therapy.yaml", "outcomes_in:", "notes: [Note.]\noutcomes_in:")
    offered = {text: where for where, text in prose_of(parse_knowledge(root))}
    assert offered["Note."] == "rules/therapies/ahsct/therapy.yaml:8"
    assert offered["All were tried."] == "rules/standard-care.yaml:8"
    assert offered["Consider a heart scan."] == "rules/therapies/ahsct/plan.yaml:1"
    assert "doe-2020" not in offered and "Doe J" not in offered
