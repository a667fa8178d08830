"""What others published, as it stands in the evidence files; every field, whatever is added."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from pydantic import BaseModel

from nmosd_cds.advice.figures import figure_line
from nmosd_cds.evidence.study import Drug, Figure, Flagged, Range, Said, Share, Source, Study, Trial
from nmosd_cds.i18n import _
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.report.booklet.html import (
    Content,
    element,
    joined,
    link,
    listed,
    pairs,
    table,
)

_CITED = ("cites", "studies", "patients_overlap_with")
_SAID_ELSEWHERE = ("id", "kind", "title", "name", "figures", "arms")


def source_entry(knowledge: Knowledge, source: Source, cited_by: Collection[str]) -> Element:
    """One source with everything its file says, and where it is cited."""
    entry = element("section", element("h3", title_of(source)), class_="entry", id_=source.id)
    entry.append(element("p", source.id, class_="soft"))
    entry.append(fields(source, knowledge.sources))
    if isinstance(source, Study):
        for arm in source.arms:
            entry.append(element("h4", _("Arm {name}").format(name=arm.id)))
            entry.append(fields(arm, knowledge.sources))
            if arm.figures:
                entry.append(_figures(knowledge, source, arm.id, arm.figures))
    places = [link(place, place) for place in sorted(cited_by)]
    said = joined(places) if places else [_("by no rule, option or plan")]
    entry.append(element("p", _("Cited by: "), *said))
    return entry


def title_of(source: Source) -> str:
    """What people call a source."""
    if isinstance(source, Drug):
        return source.name
    if isinstance(source, Trial):
        return source.title
    return source.citation.title


def fields(
    model: BaseModel, sources: Mapping[str, Source], *, without: Collection[str] = ()
) -> Element:
    """Every field of a model that says something, named as in the file."""
    rows = []
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        is_shown = (
            name not in (*_SAID_ELSEWHERE, *without) and value is not None and value not in ((), {})
        )
        if is_shown and (content := _said(name, value, sources)):
            rows.append(((info.alias or name).replace("_", " "), content))
    return pairs(rows)


def _said(name: str, value: Any, sources: Mapping[str, Source]) -> list[Content]:
    if isinstance(value, Flagged):
        return [_flagged(value.value, value.flag)]
    if isinstance(value, Share):
        return [_flagged(f"{value.count} of {value.of}", value.flag)]
    if isinstance(value, Range):
        return [_flagged(_spread(value), value.flag)]
    if isinstance(value, Said):
        return [_flagged(value.text, value.flag)]
    if isinstance(value, BaseModel):
        inner = fields(value, sources)
        return [inner] if len(inner) else []
    if isinstance(value, Mapping):
        rows = [(str(key), _said(name, one, sources)) for key, one in value.items()]
        return [pairs((key, content) for key, content in rows if content)]
    if isinstance(value, tuple):
        return _many(name, value, sources)
    return [f"{value:f}" if hasattr(value, "normalize") else str(value)]


def _spread(value: Range) -> str:
    named = (("median", value.median), ("mean", value.mean), ("central", value.central))
    said = [f"{name} {number:f}" for name, number in named if number is not None]
    if value.low is not None and value.high is not None:
        said.append(f"{value.low:f} to {value.high:f}")
    return ", ".join(said)


def _many(name: str, value: tuple[Any, ...], sources: Mapping[str, Source]) -> list[Content]:
    if name in _CITED:
        return joined(link(key, key) if key in sources else key for key in value)
    return [listed(_said(name, one, sources) for one in value)]


def _flagged(text: str, flag: str) -> Content:
    return element("span", text, class_=flag) if flag in ("memory", "project") else text


def _figures(knowledge: Knowledge, study: Study, arm: str, figures: tuple[Figure, ...]) -> Element:
    head = (_("Figure"), _("Value"), _("95 % interval"), _("Time"), _("Known as"), _("Notes"))
    return table(head, (_row(knowledge, study, arm, figure) for figure in figures))


def _row(knowledge: Knowledge, study: Study, arm: str, figure: Figure) -> list[list[Content]]:
    line = figure_line(knowledge, f"{study.id}/{arm}/{figure.id}")
    known = figure.flag if figure.flag != "seen" else f"seen, second: {line.confirmed}"
    return [
        [figure.label],
        [_flagged(line.shown, figure.flag)],
        [line.interval],
        [line.follow_up],
        [known],
        list(_notes(figure)),
    ]


def _notes(figure: Figure) -> Iterator[Content]:
    notes = [text for text in (figure.formula, figure.assumption, figure.note) if text]
    notes += [figure.source_url] if figure.source_url else []
    yield from joined(notes, "; ")
