import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from nmosd_cds import i18n, paths

CHINESE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Pregnant"
msgstr "妊娠"

#, fuzzy
msgid "Not pregnant"
msgstr "妊娠"

msgid "{count} attack"
msgid_plural "{count} attacks"
msgstr[0] "{count} 次发作"
"""


@pytest.fixture(autouse=True)
def chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A small Chinese catalogue; English again afterwards."""
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "messages.po").write_text(CHINESE, encoding="utf-8")
    monkeypatch.setattr(paths, "translations_folder", lambda: tmp_path)
    yield
    i18n.use_language("en")


def test_a_translated_text_is_shown_translated() -> None:
    assert i18n.use_language("zh") == i18n.language() == "zh"
    assert i18n._("Pregnant") == "妊娠"
    assert i18n.ngettext("{count} attack", "{count} attacks", 2) == "{count} 次发作"


def test_another_language_for_one_piece_of_work_leaves_the_others_alone() -> None:
    with i18n.in_language("zh") as used:
        assert used == i18n.language() == "zh"
        with ThreadPoolExecutor(1) as other:
            assert other.submit(i18n._, "Pregnant").result() == "Pregnant"
        with i18n.in_language("en"):
            assert i18n.ngettext("{count} attack", "{count} attacks", 2) == "{count} attacks"
        assert i18n._("Pregnant") == "妊娠"
    assert i18n.language() == "en"


def test_a_catalogue_that_changed_is_read_anew(tmp_path: Path) -> None:
    assert i18n.use_language("zh") == "zh"
    file = tmp_path / "zh" / "messages.po"
    file.write_text(CHINESE.replace('"妊娠"', '"怀孕"'), encoding="utf-8")
    os.utime(file, ns=(1, 1))
    i18n.use_language("zh")
    assert i18n._("Pregnant") == "怀孕"


def test_a_fuzzy_or_missing_translation_is_shown_in_english() -> None:
    i18n.use_language("zh")
    assert i18n._("Not pregnant") == "Not pregnant"
    assert i18n._("Relapse") == "Relapse"
    assert i18n.ngettext("{n} day", "{n} days", 2) == "{n} days"


def test_the_empty_text_is_not_the_catalogues_header() -> None:
    i18n.use_language("zh")
    assert i18n._("") == ""


@pytest.mark.parametrize("code", ["zh_CN", "zh-Hans", "zh_CN.UTF-8"])
def test_a_region_falls_back_to_its_language(code: str) -> None:
    assert i18n.use_language(code) == "zh"


@pytest.mark.parametrize("code", ["xx", "", "en", "en_GB", "../zh"])
def test_a_missing_language_falls_back_to_english(code: str) -> None:
    i18n.use_language("zh")
    assert i18n.use_language(code) == "en"
    assert i18n._("Pregnant") == "Pregnant"


def test_the_languages_that_can_be_chosen_start_with_english() -> None:
    assert i18n.languages() == ("en", "zh")


def test_marking_changes_nothing() -> None:
    assert i18n.N_("Pregnant") == "Pregnant"


@pytest.mark.parametrize(("code", "shown"), [("en", "03-Oct-2026"), ("zh", "2026-10-03")])
def test_a_day_cannot_be_read_as_another(code: str, shown: str) -> None:
    i18n.use_language(code)
    assert i18n.format_date(date(2026, 10, 3)) == shown
    assert i18n.format_partial("2026-10-03") == shown


@pytest.mark.parametrize(
    ("text", "english"),
    [("2024", "2024"), ("2024-03", "Mar-2024"), ("2024-12", "Dec-2024"), ("2024-13", "2024-13"),
     ("2024-00", "2024-00"), ("", ""), ("March 2024", "March 2024"), ("٢٠٢٤-03", "٢٠٢٤-03")],
)  # fmt: skip
def test_a_partial_date_shows_what_is_known_and_guesses_nothing(text: str, english: str) -> None:
    assert i18n.format_partial(text) == english
    i18n.use_language("zh")
    assert i18n.format_partial(text) == text


def test_importing_the_module_does_not_import_babel() -> None:
    code = "import sys, nmosd_cds.i18n; print('babel' in sys.modules)"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert child.stdout.strip() == "False", child.stderr
