"""The commands: what they print, and how they end."""

import json
from pathlib import Path

import pytest

from nmosd_cds import __version__
from nmosd_cds.cli import run
from nmosd_cds.exchange.patient_file import parse_case
from nmosd_cds.paths import examples_folder

EXAMPLE = str(examples_folder() / "e.json")


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    for name in ("gui", "rank", "examples", "calc", "schema", "replay", "knowledge", "--check"):
        assert name in shown
    assert "[bold]" not in shown


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"nmosd-cds {__version__}\n"


def test_examples_are_listed_one_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["examples"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list("abcdefghijkl")
    assert "pregnant" in lines[5]


def test_one_example_is_its_case_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["examples", "j"]) == 0
    assert parse_case(capsys.readouterr().out.encode(), "j").id == "example-j"


def test_an_example_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["examples", "z"]) == 2
    assert "is not the name of an example" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "key"), [("case", "patient"), ("advice", "outcome")])
def test_a_schema_is_json(capsys: pytest.CaptureFixture[str], name: str, key: str) -> None:
    assert run(["schema", name]) == 0
    assert key in json.loads(capsys.readouterr().out)["properties"]


def test_rank_prints_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rank", EXAMPLE]) == 0
    shown = capsys.readouterr()
    assert "Out of scope: MOGAD" in shown.out and shown.err == ""


def test_rank_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rank", EXAMPLE, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["outcome"] == "out-of-scope"


def test_on_wins_over_the_day_of_the_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rank", EXAMPLE, "--json", "--on", "2026-12-01"]) == 0
    assert json.loads(capsys.readouterr().out)["as_of"] == "2026-12-01"


def test_rank_writes_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "e.pdf"
    assert run(["rank", EXAMPLE, "--pdf", str(out)]) == 0
    assert capsys.readouterr().out.endswith(f"The report is in {out}\n")
    assert run(["rank", EXAMPLE, "--pdf", str(tmp_path / "again.pdf")]) == 0
    assert out.read_bytes() == (tmp_path / "again.pdf").read_bytes()
    assert run(["replay", str(out)]) == 0


def test_a_printed_name_stands_in_the_report(tmp_path: Path) -> None:
    out = tmp_path / "e.pdf"
    assert run(["rank", EXAMPLE, "--pdf", str(out), "--printed-by", "Dr A"]) == 0
    assert run(["replay", str(out)]) == 0


def test_a_language_without_a_translation_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    from nmosd_cds.i18n import languages

    assert run(["rank", EXAMPLE, "--lang", "zh"]) == 0
    shown = capsys.readouterr()
    is_missing = "zh" not in languages()
    assert ("There is no translation into zh yet" in shown.err) is is_missing
    assert ("Out of scope" in shown.out) is is_missing


def test_a_wrong_language_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rank", EXAMPLE, "--lang", "xx"]) == 2
    assert "xx" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["no-such-command"], ["rank"], ["rank", EXAMPLE, "--no-such"]])
def test_a_wrong_call_ends_with_2(words: list[str]) -> None:
    assert run(words) == 2


def test_the_knowledge_that_came_along_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["knowledge", "check"]) == 0
    assert capsys.readouterr().out.endswith("ok\n")


@pytest.mark.parametrize(
    "command", [["knowledge", "check", "{}"], ["rank", EXAMPLE, "--knowledge", "{}"]]
)
@pytest.mark.parametrize("place", ["missing", "empty"])
def test_knowledge_that_is_unfit_ends_with_3(
    tmp_path: Path, command: list[str], place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert run([word.format(tmp_path / place) for word in command]) == 3
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err and shown.out + shown.err


def test_check_tries_everything(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--check"]) == 0
    *fonts, last = capsys.readouterr().out.splitlines()
    assert last == "ok"
    assert [line.split(":")[0] for line in fonts] == [
        "font NotoSans-Regular",
        "font NotoSansSC-Regular",
        "font NotoSansSC-Rare",
        "font NotoSans-Bold",
        "font NotoSansSC-Bold",
        "font NotoSans-Italic",
    ]


def test_without_words_the_window_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str | None, bool]] = []
    import nmosd_cds.app

    def window(path: str | None, *, keeps_language: bool) -> int:
        opened.append((path, keeps_language))
        return 7

    monkeypatch.setattr(nmosd_cds.app, "run", window)
    assert run([]) == 7
    assert run(["gui", "case.json"]) == 7
    assert run(["gui", "--lang", "en"]) == 7
    assert opened == [(None, False), ("case.json", False), (None, True)]


def test_a_report_that_differs_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "e.pdf"
    assert run(["rank", EXAMPLE, "--pdf", str(out)]) == 0
    capsys.readouterr()
    monkeypatch.setattr("nmosd_cds.report.summary.headline_of", lambda _advice: "Another headline")
    assert run(["replay", str(out)]) == 1
    assert "Page 1, now: Another headline" in capsys.readouterr().out


def test_a_calculator_prints_its_steps(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "input.json"
    file.write_text('{"months_before_reference": [2, 9.5]}', encoding="utf-8")
    assert run(["calc", "relapse_activity", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "highly_active: True" in shown and "  - Last 12 months: 2." in shown
    assert run(["calc", "relapse_activity", str(file), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["calculator"] == "relapse_activity"
    assert printed["result"] == {"highly_active": True}


def test_a_calculator_that_does_not_exist(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["calc", "hctci", str(tmp_path / "input.json")]) == 2
    assert "Did you mean hct_ci?" in capsys.readouterr().err
    assert run(["calc", "zzzz", str(tmp_path / "input.json")]) == 2
    assert "There are hct_ci, car_hematotox" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"bmi": 3, "ibd": 1}', "input.json: ibd: is not true or false."),
        ('{"bmi": 30, "bmi": 31}', "stands twice"),
        ('{"bmi": NaN}', "is not a number"),
        ("[]", "input.json: is not an object"),
    ],
)
def test_a_wrong_input_of_a_calculator(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "input.json"
    file.write_text(text, encoding="utf-8")
    assert run(["calc", "hct_ci", str(file)]) == 2
    shown = capsys.readouterr()
    assert said in shown.err and shown.out == ""
