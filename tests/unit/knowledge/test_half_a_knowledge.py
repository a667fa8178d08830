"""A knowledge with a file of gates missing answers no case: nothing would be barred by it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nmosd_cds import paths
from nmosd_cds.cli import run
from nmosd_cds.errors import KnowledgeError
from nmosd_cds.knowledge.load import load_knowledge
from tests.unit.knowledge.small_knowledge import FILES

GATES = [
    "rules/scope/rules.yaml",
    "rules/general/rules.yaml",
    "rules/therapies/ahsct/rules.yaml",
    "rules/therapies/ahsct/plan.yaml",
    "rules/therapies/c5-inhibitor/rules.yaml",
]


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("gone", GATES)
@pytest.mark.parametrize("left", [None, "", "# nothing\n"])
def test_a_file_of_gates_that_is_gone_or_empty_is_refused(
    tmp_path: Path, gone: str, left: str | None
) -> None:
    write(tmp_path, {name: text for name, text in FILES.items() if name != gone})
    if left is not None:
        (tmp_path / gone).write_text(left, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(tmp_path)
    said = [problem.sentence for problem in caught.value.problems]
    assert any(one.startswith(gone) and "Half a knowledge" in one for one in said), said


@pytest.mark.parametrize(
    "gone",
    ["rules/scope/rules.yaml", "rules/general/rules.yaml", "rules/therapies/car-t-bcma/rules.yaml"],
)
def test_the_command_line_ranks_nothing_on_half_of_what_ships(
    tmp_path: Path, gone: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = paths.knowledge_root()
    shutil.copytree(root / "rules", tmp_path / "rules")
    shutil.copytree(root / "resources/evidence", tmp_path / "resources/evidence")
    (tmp_path / gone).unlink()
    example = str(paths.examples_folder() / "b.json")
    assert run(["rank", example, "--knowledge", str(tmp_path)]) == 3
    shown = capsys.readouterr()
    assert f"{gone}: is missing." in shown.err and shown.out == ""
