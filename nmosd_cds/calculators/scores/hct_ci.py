"""The comorbidity index of haematopoietic cell transplantation."""

from __future__ import annotations

from nmosd_cds.calculators.scores import asked
from nmosd_cds.calculators.scores.given import Given
from nmosd_cds.calculators.scores.score import Score, Worked, settled
from nmosd_cds.calculators.scores.told import in_step
from nmosd_cds.i18n import N_, _

# Inputs that are a yes, with the item each scores and its weight (Sorror, Blood 2005;106:2912).
HISTORY: dict[str, tuple[str, int]] = {
    "arrhythmia": ("arrhythmia", 1),
    "cardiac": ("cardiac", 1),
    "ibd": ("ibd", 1),
    "diabetes_drug_treated": ("diabetes", 1),
    "cerebrovascular": ("cerebrovascular", 1),
    "psychiatric_treated": ("psychiatric", 1),
    "chronic_hepatitis": ("hepatic_mild", 1),
    "infection": ("infection", 1),
    "rheumatologic_listed": ("rheumatologic", 2),
    "peptic_ulcer": ("peptic_ulcer", 2),
    "dialysis": ("renal_moderate_severe", 2),
    "renal_transplant": ("renal_moderate_severe", 2),
    "prior_solid_tumour": ("prior_solid_tumour", 3),
    "heart_valve": ("heart_valve", 3),
    "oxygen": ("pulmonary_severe", 3),
    "cirrhosis": ("hepatic_moderate_severe", 3),
}
# Tests with their plausible range.
TESTS: dict[str, tuple[float, float]] = {
    "ef_percent": (5, 95),
    "bmi": (8, 100),
    "bilirubin_xuln": (0, 100),
    "ast_alt_xuln": (0, 1000),
    "creatinine_mg_dl": (0.05, 40),
    "dlco_percent": (1, 250),
    "fev1_percent": (1, 250),
}
# What a test can score at most, for a test that is missing.
WORST: dict[str, tuple[str, int]] = {
    "ef_percent": ("cardiac", 1),
    "bmi": ("obesity", 1),
    "bilirubin_xuln": ("hepatic_moderate_severe", 3),
    "ast_alt_xuln": ("hepatic_moderate_severe", 3),
    "creatinine_mg_dl": ("renal_moderate_severe", 2),
    "dlco_percent": ("pulmonary_severe", 3),
    "fev1_percent": ("pulmonary_severe", 3),
}
DYSPNOEA = {
    "none": None,
    "slight_activity": ("pulmonary_moderate", 2),
    "at_rest": ("pulmonary_severe", 3),
}
# Of each pair the worse is counted.
EXCLUSIVE = {
    "hepatic_moderate_severe": "hepatic_mild",
    "pulmonary_severe": "pulmonary_moderate",
}
SEVERE_LUNG_PERCENT = 65
MODERATE_LUNG_PERCENT = 80
SKIN_ONLY = "nonmelanoma_skin_cancer_only"
INPUTS = (
    asked.number("ef_percent", N_("Ejection fraction"), "%", TESTS["ef_percent"], field="lvef"),
    asked.number("bmi", N_("Body mass index"), "kg/m2", TESTS["bmi"]),
    asked.number("bilirubin_xuln", N_("Bilirubin"), "x ULN", TESTS["bilirubin_xuln"]),
    asked.number(
        "ast_alt_xuln",
        N_("ALT or AST, the higher"),
        "x ULN",
        TESTS["ast_alt_xuln"],
        field="aminotransferases",
    ),
    asked.number(
        "creatinine_mg_dl", N_("Creatinine"), "mg/dL", TESTS["creatinine_mg_dl"], field="creatinine"
    ),
    asked.number(
        "dlco_percent",
        N_("DLCO, haemoglobin-corrected"),
        "% predicted",
        TESTS["dlco_percent"],
        field="dlco",
    ),
    asked.number("fev1_percent", N_("FEV1"), "% predicted", TESTS["fev1_percent"], field="fev1"),
    asked.yes_no(
        "arrhythmia", N_("Atrial fibrillation or flutter, sick sinus, ventricular arrhythmia")
    ),
    asked.yes_no("cardiac", N_("Coronary disease, heart failure or infarction")),
    asked.yes_no("ibd", N_("Crohn's disease or ulcerative colitis")),
    asked.yes_no("diabetes_drug_treated", N_("Diabetes treated with drugs")),
    asked.yes_no("cerebrovascular", N_("Transient ischaemia or stroke")),
    asked.yes_no("psychiatric_treated", N_("Depression or anxiety under treatment")),
    asked.yes_no("chronic_hepatitis", N_("Chronic hepatitis")),
    asked.yes_no("infection", N_("Infection treated beyond day 0")),
    asked.yes_no(
        "rheumatologic_listed",
        N_("Lupus, rheumatoid arthritis, polymyositis, mixed connective tissue, polymyalgia"),
    ),
    asked.yes_no("peptic_ulcer", N_("Peptic ulcer under treatment")),
    asked.yes_no("dialysis", N_("Dialysis")),
    asked.yes_no("renal_transplant", N_("Kidney transplant")),
    asked.yes_no(
        "prior_solid_tumour",
        N_("Earlier solid tumour, skin cancer other than melanoma not counted"),
    ),
    asked.yes_no("heart_valve", N_("Heart valve disease other than mitral prolapse")),
    asked.yes_no("oxygen", N_("Needs oxygen")),
    asked.yes_no("cirrhosis", N_("Cirrhosis")),
    asked.choice("dyspnoea", N_("Breathless"), DYSPNOEA),
    asked.yes_no(SKIN_ONLY, N_("Skin cancer other than melanoma alone")),
)
NEEDS = tuple(one.name for one in INPUTS)


def hct_ci(raw: object) -> Worked:
    """Sum of the weights of 17 comorbidities, and its group.

    The score counts what is known; `score_with_worst_tests` adds the worst of every missing test.
    A group that a missing test can change is `indeterminate`. Comorbidities not named are listed
    as missing and count nothing, which makes the score a lower bound.

    Args:
        raw: Tests (percent, kg/m2, multiples of the upper limit of normal, mg/dL), comorbidities
            as yes or no, `dyspnoea` as none, slight_activity or at_rest.

    Raises:
        CdsError: An input is wrong.

    Source:
        sorror-2015-hctci, nmosd-cds-project.
    """
    given = Given(raw, NEEDS)
    tests = {name: given.number(name, *limits) for name, limits in TESTS.items()}
    history = {name: given.yes_no(name) for name in HISTORY}
    dyspnoea = given.choice("dyspnoea", DYSPNOEA)
    skin_only = given.yes_no(SKIN_ONLY)
    if skin_only and history["prior_solid_tumour"]:
        given.wrong(SKIN_ONLY, _("contradicts prior_solid_tumour"), _("Leave one of them out."))
    given.stop_if_wrong()
    items = dict(HISTORY[name] for name, answer in history.items() if answer)
    items |= _of_tests(tests)
    if dyspnoea is not None and (item := DYSPNOEA[dyspnoea]) is not None:
        items |= [item]
    score = sum(_counted(items).values())
    untested = [name for name, value in tests.items() if value is None]
    at_most = sum(_counted(items | dict(WORST[name] for name in untested)).values())
    not_asked = {SKIN_ONLY} | ({"prior_solid_tumour"} if skin_only else set())
    missing = given.missing(name for name in NEEDS if name not in not_asked)
    group = settled((_group(score), _group(at_most)))
    return Worked(
        {
            "score": score,
            "score_with_worst_tests": at_most,
            "group": group,
            "is_lower_bound": bool(missing),
        },
        (
            *(
                _("{item}: {weight}.").format(item=in_step(item, INPUTS), weight=weight)
                for item, weight in _counted(items).items()
            ),
            _("Sum: {score}. 0 is low, 1 or 2 intermediate, 3 or more high.").format(score=score),
        ),
        missing,
        _warnings(tests, items, bool(missing)),
    )


def _of_tests(tests: dict[str, float | None]) -> dict[str, int]:
    found: dict[str, int] = {}
    ejection, bmi, creatinine = (tests[n] for n in ("ef_percent", "bmi", "creatinine_mg_dl"))
    if ejection is not None and ejection <= 50:
        found["cardiac"] = 1
    if bmi is not None and bmi > 35:
        found["obesity"] = 1
    if creatinine is not None and creatinine > 2:
        found["renal_moderate_severe"] = 2
    for name, cap in (("bilirubin_xuln", 1.5), ("ast_alt_xuln", 2.5)):
        value = tests[name]
        if value is not None and value > cap:
            found["hepatic_moderate_severe"] = 3
        elif value is not None and value > 1:
            found["hepatic_mild"] = 1
    for name in ("dlco_percent", "fev1_percent"):
        value = tests[name]
        if value is not None and value <= SEVERE_LUNG_PERCENT:
            found["pulmonary_severe"] = 3
        elif value is not None and value <= MODERATE_LUNG_PERCENT:
            found["pulmonary_moderate"] = 2
    return found


def _counted(items: dict[str, int]) -> dict[str, int]:
    dropped = {mild for worse, mild in EXCLUSIVE.items() if worse in items}
    return {item: weight for item, weight in items.items() if item not in dropped}


def _group(score: int) -> str:
    if score == 0:
        return "low"
    return "intermediate" if score <= 2 else "high"


def _warnings(
    tests: dict[str, float | None], items: dict[str, int], is_incomplete: bool
) -> tuple[str, ...]:
    said = [
        _(
            "Derived in allogeneic transplantation; for autoimmune disease and before CAR-T cells "
            "it is an extrapolation. NMOSD itself scores nothing."
        )
    ]
    if is_incomplete:
        said.append(_("What is missing is not normal: the score is a lower bound."))
    if SEVERE_LUNG_PERCENT in (tests["dlco_percent"], tests["fev1_percent"]):
        said.append(
            _(
                "A lung test of exactly 65 % stands on a limit: one source prints severe as 65 % "
                "or below (counted so here), the NCI as below 65 %."
            )
        )
    if "rheumatologic" in items:
        said.append(_("Sjögren's disease is not in the list of 2005: ask before counting it."))
    return tuple(said)


HCT_CI = Score(
    "hct_ci",
    N_("Haematopoietic cell transplantation comorbidity index"),
    INPUTS,
    hct_ci,
    fills=("score", "hct_ci"),
)
