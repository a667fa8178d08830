"""Quantile tables are kept beside the knowledge, and taken up only for the same knowledge."""

from dataclasses import replace
from pathlib import Path

import pytest
from small_knowledge import write_small

from nmosd_cds.decision import table
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.knowledge.tables import keep_tables_of, restore_tables_of


@pytest.fixture
def knowledge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Knowledge:
    monkeypatch.setenv("NMOSD_CDS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(table, "_kept", {})
    return load_knowledge(write_small(tmp_path / "pack"))


def test_what_was_kept_is_taken_up(knowledge: Knowledge, tmp_path: Path) -> None:
    assert not restore_tables_of(knowledge, tmp_path / "pack")
    built = table.beta(2.0, 9.0).values.tolist()
    keep_tables_of(knowledge)
    table._kept.clear()
    assert restore_tables_of(knowledge, tmp_path / "pack")
    assert table.kept_tables() == {"beta 2.0 9.0": built}


def test_tables_of_other_knowledge_are_left_alone(knowledge: Knowledge, tmp_path: Path) -> None:
    keep_tables_of(knowledge)
    assert not restore_tables_of(replace(knowledge, sha256="0"), tmp_path / "pack")


def test_a_bundle_brings_its_tables(knowledge: Knowledge, tmp_path: Path) -> None:
    keep_tables_of(knowledge, tmp_path / "pack" / "rules" / "derived")
    assert restore_tables_of(knowledge, tmp_path / "pack")
