"""Loading: the derived form is made once, trusted only while whole, and never stale."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_knowledge import edit, write_small

from nmosd_cds.errors import KnowledgeError
from nmosd_cds.knowledge import load, stored
from nmosd_cds.knowledge.load import load_knowledge, write_derived

LVEF = "rules/therapies/ahsct/rules.yaml"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("NMOSD_CDS_CACHE", str(folder))
    return folder


@pytest.fixture
def root(tmp_path: Path, cache: Path) -> Path:
    return write_small(tmp_path / "pack")


def test_the_second_start_reads_the_derived_form(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_knowledge(root)
    assert [path.name for path in cache.iterdir()] == [
        f"{path.stem}.json" for path in cache.iterdir()
    ]
    monkeypatch.setattr(load, "read_yaml_text", lambda *_: pytest.fail("YAML was read."))
    assert load_knowledge(root) == first


def test_a_change_of_a_source_is_seen(root: Path, cache: Path) -> None:
    first = load_knowledge(root)
    edit(root, LVEF, "{lvef: {below: 45", "{lvef: {below: 40")
    edit(root, "rules/therapies/ahsct/cases.yaml", "lvef: 45", "lvef: 40")
    edit(root, "rules/therapies/ahsct/cases.yaml", "lvef: 44", "lvef: 39")
    second = load_knowledge(root)
    assert second.options != first.options
    assert second.sha256 != first.sha256
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize(
    "damaged", [b"", b"{}", b"not a hash\n{}", b"\xff\xfe", lambda whole: whole[:-40] + b"}" * 40]
)
def test_a_damaged_derived_form_is_made_again(root: Path, cache: Path, damaged: object) -> None:
    first = load_knowledge(root)
    (path,) = cache.iterdir()
    whole = path.read_bytes()
    path.write_bytes(damaged(whole) if callable(damaged) else damaged)
    assert load_knowledge(root) == first
    assert path.read_bytes() == whole


def test_a_derived_form_of_another_version_is_made_again(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "__version__", "0.0.old")
    load_knowledge(root)
    monkeypatch.undo()
    monkeypatch.setenv("NMOSD_CDS_CACHE", str(cache))
    (path,) = cache.iterdir()
    old = path.read_bytes()
    load_knowledge(root)
    assert path.read_bytes() != old


def test_a_derived_form_that_asks_for_a_fact_that_is_gone_is_not_used(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_knowledge(root)
    facts = {name: spec for name, spec in load.known_fact_specs().items() if name != "lvef"}
    monkeypatch.setattr(load, "known_fact_specs", lambda: facts)
    with pytest.raises(KnowledgeError, match=r"rules/definitions.yaml:4: `lvef` is not a fact"):
        load_knowledge(root)


def test_a_derived_form_of_another_shape_is_not_used(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_knowledge(root)
    real = load.parse_documents
    calls = []

    def refuse_once(documents: object) -> object:
        calls.append(documents)
        if len(calls) == 1:
            raise KnowledgeError([])
        return real(documents)  # type: ignore[arg-type]

    monkeypatch.setattr(load, "parse_documents", refuse_once)
    assert load_knowledge(root) == first
    assert len(calls) == 2


def test_the_derived_form_beside_the_knowledge_is_used(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_derived(root, root / "rules" / "derived")
    assert path.parent == root / "rules" / "derived"
    monkeypatch.setattr(load, "read_yaml_text", lambda *_: pytest.fail("YAML was read."))
    assert load_knowledge(root).stamp.version == "1"
    assert not cache.exists()


def test_a_cache_that_cannot_be_written_stops_nothing(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("NMOSD_CDS_CACHE", str(tmp_path / "file"))
    assert load_knowledge(root).stamp.version == "1"


def test_a_write_that_fails_leaves_no_half_file(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError("full")

    monkeypatch.setattr(os, "fsync", refuse)
    load_knowledge(root)
    assert list(cache.iterdir()) == []


def test_the_hash_ignores_comments_order_of_keys_and_line_ends(root: Path) -> None:
    first = load_knowledge(root).sha256
    edit(root, "rules/knowledge.yaml", "# A comment changes nothing.\n", "")
    edit(root, "rules/knowledge.yaml", 'version: "1"\nevidence', "evidence")
    edit(root, "rules/knowledge.yaml", "regions:", 'version: "1"\nregions:')
    path = root / LVEF
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_knowledge(root).sha256 == first


def test_the_hash_ignores_cases_and_knows_every_other_file(root: Path) -> None:
    first = load_knowledge(root).sha256
    edit(root, "rules/scope/cases.yaml", "name: A.", "name: An.")
    assert load_knowledge(root).sha256 == first
    edit(root, "resources/evidence/drugs/eculizumab.yaml", "target: C5", "target: C5a")
    assert load_knowledge(root).sha256 != first


def test_the_hash_is_the_one_known(root: Path) -> None:
    # Accepted from Linux; it must be the same on every platform.
    known = "ff62373e1227a5a81591cbaa1492ee6f618d1411c2cdcc9b35b640ead7ac4ef9"
    assert load_knowledge(root).sha256 == known


def test_all_problems_of_all_files_are_told_at_once(root: Path) -> None:
    edit(root, "rules/knowledge.yaml", "validity_days: 30", "validity_days: soon")
    edit(root, LVEF, "effect: excludes", "effect: forbids")
    (root / "rules" / "ranking.yaml").unlink()
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(root)
    said = "\n".join(problem.sentence for problem in caught.value.problems)
    assert "rules/knowledge.yaml:6: `validity_days`: `soon` is not a number" in said
    assert "rules/therapies/ahsct/rules.yaml:2: `effect`: " in said
    assert "rules/ranking.yaml: is missing." in said


def test_yaml_that_cannot_be_read_is_told_for_every_file(root: Path) -> None:
    edit(root, "rules/knowledge.yaml", "", "a: [")
    edit(root, "rules/ranking.yaml", "", "a: {")
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(root)
    assert len(caught.value.problems) == 2


def test_a_folder_without_knowledge_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(tmp_path)
    assert [problem.where for problem in caught.value.problems] == ["resources/evidence", "rules"]


def test_a_source_that_cannot_be_read_is_told(root: Path) -> None:
    (root / "rules" / "odd.yaml").mkdir()
    with pytest.raises(KnowledgeError, match="rules/odd.yaml: cannot be read"):
        load_knowledge(root)


def test_the_fast_path_imports_no_yaml_reader(root: Path) -> None:
    load_knowledge(root)
    code = (
        "import sys, pathlib; from nmosd_cds.knowledge.load import load_knowledge;"
        f"load_knowledge(pathlib.Path({str(root)!r}));"
        "print([n for n in ('ruamel', 'numpy', 'pandas') if n in sys.modules])"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert child.stdout.strip() == "[]", child.stderr


def test_a_file_named_in_no_encoding_is_told(root: Path) -> None:
    with open(os.fsencode(root / "rules") + b"/\xff.yaml", "wb") as opened:
        opened.write(b"a: 1\n")
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(root)
    assert str(caught.value) == ("rules/\ufffd.yaml: has a name that is not UTF-8. Name it anew.")


def test_a_pipe_among_the_files_is_told_and_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "rules/endless.yaml")
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(root)
    assert str(caught.value) == "rules/endless.yaml: cannot be read (it is not a file)."


def test_the_collector_need_not_walk_through_what_was_read(root: Path) -> None:
    gc.unfreeze()
    knowledge = load_knowledge(root)
    walked = {id(each) for each in gc.get_objects()}
    assert gc.isenabled()
    assert not walked & {id(option) for option in knowledge.options.values()}
