"""Worked examples of the evidence dossier, written again by hand as patients."""

from typing import Any

import pytest
from definitions_builder import what_is_known

from nmosd_cds.calculators.class_state import class_state
from nmosd_cds.calculators.serostatus import serostatus
from nmosd_cds.calculators.standard_care import standard_care
from nmosd_cds.logic.fact import Choices

DRUGS = ("eculizumab", "ravulizumab", "inebilizumab", "rituximab", "satralizumab", "tocilizumab")
POSITIVE = {"value": "positive", "assay": "cell-based"}
NEGATIVE = {"value": "negative", "assay": "cell-based"}
SURE = {"confirmed": True, "infection_excluded": True}


def failed(drug: str, **more: Any) -> dict[str, Any]:
    """A year on a drug with exposure proven; an attack in its tenth month makes it a failure."""
    return {
        "drug": drug, "start": "2024-01-01", "stop": "2024-12-31", "reason": "attack",
        "adherent": True, "dose_adequate": True, "cd19_depleted": True, "complement_blocked": True,
    } | more  # fmt: skip


def gate(*courses: dict[str, Any], aqp4: dict[str, Any] = POSITIVE, **access: str) -> Any:
    """A case with complete lists, every drug available unless said otherwise."""
    return what_is_known(
        aqp4_igg=aqp4,
        aqp4_drawn_before_treatment=True,
        disease_onset="2020-05",
        attacks={"complete_since": "2020", "rows": [{"onset": "2024-10-10"} | SURE]},
        treatments={"complete_since": "2019", "rows": list(courses)},
        drug_decisions={"complete_since": "2019", "rows": []},
        setting={"access": dict.fromkeys(DRUGS, "available") | access},
    )


def states(known: Any) -> str:
    found = [class_state(known, c) for c in ("c5", "b-cell", "il6r")]
    return " ".join("/".join(sorted(each.possible.possible)) for each in found)  # type: ignore[union-attr]


def care(known: Any) -> str:
    possible = standard_care(known).possible
    assert isinstance(possible, Choices)
    return "/".join(sorted(possible.possible))


def test_approved_options_gate_v1_classical_drugs_close_no_class() -> None:
    known = gate(failed("azathioprine"), failed("mycophenolate"))
    assert (states(known), care(known)) == ("untried untried untried", "not-exhausted")


def test_approved_options_gate_v2_one_failure_leaves_two_classes() -> None:
    known = gate(failed("rituximab"))
    assert (states(known), care(known)) == ("untried failed untried", "not-exhausted")


def test_approved_options_gate_v3_two_failures_and_an_intolerance_exhaust() -> None:
    intolerant = failed("satralizumab", reason="intolerance", holds_for_class=True, adherent=False)
    known = gate(failed("rituximab"), failed("eculizumab"), intolerant)
    assert (states(known), care(known)) == ("failed failed intolerant", "exhausted")


def test_approved_options_gate_v4_no_c5_inhibitor_to_be_had_limits_access() -> None:
    known = gate(
        failed("inebilizumab"), failed("satralizumab"),
        ravulizumab="not-licensed", eculizumab="refused",
    )  # fmt: skip
    assert (states(known), care(known)) == ("not-accessible failed failed", "access-limited")


def test_approved_options_gate_v5_an_inadequate_trial_leaves_its_class_open() -> None:
    inadequate = failed("rituximab", cd19_depleted=False)
    known = gate(inadequate, failed("satralizumab"), failed("eculizumab"))
    assert (states(known), care(known)) == ("failed inadequate failed", "not-exhausted")


def test_approved_options_gate_v6_seronegative_has_nothing_to_exhaust() -> None:
    assert care(gate(failed("rituximab"), aqp4=NEGATIVE)) == "not-applicable"


@pytest.mark.parametrize(
    ("mog", "aqp4", "core", "expected"),
    [
        ({"value": "positive", "titre": "1:320"}, NEGATIVE, "optic-neuritis", "mogad"),  # v1
        # v2, v3 and v5 need a supporting feature, which the form does not record: unknown.
        ({"value": "positive", "titre": "1:20"}, NEGATIVE, "optic-neuritis", "aqp4-negative mogad"),
        ({"value": "positive", "titre": "1:20"}, POSITIVE, "acute-myelitis", "aqp4-positive"),  # v4
        ({"value": "negative"}, NEGATIVE, "acute-myelitis", "aqp4-negative"),  # v6
    ],
)
def test_mogad_2023_as_far_as_serostatus_uses_it(
    mog: dict[str, Any], aqp4: dict[str, Any], core: str, expected: str
) -> None:
    known = what_is_known(
        mog_igg=mog, aqp4_igg=aqp4, aqp4_drawn_before_treatment=True, core_characteristics=[core]
    )
    possible = serostatus(known).possible
    assert isinstance(possible, Choices)
    assert possible.possible == set(expected.split())
