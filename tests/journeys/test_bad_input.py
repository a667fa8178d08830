"""Everything a person can get wrong ends with a sentence a problem, exit 2, and nothing written."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nmosd_cds.cli import run

Write = Callable[[Path], None]


def case(**patient: Any) -> bytes:
    return json.dumps(
        {"schema_version": 1, "as_of": "2026-11-22", "patient": patient}, ensure_ascii=False
    ).encode()


def attack(onset: str) -> dict[str, Any]:
    return {"rows": [{"onset": onset}]}


BAD: dict[str, tuple[bytes, str]] = {
    "an empty file": (b"", "is empty"),
    "broken JSON": (b'{"schema_version": 1,', "is not JSON"),
    "no JSON": (b"edss,3.5\n", "is not JSON"),
    "UTF-16": ('{"schema_version": 1}'.encode("utf-16"), "is not UTF-8"),
    "a key twice": (b'{"schema_version": 1, "schema_version": 1, "patient": {}}', "stands twice"),
    "not a number": (b'{"schema_version": 1, "patient": {"stated_age": NaN}}', "is not a number"),
    "nested without end": (b"[" * 100_000, "nested"),
    "a list": (b"[]", "is not a case"),
    "another version": (b'{"schema_version": 9, "patient": {}}', "9"),
    "an unknown field": (case(aqp4_ig="positive"), "aqp4_igg"),
    "a wrong unit": (case(igg={"value": 3.1, "unit": "mmol/L"}), "g/L"),
    "no unit": (case(igg=3.1), "unit"),
    "EDSS 3.25": (case(edss_series={"rows": [{"date": "2026-11-02", "value": 3.25}]}), "3.25"),
    "a date in 2031": (case(attacks=attack("2031-05-01")), "01-May-2031"),
    "a relapse before birth": (case(birth_date="1990", attacks=attack("1985")), "before birth"),
    "stopped before it began": (
        case(treatments={"rows": [{"drug": "rituximab", "start": "2024", "stop": "2020"}]}),
        "before the start",
    ),
    "AQP4 pos?": (case(aqp4_igg="pos?"), "pos?"),
    "5 MB of text": (b"x" * 5_000_000, "larger than 2 MB"),
    "a wrong date": (case(attacks=attack("03/04/2026")), "03/04/2026"),
    "a day that does not exist": (case(attacks=attack("2026-02-30")), "2026-02-30"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_file_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw, said = BAD[name]
    (tmp_path / "case.json").write_bytes(raw)
    ended = run(["rank", str(tmp_path / "case.json"), "--pdf", str(tmp_path / "out.pdf")])
    shown = capsys.readouterr()
    assert (ended, shown.out) == (2, "")
    assert said in shown.err
    assert all(line.endswith((".", "?")) for line in shown.err.splitlines())
    assert "Traceback" not in shown.err
    assert [path.name for path in tmp_path.iterdir()] == ["case.json"]


def test_every_problem_has_its_own_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(case(aqp4_igg="pos?", aqp4_ig="positive", igg=3.1, sex="other?"))
    assert run(["rank", str(file)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    assert all(re.match(r"patient\.\w+", line) for line in lines)


@pytest.mark.parametrize(
    ("name", "said"),
    [("missing.json", "does not exist"), (".", "is a folder"), ("a\0b", "null byte")],
)
def test_a_place_without_a_case_is_refused(
    name: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["rank", os.path.join(tmp_path, name)]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("day", ["2026", "22.11.2026", "2026-13-01", "yesterday", "", "0000-00-00"])
def test_a_wrong_day_is_refused(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    from nmosd_cds.paths import examples_folder

    assert run(["rank", str(examples_folder() / "e.json"), "--on", day]) == 2
    assert "is not a day" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["no-folder/out.pdf", "."])
def test_a_place_that_takes_no_report_is_refused_before_any_work(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from nmosd_cds.paths import examples_folder

    words = ["rank", str(examples_folder() / "e.json"), "--pdf", os.path.join(tmp_path, place)]
    assert run(words) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and shown.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("raw", [None, b"", b"%PDF-1.4 nothing", b"x" * 1000])
def test_what_is_no_report_cannot_be_replayed(
    raw: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.pdf"
    if raw is not None:
        file.write_bytes(raw)
    assert run(["replay", str(file)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_no_report(device: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["replay", device]) == 2
    assert "is not a file. Choose a report of this program." in capsys.readouterr().err


def test_an_invented_calculator_is_told_shortly(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["calc", "\x1b[31m" + "x" * 10_000, "none.json"]) == 2
    said = capsys.readouterr().err
    assert "is not the name of a calculator" in said
    assert "\x1b" not in said and len(said) < 400


def test_two_owners_that_differ_in_capitals_are_one_owner(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The window reads them as one; a file must not say more than the window can show."""
    one = {"on": "2026-11-15", "kind": "ordinal", "harms_seen": True, "order": ["burden"]}
    sets = [{"owner": "patient", **one}, {"owner": "Patient", **one}]
    said = {
        "schema_version": 1,
        "as_of": "2026-11-22",
        "patient": {},
        "preferences": {"sets": sets},
    }
    (tmp_path / "case.json").write_text(json.dumps(said), encoding="utf-8")
    assert run(["rank", str(tmp_path / "case.json")]) == 2
    assert "preferences.sets[1]: `Patient` has two sets. Keep one." in capsys.readouterr().err
