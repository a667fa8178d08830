"""Only paths.py may ask where a module lies; everyone else asks paths.py."""

from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "nmosd_cds"
OTHERS = sorted(set(PACKAGE.rglob("*.py")) - {PACKAGE / "paths.py"})


@pytest.mark.parametrize("module", OTHERS, ids=lambda path: path.relative_to(PACKAGE).as_posix())
@pytest.mark.parametrize("word", ["__file__", "_MEIPASS", "importlib.resources"])
def test_module_does_not_look_for_itself(module: Path, word: str) -> None:
    assert word not in module.read_text(encoding="utf-8")
