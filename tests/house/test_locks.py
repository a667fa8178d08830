"""The locks hold what pyproject.toml asks for, with hashes, and name no place to fetch it from."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


def entries(lock: Path) -> dict[str, str]:
    """Normalised name -> the whole entry with its hashes."""
    text = re.sub(r"^#.*\n", "", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = re.findall(r"^(\S+?)(==.*(?:\n .*)*)", text, flags=re.MULTILINE)
    return {normal(name): rest for name, rest in found}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_entry_has_a_hash(lock: Path) -> None:
    assert entries(lock)
    assert [name for name, rest in entries(lock).items() if "--hash=sha256:" not in rest] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_lock_names_no_place(lock: Path) -> None:
    assert not re.search(r"://|--index|--find-links|--trusted|file:", lock.read_text("utf-8"))


def test_the_tests_lock_holds_the_whole_app() -> None:
    app, tests = (entries(ROOT / "requirements" / f"{name}.lock") for name in ("run", "test"))
    assert {name: tests.get(name) for name in app} == app


def test_the_app_lock_holds_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {normal(re.split(r"[<>=;\[ ]", line)[0]) for line in project["dependencies"]}
    assert asked <= entries(ROOT / "requirements" / "run.lock").keys()


def test_the_list_of_licences_has_every_locked_package_at_its_version() -> None:
    text = (ROOT / "resources" / "licences" / "THIRD_PARTY.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| (\S+)(?: \(.*?\))? \| ([\d.]+) \|", text, flags=re.MULTILINE))
    locked = entries(ROOT / "requirements" / "run.lock")
    assert listed == {name: rest.split()[0].removeprefix("==") for name, rest in locked.items()}


def test_the_app_imports_only_what_it_depends_on() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {normal(re.split(r"[<>=;\[ ]", line)[0]) for line in project["dependencies"]}
    known = packages_distributions()
    undeclared = {
        f"{path.relative_to(ROOT).as_posix()}: {name}"
        for path in sorted((ROOT / "nmosd_cds").rglob("*.py"))
        for name in imported(path)
        if not {normal(owner) for owner in known.get(name, [name])} & asked
    }
    assert sorted(undeclared) == []


def imported(path: Path) -> set[str]:
    """The first names of every foreign import in a module."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"nmosd_cds"}
