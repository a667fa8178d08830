"""What was not checked before a relapse is called failure, and what speaks for something else."""

from __future__ import annotations

from typing import Any

import pytest
from advice_builder import advice_on, an_example

from nmosd_cds.advice.model import StandardCare
from nmosd_cds.logic.truth import Truth


def care(**facts: Any) -> StandardCare:
    """Of example b, whose three classes failed."""
    return advice_on("b", **facts).standard_care


def courses(drug: str, **answers: Any) -> dict[str, Any]:
    treatments = an_example("b")["patient"]["treatments"]
    rows = [row | answers if row["drug"] == drug else row for row in treatments["rows"]]
    return dict(treatments | {"rows": rows})


def test_what_nothing_answers_is_asked_of_the_drug_it_concerns() -> None:
    unchecked = care().unchecked
    assert all("?" in one for one in unchecked)
    assert any(
        one.startswith("Did it come more than 4 weeks after an infusion?") for one in unchecked
    )
    infusion = next(one for one in unchecked if "infusion" in one)
    assert "rituximab" in infusion and "eculizumab" not in infusion


def test_an_answer_takes_its_question_away() -> None:
    answered = care(treatments=courses("rituximab", late_after_infusion=True))
    assert not any("infusion" in one for one in answered.unchecked)
    assert answered.points_away == ()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"c5_variant": "present"}, "Is the C5 variant p.Arg885 excluded? No (eculizumab)"),
        ({"pml_on_mri": True}, "Does MRI or CSF show no sign of PML? No ("),
        (
            {"treatments": courses("rituximab", late_after_infusion=False)},
            "Did it come more than 4 weeks after an infusion? No (rituximab)",
        ),
    ],
)
def test_an_answer_that_speaks_for_another_explanation_is_said(
    facts: dict[str, Any], words: str
) -> None:
    assert any(one.startswith(words) for one in care(**facts).points_away)


def test_a_checklist_changes_no_state() -> None:
    assert care(c5_variant="present").state == care().state


def test_a_definition_for_another_disease_is_not_met_and_asks_nothing() -> None:
    beat = next(one for one in care().definitions if one.id == "beat-ms")
    assert (beat.met, beat.missing) == (Truth.FALSE, ())


def test_what_is_missing_for_a_definition_is_named() -> None:
    lines = {one.id: one for one in advice_on("b", ecog=None).standard_care.definitions}
    for line in lines.values():
        assert bool(line.missing) is (line.met is Truth.UNKNOWN), line.id


def test_every_class_names_its_drugs() -> None:
    assert {one.id: one.drugs for one in care().classes} == {
        "c5": ("eculizumab", "ravulizumab"),
        "b-cell": ("inebilizumab", "rituximab"),
        "il6r": ("satralizumab", "tocilizumab"),
    }


@pytest.mark.parametrize("drug", ["natalizumab", "fingolimod", "interferon-beta", "alemtuzumab"])
def test_a_drug_for_multiple_sclerosis_taken_now_is_an_alert(drug: str) -> None:
    treatments = an_example("b")["patient"]["treatments"]
    added = [*treatments["rows"], {"drug": drug, "start": "2026-01", "ongoing": True}]
    advice = advice_on("b", treatments=treatments | {"rows": added})
    assert any("A drug for multiple sclerosis is taken" in one for one in advice.alerts)


def test_one_taken_long_ago_is_none() -> None:
    treatments = an_example("b")["patient"]["treatments"]
    past = {"drug": "fingolimod", "start": "2015-01", "stop": "2015-12", "ongoing": False}
    advice = advice_on("b", treatments=treatments | {"rows": [past, *treatments["rows"]]})
    assert not any("multiple sclerosis is taken" in one for one in advice.alerts)
