"""No floor looks up, and each library stays in its room (pyproject.toml, tool.importlinter)."""

import re
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
CONTRACT = "[[tool.importlinter.contracts]]"


def test_every_import_contract_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "pyproject.toml"
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    config.write_text(of_what_is_built(text), encoding="utf-8")
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename=str(config), no_cache=True) == 0


def of_what_is_built(text: str) -> str:
    """The contracts without the rooms nobody built and the libraries nobody imports yet.

    import-linter aborts, and checks nothing, at the first name it cannot find.
    """
    head, *contracts = text.split(CONTRACT)
    kept = [one for one in contracts if '"protected"' not in one or is_imported(library(one))]
    built = [re.sub(r'"(nmosd_cds\.[\w.]+)",? ?', only_if_built, one) for one in kept]
    return CONTRACT.join([head, *built])


def library(contract: str) -> str:
    found = re.search(r'protected_modules = \["(\w+)"\]', contract)
    assert found, contract
    return found[1]


def is_imported(name: str) -> bool:
    statement = re.compile(rf"^\s*(import|from) {name}\b", re.MULTILINE)
    modules = (ROOT / "nmosd_cds").rglob("*.py")
    return any(statement.search(module.read_text(encoding="utf-8")) for module in modules)


def only_if_built(quoted: re.Match[str]) -> str:
    place = ROOT / quoted[1].replace(".", "/")
    built = place.with_suffix(".py").exists() or (place / "__init__.py").exists()
    return quoted[0] if built else ""
