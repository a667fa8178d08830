import sys
from pathlib import Path

import pytest

from nmosd_cds import paths


def with_folders(root: Path) -> Path:
    (root / "rules").mkdir(parents=True)
    (root / "resources").mkdir()
    return root


def test_a_checkout_is_read_from_beside_the_package() -> None:
    root = Path(__file__).parents[2]
    assert paths.knowledge_root() == root
    assert paths.resources_folder() == root / "resources"


def test_an_installed_wheel_is_read_from_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = with_folders(tmp_path / "nmosd_cds")
    with_folders(tmp_path)
    monkeypatch.setattr(paths, "__file__", str(package / "paths.py"))
    assert paths.rules_folder() == package / "rules"


def test_a_frozen_bundle_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = with_folders(tmp_path / "bundle")
    monkeypatch.setattr(sys, "_MEIPASS", str(bundle), raising=False)
    assert paths.knowledge_root() == bundle


def test_half_of_the_knowledge_is_not_taken_for_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nmosd_cds" / "rules").mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "nmosd_cds" / "paths.py"))
    assert paths.knowledge_root() == tmp_path


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        (paths.examples_folder, "examples"),
        (paths.fonts_folder, "fonts"),
        (paths.translations_folder, "translations"),
    ],
)
def test_each_folder_of_resources_has_its_place(folder, name: str) -> None:
    assert folder() == paths.resources_folder() / name


def test_the_cache_can_be_put_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NMOSD_CDS_CACHE", str(tmp_path))
    assert paths.user_cache_folder() == tmp_path


def test_the_cache_is_otherwise_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NMOSD_CDS_CACHE")
    assert "nmosd-cds" in paths.user_cache_folder().parts
