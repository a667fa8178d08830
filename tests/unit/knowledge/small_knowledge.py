"""A complete knowledge folder of a screen's length; every name and number in it is invented."""

from pathlib import Path

FILES = {
    "rules/knowledge.yaml": """\
# A comment changes nothing.
version: "1"
evidence_cutoff: 2026-11-01
schema_version: "1"
regions: [eu]
validity_days: 30
""",
    "rules/ranking.yaml": """\
seed: 1
draws: 100
screening_draws: 10
tie: {monte_carlo_errors: 2, minimum_difference: 0.05, basis: project, because: Ours.}
named_first: {share: 0.75, in_every_scenario: true, basis: project, because: Ours.}
criteria:
  - group: benefit
    label: Benefit
    members:
      - {id: relapse_24m, label: Relapse, unit: share, better: lower, best: 0, worst: 1,
         distribution: gamma, because: Ours.}
comparators:
  - {id: placebo, label: Placebo, default: true, events: doe-2020/relapses,
     person_years: doe-2020/person_years, cites: [doe-2020]}
prior:
  person_years: {none: 20, very-low: 20}
  basis: project
  because: Ours.
tier_policies:
  - {id: strict, label: Strict, default: true, basis: project, cites: [doe-2020], because: Ours.}
scenarios:
  - {id: prior-10, label: Half the prior, prior_person_years: 10}
""",
    "rules/definitions.yaml": """\
numbers:
  - {name: recent_days, value: 30, because: Ours., basis: project, cites: [doe-2020]}
conditions:
  - {name: low_heart, when: {lvef: {below: 45, unit: "%"}}, because: Ours.}
impossible_together:
  - - {sex: male}
    - {pregnant: "true"}
""",
    "rules/standard-care.yaml": """\
definition: Three classes.
classes:
  - {id: c5, label: C5, drugs: [eculizumab], exposure_proof: complement_blocked}
definitions:
  - {id: ours, label: Ours, asks_for: All., when: {pregnant: false}, basis: project,
     cites: [doe-2020]}
pseudo_failure: []
sentences: {exhausted: All were tried.}
""",
    "rules/standard-care/cases.yaml": """\
- {name: G., on: 2026-11-22, patient: {pregnant: false}, expect: {standard-care.ours: "true"}}
- {name: H., on: 2026-11-22, patient: {pregnant: true}, expect: {standard-care.ours: "false"}}
- {name: I., on: 2026-11-22, expect: {standard-care.ours: unknown}}
""",
    "rules/scope/rules.yaml": """\
- id: scope.pregnancy
  when: {pregnant: true}
  outcome: out-of-scope
  headline: Pregnancy is outside.
  message: Ask a centre.
  cites: [doe-2020]
  basis: published
  reviewed: {by: none, on: none}
""",
    "rules/scope/cases.yaml": """\
- {name: A., on: 2026-11-22, patient: {pregnant: true}, expect: {scope.pregnancy: "true"}}
- {name: B., on: 2026-11-22, patient: {pregnant: false}, expect: {scope.pregnancy: "false"}}
- {name: C., on: 2026-11-22, expect: {scope.pregnancy: unknown}}
""",
    "rules/general/rules.yaml": """\
- id: general.breastfeeding
  applies_to: cellular
  effect: excludes
  when: {breastfeeding: true}
  because: Trials left it out.
  cites: [doe-2020]
  basis: published
  why: until
  until: After weaning.
  reviewed: {by: none, on: none}
""",
    "rules/general/cases.yaml": """\
- {name: D., on: 2026-11-22, option: ahsct, patient: {breastfeeding: true},
   expect: {general.breastfeeding: "true", status: excluded}}
- {name: E., on: 2026-11-22, option: ahsct, patient: {breastfeeding: false},
   expect: {general.breastfeeding: "false"}}
- {name: F., on: 2026-11-22, option: ahsct, expect: {general.breastfeeding: unknown}}
""",
    "rules/therapies/ahsct/therapy.yaml": """\
id: ahsct
kind: cellular
classes: [hsct]
name: Autologous transplant
short: AHSCT
evidence:
  - {study: doe-2020, directness: nmosd}
outcomes_in: [aqp4-positive]
certainty: {level: none, because: Invented.}
rank_in_tier_2: true
effects:
  relapse_24m: {kind: hazard, from: doe-2020/relapses, person_time: doe-2020/person_years}
arguments:
  - {side: for, text: Few relapses., figures: [doe-2020/relapse_free]}
reviewed: {by: none, on: none}
""",
    "rules/therapies/ahsct/rules.yaml": """\
- id: ahsct.lvef
  effect: excludes
  when: {lvef: {below: 45, unit: "%"}}
  because: The limit of the trial.
  cites: [doe-2020]
  basis: published
  why: permanent
  reviewed: {by: none, on: none}
- id: ahsct.heart
  effect: cautions
  when: {is: low_heart}
  because: The limit of the trial.
  cites: [doe-2020]
  basis: project
  flag: memory
  reviewed: {by: none, on: none}
""",
    "rules/therapies/ahsct/cases.yaml": """\
- name: Just below.
  on: 2026-11-22
  patient: {lvef: 44}
  expect: {ahsct.lvef: "true", ahsct.heart: "true", status: excluded}
- name: On the limit.
  on: 2026-11-22
  patient: {lvef: 45}
  expect: {ahsct.lvef: "false", ahsct.heart: "false"}
- name: Not known.
  on: 2026-11-22
  expect: {ahsct.lvef: unknown, ahsct.heart: unknown}
""",
    "rules/therapies/ahsct/plan.yaml": """\
- {when: before, text: Consider a heart scan., cites: [doe-2020], flag: seen}
""",
    "rules/therapies/c5-inhibitor/rules.yaml": """\
- id: c5-inhibitor.vaccine
  effect: cautions
  when: {active_infection: true}
  because: Invented.
  cites: [doe-2020]
  basis: published
  reviewed: {by: none, on: none}
""",
    "rules/therapies/c5-inhibitor/cases.yaml": """\
- {name: Infected., on: 2026-11-22, patient: {active_infection: true},
   expect: {c5-inhibitor.vaccine: "true"}}
- {name: Not infected., on: 2026-11-22, patient: {active_infection: false},
   expect: {c5-inhibitor.vaccine: "false"}}
- {name: Not known., on: 2026-11-22, patient: {}, expect: {c5-inhibitor.vaccine: unknown}}
""",
    "rules/therapies/c5-inhibitor/plan.yaml": """\
- {when: before, text: Consider a vaccine., cites: [doe-2020], flag: seen}
""",
    "rules/therapies/c5-inhibitor/therapy.yaml": """\
id: c5-inhibitor
kind: reference
name: C5 inhibitor
short: C5
drugs: [eculizumab]
mechanism_class: c5
certainty: {level: high, because: Invented.}
reviewed: {by: none, on: none}
""",
    "resources/evidence/studies/doe-2020.yaml": """\
id: doe-2020
kind: study
citation: {authors: Doe J, year: 2020, title: Invented, journal: None such,
  doi: {value: 10.1/a, flag: seen}}
design: single-arm-trial
summary: Invented.
arms:
  - id: all
    option: ahsct
    n: 10
    figures:
      - {id: relapses, kind: events, label: Relapses, value: 2, flag: seen, source_url: x}
      - {id: relapse_free, kind: count, label: Free, count: 8, of: 10, flag: seen, source_url: x}
      - {id: died, kind: count, label: Died, count: 0, of: 10, flag: seen, source_url: x}
      - {id: recalled, kind: count, label: Recalled, count: 1, of: 10, flag: memory}
      - {id: person_years, kind: person-time, label: Time, value: 20, flag: seen, source_url: x}
patients_overlap_with: [roe-2021]
""",
    "resources/evidence/studies/roe-2021.yaml": """\
id: roe-2021
kind: study
citation: {authors: Roe R, year: 2021, title: Invented, journal: None such}
design: case-series
summary: Invented.
arms:
  - id: first
    option: ahsct
    figures:
      - {id: relapse_free, kind: count, label: Free, count: 3, of: 4, flag: seen, source_url: x}
  - id: second
    option: ahsct
    figures:
      - {id: relapse_free, kind: count, label: Free, count: 1, of: 2, flag: seen, source_url: x}
      - {id: alive, kind: count, label: Alive, count: 2, of: 2, flag: seen, source_url: x}
patients_overlap_with: [doe-2020]
""",
    "resources/evidence/drugs/eculizumab.yaml": """\
id: eculizumab
kind: drug
name: Eculizumab
mechanism_class: c5
target: C5
approvals: {eu: {status: approved, flag: seen}, us: {status: off-label, flag: seen}}
adequate_trial: {minimum_weeks: 4, definition: Loaded., basis: project}
""",
    "resources/evidence/trials/nct00000001.yaml": """\
id: nct00000001
kind: trial
registry: NCT00000001
option: ahsct
title: Invented
status: Open.
disease: nmosd
read_on: 2026-11
maximum_age_years: 65
criteria:
  - id: heart
    text: LVEF from 45 %.
    kind: inclusion
    flag: seen
    when: {lvef: {at_least: 45, unit: "%"}}
  - {id: wishes, text: Willing., kind: inclusion, flag: seen, not_modelled: No field holds it.}
  - id: age
    text: Above 18.
    kind: exclusion
    flag: seen
    ambiguous: Two texts.
    readings: [{text: Above., when: {pregnant: true}}, {text: At.}]
flag: seen
""",
    "rules/trials/cases.yaml": """\
- {name: At the limit., on: 2026-11-22, patient: {lvef: 45}, expect: {nct00000001.heart: met}}
- {name: Below., on: 2026-11-22, patient: {lvef: 44}, expect: {nct00000001.heart: not-met}}
- name: Nothing known.
  on: 2026-11-22
  expect: {nct00000001.heart: unknown, nct00000001.age: unknown, nct00000001: open}
- name: Pregnant.
  on: 2026-11-22
  patient: {pregnant: true}
  expect: {nct00000001.age: ambiguous}
""",
    "resources/evidence/read.yaml": """\
- {id: doe-2020, file: doe-2020}
- {id: roe-2021, file: roe-2021}
- {id: trial-one, file: nct00000001}
- {id: old-2019, left_out: It tells of mice.}
""",
}


def write_small(root: Path) -> Path:
    """Write the folder."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return root


def edit(root: Path, name: str, old: str, new: str) -> None:
    """Replace the one place where `old` stands in a file; an empty `old` writes it anew."""
    path = root / name
    if not old:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(new, encoding="utf-8", newline="\n")
        return
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
