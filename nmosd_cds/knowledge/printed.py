"""Whether the numbers of a study agree with one another; a misprint is refused, not stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from nmosd_cds.errors import Problem
from nmosd_cds.evidence.study import Arm, Figure, Population, Range, Share, Source, Study
from nmosd_cds.knowledge.parsed import Parsed, Placed
from nmosd_cds.strict_yaml import Place

Found = tuple[Place, Arm, Figure]
# No drug of these files comes near; 1,000 mg a day printed as mg/kg goes far beyond it.
_MOST_MG_PER_KG = Decimal(500)
_MG_PER_KG = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*mg/kg", re.IGNORECASE)
NAME_IT = "Leave it out and name the misprint under `conflicts`."


def misprints(parsed: Parsed) -> Iterator[Problem]:
    """A problem for every number that cannot be right beside the others of its study."""
    for placed in parsed.sources.values():
        yield from misprints_of(placed)


def misprints_of(placed: Placed[Source]) -> Iterator[Problem]:
    """The misprints of one source; sources that are no studies hold no figures."""
    if not isinstance(placed.value, Study):
        return
    yield from _arms(placed, placed.value)
    yield from _doses(placed, placed.value)
    yield from _preclinical(placed, placed.value)
    for place, population in _populations(placed.value):
        yield from _population(placed, place, population)
    for place, arm, figure in _figures(placed.value):
        yield from _count(placed, place, arm, figure)
        yield from _value(placed, place, figure)


def loose_ends(parsed: Parsed) -> Iterator[Problem]:
    """A problem for every figure nobody could look up or explain, and every overlap told once."""
    for placed in parsed.sources.values():
        if isinstance(placed.value, Study):
            for place, _arm, figure in _figures(placed.value):
                yield from _known_how(placed, place, figure)
                yield from _possible_share(placed, place, figure)
            yield from _overlaps(placed, placed.value, parsed)


def _figures(study: Study) -> Iterator[Found]:
    for number, arm in enumerate(study.arms):
        for at, figure in enumerate(arm.figures):
            yield ("arms", number, "figures", at), arm, figure


def _populations(study: Study) -> Iterator[tuple[Place, Population]]:
    yield ("population",), study.population
    for number, arm in enumerate(study.arms):
        yield ("arms", number, "population"), arm.population


def _arms(placed: Placed[Source], study: Study) -> Iterator[Problem]:
    sizes = {arm.id: arm.n for arm in study.arms}
    if len(sizes) < len(study.arms):
        yield placed.problem("two arms have one id.", "Rename one.", at=("arms",))
    whole = [arm.n for arm in study.arms if arm.n is not None and arm.part_of is None]
    if study.n is not None and sum(whole) > study.n:
        said = f"the arms hold {sum(whole)} patients, the study {study.n}."
        yield placed.problem(said, "Say `part_of` of an arm inside another.", at=("n",))
    for number, arm in enumerate(study.arms):
        at = ("arms", number, "part_of")
        if arm.part_of is not None and (arm.part_of not in sizes or arm.part_of == arm.id):
            yield placed.problem(f"`{arm.part_of}` is not another arm.", at=at)
        elif arm.part_of is not None and (arm.n or 0) > (sizes[arm.part_of] or arm.n or 0):
            said = f"a part of {arm.n} is more than the whole of {sizes[arm.part_of]}."
            yield placed.problem(said, at=at)
        ids = [figure.id for figure in arm.figures]
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            at = ("arms", number, "figures")
            yield placed.problem(f"`{name}` stands twice in one arm.", "Rename one.", at=at)


def _doses(placed: Placed[Source], study: Study) -> Iterator[Problem]:
    for number, arm in enumerate(study.arms):
        for found in _MG_PER_KG.finditer(arm.regimen or ""):
            if Decimal(found[1].replace(",", "")) > _MOST_MG_PER_KG:
                said = f"`{found[0]}` cannot be a dose."
                yield placed.problem(said, NAME_IT, at=("arms", number, "regimen"))


def _preclinical(placed: Placed[Source], study: Study) -> Iterator[Problem]:
    tells = study.arms or study.n is not None or study.population != Population()
    if study.design == "preclinical" and tells:
        hint = "Say what was found in `summary`; leave out `arms`, `n` and `population`."
        yield placed.problem("preclinical work tells of no patient.", hint, at=("design",))


def _population(placed: Placed[Source], place: Place, population: Population) -> Iterator[Problem]:
    for name in type(population).model_fields:
        value = getattr(population, name)
        at = (*place, name)
        if isinstance(value, Share) and value.count > value.of:
            yield placed.problem(f"counts {value.count} of {value.of}.", NAME_IT, at=at)
        elif isinstance(value, Range):
            yield from _range(placed, at, value)
    positive, negative = population.aqp4_positive, population.aqp4_negative
    if positive and negative and positive.count + negative.count > max(positive.of, negative.of):
        said = f"{positive.count} with and {negative.count} without AQP4-IgG are more than all."
        yield placed.problem(said, NAME_IT, at=(*place, "aqp4_negative"))


def _range(placed: Placed[Source], at: Place, value: Range) -> Iterator[Problem]:
    for central in (value.median, value.mean, value.central):
        said = _outside(value.low, central, value.high)
        if said:
            yield placed.problem(said, NAME_IT, at=at)


def _count(placed: Placed[Source], place: Place, arm: Arm, figure: Figure) -> Iterator[Problem]:
    if figure.count is not None and figure.of is not None and figure.count > figure.of:
        said = f"counts {figure.count} of {figure.of}."
        yield placed.problem(said, NAME_IT, at=(*place, "count"))
        return
    # With a unit it counts something else than the patients of the arm.
    of_patients = figure.kind == "count" and figure.unit is None
    if of_patients and arm.n is not None and (figure.of or 0) > arm.n:
        said = f"`{figure.id}` is of {figure.of} in an arm of {arm.n}."
        yield placed.problem(said, "Say the `unit` if they are not patients.", at=(*place, "of"))
    percent = figure.printed_percent
    if percent is None:
        return
    at = (*place, "printed_percent")
    if figure.count is None or not figure.of:
        yield placed.problem(f"`{figure.id}` prints a percentage beside no count.", at=at)
    elif not _rounds_to(figure.count, figure.of, percent):
        share = Decimal(100 * figure.count) / figure.of
        said = f"prints {percent} % for {figure.count} of {figure.of}, which is {share:.1f} %."
        yield placed.problem(said, NAME_IT, at=at)


def _value(placed: Placed[Source], place: Place, figure: Figure) -> Iterator[Problem]:
    if figure.value is None:
        return
    at = (*place, "value")
    outside = _outside(figure.low, figure.value, figure.high)
    if outside:
        yield placed.problem(outside, NAME_IT, at=at)
    if figure.kind in ("percentage", "survival") and not 0 <= figure.value <= 100:
        said = f"{figure.value} % is no share."
        yield placed.problem(said, "A change in percent is a `mean`.", at=at)


def _outside(low: Decimal | None, value: Decimal | None, high: Decimal | None) -> str:
    """Says that a value does not lie within its own limits; empty if it does."""
    if value is not None and low is not None and value < low:
        return f"{value} is below its own lower limit {low}."
    if value is not None and high is not None and value > high:
        return f"{value} is above its own upper limit {high}."
    return ""


def _rounds_to(count: int, of: int, percent: Decimal) -> bool:
    """Whether count of `of` can be printed as this percentage, rounded up or down at the half."""
    exponent = percent.as_tuple().exponent
    assert isinstance(exponent, int)  # a Number is finite
    step = Decimal(1).scaleb(min(exponent, 0))
    return abs(Decimal(100 * count) / of - percent) <= step / 2


def _possible_share(placed: Placed[Source], place: Place, figure: Figure) -> Iterator[Problem]:
    is_plain = figure.kind == "percentage" and figure.statistic is None
    if not is_plain or figure.value is None or not figure.of:
        return
    near = int(figure.value * figure.of / 100)
    if not any(_rounds_to(count, figure.of, figure.value) for count in (near, near + 1)):
        said = f"no count of {figure.of} is {figure.value} %."
        hint = "Leave out `of` and name the misprint under `conflicts`, or say which `statistic`."
        yield placed.problem(said, hint, at=(*place, "value"))


def _known_how(placed: Placed[Source], place: Place, figure: Figure) -> Iterator[Problem]:
    at = (*place, "flag")
    if figure.flag == "seen" and figure.source_url is None:
        yield placed.problem(f"`{figure.id}` was seen nowhere.", "Add `source_url`.", at=at)
    elif figure.flag == "derived" and not (figure.formula and figure.assumption):
        said = f"`{figure.id}` does not say how it was derived."
        yield placed.problem(said, "Add `formula` and `assumption`.", at=at)
    elif figure.flag == "memory" and (figure.source_url or figure.confirmed_by_second != "none"):
        said = f"`{figure.id}` is known from memory and names a text."
        yield placed.problem(said, "What was read is `seen`.", at=at)


def _overlaps(placed: Placed[Source], study: Study, parsed: Parsed) -> Iterator[Problem]:
    for number, name in enumerate(study.patients_overlap_with):
        at = ("patients_overlap_with", number)
        other = parsed.sources.get(name)
        if other is None or not isinstance(other.value, Study) or name == study.id:
            yield placed.problem(f"`{name}` is not another study.", at=at)
        elif study.id not in other.value.patients_overlap_with:
            said = f"`{name}` does not say that it shares patients with `{study.id}`."
            yield placed.problem(said, f"Add `{study.id}` there.", at=at)
