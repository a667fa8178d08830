"""Who the page is about: four states of allergies, no blank, ages that stay open."""

import pytest
from builders import a_case
from report_builders import ON, a_person

from nmosd_cds.report.banner import banner_of
from nmosd_cds.report.model import Labelled

KNOWN = {"rows": [{"substance": "co-trimoxazole", "anaphylaxis": True}, {"substance": "latex"}]}


def facts(**said: object) -> list[Labelled]:
    return [one for row in banner_of(a_case(**said), ON).rows for one in row]


def test_a_person_of_whom_nothing_is_known_leaves_no_blank() -> None:
    banner = banner_of(a_case(), ON)
    assert banner.name == "Name not known"
    assert [(one.label, one.value) for row in banner.rows for one in row] == [
        ("Born", "Not known"),
        ("Sex", "Not known"),
        ("Hospital No.", "Not known"),
        ("Allergies not recorded", ""),
        ("AQP4-IgG", "Not known"),
        ("MOG-IgG", "Not known"),
    ]


def test_the_banner_says_what_is_known() -> None:
    banner = banner_of(a_person(), ON)
    assert banner.name == "EXAMPLE, Mira"
    said = {one.label: one.value for row in banner.rows for one in row}
    assert said["Born"] == "14-Mar-1981 (45y)"
    assert said["AQP4-IgG"] == "Positive, 1:320"
    assert (said["Sex"], said["MOG-IgG"]) == ("Female", "Negative")


@pytest.mark.parametrize(
    ("allergies", "label", "value"),
    [
        (KNOWN, "Known allergies", "co-trimoxazole (anaphylaxis), latex"),
        ({"complete_since": "2026-11", "rows": []}, "", "No known allergies"),
        ({"rows": []}, "Allergies not recorded", ""),
        ({"rows": [{"substance": {"state": "unavailable"}}]}, "Allergies unavailable", ""),
    ],
)
def test_allergies_have_four_states(allergies: object, label: str, value: str) -> None:
    assert Labelled(label, value) in facts(allergies=allergies)


@pytest.mark.parametrize(
    ("birth", "said"),
    [
        ("1981-11-22", "22-Nov-1981 (45y)"),
        ("1981-11-23", "23-Nov-1981 (44y)"),
        ("1981-11", "Nov-1981 (44–45y)"),
        ("1981", "1981 (44–45y)"),
        ({"state": "unavailable"}, "Result unavailable"),
    ],
)
def test_an_age_stays_as_open_as_the_date_of_birth(birth: object, said: str) -> None:
    assert Labelled("Born", said) in facts(birth_date=birth)


def test_a_stated_age_stands_where_no_date_is_known() -> None:
    assert Labelled("Born", "Not known (stated age 45y)") in facts(stated_age=45)


@pytest.mark.parametrize(
    ("serology", "said"),
    [
        ({"state": "not-done"}, "Not tested"),
        ({"state": "unavailable"}, "Result unavailable"),
        ({"value": "positive", "titre": ">1:1280"}, "Positive, >1:1280"),
        ({"value": "positive", "assay": "elisa"}, "Positive, ELISA"),
    ],
)
def test_serology_keeps_its_state_comparator_and_weak_assay(serology: object, said: str) -> None:
    assert Labelled("AQP4-IgG", said) in facts(aqp4_igg=serology)
