"""When a transplant outside a trial would be a rescue."""

from typing import Any

import pytest
from definitions_builder import what_is_known

from nmosd_cds.calculators.standard_care import rescue_use, standard_care
from nmosd_cds.logic.fact import Choices

POSITIVE = {"value": "positive", "assay": "cell-based"}


def failed(drug: str, year: int, **proof: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    course = {
        "drug": drug, "start": f"{year}-01-10", "stop": f"{year + 1}-03-01", "reason": "attack",
        "adherent": True, "dose_adequate": True, **proof,
    }  # fmt: skip
    attack = {"onset": f"{year}-11-10", "confirmed": True, "infection_excluded": True}
    return course, attack


RITUXIMAB = failed("rituximab", 2018, cd19_depleted=True)
SATRALIZUMAB = failed("satralizumab", 2020)
ECULIZUMAB = failed("eculizumab", 2022, complement_blocked=True)
BARRED = {"drug": "eculizumab", "decision": "contraindicated", "reason": "allergy"}


def case(*failures: Any, decisions: tuple[Any, ...] = (), **facts: Any) -> Any:
    access = dict.fromkeys(("eculizumab", "ravulizumab", "inebilizumab"), "available")
    return what_is_known(
        aqp4_igg=facts.pop("aqp4_igg", POSITIVE),
        disease_onset="2016-05",
        attacks={"complete_since": "2015", "rows": [attack for _c, attack in failures]},
        treatments={"complete_since": "2015", "rows": [course for course, _a in failures]},
        drug_decisions={"complete_since": "2015", "rows": list(decisions)},
        setting={"access": facts.pop("access", access)},
        **facts,
    )


def values(derived: Any) -> set[str]:
    assert isinstance(derived.possible, Choices)
    return set(derived.possible.possible)


def test_three_failures_make_it_a_rescue() -> None:
    assert values(rescue_use(case(RITUXIMAB, SATRALIZUMAB, ECULIZUMAB))) == {"true"}


def test_an_open_class_does_not() -> None:
    known = case(RITUXIMAB, SATRALIZUMAB)
    assert values(standard_care(known)) == {"not-exhausted"}
    assert values(rescue_use(known)) == {"false"}


@pytest.mark.parametrize("answer", [None, False])
def test_a_contraindication_has_to_be_weighed_against_the_transplant(answer: bool | None) -> None:
    facts = {} if answer is None else {"closing_reasons_weighed": answer}
    known = case(RITUXIMAB, SATRALIZUMAB, decisions=({**BARRED, "holds_for_class": True},), **facts)
    assert values(standard_care(known)) == {"exhausted"}
    assert values(rescue_use(known)) == {"true", "false"}
    assert rescue_use(known).missing == ("closing_reasons_weighed",)


def test_a_board_that_weighed_it_settles_it() -> None:
    known = case(
        RITUXIMAB,
        SATRALIZUMAB,
        decisions=({**BARRED, "holds_for_class": True},),
        closing_reasons_weighed=True,
    )
    assert values(rescue_use(known)) == {"true"}


def test_access_alone_leaves_it_open_and_asks_for_a_supply() -> None:
    known = case(
        RITUXIMAB, SATRALIZUMAB, access={"eculizumab": "refused", "ravulizumab": "refused"}
    )
    assert values(standard_care(known)) == {"access-limited"}
    assert values(rescue_use(known)) == {"true", "false"}
    assert set(rescue_use(known).missing) == {"access_eculizumab", "access_ravulizumab"}


def test_without_the_antibody_there_is_nothing_to_exhaust() -> None:
    negative = {"value": "negative", "assay": "cell-based"}
    known = case(aqp4_igg=negative, aqp4_repeated_negative=True)
    assert values(rescue_use(known)) == {"true"}
