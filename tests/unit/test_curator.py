"""The curator's commands, as a curator types them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nmosd_cds import paths
from nmosd_cds.cli import run
from nmosd_cds.knowledge.inventory import review_problems
from nmosd_cds.knowledge.load import parse_knowledge

LVEF = "rules/therapies/ahsct/rules.yaml"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    root = paths.knowledge_root()
    shutil.copytree(root / "rules", tmp_path / "rules")
    shutil.copytree(root / "resources/evidence", tmp_path / "resources/evidence")
    return tmp_path


def change(pack: Path, file: str, old: str, new: str) -> None:
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} no longer holds {old}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_sound_knowledge_says_what_it_holds_and_what_nobody_reviewed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["knowledge", "check"]) == 0
    shown = capsys.readouterr().out
    assert "27 options" in shown and "cases" in shown
    assert "Reviewed by a clinician: 0 of" in shown
    assert shown.endswith("ok\n")


def test_a_case_that_the_rules_answer_otherwise_is_named_with_its_line(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, was = "rules/therapies/ahsct/cases.yaml", "{ahsct.exhausted: true}"
    change(pack, file, was, was.replace("true", "false"))
    assert run(["knowledge", "check", str(pack)]) == 3
    shown = capsys.readouterr().out
    assert "rules/therapies/ahsct/cases.yaml:" in shown
    assert " is true, not false" in shown
    assert "ok" not in shown.splitlines()


def test_a_review_that_is_too_old_or_still_to_come_is_said() -> None:
    from datetime import date

    parsed = parse_knowledge()
    rule = parsed.general[0]
    reviewed = rule.value.reviewed.model_copy(update={"by": "AB", "on": "2026-11-20"})
    rule = type(rule)(
        rule.value.model_copy(update={"reviewed": reviewed}), rule.document, rule.place
    )
    parsed.general[0] = rule
    assert list(review_problems(parsed, on=date(2028, 11, 19))) == []
    (old,) = review_problems(parsed, on=date(2028, 11, 20))
    assert "was last reviewed on 2026-11-20, 24 months ago or more." in old.sentence
    assert old.where.startswith("rules/general/rules.yaml:")
    (future,) = review_problems(parsed, on=date(2026, 11, 19))
    assert "still to come" in future.sentence


def test_a_text_without_a_slot_for_translation_is_said(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(pack, "rules/knowledge.yaml", 'version: "2026.11"', 'version: "the new one"')
    assert run(["knowledge", "check", str(pack)]) == 3
    assert "`the new one` has no slot for a translation." in capsys.readouterr().out


def test_the_booklet_is_written_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "booklet.html"
    assert run(["knowledge", "booklet", str(out)]) == 0
    assert str(out) in capsys.readouterr().out
    assert out.read_bytes().startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize("place", ["", "missing/booklet.html"])
def test_a_booklet_that_cannot_be_written_is_a_sentence(
    tmp_path: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["knowledge", "booklet", str(tmp_path / place)]) == 2
    assert capsys.readouterr().err


def test_a_folder_that_is_not_there_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["knowledge", "booklet", "out.html", "nowhere"]) == 3
    assert "nowhere: is not a folder" in capsys.readouterr().err


def test_the_sources_are_listed_by_therapy_and_design(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["knowledge", "evidence", "--option", "ahsct", "--design", "randomised-trial"]) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    assert any(line.startswith("mist-2019-rct-ms | ") for line in lines)
    assert not any(line.startswith("burt-2019") for line in lines)
    assert last.startswith(f"{len(lines)} of ") and last.endswith(" sources")


def test_the_sources_go_to_a_file_for_spreadsheets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sources.csv"
    assert run(["knowledge", "evidence", "--csv", str(out)]) == 0
    content = out.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfSource,Kind,")
    assert b"\nburt-2019,Study," in content
    assert str(out) in capsys.readouterr().out


def test_every_wrong_choice_of_sources_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "none" / "sources.csv"
    words = ["knowledge", "evidence", "--option", "x", "--design", "y", "--csv", str(out)]
    assert run(words) == 2
    said = capsys.readouterr().err
    assert "`x` is none of them" in said and "`y` is none of them" in said
    assert "does not exist" in said and "ahsct" in said
    assert not out.parent.exists()
