"""Every source as one line; expectations counted in the dossiers by hand."""

import pytest

from nmosd_cds.evidence.study import Arm, Citation, Population, Share, Study
from nmosd_cds.knowledge.catalogue import (
    CatalogueRow,
    Serology,
    Wanted,
    catalogue,
    designs_of,
    matching,
    options_of,
    patients,
    plain,
    serology_of,
)
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.knowledge.mentions import mentions


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="module")
def rows(known: Knowledge) -> dict[str, CatalogueRow]:
    return {row.key: row for row in catalogue(known)}


def _share(pair: tuple[int, int] | None) -> Share | None:
    return Share(count=pair[0], of=pair[1], flag="seen") if pair is not None else None


def _study(*arms: Arm, n: int | None = None) -> Study:
    return Study(
        id="a-2020",
        kind="study",
        citation=Citation(authors="A", year=2020, title="T", journal="J"),
        design="case-series",
        summary="S",
        n=n,
        arms=arms,
    )


def _arm(
    name: str,
    *,
    n: int | None = None,
    positive: tuple[int, int] | None = None,
    negative: tuple[int, int] | None = None,
    part_of: str | None = None,
) -> Arm:
    counted = Population(aqp4_positive=_share(positive), aqp4_negative=_share(negative))
    return Arm(id=name, option="ahsct", n=n, population=counted, part_of=part_of)


@pytest.mark.parametrize(
    ("positive", "negative", "expected"),
    [
        (None, None, "not-reported"),
        ((12, 12), None, "aqp4-positive"),
        ((12, 12), (0, 12), "aqp4-positive"),
        ((12, 13), (1, 13), "mixed"),
        ((12, 13), None, "mixed"),
        ((0, 1), None, "aqp4-negative"),
        (None, (2, 2), "aqp4-negative"),
        (None, (0, 5), "not-reported"),
    ],
)
def test_serostatus_is_what_was_counted(
    positive: tuple[int, int] | None, negative: tuple[int, int] | None, expected: Serology
) -> None:
    assert serology_of(_study(_arm("all", positive=positive, negative=negative))) == expected


def test_arms_of_different_people_make_a_mixed_study() -> None:
    arms = (_arm("one", positive=(5, 5)), _arm("two", negative=(3, 3)))
    assert serology_of(_study(*arms)) == "mixed"


def test_a_number_of_patients_is_printed_or_the_sum_of_whole_arms_or_not_known() -> None:
    assert patients(_study(_arm("one", n=5), _arm("two", n=4), n=12)) == 12
    assert patients(_study(_arm("one", n=5), _arm("two", n=4))) == 9
    assert patients(_study(_arm("one", n=5), _arm("sub", n=2, part_of="one"))) == 5
    assert patients(_study(_arm("one", n=5), _arm("two"))) is None
    assert patients(_study()) is None


def test_every_source_is_a_row_and_the_kinds_stand_together(
    known: Knowledge, rows: dict[str, CatalogueRow]
) -> None:
    assert set(rows) == set(known.sources)
    kinds = [row.kind for row in rows.values()]
    assert list(dict.fromkeys(kinds)) == ["study", "guideline", "trial", "drug"]
    assert len(list(dict.fromkeys(kinds))) == len(set(kinds))


def test_a_study_a_guideline_a_trial_and_a_drug_say_what_they_are(
    rows: dict[str, CatalogueRow],
) -> None:
    burt = rows["burt-2019"]
    assert (burt.year, burt.n, burt.design) == (2019, 13, "prospective-cohort")
    assert burt.options == ("ahsct",)
    assert burt.directness == ("nmosd",) and burt.used > 0
    assert rows["mist-2019-rct-ms"].directness == ("indirect",)
    trial = rows["nct04561557"]
    assert (trial.design, trial.serology, trial.n) == ("", "", None)
    assert trial.options == ("car-t-bcma",) and trial.directness == ("nmosd",)
    assert rows["eculizumab"].options == ("c5-inhibitor",)
    assert rows["natalizumab"].directness == ()  # no drug of NMOSD
    guideline = rows["ebmt-2022-indications"]
    assert guideline.directness == () and guideline.serology == ""


def test_a_control_group_is_no_therapy_to_look_for(
    known: Knowledge, rows: dict[str, CatalogueRow]
) -> None:
    options = options_of(rows.values(), known)
    assert "placebo" not in options and "unregulated-product" in options
    names = [one for one in options if one in known.options]
    assert names == [one for one in known.options if one in names]
    assert options[: len(names)] == tuple(names)


def test_designs_are_those_there_are(rows: dict[str, CatalogueRow]) -> None:
    designs = designs_of(rows.values())
    assert "randomised-trial" in designs and "" not in designs
    assert list(designs) == sorted(designs)


def test_everything_wanted_has_to_fit(rows: dict[str, CatalogueRow]) -> None:
    every = tuple(rows.values())
    assert matching(every, Wanted()) == every
    assert not Wanted() and Wanted(kind="drug")
    found = matching(every, Wanted(text="2019 burt", option="ahsct", directness="nmosd"))
    assert [row.key for row in found] == ["burt-2019"]
    assert not matching(every, Wanted(text="burt", kind="drug"))
    only = Wanted(keys=frozenset({"qin-2023"}))
    assert [row.key for row in matching(every, only)] == ["qin-2023"]
    assert {row.design for row in matching(every, Wanted(design="registry"))} == {"registry"}
    assert {row.serology for row in matching(every, Wanted(serology="mixed"))} == {"mixed"}


def test_accents_and_capitals_do_not_matter() -> None:
    assert plain("Fernández ÖZ") == "fernandez oz"


def test_a_source_knows_every_place_that_names_it(known: Knowledge) -> None:
    named = mentions(known)
    places = {(one.place, one.owner) for one in named["burt-2019"]}
    assert {("evidence", "ahsct"), ("argument", "ahsct"), ("plan", "ahsct")} <= places
    assert ("definition", "ahsct-chicago") in places
    rules = {one.part for one in named["burt-2019"] if one.place == "rule"}
    assert "ahsct.high-edss" in rules
    assert {one.place for one in named["pittock-2023-champion"]} >= {"comparator", "drug"}
    assert set(named) <= set(known.sources)
    assert all(len(set(places)) == len(places) for places in named.values())


def test_a_rule_shared_by_a_class_is_told_once(known: Knowledge) -> None:
    for places in mentions(known).values():
        rules = [one.part for one in places if one.place == "rule"]
        assert len(rules) == len(set(rules))
