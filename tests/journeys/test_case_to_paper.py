"""From a case file to paper and back, in processes of their own as a person starts them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nmosd_cds.paths import examples_folder


def start(*words: str, **surroundings: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "nmosd_cds", *words],
        capture_output=True,
        env=os.environ | surroundings,
    )


@pytest.mark.parametrize("surroundings", [{}, {"LANG": "tr_TR", "TZ": "Asia/Tokyo"}])
def test_the_same_bytes_in_every_process(tmp_path: Path, surroundings: dict[str, str]) -> None:
    written = []
    for seed in ("0", "17"):
        out = tmp_path / f"{seed}.pdf"
        made = start(
            "rank", str(examples_folder() / "b.json"), "--pdf", str(out),
            PYTHONHASHSEED=seed, **surroundings,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr.decode()
        written.append(out.read_bytes())
    assert written[0] == written[1]


def test_a_terminal_without_utf_8_still_gets_its_answer() -> None:
    made = start("rank", str(examples_folder() / "e.json"), PYTHONIOENCODING="ascii")
    assert made.returncode == 0, made.stderr.decode()
    assert b"Out of scope" in made.stdout


@pytest.mark.parametrize("annex", [(), ("--annex",)])
def test_a_report_is_proved_and_a_changed_one_is_not(
    tmp_path: Path, annex: tuple[str, ...]
) -> None:
    out = tmp_path / "b.pdf"
    words = ("rank", str(examples_folder() / "b.json"), "--pdf", str(out), *annex)
    assert start(*words).returncode == 0
    proved = start("replay", str(out))
    assert (proved.returncode, proved.stdout.split()[0]) == (0, b"Identical:")
    other = start("replay", str(out), "--knowledge", str(tmp_path))
    assert other.returncode == 3
