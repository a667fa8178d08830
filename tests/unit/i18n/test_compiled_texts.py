import subprocess
import sys
from pathlib import Path

import pytest

from nmosd_cds import i18n, paths
from nmosd_cds.i18n.catalogue import texts_of, write_compiled

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
PO += 'msgid "Pregnant"\nmsgstr "妊娠"\n\n#, fuzzy\nmsgid "Male"\nmsgstr "女"\n'


@pytest.fixture
def chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small catalogue in a folder of its own, and an empty cache."""
    monkeypatch.setenv("NMOSD_CDS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(paths, "translations_folder", lambda: tmp_path)
    file = tmp_path / "zh" / "messages.po"
    file.parent.mkdir()
    file.write_text(PO, encoding="utf-8")
    return file


def compiled_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.mo"))


def fresh(file: Path) -> str:
    """What a new start of the program reads."""
    code = (
        "import sys; from pathlib import Path; from nmosd_cds.i18n.catalogue import texts_of;"
        f"said = texts_of(Path({str(file)!r})); sys.stdout.reconfigure(encoding='utf-8');"
        "print(said.gettext('Pregnant'), said.gettext('Male'), 'babel' in sys.modules)"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert child.returncode == 0, child.stderr
    return child.stdout.strip()


def test_the_second_start_needs_no_babel(chinese: Path, tmp_path: Path) -> None:
    assert fresh(chinese) == "妊娠 Male True"
    assert len(compiled_in(tmp_path / "cache")) == 1
    assert fresh(chinese) == "妊娠 Male False"


def test_a_damaged_cache_is_made_again(chinese: Path, tmp_path: Path) -> None:
    texts_of(chinese)
    [kept] = compiled_in(tmp_path / "cache")
    kept.write_bytes(kept.read_bytes()[:-3] + b"xxx")
    assert fresh(chinese) == "妊娠 Male True"
    assert fresh(chinese) == "妊娠 Male False"


def test_a_bundle_brings_the_texts_compiled(chinese: Path, tmp_path: Path) -> None:
    written = write_compiled(chinese, chinese.parent)
    assert compiled_in(chinese.parent) == [written]
    assert fresh(chinese) == "妊娠 Male False"
    assert not (tmp_path / "cache").exists()


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(
    chinese: Path, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be", encoding="utf-8")
    assert texts_of(chinese).gettext("Pregnant") == "妊娠"


def test_each_language_is_called_by_its_own_name() -> None:
    assert [i18n.name_of(code) for code in ("en", "zh", "xx")] == ["English", "简体中文", "xx"]
