"""Whether everything that was read went into a file or is said to have been left out."""

from __future__ import annotations

from collections.abc import Iterator

from nmosd_cds.errors import Problem
from nmosd_cds.evidence.study import Drug, Guideline, Source
from nmosd_cds.knowledge.parsed import READING_LIST, Parsed
from nmosd_cds.knowledge.references import unknown


def reading_problems(parsed: Parsed) -> Iterator[Problem]:
    """A problem for every reading without an end, and every evidence file nobody says was read."""
    seen: dict[str, str] = {}
    for placed in parsed.reading:
        entry = placed.value
        if entry.id in seen:
            said = f"`{entry.id}` is already listed at {seen[entry.id]}."
            yield placed.problem(said, "List it once.", at=("id",))
        seen.setdefault(entry.id, placed.document.where((*placed.place, "id")))
        if (entry.file is None) == (entry.left_out is None):
            said = f"`{entry.id}` needs either `file` or `left_out`, not both."
            yield placed.problem(said, "Name the evidence file, or say why there is none.")
        if entry.file is not None:
            yield from unknown(placed, entry.file, parsed.sources, "an evidence file", ("file",))
        if entry.left_out is not None and not entry.left_out.endswith("."):
            said = f"`{entry.id}` does not say in a sentence why it was left out."
            yield placed.problem(said, "End it with a full stop.", at=("left_out",))
    yield from _unlisted(parsed)


def _unlisted(parsed: Parsed) -> Iterator[Problem]:
    listed = {placed.value.file for placed in parsed.reading}
    for name, placed in parsed.sources.items():
        if name not in listed and not _is_ours(placed.value):
            said = f"`{name}` is not in {READING_LIST}."
            yield placed.problem(said, f"Add `- {{id: {name}, file: {name}}}` there.", at=("id",))


def _is_ours(source: Source) -> bool:
    """Whether nobody published it: our own entry, and drug sheets, put together from many texts."""
    return isinstance(source, Drug) or (isinstance(source, Guideline) and source.flag == "project")
