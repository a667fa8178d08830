"""The case file: what is refused, in which words, and that writing is all or nothing."""

import os
from pathlib import Path

import pytest
from builders import a_case

from nmosd_cds.errors import ImportFileError
from nmosd_cds.exchange import FORMATS
from nmosd_cds.exchange.patient_file import parse_case, read_case, write_case
from nmosd_cds.patient.case import case_text

SMALL = b'{"schema_version": 1, "patient": {"sex": "female"}}'


def refusal(raw: bytes) -> str:
    with pytest.raises(ImportFileError) as raised:
        parse_case(raw, "case.json")
    return str(raised.value)


def file_refusal(path: Path) -> str:
    with pytest.raises(ImportFileError) as raised:
        read_case(path)
    return str(raised.value)


def in_patient(text: str) -> bytes:
    return f'{{"schema_version": 1, "patient": {{{text}}}}}'.encode()


def test_a_case_file_is_read_with_and_without_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    for raw in (SMALL, b"\xef\xbb\xbf" + SMALL):
        file.write_bytes(raw)
        case = read_case(file)
        assert case.patient.sex is not None and case.patient.sex.value == "female"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "case.json: is empty. A case file holds JSON."),
        (b" \n ", "case.json: is empty"),
        (b"{", "case.json:1:2: is not JSON"),
        (b'{\n  "schema_version": 1,\n}', "case.json:3:1: is not JSON"),
        (b"{'a': 1}", "case.json:1:2: is not JSON"),
        (b"[]", "is not a case"),
        (b'"text"', "is not a case"),
        (b"\xff\xfe{\x00}\x00", "case.json:1: is not UTF-8 text. Save it as UTF-8."),
        (b'{"a":\n"\xff"}', "case.json:2: is not UTF-8 text"),
        (SMALL + b"{}", "case.json:1:52: is not JSON"),
        (in_patient('"name": "a\x00b"'), "is not JSON"),
        (in_patient('"ecog": NaN'), "case.json: `NaN` is not a number. Leave it out."),
        (in_patient('"ecog": -Infinity'), "`-Infinity` is not a number"),
        (in_patient('"ecog": 1e400'), "patient.ecog: has more digits"),
        (in_patient('"ecog": 1e99999999999999999999'), "patient.ecog: is not a finite number"),
        (in_patient(f'"ecog": {"9" * 10_000}'), "patient.ecog: has more digits"),
        (in_patient('"sex": "male", "sex": "female"'), "case.json: the key `sex` stands twice"),
        (in_patient('"\\ud800": 1'), "is not a field here"),
        (in_patient('"name": "\\ud800"'), "patient.name: holds the sign U+D800"),
        (b"[" * 100_000, "case.json: is nested more than 50 deep"),
        (b"[" * 51 + b"]" * 51, "is nested more than 50 deep"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "is nested more than 50 deep"),
        (b'"' + b'\\"' * 900_000, "is not JSON"),
        (b"a" * 5_000_000, "case.json: is larger than 2 MB"),
    ],
)
def test_bytes_that_are_not_a_case(raw: bytes, words: str) -> None:
    said = refusal(raw)
    assert words in said
    said.encode()


def test_brackets_inside_text_are_not_depth() -> None:
    case = parse_case(in_patient(f'"goals_of_care": "{"[" * 500}\\""'), "case.json")
    assert case.patient.goals_of_care is not None


def test_fifty_deep_is_not_too_deep() -> None:
    assert "nested" not in refusal(b"[" * 50 + b"]" * 50)


def test_every_problem_is_told_at_once() -> None:
    said = refusal(
        in_patient(
            '"hbsagg": "positive", "igg": {"value": 3, "unit": "mmol/L"}, "aqp4_igg": "pos?",'
            '"edss_series": {"rows": [{"value": 3.25}]}, "ecog": NaN'
        )
    )
    assert said.splitlines() == [
        "case.json: `NaN` is not a number. Leave it out.",
        "patient.aqp4_igg: `pos?` is not a choice. Use positive or negative.",
        "patient.edss_series.rows[0].value: `3.25` is not a step. Allowed: 0, 1, 1.5 ... 10.",
        "patient.hbsagg: `hbsagg` is not a field here. Did you mean `hbsag`?",
        "patient.igg: `mmol/L` is not a unit of IgG. Use g/L or mg/dL.",
    ]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert file_refusal(tmp_path / "no.json") == (
        "no.json: does not exist. Check the name and the folder."
    )


def test_a_folder(tmp_path: Path) -> None:
    assert file_refusal(tmp_path) == f"{tmp_path.name}: is a folder. Choose a case file."


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    assert "cannot be read" in file_refusal(
        tmp_path / "a\x00b"
    ) or "does not exist" in file_refusal(tmp_path / "a\x00b")
    assert "cannot be read" in file_refusal(tmp_path / ("a" * 5000))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    assert file_refusal(pipe) == "pipe.json: is not a file. Choose a case file."


def test_a_file_of_five_megabytes_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    file.write_bytes(b" " * 5_000_000)
    assert "is larger than 2 MB" in file_refusal(file)


def test_a_case_is_written_and_read_back(tmp_path: Path) -> None:
    case = a_case(sex="female", ecog=2)
    file = tmp_path / "case.json"
    write_case(case, file)
    assert read_case(file) == case
    assert file.read_text(encoding="utf-8") == case_text(case)
    assert [one.name for one in tmp_path.iterdir()] == ["case.json"]


def test_a_write_that_fails_leaves_the_older_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(SMALL)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ImportFileError, match="cannot be written .No space left on device"):
        write_case(a_case(), file)
    assert file.read_bytes() == SMALL
    assert [one.name for one in tmp_path.iterdir()] == ["case.json"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="cannot be written"):
        write_case(a_case(), tmp_path / "no" / "case.json")


def test_every_format_reads_what_it_writes(tmp_path: Path) -> None:
    for one in FORMATS:
        file = tmp_path / f"case{one.suffixes[0]}"
        one.write(a_case(pregnant=True), file)
        assert one.read(file) == a_case(pregnant=True)


def test_of_very_many_problems_the_first_hundred_are_told() -> None:
    keys = ", ".join(f'"x{number}": 1, "x{number}": 1' for number in range(20_000))
    said = refusal(in_patient(keys)).splitlines()
    assert len(said) == 101
    assert "case.json: has 19921 more problems." in said


def test_a_folder_that_cannot_be_opened_does_not_stop_the_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_arguments: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("nmosd_cds.saving._open_folder", refused)
    write_case(a_case(ecog=2), tmp_path / "case.json")
    assert read_case(tmp_path / "case.json") == a_case(ecog=2)
