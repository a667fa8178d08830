"""The wheel carries the knowledge and works away from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILD = "import hatchling.build, sys; print(hatchling.build.build_wheel(sys.argv[1]))"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder holding what pip would put among the installed packages."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-c", BUILD, str(folder)], cwd=ROOT, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def run(installed: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", *words],
        cwd=installed.parent,
        env=dict(os.environ, PYTHONPATH=str(installed), PYTHONIOENCODING="utf-8"),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def shipped(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize("name", ["rules", "resources"])
def test_every_file_of_the_folder_is_in_the_wheel(installed: Path, name: str) -> None:
    assert shipped(installed / "nmosd_cds" / name) == shipped(ROOT / name)


def test_the_installed_package_finds_the_knowledge_inside_itself(installed: Path) -> None:
    asked = run(installed, "-c", "from nmosd_cds import paths; print(paths.knowledge_root())")
    assert asked.stdout.strip() == str((installed / "nmosd_cds").resolve()), asked.stderr


@pytest.mark.parametrize("words", [["--check"], ["rank", "EXAMPLE"]], ids=" ".join)
def test_the_installed_command_works(installed: Path, words: list[str]) -> None:
    example = str(installed / "nmosd_cds" / "resources" / "examples" / "b.json")
    words = [example if word == "EXAMPLE" else word for word in words]
    done = run(installed, "-m", "nmosd_cds", *words)
    assert done.returncode == 0, done.stderr
