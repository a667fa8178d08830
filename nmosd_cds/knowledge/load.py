"""`load_knowledge`: from the files once, afterwards from a derived JSON named by their hash.

Reading some two hundred YAML files takes over a second, the derived form a few milliseconds. It
is looked for beside the knowledge (bundle and wheel bring it) and in the user's cache; one that
is damaged is ignored and made again.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from nmosd_cds import paths
from nmosd_cds.errors import KnowledgeError, Problem
from nmosd_cds.i18n import ENGLISH, _, language
from nmosd_cds.knowledge.compiled import compile_knowledge
from nmosd_cds.knowledge.facts import known_fact_specs
from nmosd_cds.knowledge.files import DERIVED, source_bytes, sources_sha256
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.parsed import Parsed, parse_documents
from nmosd_cds.knowledge.stored import packed, read_stored, write_quietly, write_stored
from nmosd_cds.strict_yaml import Document, read_yaml_text


def load_knowledge(root: Path | None = None) -> Knowledge:
    """Read the knowledge, ready to use, with its texts in the language in use.

    Its hash is that of the files in every language.

    Args:
        root: Folder with `rules/` and `resources/evidence/`; None: what comes with the app.

    Raises:
        KnowledgeError: with every problem that makes it unfit to be used.
    """
    with _kept_for_good():
        return _load(root or paths.knowledge_root())


@contextmanager
def _kept_for_good() -> Iterator[None]:
    """What is read stays, so the garbage collector need not walk through it, now or ever again.

    It would stop every thread, the window's too, for a tenth of a second each time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
        gc.freeze()


def _load(root: Path) -> Knowledge:
    sources = source_bytes(root)
    name = derived_name(sources)
    for folder in (root / DERIVED, paths.user_cache_folder()):
        knowledge = _from_derived(folder / name)
        if knowledge is not None:
            return knowledge
    knowledge, derived = _from_sources(sources)
    write_quietly(paths.user_cache_folder() / name, derived)
    return knowledge


def check_knowledge(root: Path | None = None) -> tuple[Problem, ...]:
    """Every problem of the knowledge, also those that only a curator has to mend.

    Args:
        root: As for `load_knowledge`.

    Returns:
        Sorted by place; empty if there is nothing to say.
    """
    try:
        return examine_knowledge(root)[2]
    except KnowledgeError as error:
        return error.problems


def examine_knowledge(root: Path | None = None) -> tuple[Parsed, Knowledge, tuple[Problem, ...]]:
    """What was read, what was made of it, and every problem but those of shape, sorted by place.

    Raises:
        KnowledgeError: with everything wrong in the shape of the files.
    """
    from nmosd_cds.knowledge.integrity import problems_of
    from nmosd_cds.knowledge.sense import sense_problems

    parsed = parse_knowledge(root)
    knowledge, problems = compile_knowledge(parsed, known_fact_specs(), "")
    unreadable = bool(problems)
    problems += problems_of(parsed, knowledge)
    if not unreadable:
        # What cannot be read cannot be tried out either.
        problems += sense_problems(parsed, knowledge)
    return parsed, knowledge, tuple(sorted(problems))


def parse_knowledge(root: Path | None = None) -> Parsed:
    """The files as models with their lines, for curators and tests; slow.

    Raises:
        KnowledgeError: with everything wrong in the shape of the files.
    """
    return parse_documents(_documents(source_bytes(root or paths.knowledge_root())))


def write_derived(root: Path, folder: Path) -> Path:
    """Write the derived form for a bundle or wheel, beside the knowledge or elsewhere.

    Returns:
        The file written.

    Raises:
        KnowledgeError: the knowledge is unfit to be used.
        OSError: the file cannot be written.
    """
    sources = source_bytes(root)
    path = folder / derived_name(sources)
    write_stored(path, _from_sources(sources)[1])
    return path


def derived_name(sources: Mapping[str, bytes]) -> str:
    """File name of the derived form of these sources."""
    return f"knowledge-{sources_sha256(sources)}.json"


def knowledge_sha256(plain: Mapping[str, Any]) -> str:
    """SHA-256 of the RFC 8785 JSON of what the files say, cases left out.

    Args:
        plain: Plain data by file name; scalars are text, so every platform writes the same.
    """
    import rfc8785

    said = {name: data for name, data in plain.items() if not name.endswith("/cases.yaml")}
    return hashlib.sha256(rfc8785.dumps(said)).hexdigest()


def _documents(sources: Mapping[str, bytes]) -> dict[str, Document]:
    documents = {}
    problems: list[Problem] = []
    for name, raw in sources.items():
        try:
            documents[name] = read_yaml_text(raw, name)
        except KnowledgeError as error:
            problems += error.problems
    if problems:
        raise KnowledgeError(problems)
    return documents


def _plain(documents: Mapping[str, Document]) -> dict[str, Any]:
    return {name: document.data for name, document in documents.items()}


def _from_sources(sources: Mapping[str, bytes]) -> tuple[Knowledge, bytes]:
    # What was derived has passed these checks, so a start that finds it never imports them.
    from nmosd_cds.knowledge.integrity import stopping_problems

    documents = _documents(sources)
    parsed = parse_documents(documents)
    plain = _plain(documents)
    sha256 = knowledge_sha256(plain)
    knowledge, problems = compile_knowledge(parsed, known_fact_specs(), sha256)
    problems += stopping_problems(parsed, knowledge)
    if problems:
        raise KnowledgeError(problems)
    if language() != ENGLISH:
        # Looked over in English, as it is written; only then said in another language.
        knowledge = _compiled(parsed, sha256)[0]
    used = {name: data for name, data in plain.items() if not name.endswith("/cases.yaml")}
    return knowledge, packed({"sha256": sha256, "files": used})


def _from_derived(path: Path) -> Knowledge | None:
    """The knowledge of a derived file; None if there is none that can be trusted."""
    content = read_stored(path)
    if content is None:
        return None
    documents = {name: Document(name, data) for name, data in content["files"].items()}
    try:
        parsed = parse_documents(documents)
    except KnowledgeError:
        return None
    knowledge, problems = _compiled(parsed, content["sha256"])
    # If the program changed since, reading the sources says what is wrong, with lines.
    return None if problems else knowledge


def _compiled(parsed: Parsed, sha256: str) -> tuple[Knowledge, list[Problem]]:
    """The knowledge in the language in use, and what cannot be answered in it."""
    if language() != ENGLISH:
        # Imported here because an English start has no use for it.
        from nmosd_cds.knowledge.texts import translated

        parsed = translated(parsed, _)
    knowledge, problems = compile_knowledge(parsed, known_fact_specs(), sha256)
    return replace(knowledge, language=language()), problems
