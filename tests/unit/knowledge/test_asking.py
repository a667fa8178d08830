"""Why a field is asked: whatever reads it is found, also by derived facts; no field is idle."""

import pytest

from nmosd_cds import paths
from nmosd_cds.knowledge.asking import rules_asking, unread_fields
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.model import DrugAccess, Patient, Setting

# Fields that nothing in the knowledge reads, each with what it is for.
KEPT = {
    "name": "identifies the person on the page",
    "hospital_number": "identifies the person on the page",
    "declined_therapies": "the ranking reads it: what the person declines is shown, unranked",
    "open_trials": "the list of trials reads it: which are open in this hospital",
    "region": "printed with the case; a reader compares it with the approvals by region",
    "height": "printed with the case, for the dosing of the centre",
    "karnofsky": "printed with the case; ECOG, which says the same, is the one that is asked",
}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(paths.knowledge_root())


def every_field() -> list[str]:
    access = [f"access_{drug}" for drug in field_specs(DrugAccess)]
    return [*field_specs(Patient), *field_specs(Setting), *access]


def test_every_field_is_read_or_its_use_is_written_down(knowledge: Knowledge) -> None:
    assert sorted(unread_fields(knowledge, every_field())) == sorted(KEPT)


def test_a_rule_that_reads_a_field_itself_is_found(knowledge: Knowledge) -> None:
    found = {one.id: one for one in rules_asking(knowledge, "lvef")}
    assert found["ahsct.lvef"].effect == "excludes"
    assert found["ahsct.lvef"].cites == ("nct03444805",)
    assert found["ahsct.lvef"].through == () and found["ahsct.lvef"].options == ("ahsct",)
    assert found["car-t-bcma.lvef-band"].effect == "cautions"


def test_a_rule_that_reads_a_field_by_a_derived_fact_says_which(knowledge: Knowledge) -> None:
    found = {one.id: one for one in rules_asking(knowledge, "hbv_dna")}
    assert found["general.hepatitis-b-active"].through == ("Hepatitis B",)
    assert {"ahsct", "car-t-bcma"} <= set(found["general.hepatitis-b-active"].options)


def test_a_fact_asked_once_per_option_is_found(knowledge: Knowledge) -> None:
    found = {one.id for one in rules_asking(knowledge, "trial_places")}
    assert {"general.authorised-setting", "general.paid-by-patient"} <= found


def test_what_bars_stands_before_what_cautions(knowledge: Knowledge) -> None:
    effects = [one.effect for one in rules_asking(knowledge, "hbv_dna") if one.reader == "rule"]
    order = ("excludes", "requires", "cautions", "favours")
    assert effects == sorted(effects, key=order.index)


@pytest.mark.parametrize(
    ("field", "reader"),
    [
        ("aqp4_igg", "scope"),
        ("attacks", "definition"),
        ("plasma_exchange_last", "failure"),
        ("treatments", "failure"),
        ("capacity_to_consent", "trial"),
        ("gadolinium_lesion", "plan"),
        ("weight", "calculator"),
    ],
)
def test_every_kind_of_reader_is_looked_at(knowledge: Knowledge, field: str, reader: str) -> None:
    assert reader in {one.reader for one in rules_asking(knowledge, field)}


def test_every_citation_has_a_sheet_and_every_option_is_there(knowledge: Knowledge) -> None:
    for field in every_field():
        for one in rules_asking(knowledge, field):
            assert set(one.cites) <= set(knowledge.sources), one.id
            assert set(one.options) <= set(knowledge.options), one.id
            assert one.text.strip(), one.id


def test_what_is_no_field_is_read_by_nothing(knowledge: Knowledge) -> None:
    assert rules_asking(knowledge, "shoe_size") == ()
