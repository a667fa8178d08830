"""The numbers, drugs, trials and options that tests of the calculators use, written by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

from builders import a_case

from nmosd_cds.calculators.derived import (
    Definitions,
    DrugDefinition,
    Known,
    OptionDefinition,
    TrialDefinition,
)
from nmosd_cds.patient.model import Setting

ON = date(2026, 11, 22)

NUMBERS = {
    "attack_in_progress_days": 30,
    "provisional_days": 90,
    "indication_months": 24,
    "high_activity_short_months": 12,
    "high_activity_long_months": 24,
    "high_activity_short_attacks": 2,
    "high_activity_long_attacks": 3,
    "high_activity_recent_attacks": 1,
    "mog_clear_positive_titre": 100,
    "pregnancy_test_days": 14,
    "weak_failure_years": 5,
    "immunosuppressant_months": 12,
    "recent_inflammation_months": 18,
}
# Drug, class, weeks of an adequate trial, field that proves exposure.
ANTIBODIES = (
    ("eculizumab", "c5", 4, "complement_blocked"),
    ("ravulizumab", "c5", 4, "complement_blocked"),
    ("inebilizumab", "b-cell", 12, "cd19_depleted"),
    ("rituximab", "b-cell", 12, "cd19_depleted"),
    ("satralizumab", "il6r", 12, None),
    ("tocilizumab", "il6r", 12, None),
)
OTHERS = (
    DrugDefinition("azathioprine", "classical", 26),
    DrugDefinition("mycophenolate", "classical", 12, is_teratogenic=True),
    DrugDefinition("prednisolone", "classical", None, masks_inflammation=True),
    DrugDefinition("natalizumab", "none", None, harms_in_nmosd=True),
    DrugDefinition("interferon-beta", "none", 26, harms_in_nmosd=True),
)
OPTIONS = (
    OptionDefinition("c5-inhibitor", "reference", ("eculizumab", "ravulizumab")),
    OptionDefinition("anti-cd19-antibody", "reference", ("inebilizumab",)),
    OptionDefinition("anti-cd20-antibody", "reference", ("rituximab",)),
    OptionDefinition("il6r-inhibitor", "reference", ("satralizumab", "tocilizumab")),
    OptionDefinition("no-cellular-therapy", "reference"),
    OptionDefinition("ahsct", "cellular"),
    OptionDefinition("car-t-bcma", "cellular", maximum_age=Decimal(75)),
    OptionDefinition("bm-msc", "cellular"),
)
TRIALS = (
    TrialDefinition("NCT04561557", "car-t-bcma", Decimal(18), Decimal(65)),
    TrialDefinition("NCT00000070", "car-t-bcma", Decimal(18), Decimal(70)),
    TrialDefinition("NCT00000001", "car-t-bcma", is_nmosd=False),
    TrialDefinition("NCT02249676", "bm-msc"),
)


def a_definitions() -> Definitions:
    """Definitions like those of the knowledge files, small and independent of them."""
    antibodies = (
        DrugDefinition(
            drug, group, weeks, proof, is_antibody=True, masks_inflammation=group == "il6r"
        )
        for drug, group, weeks, proof in ANTIBODIES
    )
    return Definitions(
        numbers={name: Decimal(value) for name, value in NUMBERS.items()},
        drugs={drug.id: drug for drug in (*antibodies, *OTHERS)},
        trials={trial.registry: trial for trial in TRIALS},
        options={option.id: option for option in OPTIONS},
    )


def what_is_known(
    *, on: date = ON, option: str | None = None, setting: dict[str, Any] | None = None, **facts: Any
) -> Known:
    """A fictional case as calculators see it; facts are written as in a case file."""
    case = a_case(setting=setting, **facts)
    return Known(case.patient, case.setting or Setting(), a_definitions(), on, option)
