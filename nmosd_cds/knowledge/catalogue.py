"""Every source as one line of a list that can be searched and narrowed."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from nmosd_cds.evidence.study import Drug, Guideline, Population, Share, Source, Study, Trial
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.mentions import Mention, mentions

Kind = Literal["study", "guideline", "trial", "drug"]
KINDS: tuple[Kind, ...] = ("study", "guideline", "trial", "drug")
Serology = Literal["aqp4-positive", "aqp4-negative", "mixed", "not-reported", ""]
SEROLOGIES: tuple[Serology, ...] = ("aqp4-positive", "aqp4-negative", "mixed", "not-reported")
Directness = Literal["nmosd", "indirect"]
# Groups that were compared with, and are no therapy anybody looks for.
_COMPARED_WITH = ("placebo", "control", "treatment-stopped")


@dataclass(frozen=True)
class CatalogueRow:
    """One source.

    Attributes:
        key: Citation key, the way to its sheet.
        who: Authors of a publication, sponsor of a trial; empty if neither was printed.
        year: Year of publication; None for a drug sheet, a trial, or where none was printed.
        design: Design of a study; empty for the other kinds.
        options: Options it is about: of its arms, its trial or its drug; for a guideline, those
            whose own rules and plans name it. Beside them other things given (`telitacicept`).
        n: Patients; None if no number was printed, or it has none.
        serology: From the counts of its patients; empty for what is no study.
        directness: Of its arms; both where they differ, none where the text does not say.
        used: In how many places the knowledge names it.
        words: All that a search looks through, without accents and capitals.
    """

    key: str
    kind: Kind
    who: str
    year: int | None
    title: str
    disease: str
    design: str
    options: tuple[str, ...]
    n: int | None
    serology: Serology
    directness: tuple[Directness, ...]
    used: int
    words: str


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; empty means all.

    Attributes:
        text: Words of which every one has to be found.
        keys: The only sources wanted; None: all.
    """

    text: str = ""
    kind: str = ""
    option: str = ""
    design: str = ""
    serology: str = ""
    directness: str = ""
    keys: frozenset[str] | None = None

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return self != Wanted()


def catalogue(knowledge: Knowledge) -> tuple[CatalogueRow, ...]:
    """Every source, studies first, each kind in the order of its keys."""
    named = mentions(knowledge)
    rows = (_row(source, knowledge, named.get(key, ())) for key, source in _ordered(knowledge))
    return tuple(rows)


def matching(rows: Iterable[CatalogueRow], wanted: Wanted) -> tuple[CatalogueRow, ...]:
    """The rows that have everything that is wanted, in their order."""
    parts = plain(wanted.text).split()
    return tuple(row for row in rows if _fits(row, wanted, parts))


def options_of(rows: Iterable[CatalogueRow], knowledge: Knowledge) -> tuple[str, ...]:
    """What a list can be narrowed to: options in their order, then other things given."""
    found = {name for row in rows for name in row.options}
    known = [name for name in knowledge.options if name in found]
    return (*known, *sorted(found - set(known)))


def designs_of(rows: Iterable[CatalogueRow]) -> tuple[str, ...]:
    """Designs there are, in alphabetical order."""
    return tuple(sorted({row.design for row in rows if row.design}))


def plain(words: str) -> str:
    """Words without accents and capitals, as a search compares them."""
    split = unicodedata.normalize("NFKD", words)
    return "".join(sign for sign in split if not unicodedata.combining(sign)).casefold()


def _fits(row: CatalogueRow, wanted: Wanted, parts: Sequence[str]) -> bool:
    return (
        (not wanted.kind or row.kind == wanted.kind)
        and (not wanted.option or wanted.option in row.options)
        and (not wanted.design or row.design == wanted.design)
        and (not wanted.serology or row.serology == wanted.serology)
        and (not wanted.directness or wanted.directness in row.directness)
        and (wanted.keys is None or row.key in wanted.keys)
        and all(part in row.words for part in parts)
    )


def _ordered(knowledge: Knowledge) -> list[tuple[str, Source]]:
    return sorted(knowledge.sources.items(), key=lambda one: (KINDS.index(one[1].kind), one[0]))


def _row(source: Source, knowledge: Knowledge, named: Sequence[Mention]) -> CatalogueRow:
    who, year, title, disease, ids = _about(source)
    options = tuple(dict.fromkeys(_options(source, knowledge, named)))
    names = [knowledge.options[one].therapy.short for one in options if one in knowledge.options]
    study = source if isinstance(source, Study) else None
    design = study.design if study else ""
    searched = (source.id, who, str(year or ""), title, disease, design, *ids, *options, *names)
    return CatalogueRow(
        key=source.id,
        kind=source.kind,
        who=who,
        year=year,
        title=title,
        disease=disease,
        design=design,
        options=options,
        n=patients(study) if study else None,
        serology=serology_of(study) if study else "",
        directness=_directness(source),
        used=len(named),
        words=plain(" ".join(searched)),
    )


def _about(source: Source) -> tuple[str, int | None, str, str, tuple[str, ...]]:
    """Authors, year, title, disease, and the numbers by which it is known elsewhere."""
    if isinstance(source, Drug):
        return "", None, source.name, "NMOSD", (source.brand or "", source.substance or "")
    if isinstance(source, Trial):
        disease = {"nmosd": "NMOSD", "multiple-sclerosis": "Multiple sclerosis"}
        known = disease.get(source.disease, "")
        return source.sponsor or "", None, source.title, known, (source.registry or "",)
    one = source.citation
    ids = [one.doi.value if one.doi else "", one.pmid.value if one.pmid else ""]
    ids += [one.registry or "", one.journal]
    disease_words = source.disease if isinstance(source, Study) else source.population
    return one.authors, one.year, one.title, disease_words or "", tuple(ids)


def _options(source: Source, knowledge: Knowledge, named: Sequence[Mention]) -> Iterator[str]:
    by_drug: Mapping[str, str] = {
        drug: option.id for option in knowledge.options.values() for drug in option.therapy.drugs
    }
    if isinstance(source, Study):
        given: Collection[str] = [arm.option for arm in source.arms]
    elif isinstance(source, Trial):
        given = [source.option]
    elif isinstance(source, Drug):
        given = [source.id]
    else:
        given = [one.owner for one in named if one.owner in knowledge.options and not one.shared]
    yield from (by_drug.get(one, one) for one in given if one not in _COMPARED_WITH)


def patients(study: Study) -> int | None:
    """Patients of a study; None if any arm that counts has no printed number."""
    if study.n is not None:
        return study.n
    numbers = [arm.n for arm in study.arms if arm.part_of is None]
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None


def serology_of(study: Study) -> Serology:
    """What the counts of its patients say; nothing counted is not reported, never negative."""
    populations = (study.population, *(arm.population for arm in study.arms))
    with_it = any(_counted(one, has=True) for one in populations)
    without = any(_counted(one, has=False) for one in populations)
    if with_it and without:
        return "mixed"
    if with_it:
        return "aqp4-positive"
    return "aqp4-negative" if without else "not-reported"


def _counted(population: Population, *, has: bool) -> bool:
    """Whether somebody was counted with the antibody, or without it."""
    positive, negative = population.aqp4_positive, population.aqp4_negative
    if has:
        return positive is not None and positive.count > 0
    return (negative is not None and negative.count > 0) or _some_without(positive)


def _some_without(positive: Share | None) -> bool:
    return positive is not None and positive.count < positive.of


def _directness(source: Source) -> tuple[Directness, ...]:
    if isinstance(source, Guideline):
        return ()
    if isinstance(source, Study):
        arms = {arm.directness or source.directness for arm in source.arms}
        return tuple(sorted(arms or {source.directness}, reverse=True))
    if isinstance(source, Trial):
        return ("nmosd",) if source.disease == "nmosd" else ("indirect",)
    return ("nmosd",) if source.harms_in_nmosd == "false" else ()
