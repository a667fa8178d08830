"""What the timeline reads from a draft, and what it says of it; worked by hand."""

from __future__ import annotations

from typing import Any

import pytest
from timeline_builder import drawn, history

from nmosd_cds.gui.timeline.edits import moved_by, with_dates, with_new_row, without_row
from nmosd_cds.gui.timeline.events import Mark, OnDrug, history_of
from nmosd_cds.gui.timeline.words import (
    details_of,
    end_words,
    table_rows,
    text_of,
    title_of,
    undated_words,
    when_words,
)
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.dates import read_date

ATTACK = {"onset": "2026-09-02", "sites": ["spinal-cord"], "severity": "mild", "recovery": "full"}


def _attacks(*onsets: str, since: str | None = "2010") -> dict[str, Any]:
    rows = [{"onset": one, "sites": ["spinal-cord"]} for one in onsets]
    return {"rows": rows} if since is None else {"complete_since": since, "rows": rows}


def _drugs(*rows: dict[str, Any], since: str = "2010") -> dict[str, Any]:
    return {"complete_since": since, "rows": list(rows)}


RAVULIZUMAB = {"drug": "ravulizumab", "start": "2025-01-15", "ongoing": True}


def test_the_title_counts_what_the_rules_count() -> None:
    # 365 days before 22 November 2026 is 22 November 2025; 2 September is 81 days before.
    found = drawn(
        disease_onset="2017-11-22",
        attacks=_attacks("2017-11-22", "2025-12-24", "2026-09-02"),
        treatments=_drugs(RAVULIZUMAB),
    )
    assert title_of(found.known) == (
        "3 attacks in 9 years. 2 in the last 12 months on ravulizumab. The last 81 days ago."
    )


def test_a_list_that_may_lack_attacks_gives_no_count() -> None:
    found = drawn(attacks=_attacks("2025-12-24", "2026-09-02", since=None))
    assert title_of(found.known) == (
        "2 attacks listed; the list may lack some. 2 or more in the last 12 months. "
        "The last at most 81 days ago: the list may lack a later one."
    )


def test_attacks_without_a_date_leave_everything_open() -> None:
    found = drawn(attacks={"rows": [{"sites": ["spinal-cord"]}]})
    assert title_of(found.known) == (
        "1 attack listed; the list may lack some. How many in the last 12 months is not known. "
        "When the last was is not known."
    )


def test_no_list_is_not_no_attack() -> None:
    assert title_of(drawn().known) == "Attacks are not known."
    complete = drawn(attacks={"complete_since": "2024-03", "rows": []})
    assert title_of(complete.known) == ("No attack since Mar-2024; before that nothing is known.")


def test_a_coarse_date_leaves_the_count_and_the_days_open() -> None:
    # 2025 is wholly or partly before 22 November 2025; 31 December 2025 is 326 days before.
    found = drawn(disease_onset="2025", attacks=_attacks("2025", since="2010"))
    assert "0 to 1 in the last 12 months. The last 326 to 690 days ago." in title_of(found.known)


def test_an_attack_is_on_a_drug_only_where_the_dates_say_so() -> None:
    told = history(
        attacks=_attacks("2025-01-10", "2025-01-15", "2025"),
        treatments=_drugs(RAVULIZUMAB),
    )
    found = {str(mark.when): mark.drugs for mark in told.attacks}
    assert found["2025-01-10"] == ()
    assert found["2025-01-15"] == (OnDrug("ravulizumab", True),)
    assert found["2025"] == (OnDrug("ravulizumab", False),)


def test_an_attack_without_a_date_is_on_no_drug_that_can_be_said() -> None:
    told = history(attacks={"rows": [{"sites": ["spinal-cord"]}]}, treatments=_drugs(RAVULIZUMAB))
    assert told.attacks[0].drugs is None
    assert "cannot be said" in text_of(told.attacks[0])


@pytest.mark.parametrize(
    ("attacks", "state"),
    [
        (_attacks("2024-01-01"), "current"),
        (_attacks("2026-09-02"), "stale"),
        # 90 days before 1 June 2026 is 3 March.
        (_attacks("2026-03-03"), "provisional"),
        (_attacks("2026-03-02"), "current"),
        (_attacks("2024-01-01", since=None), "unsure"),
        (_attacks("2026"), "provisional"),
    ],
)
def test_a_score_is_stale_as_the_rules_have_it(attacks: dict[str, Any], state: str) -> None:
    series = {"rows": [{"date": "2026-06-01", "value": 6.0}]}
    assert history(attacks=attacks, edss_series=series).scores_state.state == state


def test_nothing_is_called_stale_before_the_knowledge_is_there() -> None:
    series = {"rows": [{"date": "2020-06-01", "value": 6.0}]}
    told = history(read=False, attacks=_attacks("2026-09-02"), edss_series=series)
    assert told.scores_state.state == ""


def test_a_washout_counts_from_the_last_dose_with_its_source() -> None:
    row = {"drug": "azathioprine", "start": "2020-01-01", "stop": "2026-11-10"}
    mark = history(treatments=_drugs(row)).drugs[0]
    assert mark.after is not None and mark.after.days == 14 and mark.after.over is not None
    assert mark.after.over.first.isoformat() == "2026-11-24"
    assert "14 days after the last dose: 24-Nov-2026." in text_of(mark)
    assert "greco-2024-ebmt" in text_of(mark)


def test_a_last_dose_of_a_month_gives_a_span() -> None:
    row = {"drug": "rituximab", "start": "2020", "stop": "2026-10", "last_dose": "2026-09"}
    mark = history(treatments=_drugs(row)).drugs[0]
    assert mark.after is not None and mark.after.over is not None
    assert (mark.after.over.first.isoformat(), mark.after.over.last.isoformat()) == (
        "2026-09-08", "2026-10-07",
    )  # fmt: skip


@pytest.mark.parametrize("drug", ["eculizumab", "ravulizumab"])
def test_a_c5_drug_has_no_washout_in_numbers(drug: str) -> None:
    row = {"drug": drug, "start": "2020-01-01", "stop": "2026-11-10"}
    mark = history(treatments=_drugs(row)).drugs[0]
    assert mark.after is not None and mark.after.days is None and mark.after.over is None
    assert "None published" in text_of(mark) and "days after the last dose:" not in text_of(mark)


def test_a_drug_that_is_taken_or_may_be_has_no_washout() -> None:
    taken = {"drug": "azathioprine", "start": "2020-01-01", "ongoing": True}
    unsaid = {"drug": "azathioprine", "start": "2020-01-01"}
    assert [mark.after for mark in history(treatments=_drugs(taken, unsaid)).drugs] == [None, None]


def test_drugs_stand_in_the_lanes_of_their_classes() -> None:
    rows = [{"drug": name, "start": "2020"} for name in ("ravulizumab", "other", "rituximab")]
    told = history(treatments=_drugs(*rows, {"drug": "inebilizumab"}, {"drug": "azathioprine"}))
    assert [mark.group for mark in told.drugs] == [
        ("classical", ""), ("b-cell", "CD19"), ("b-cell", "CD20"), ("c5", ""), ("", ""),
    ]  # fmt: skip


def test_a_drug_failed_only_as_the_rules_say() -> None:
    proof = {"adherent": True, "dose_adequate": True, "complement_blocked": True}
    attacks = {
        "complete_since": "2010",
        "rows": [{**ATTACK, "confirmed": True, "infection_excluded": True}],
    }
    told = history(attacks=attacks, treatments=_drugs({**RAVULIZUMAB, **proof}))
    assert told.drugs[0].failed is Truth.TRUE and end_words(told.drugs[0]) == "failed; taken now"
    told = history(attacks=attacks, treatments=_drugs(RAVULIZUMAB))
    assert end_words(told.drugs[0]) == "not known whether it failed; taken now"
    attested = {**RAVULIZUMAB, **proof, "attested_by": "Dr A"}
    del attested["complement_blocked"]
    told = history(attacks=attacks, treatments=_drugs(attested))
    assert end_words(told.drugs[0]) == "failed, exposure not proven; taken now"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"start": "2020", "ongoing": True}, "since 2020"),
        ({"start": "2020-03", "stop": "2021"}, "Mar-2020 to 2021"),
        ({"stop": "2021"}, "until 2021, start not known"),
        ({"start": "2020"}, "from 2020, not known whether it is still taken"),
        ({"ongoing": True}, "taken now, start not known"),
        ({}, "dates not known"),
    ],
)
def test_the_time_of_a_drug_says_what_is_not_known(row: dict[str, Any], words: str) -> None:
    told = history(treatments=_drugs({"drug": "azathioprine", **row}))
    assert when_words(told.drugs[0]) == words


def test_what_is_not_known_of_an_attack_is_said() -> None:
    told = history(attacks={"rows": [{"onset": "2024"}]})
    assert details_of(told.attacks[0])[:3] == [
        "Sites: not known", "Severity: not known", "Recovery: not known",
    ]  # fmt: skip


def test_every_row_without_a_date_is_named_below_the_picture() -> None:
    told = history(
        attacks={"rows": [{"sites": ["spinal-cord"]}, {"onset": "2024"}]},
        edss_series={"rows": [{"value": 4.0}]},
        treatments=_drugs({"drug": "azathioprine"}, {"drug": "rituximab", "stop": "2020"}),
        prior_cell_therapy=["msc"],
    )
    said = [text.split(",")[0] for _mark, text in undated_words(told)]
    assert said == ["Attack 1", "EDSS", "azathioprine", "Earlier cell therapy"]


def test_cells_given_before_stand_at_the_date_of_the_answer() -> None:
    told = history(prior_cell_therapy={"value": ["autologous-hsct", "msc"], "date": "2019"})
    assert [str(mark.when) for mark in told.cells] == ["2019"]
    assert text_of(told.cells[0]) == (
        "Earlier cell therapy, 2019. Autologous HSCT and Mesenchymal cells."
    )
    assert history(prior_cell_therapy=["none"]).cells == ()


def test_the_table_has_a_row_for_every_row_and_the_state_of_the_newest() -> None:
    told = history(
        attacks=_attacks("2026-09-02", "2020"),
        edss_series={"rows": [{"date": "2026-02-11", "value": 6.0}]},
        treatments=_drugs(RAVULIZUMAB),
        prednisolone_dose={"value": 5, "unit": "mg/day"},
    )
    names = [row[0] for row in table_rows(told)]
    assert names == ["Attack 2", "Attack 1", "EDSS", "ravulizumab", "EDSS", "Steroid"]
    assert ("EDSS", "newest", "stale.") in table_rows(told)


def _mark(**facts: Any) -> Mark:
    (mark,) = history_of(drawn(**facts)).marks
    return mark


def test_a_day_moves_by_days_and_never_beyond_today() -> None:
    found = drawn()
    mark = _mark(attacks=_attacks("2026-11-20"))
    assert moved_by(mark, "whole", -25, found.on).dates["onset"].isoformat() == "2026-10-26"
    assert moved_by(mark, "whole", 10, found.on).dates["onset"].isoformat() == "2026-11-22"


@pytest.mark.parametrize("onset", ["2024", "2024-03"])
def test_a_coarse_date_is_asked_for_and_does_not_move(onset: str) -> None:
    move = moved_by(_mark(attacks=_attacks(onset)), "whole", 5, drawn().on)
    assert move.ask == "onset" and move.dates == {}


def test_the_end_of_a_drug_moves_alone_and_its_whole_together() -> None:
    row = {"drug": "azathioprine", "start": "2020-01-10", "stop": "2020-03-01"}
    mark, on = _mark(treatments=_drugs(row)), drawn().on
    assert {k: str(v) for k, v in moved_by(mark, "stop", -1, on).dates.items()} == {
        "stop": "2020-02-29"
    }
    assert {k: str(v) for k, v in moved_by(mark, "whole", 1, on).dates.items()} == {
        "start": "2020-01-11", "stop": "2020-03-02",
    }  # fmt: skip


def test_a_drug_with_one_coarse_end_is_asked_for() -> None:
    row = {"drug": "azathioprine", "start": "2020-01-10", "stop": "2020"}
    assert moved_by(_mark(treatments=_drugs(row)), "whole", 1, drawn().on).ask == "stop"


def test_rows_are_added_changed_and_removed_without_touching_the_others() -> None:
    entry = drawn(attacks=_attacks("2020-01-01", "2021-01-01")).entry("attacks")
    assert hasattr(entry, "rows")
    longer = with_new_row(entry, "attacks", read_date("2024-03"))  # type: ignore[arg-type]
    assert longer.rows[2]["onset"].text == "Mar-2024" and longer.rows[:2] == entry.rows  # type: ignore[union-attr]
    moved = with_dates(longer, 1, {"onset": drawn().on})
    assert moved.rows[1]["onset"].text == "22-Nov-2026"
    assert moved.rows[1]["sites"] == longer.rows[1]["sites"]
    assert without_row(moved, 0).rows == moved.rows[1:]
    assert longer.complete_since == moved.complete_since == "2010"
