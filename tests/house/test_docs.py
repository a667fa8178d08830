"""Documents that cannot lie: what they name exists, and what must be named is named."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from nmosd_cds.patient.field import FieldSpec, field_specs
from nmosd_cds.patient.model import DrugAccess, Patient, Setting

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "nmosd_cds"
NAMED = ("README", "ARCHITECTURE", "GLOSSARY", "CONTRIBUTING", "CHANGELOG", "SECURITY")
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
DOCUMENTS = [
    *(ROOT / f"{name}.md" for name in NAMED),
    *DECISIONS,
    ROOT / "docs" / "gates.md",
    *sorted((ROOT / "docs" / "usability").glob("*.md")),
]
SUFFIXES = (".md", ".py", ".yaml", ".json", ".toml", ".spec", ".png", ".lock")
# Files that a command writes, and that the repository does not hold.
WRITTEN = {"messages.po", "messages.pot", "rules.txt"}
# A word with two capitals or more: AQP4, HBsAg, SpO2.
ABBREVIATION = re.compile(r"\b\w*[A-Z]\w*[A-Z]\w*\b")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def named_paths(document: Path) -> Iterator[str]:
    """Whatever a document names as code or as the target of a link, and that looks like a path."""
    whole = document.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+)\)", whole):
        if "://" not in link:
            yield link
    for quoted in re.findall(r"`([^`\n]+)`", whole):
        for word in quoted.split():
            word = word.partition("::")[0]
            is_path = "/" in word.rstrip("/") or word.endswith(("/", *SUFFIXES))
            is_text = word.startswith((".venv", "<", "{")) or re.search(r"[<>]?\d/|:\d", word)
            if is_path and not is_text:
                yield word


def exists(path: str, beside: Path) -> bool:
    """Whether a path is there; for one with `<...>` or `*`, whether its folder is."""
    start = re.split(r"[<*]", path)[0]
    if start != path:
        return (ROOT / start).is_dir() or (ROOT / start).parent.is_dir()
    if "/" not in path:
        return path in WRITTEN or (ROOT / path).exists() or any(ROOT.glob(f"*/**/{path}"))
    return (ROOT / path).exists() or (beside / path).exists()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_path_a_document_names_is_there(document: Path) -> None:
    missing = [path for path in named_paths(document) if not exists(path, document.parent)]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_test_a_document_names_is_there(document: Path) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", document.read_text(encoding="utf-8"))
    missing = [f"{file}::{test}" for file, test in named if test not in functions_of(file)]
    assert missing == []


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse(text(file))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@cache
def help_of(*command: str) -> str:
    """What the command says of itself."""
    shown = subprocess.run(
        [sys.executable, "-m", "nmosd_cds", *command, "--help"],
        env=dict(os.environ, COLUMNS="200", PYTHONIOENCODING="utf-8"),
        capture_output=True,
        encoding="utf-8",
    )
    assert shown.returncode == 0, f"{command}: {shown.stdout}{shown.stderr}"
    return shown.stdout


def commands() -> list[list[str]]:
    """Every command line of the README, without its explanation."""
    lines = re.findall(r"^    nmosd-cds\b(.*)$", text("README.md"), flags=re.MULTILINE)
    lines += re.findall(r"`nmosd-cds ([^`]+)`", text("README.md"))
    return [
        re.split(r"\s{2,}", line.strip())[0].split() if line[:2] != "  " else [] for line in lines
    ]


def test_every_command_and_option_of_the_readme_is_in_the_help() -> None:
    missing = []
    for words in commands():
        # A command is in lower case; what the person puts in is not.
        path: tuple[str, ...] = ()
        for word in words:
            if word.startswith("--"):
                known = re.search(rf"(?<![\w-]){word}(?![\w-])", help_of(*path))
            elif word.islower() and path != ("schema",):
                known = re.search(rf"^\s+{word}\b", help_of(*path), flags=re.MULTILINE)
                path = (*path, word)
            else:
                continue
            if not known:
                missing.append(" ".join((*path, word)))
                break
    assert missing == []


def test_the_readme_names_every_command() -> None:
    listed = help_of().partition("Commands:")[2]
    there = set(re.findall(r"^  ([a-z]+)", listed, flags=re.MULTILINE))
    assert there and there == {words[0] for words in commands() if words} - {"--check"}


def test_the_readme_shows_the_two_commands() -> None:
    lines = text("README.md").splitlines()
    assert "    python3 run.py" in lines and "    python3 run.py test" in lines


def test_the_readme_says_no_clinician_has_reviewed_as_long_as_that_is_so() -> None:
    files = [file.read_text(encoding="utf-8") for file in (ROOT / "rules").rglob("*.yaml")]
    by = {who for file in files for who in re.findall(r"reviewed: *\{by: *([^,}]+)", file)}
    assert (by == {"none"}) == ("No clinician has reviewed" in text("README.md"))


def test_every_folder_and_floor_is_in_the_architecture() -> None:
    said = text("ARCHITECTURE.md")
    folders = {file.parent for file in PACKAGE.rglob("*.py")} - {PACKAGE}
    files = set(PACKAGE.glob("*.py")) - {PACKAGE / "__init__.py"}
    named = [path.relative_to(ROOT).as_posix() for path in sorted(folders | files)]
    assert [name for name in named if f"`{name}`" not in said] == []


def test_the_floors_stand_in_the_order_of_the_walls() -> None:
    contracts = tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers")
    floors = [re.findall(r"\w+", layer) for layer in layers]
    table = text("ARCHITECTURE.md").partition("## The floors")[2].partition("\n## ")[0]
    places = [
        [table.index(f"`nmosd_cds/{name}") for name in floor if f"`nmosd_cds/{name}" in table]
        for floor in floors
    ]
    built = [floor for floor in places if floor]
    assert all(max(up) < min(down) for up, down in zip(built, built[1:], strict=False))


@pytest.mark.parametrize("page", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_four_parts_in_order(page: Path) -> None:
    said = page.read_text(encoding="utf-8")
    assert said.startswith(f"# {page.stem[:4]} ")
    parts = re.findall(r"^## (.+)$", said, flags=re.MULTILINE)
    assert parts == ["Status", "Context", "Decision", "Consequences"]


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(page.stem[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_the_glossary_has_every_abbreviation_of_the_form() -> None:
    known = set(re.findall(r"[\w-]+", text("GLOSSARY.md")))
    known |= {part for word in known for part in word.split("-")}
    used = {
        word
        for spec in every_spec()
        for shown in (spec.label, *(one.label for one in (*spec.choices, *spec.assays)))
        for word in ABBREVIATION.findall(shown)
    }
    assert "AQP4" in used and sorted(used - known) == []


def every_spec() -> Iterator[FieldSpec]:
    for model in (Patient, Setting, DrugAccess):
        for spec in field_specs(model).values():
            yield spec
            if spec.row is not None:
                yield from field_specs(spec.row).values()


def test_one_file_of_advice_imports_numpy() -> None:
    """Decision 0011; the import contract can only speak of the whole floor."""
    statement = re.compile(r"^\s*(import|from) numpy\b", re.MULTILINE)
    files = (PACKAGE / "advice").rglob("*.py")
    found = [file.name for file in files if statement.search(file.read_text(encoding="utf-8"))]
    assert found == ["arithmetic.py"]


def test_nothing_below_command_line_and_window_reads_a_clock() -> None:
    """A law of ARCHITECTURE.md: the day of assessment is an argument."""
    clock = re.compile(r"\b(today|now|utcnow|time|localtime)\(\)")
    above = {PACKAGE / f"{name}.py" for name in ("cli", "curator", "app")}
    above |= {*(PACKAGE / "gui").rglob("*.py")}
    files = sorted(set(PACKAGE.rglob("*.py")) - above)
    assert [f.name for f in files if clock.search(f.read_text(encoding="utf-8"))] == []
