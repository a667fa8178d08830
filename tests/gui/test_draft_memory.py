"""What was read before is not read again, and never stands for what is written now."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from nmosd_cds import paths
from nmosd_cds.exchange.patient_file import read_case
from nmosd_cds.gui.draft import (
    Entry,
    Memory,
    RowEntry,
    RowsEntry,
    all_specs,
    entries_of,
    read_draft,
    row_specs,
    same_answer,
)
from nmosd_cds.patient.case import Case

LISTS = ("attacks", "edss_series", "treatments")
TEXTS = ("", "2024", "Mar 2024", "2023-02-30", "4.5", "nonsense", "rituximab")


def _edited(random: Random, name: str, entry: RowsEntry) -> RowsEntry:
    rows = list(entry.rows)
    act = random.choice(("change", "change", "change", "add", "remove", "swap", "since"))
    at = random.randrange(len(rows)) if rows else 0
    if act == "add" or not rows:
        rows.insert(at, {})
    elif act == "remove":
        del rows[at]
    elif act == "swap":
        rows[0], rows[at] = rows[at], rows[0]
    elif act == "since":
        return replace(entry, complete_since=random.choice(TEXTS))
    else:
        part = random.choice(sorted(row_specs(all_specs()[name])))
        rows[at] = {**rows[at], part: Entry("known", random.choice(TEXTS))}
    return replace(entry, rows=tuple(rows))


@pytest.mark.parametrize("seed", range(4))
def test_a_draft_reads_the_same_with_a_memory_and_without(seed: int) -> None:
    random, memory = Random(seed), Memory()
    entries = dict(entries_of(read_case(paths.examples_folder() / "b.json")))
    for _step in range(60):
        name = random.choice(LISTS)
        entry = entries[name]
        assert isinstance(entry, RowsEntry)
        entries[name] = _edited(random, name, entry)
        remembered, afresh = read_draft(entries, Case(), memory), read_draft(entries, Case())
        assert remembered.case == afresh.case
        assert remembered.problems == afresh.problems
        assert remembered.rows == afresh.rows


def _list(*rows: RowEntry) -> RowsEntry:
    return RowsEntry(rows=tuple(rows))


def _score(*texts: str) -> Sequence[RowEntry]:
    return [{"value": Entry("known", text)} for text in texts]


@pytest.mark.parametrize(
    ("was", "now", "is_same"),
    [
        (_score("4.5"), _score("4.5"), True),
        (_score("4.5"), _score("4,5"), True),
        (_score("4.5"), _score("5"), False),
        (_score("4.5", "5"), _score("5", "4.5"), False),
        (_score("4.5"), _score("4.5", ""), False),  # a blank row is no answer, but it is a row
        (_score("3.2"), _score("3.2"), False),  # what cannot be read is never called the same
    ],
)
def test_two_spellings_of_one_answer_are_the_same(
    was: Sequence[RowEntry], now: Sequence[RowEntry], is_same: bool
) -> None:
    spec = all_specs()["edss_series"]
    assert same_answer(spec, _list(*was), _list(*now), {}) is is_same
