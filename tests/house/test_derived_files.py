"""Files written from the knowledge are what the knowledge says; `--accept` writes them anew."""

from pathlib import Path

import pytest

from nmosd_cds import paths
from nmosd_cds.knowledge.load import load_knowledge, parse_knowledge
from nmosd_cds.knowledge.prose import rules_texts
from nmosd_cds.knowledge.template import template_text
from nmosd_cds.knowledge.vocabulary import schemas, vocabulary_text


@pytest.fixture(scope="module")
def derived() -> dict[str, str]:
    knowledge = load_knowledge(paths.knowledge_root())
    vocabulary = {"rules/derived/vocabulary.md": vocabulary_text(knowledge)}
    texts = template_text(paths.package_folder(), parse_knowledge(paths.knowledge_root()))
    template = {"resources/translations/messages.pot": texts}
    return rules_texts(knowledge) | schemas(knowledge) | vocabulary | template


def test_derived_files_are_up_to_date(
    derived: dict[str, str], request: pytest.FixtureRequest
) -> None:
    root = paths.knowledge_root()
    if request.config.getoption("--accept"):
        for name, text in derived.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8", newline="\n")
    stale = [name for name, text in derived.items() if _read(root / name) != text]
    assert not stale, f"{', '.join(stale)}: write them with --accept and read the difference."


def test_nothing_derived_is_left_over(
    derived: dict[str, str], request: pytest.FixtureRequest
) -> None:
    root = paths.knowledge_root()
    there = [*(root / "rules").rglob("rules.txt"), *(root / "rules/derived").glob("*.md")]
    there += (root / "rules/derived").glob("*.schema.json")
    left = [path for path in there if path.relative_to(root).as_posix() not in derived]
    if request.config.getoption("--accept"):
        for path in left:
            path.unlink()
        left = []
    assert not left, f"{left}: nothing writes them any more."


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
