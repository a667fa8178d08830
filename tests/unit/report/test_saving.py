"""A report is written whole or not at all."""

from pathlib import Path

import pytest

from nmosd_cds.errors import ReportError
from nmosd_cds.report.saving import save_report


def test_a_report_is_written_and_replaced(tmp_path: Path) -> None:
    save_report(tmp_path / "a.pdf", b"one")
    save_report(tmp_path / "a.pdf", b"two")
    assert (tmp_path / "a.pdf").read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "is a folder"),
        ("missing/a.pdf", "does not exist"),
        ("a\0.pdf", "cannot be written"),
        ("x" * 300 + ".pdf", "cannot be written"),
    ],
)
def test_a_place_that_takes_no_file_is_a_sentence(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(ReportError, match=said):
        save_report(tmp_path / name, b"one")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_report(tmp_path / "a.pdf", b"one")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ReportError, match="No space left"):
        save_report(tmp_path / "a.pdf", b"two")
    assert (tmp_path / "a.pdf").read_bytes() == b"one"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_folder_that_may_not_be_written_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(ReportError, match="cannot be written to"):
        save_report(tmp_path / "a.pdf", b"one")
