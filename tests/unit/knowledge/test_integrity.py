"""Every rule of integrity: a file broken in one place, and the sentence that says so."""

from pathlib import Path

import pytest
from small_knowledge import edit, write_small

from nmosd_cds.errors import KnowledgeError
from nmosd_cds.knowledge.load import check_knowledge, load_knowledge

RULES = "rules/therapies/ahsct/rules.yaml"
CASES = "rules/therapies/ahsct/cases.yaml"
THERAPY = "rules/therapies/ahsct/therapy.yaml"
PLAN = "rules/therapies/ahsct/plan.yaml"
C5 = "rules/therapies/c5-inhibitor/therapy.yaml"
GENERAL = "rules/general/rules.yaml"
SCOPE = "rules/scope/rules.yaml"
RANKING = "rules/ranking.yaml"
DEFINITIONS = "rules/definitions.yaml"
CARE = "rules/standard-care.yaml"
STAMP = "rules/knowledge.yaml"
READ = "resources/evidence/read.yaml"
DOE = "resources/evidence/studies/doe-2020.yaml"
TRIAL = "resources/evidence/trials/nct00000001.yaml"
TRIAL_CASES = "rules/trials/cases.yaml"
ROE = "resources/evidence/studies/roe-2021.yaml"
LVEF = 'when: {lvef: {below: 45, unit: "%"}}'
TRADED = "trade_offs:\n  - {{of: {}, against: {}, basis: project, because: O.}}\ntier_policies:"
FIGURE = "figures: [doe-2020/relapse_free]"
EFFECT = "{kind: hazard, from: doe-2020/relapses, person_time: doe-2020/person_years}"

# file, what stands there, what is put there, line, start of the sentence
STOPS = [
    (RULES, LVEF, "when: {lvfe: {below: 45}}", 3, "`lvfe` is not a fact. Did you mean `lvef`?"),
    (RULES, LVEF, "when: {zzzz: true}", 3, "`zzzz` is not a fact. rules/derived/vocabulary.md"),
    (RULES, LVEF, "when: {contraception: magic}", 3, "`magic` is not a choice of `contracept"),
    (RULES, LVEF, "when: {pregnant: flase}", 3, "`flase` is not a choice of `pregnant`. Did you "),
    (RULES, LVEF, "when: {lvef: {below: 45}}", 3, "`lvef` is compared without a unit. Add `unit:"),
    (RULES, LVEF, "when: {lvef: {below: 45, unit: mL}}", 3, "`lvef` is not compared in mL. Write"),
    (
        RULES,
        LVEF,
        "when: {edss_worst: {below: 4, unit: points}}",
        3,
        "`edss_worst` is not a fact.",
    ),
    (RULES, LVEF, 'when: {lvef: "45"}', 3, "`lvef` is a number; it has no choices. Use at_least"),
    (RULES, LVEF, "when: {pregnant: {below: 1}}", 3, "`pregnant` has choices; it is not a number."),
    (RULES, LVEF, "when: {is: low_hart}", 3, "`low_hart` is not a definition. Did you mean `low_"),
    (RULES, LVEF, "when: {is: qqq}", 3, "`qqq` is not a definition. Name it in rules/definition"),
    (RULES, LVEF, "when: {any: []}", 3, "needs a list with at least one condition."),
    (RULES, LVEF, "when: {not: {lvfe: {below: 1}}}", 3, "`lvfe` is not a fact."),
    (RULES, LVEF, "when:\n    any:\n      - lvfe: {below: 1}", 5, "`lvfe` is not a fact."),
    (SCOPE, "{pregnant: true}", "{pregnnt: true}", 2, "`pregnnt` is not a fact. Did you mean `pre"),
    (
        CARE,
        "when: {pregnant: false}",
        "disease: multiple-sclerosis, when: {pregnant: false}",
        5,
        "`ours` is for another disease and is never met. Leave out `when`.",
    ),
    (CARE, "{pregnant: false}", "{pregnnt: false}", 5, "`pregnnt` is not a fact."),
    (DEFINITIONS, "{sex: male}", "{sex: mole}", 6, "`mole` is not a choice of `sex`."),
    (DEFINITIONS, '{lvef: {below: 45, unit: "%"}}', "{any: []}", 4, "needs a list with at least"),
    (DEFINITIONS, "impossible", "  - {name: low_heart, when: {pregnant: true}, because: Twice.}\n"
     "impossible", 5, "`low_heart` is defined twice."),
    (RULES, "cites: [doe-2020]", "cites: [do-2020]", 5, "`do-2020` is not a source. Did you mean"),
    (PLAN, "cites: [doe-2020]", "cites: [x]", 1, "`x` is not a source."),
    (PLAN, "cites: [doe-2020], ", "", 1, "a line of a plan has no source. Cite where it was read"),
    (PLAN, "flag: seen", "flag: seen, fields: [lvfe]", 1, "`lvfe` is not a field. Did you mea"),
    (PLAN, "flag: seen", "flag: seen, days: {from: 30, to: 7}", 1, "day 30 to day 7 runs backw"),
    (PLAN, "flag: seen", "flag: seen, days: {from: 0, to: 7, at: [8]}", 1, "day 8 is not with"),
    (PLAN, "flag: seen", "flag: seen, ranges: [{says: A., cites: [], flag: seen}]", 1,
     "a line of a plan has no source."),
    (PLAN, "flag: seen", "flag: seen, ranges: [{says: A., cites: [y], flag: seen}]", 1,
     "`y` is not a source."),
    (PLAN, "flag: seen", "flag: seen, validity: {cites: [doe-2020], flag: seen}", 1,
     "a length needs either `days` or `months`"),
    (PLAN, "flag: seen", "flag: seen, applies: {lvfe: {below: 1}}", 1, "`lvfe` is not a fact."),
    (PLAN, "flag: seen", "flag: seen, checks: [{when: {lvfe: true}, says: A.}]", 1,
     "`lvfe` is not a fact."),
    (PLAN, "flag: seen", "flag: seen, taking: c6", 1, "`c6` is not a drug or a class of drugs."),
    (PLAN, "flag: seen", "flag: seen, drugs: [eculizumap], warning: true", 1,
     "`eculizumap` is not a drug. Did you mean `eculizumab`?"),
    (PLAN, "flag: seen", "flag: seen, drugs: [eculizumab]", 1, "`ahsct` has a washout without the"),
    (PLAN, "flag: seen", "flag: seen, drugs: [eculizumab], intervals: [{says: A., days: 7, "
     "cites: [doe-2020], flag: seen}]", 1, "`eculizumab` is a C5 inhibitor, for which no interval"),
    (PLAN, "flag: seen", "flag: seen, intervals: [{says: A., days: 7, cites: [doe-2020], flag: "
     "seen}]", 1, "an interval belongs to no drug."),
    (PLAN, "Consider a heart", "Give a heart", 1, "`Give` sounds like an order."),
    (PLAN, "Consider a heart", "It should be a heart", 1, "`should` sounds like an order."),
    (PLAN, "Consider a heart", "Consider 5 µg before a heart", 1, "`5 µg` can be misread."),
    (PLAN, "Consider a heart", "Consider 1e6 cells and a heart", 1, "`1e6` can be misread."),
    (PLAN, "before, text: Consider a heart", "after, section: vaccination, text: A live vaccine or"
     " a heart", 1, "tells of live vaccines without `live: true`."),
    (PLAN, "before, text: Consider a heart", "after, section: vaccination, live: true, text: A live"
     " vaccine is safe. A heart", 1, "a live vaccine is never called safe."),
    (PLAN, "when: before, ", "", 1, "`the file`: names neither `section` nor `when`."),
    (RANKING, "cites: [doe-2020]", "cites: [x]", 14, "`x` is not a source."),
    (THERAPY, "study: doe-2020", "study: eculizumab", 7, "`eculizumab` is not a study."),
    (RULES, "id: ahsct.heart", "id: ahsct.lvef", 9, "`ahsct.lvef` is already the id of rules/ther"),
    (RULES, "id: ahsct.heart", "id: hsct.heart", 9, "`hsct.heart` is not `ahsct.<what>`."),
    (GENERAL, "id: general.", "id: all.", 1, "`all.breastfeeding` is not `general.<what>`."),
    (SCOPE, "id: scope.", "id: general.", 1, "`general.pregnancy` is not `scope.<what>`."),
    (RULES, "basis: published", "basis: project", 1, "`ahsct.lvef` is our own and may not exclude"),
    (RULES, "basis: published", "basis: published\n  flag: memory", 1, "`ahsct.lvef` is known fro"),
    (RULES, "  why: permanent\n", "", 1, "`ahsct.lvef` bars an option without `why`."),
    (RULES, "why: permanent", "why: until", 7, "`ahsct.lvef` does not say `until` what."),
    (RULES, "effect: cautions", "effect: cautions\n  why: until", 11, "`ahsct.heart` bars nothing"),
    (RULES, "effect: cautions", "effect: cautions\n  applies_to: all", 11, "a rule in an option's"),
    (GENERAL, "  applies_to: cellular\n", "", 1, "`general.breastfeeding` does not say what it ap"),
    (GENERAL, "applies_to: cellular", "applies_to: celular", 2, "`celular` is not all, cellular, "),
    (THERAPY, FIGURE, "figures: [doe-2020/relaps_free]", 14, "`doe-2020/relaps_free` is not a fig"),
    (THERAPY, FIGURE, "figures: [roe-2021/relapse_free]", 14, "`roe-2021/relapse_free` stands in"),
    (THERAPY, "from: doe-2020/relapses", "from: doe-2020/recalled", 12, "`doe-2020/recalled` is k"),
    (RANKING, "events: doe-2020/relapses", "events: doe-2020/recalled", 13, "`doe-2020/recalled`"),
    (THERAPY, FIGURE, "figures: [doe-2020/died]", 14, "`doe-2020/died` counts none and speaks for"),
    (THERAPY, f", {FIGURE}", "", 14, "an argument has neither a figure nor a source."),
    (THERAPY, FIGURE, f"{FIGURE[:-1]}, roe-2021/first/relapse_free], summed: true", 14,
     "`doe-2020` and `roe-2021` may tell of the same patients."),
    (THERAPY, "from: doe-2020/relapses", "from: [doe-2020/relapse_free, roe-2021/alive]", 12,
     "`doe-2020` and `roe-2021` may tell of the same patients."),
    (THERAPY, FIGURE, "figures: [doe-2020/relapses], summed: true", 14, "only counts can be summe"),
    (THERAPY, "relapse_24m:", "relapse_12m:", 12, "`relapse_12m` is not a criterion. Did you mean"),
    (THERAPY, f"effects:\n  relapse_24m: {EFFECT}\n", "", 1,
     "is ranked and has no effect for relapse_24m."),
    (THERAPY, "outcomes_in:",
     "evidence_sets:\n  - {id: a, label: A, studies: [doe-2021]}\noutcomes_in:",
     9, "`doe-2021` is not a study."),
    (C5, "drugs: [eculizumab]", "drugs: [eculizumap]", 5, "`eculizumap` is not a drug. Did you me"),
    (C5, "mechanism_class: c5", "mechanism_class: c6", 6, "`c6` is not a class of standard-care.y"),
    (CARE, "drugs: [eculizumab]", "drugs: [x]", 3, "`x` is not a drug."),
    (STAMP, "regions: [eu]", "regions: [eu]\noption_order: [ahsct, hsct]", 6, "`hsct` is not an o"),
    (RANKING, "prior_person_years: 10", "comparator: x", 22, "`x` is not a comparator."),
    (RANKING, "prior_person_years: 10", "tier_policy: x", 22, "`x` is not a tier policy."),
    (RANKING, "prior_person_years: 10", "move: {x: y}", 22, "`x` is not a criterion."),
    (RANKING, "prior_person_years: 10", "move: {relapse_24m: y}", 22, "`y` is not a group."),
    (RANKING, "prior_person_years: 10", "evidence: {x: y}", 22, "`x` is not an option."),
    (RANKING, "prior_person_years: 10", "evidence: {ahsct: y}", 22, "`y` is not an evidence set o"),
    (RANKING, "tier_policies:", TRADED.format("x", "relapse_24m"), 20, "`x` is not a criterion."),
    (RANKING, "tier_policies:", TRADED.format("relapse_24m", "relapse_24m"), 20,
     "`relapse_24m` has no `event`, so its events"),
    (RANKING, "tier_policies:", TRADED.format("relapse_24m", "relapse_24m"), 20,
     "a criterion is weighed against itself."),
    (RANKING, "prior_person_years: 10", "replace: {x: {y: {}}}", 22, "`x` is not an option."),
    (DOE, "design: single-arm-trial", "design: odd", 5, "`design`: Input should be"),
    (DOE, "count: 8, of: 10", "count: 18, of: 10", 13, "counts 18 of 10."),
    (DOE, "count: 8, of: 10", "count: 8, of: 12", 13, "`relapse_free` is of 12 in an arm of 10."),
    (DOE, "count: 8, of: 10", "count: 8, of: 10, printed_percent: 82", 13,
     "prints 82 % for 8 of 10, which is 80.0 %. Leave it out and name the misprint under `confli"),
    (DOE, "value: 20,", "value: 20, printed_percent: 8,", 16, "`person_years` prints a percent"),
    (DOE, "value: 20,", "value: 20, low: 21, high: 30,", 16, "20 is below its own lower limit 21."),
    (DOE, "value: 20,", "value: 20, high: 19,", 16, "20 is above its own upper limit 19."),
    (DOE, "kind: person-time, label: Time, value: 20,", "kind: survival, label: S, value: 120,", 16,
     "120 % is no share."),
    (DOE, "{id: died,", "{id: relapses,", 11, "`relapses` stands twice in one arm."),
    (DOE, "summary: Invented.", "summary: Invented.\nn: 9", 7, "the arms hold 10 patients, the"),
    (DOE, "    n: 10", "    n: 10\n    part_of: some", 11, "`some` is not another arm."),
    (ROE, "  - id: second\n    option: ahsct", "  - id: first\n    option: ahsct", 6,
     "two arms have one id."),
    (ROE, "  - id: second\n    option: ahsct",
     "    n: 4\n  - id: second\n    option: ahsct\n    part_of: first\n    n: 5", 14,
     "a part of 5 is more than the whole of 4."),
    (DOE, "    n: 10", "    n: 10\n    population: {female: {count: 11, of: 10, flag: seen}}", 11,
     "counts 11 of 10."),
    (DOE, "    n: 10", "    n: 10\n    population: {age_years: {median: 2, low: 18, high: 60, "
     "flag: seen}}", 11, "2 is below its own lower limit 18."),
    (DOE, "    n: 10", "    n: 10\n    population: {aqp4_positive: {count: 8, of: 10, flag: seen},"
     " aqp4_negative: {count: 3, of: 10, flag: seen}}", 11,
     "8 with and 3 without AQP4-IgG are more than all."),
    (DOE, "    n: 10", "    n: 10\n    regimen: 1,000 mg/kg a day.", 11, "`1,000 mg/kg` cannot be"),
    (DOE, "single-arm-trial", "preclinical", 5, "preclinical work tells of no patient."),
    (THERAPY, "id: ahsct", "id: hsct", 1, "`id` is `hsct` in the folder `ahsct`."),
    (DOE, "id: doe-2020", "id: doe-2021", 1, "`id` is `doe-2021` in the file `doe-2020.yaml`."),
    (TRIAL, "{lvef: {at_least", "{lvfe: {at_least", 15, "`lvfe` is not a fact. Did you mean `lv"),
    (TRIAL, 'unit: "%"', "unit: mL", 15, "`lvef` is not compared in mL. Write `unit: %`."),
    (TRIAL, "{pregnant: true}", "{authorised_setting: true}", 22, "`authorised_setting` exists"),
    (TRIAL, ", not_modelled: No field holds it.", "", 16, "a line of the list says nothing that"),
    (TRIAL, ", not_modelled", ", when: {pregnant: true}, not_modelled", 16,
     "has `when` and `not_modelled`, and does not say how they go together."),
    (TRIAL, "not_modelled: No", "joined: all, not_modelled: No", 16, "`joined` needs both `when"),
    (TRIAL, "    ambiguous: Two texts.\n", "", 17, "has `readings` and does not say why it is a"),
    (TRIAL, ", {text: At.}", "", 17, "an ambiguous line needs two readings or more."),
    (TRIAL, "Two texts.\n", "Two texts.\n    when: {pregnant: true}\n", 17,
     "an ambiguous line has its conditions in its readings."),
    (TRIAL, "{text: At.}", "{text: At., joined: any}", 22, "a line of the list says nothing tha"),
    (TRIAL, "- {id: wishes, ", "- {", 16, "a line of the list has no `id`. Name it, as `age`."),
    (TRIAL, "id: wishes", "id: heart", 16, "`heart` is the id of two lines. Name one anew."),
    (TRIAL, "read_on: 2026-11", "read_on: soon", 8, "`soon` is not a date. Write 2024, 2024-03"),
    (TRIAL, "read_on: 2026-11\n", "", 1, "does not say when its status was read. Add `read_on`."),
    (TRIAL, "disease: nmosd", "disease: other", 11, "a trial of another disease never matches"),
    (RULES, "- id: ahsct.lvef", "x: 1\ny:\n- id: ahsct.lvef", 1, "is not a list. Begin with `- `."),
]  # fmt: skip

CURATION = [
    (CARE, "asks_for: All.", "asks_for: 2 x 10^6 cells.", CARE, 5, "`10^6` is an exponent wi"),
    (CASES, "{lvef: 44}", "{lvfe: 44}", CASES, 1, "patient.lvfe: `lvfe` is not a field"),
    (CASES, "ahsct.lvef: unknown, ", "", RULES, 1, "`ahsct.lvef` has no case for unknown."),
    (CASES, "lvef: 45", "lvef: 46", RULES, 3, "`ahsct.lvef` has no settled case with lvef at 45."),
    (CASES, "lvef: 44", "lvef: 4", RULES, 3, "`ahsct.lvef` has no settled case with lvef just bes"),
    (CASES, "on: 2026-11-22", "on: today", CASES, 2, "`today` is not a day. Write YYYY-MM-DD."),
    (CASES, 'ahsct.lvef: "true"', "ahsct.lvef: possible", CASES, 4, "`possible` cannot be the ans"),
    (CASES, "status: excluded", "status: unknown", CASES, 4, "`unknown` cannot be the answer of `"),
    (CASES, "ahsct.heart: unknown", "ahsct.hart: unknown", CASES, 11, "`ahsct.hart` is not a rule"),
    ("rules/general/cases.yaml", "option: ahsct", "option: hsct", "", 1, "`hsct` is not an option"),
    ("rules/general/cases.yaml", "option: ahsct, ", "", "", 2, "`general.breastfeeding` is not as"),
    ("rules/scope/cases.yaml", "{scope.pregnancy: unknown}", "{ahsct.lvef: unknown}", "", 3,
     "`ahsct.lvef` is not asked of no option. Add `option`."),
    (RULES, "The limit of the trial.", "Give it slowly.", "", 4, "`Give` sounds like an order."),
    (RULES, "The limit of the trial.", "Of all patients 40 % relapsed.", "", 4, "`Of all patients"),
    (THERAPY, "text: Few relapses.", "text: 80 % were free.", "", 14, "an argument's text holds a"),
    (ROE, "journal: None such", "journal: N, doi: {value: 10.1/A, flag: seen}", "", 3,
     "the DOI 10.1/a is also that of `doe-2020`."),
    (RULES, "{by: none, on: none}", "{by: AB, on: none}", "", 8, "a review needs both who read it"),
    (RULES, "{by: none, on: none}", "{by: AB, on: 2026}", "", 8, "`2026` is not a day."),
    (DOE, "count, label: Free, count: 8, of: 10", "percentage, label: Free, value: 76, of: 31", "",
     13, "no count of 31 is 76 %. Leave out `of` and name the misprint under `conflicts`, or say "),
    (DOE, "flag: seen, source_url: x", "flag: seen", "", 12, "`relapses` was seen nowhere."),
    (DOE, "flag: seen, source_url: x", "flag: derived", "", 12, "`relapses` does not say how it w"),
    (DOE, "flag: memory", "flag: memory, source_url: x", "", 15, "`recalled` is known from memory"),
    (ROE, "[doe-2020]", "[doe-2019]", "", 16, "`doe-2019` is not another study."),
    (ROE, "[doe-2020]", "[]", DOE, 17, "`roe-2021` does not say that it shares patients with `doe"),
    (TRIAL_CASES, "{nct00000001.heart: met}", "{nct00000001.hart: met}", "", 1,
     "`nct00000001.hart` is not a line of a trial. Did you mean `nct00000001.heart`?"),
    (TRIAL_CASES, "nct00000001: open", "nct00000002: open", "", 5, "`nct00000002` is not a trial."),
    (TRIAL_CASES, "heart: not-met", "heart: open", "", 2, "`open` cannot be the answer of `nct0"),
    (TRIAL_CASES, "on: 2026-11-22, patient: {lvef: 45}", "on: today, patient: {lvef: 45}", "", 1,
     "`today` is not a day. Write YYYY-MM-DD."),
    (TRIAL_CASES, "{lvef: 44}", "{lvfe: 44}", "", 2, "patient.lvfe: `lvfe` is not a field"),
    (TRIAL_CASES, "heart: not-met", "heart: met", TRIAL, 11, "`nct00000001.heart` has no case f"),
    (READ, "file: roe-2021", "file: roe-2020", "", 2, "`roe-2020` is not an evidence file. Did yo"),
    (READ, "id: roe-2021", "id: doe-2020", "", 2, f"`doe-2020` is already listed at {READ}:1."),
    (READ, ", left_out: It tells of mice.", "", "", 4, "`old-2019` needs either `file` or `left_o"),
    (READ, "left_out:", "file: doe-2020, left_out:", "", 4, "`old-2019` needs either `file` or"),
    (READ, "of mice.", "of mice", "", 4, "`old-2019` does not say in a sentence why it was left"),
    (READ, "- {id: roe-2021, file: roe-2021}\n", "", ROE, 1, f"`roe-2021` is not in {READ}."),
]  # fmt: skip


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NMOSD_CDS_CACHE", str(tmp_path / "cache"))
    return write_small(tmp_path / "pack")


def said(root: Path) -> list[str]:
    return [problem.sentence for problem in check_knowledge(root)]


def test_the_small_knowledge_is_whole(root: Path) -> None:
    assert said(root) == []
    assert load_knowledge(root).stamp.validity_days == 30


@pytest.mark.parametrize(("file", "old", "new", "line", "start"), STOPS)
def test_knowledge_that_may_not_be_used_is_refused(
    root: Path, file: str, old: str, new: str, line: int, start: str
) -> None:
    edit(root, file, old, new)
    assert any(one.startswith(f"{file}:{line}: {start}") for one in said(root)), said(root)
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(root)
    stops = [problem.sentence for problem in caught.value.problems]
    assert any(one.startswith(f"{file}:{line}: {start}") for one in stops), stops


@pytest.mark.parametrize(("file", "old", "new", "where", "line", "start"), CURATION)
def test_what_a_curator_has_to_mend_is_told_and_stops_nobody(
    root: Path, file: str, old: str, new: str, where: str, line: int, start: str
) -> None:
    edit(root, file, old, new)
    expected = f"{where or file}:{line}: {start}"
    assert any(one.startswith(expected) for one in said(root)), said(root)
    load_knowledge(root)


def test_a_large_dose_that_can_be_is_not_refused(root: Path) -> None:
    edit(root, DOE, "    n: 10", "    n: 10\n    regimen: Cyclophosphamide 200 mg/kg in all.")
    assert said(root) == []


def test_a_file_nobody_reads_is_told(root: Path) -> None:
    edit(root, "rules/therapies/ahsct/rule.yaml", "", "[]\n")
    assert said(root) == [
        "rules/therapies/ahsct/rule.yaml: is not a file that the knowledge reads. "
        "Did you mean `rules/therapies/ahsct/rules.yaml`?"
    ]


def test_a_folder_without_its_sheet_is_told(root: Path) -> None:
    (root / THERAPY).unlink()
    assert said(root) == ["rules/therapies/ahsct/therapy.yaml: is missing."]


def test_two_sources_of_one_id_are_told(root: Path) -> None:
    drug = (root / "resources/evidence/drugs/eculizumab.yaml").read_text(encoding="utf-8")
    edit(root, "resources/evidence/drugs/doe-2020.yaml", "", drug.replace("eculizumab", "doe-2020"))
    other = "resources/evidence/drugs/doe-2020.yaml"
    assert said(root) == [f"{DOE}:1: has the id of {other}. Rename one."]


def test_a_source_in_no_known_folder_is_told(root: Path) -> None:
    edit(root, "resources/evidence/others/doe-2020.yaml", "", "id: doe-2020\n")
    edit(root, "resources/evidence/stray.yaml", "", "id: stray\n")
    assert any("others/doe-2020.yaml: is not a file" in one for one in said(root))
    assert any("evidence/stray.yaml: is not a file" in one for one in said(root))


def test_a_percentage_with_its_number_may_stand(root: Path) -> None:
    edit(root, RULES, "The limit of the trial.", "Free were 80 % (8 of 10 people).")
    assert said(root) == []


def test_a_value_with_its_unit_stands_at_the_limit_too(root: Path) -> None:
    edit(root, CASES, "{lvef: 45}", '{lvef: {value: 45, unit: "%"}}')
    assert said(root) == []


def test_one_wrong_definition_is_told_once(root: Path) -> None:
    edit(root, DEFINITIONS, "lvef:", "lvfe:")
    assert said(root) == [f"{DEFINITIONS}:4: `lvfe` is not a fact. Did you mean `lvef`?"]


def test_a_project_rule_may_bar_where_the_panel_said_so(root: Path) -> None:
    edit(root, RULES, "basis: published", "basis: project\n  panel_decision: DESIGN 2.4.")
    assert said(root) == []


def test_a_definition_without_a_case_for_each_truth_is_told(root: Path) -> None:
    edit(
        root,
        "rules/standard-care/cases.yaml",
        "expect: {standard-care.ours: unknown}",
        "expect: {}",
    )
    assert said(root) == [
        f"{CARE}:5: `standard-care.ours` has no case for unknown. "
        "Add one to rules/standard-care/cases.yaml."
    ]


def test_a_definition_for_another_disease_needs_a_case_that_it_is_not_met(root: Path) -> None:
    edit(root, CARE, "when: {pregnant: false}", "disease: multiple-sclerosis")
    cases = "rules/standard-care/cases.yaml"
    edit(root, cases, '{standard-care.ours: "true"}', '{standard-care.ours: "false"}')
    edit(root, cases, "{standard-care.ours: unknown}", '{standard-care.ours: "false"}')
    assert said(root) == []
