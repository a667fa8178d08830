"""The whole knowledge as one page that a clinician can read, print and review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from nmosd_cds.evidence.study import Drug, Guideline, Source, Study, Trial
from nmosd_cds.i18n import _, language
from nmosd_cds.knowledge.knowledge import CompiledRule, Knowledge
from nmosd_cds.report.booklet import rules
from nmosd_cds.report.booklet.html import Content, element, link, listed, page, pairs
from nmosd_cds.report.booklet.sources import source_entry


def make_booklet(knowledge: Knowledge) -> bytes:
    """Write the knowledge as HTML: one file without scripts that asks no network for anything.

    Args:
        knowledge: Sound.

    Returns:
        The file, UTF-8; the same for the same knowledge and language.
    """
    title = _("NMOSD-CDS: the knowledge, to be reviewed")
    chapters = list(_chapters(knowledge))
    contents = listed([link(name, heading)] for name, heading, _parts in chapters)
    body: list[Content] = [element("h1", title), *_cover(knowledge), contents]
    for name, heading, parts in chapters:
        body.append(element("h2", heading, id_=name))
        body += parts
    return page(title, *body, language=language())


def _cover(knowledge: Knowledge) -> Iterator[Element]:
    stamp = knowledge.stamp
    reviews = [one.rule.reviewed for one in _rules(knowledge)]
    reviews += [option.therapy.reviewed for option in knowledge.options.values()]
    done = sum(one.by is not None for one in reviews)
    yield pairs(
        [
            (_("Version"), [stamp.version]),
            (_("SHA-256"), [knowledge.sha256]),
            (_("Evidence read until"), [stamp.evidence_cutoff]),
            (_("Signature"), [knowledge.signature]),
            (
                _("Reviewed"),
                [
                    _("{done} of {all} rules and options by a clinician").format(
                        done=done, all=len(reviews)
                    )
                ],
            ),
        ]
    )
    yield element(
        "p",
        _(
            "Prototype, not a medical device; decision support, not a prescription. A figure "
            "marked as recalled was not read and enters no arithmetic; what is marked as project "
            "is ours and nobody published it."
        ),
    )


def _rules(knowledge: Knowledge) -> Iterator[CompiledRule]:
    seen: set[str] = set()
    for option in knowledge.options.values():
        for one in option.rules:
            if one.rule.id not in seen:
                seen.add(one.rule.id)
                yield one


def _chapters(knowledge: Knowledge) -> Iterator[tuple[str, str, list[Element]]]:
    yield "scope", _("Whom it is for"), list(rules.scope(knowledge))
    yield "standard-care", _("Approved treatment first"), list(rules.standard_care(knowledge))
    yield "general", _("Rules for many options"), list(rules.general(knowledge))
    options = [
        part
        for option in knowledge.options.values()
        for part in rules.option_parts(knowledge, option)
    ]
    yield "options", _("Options"), options
    yield "ranking", _("How options are compared"), list(rules.ranking(knowledge))
    yield "definitions", _("Numbers and conditions"), list(rules.definitions(knowledge))
    cited = _cited_by(knowledge)
    for name, heading, kind in (
        ("studies", _("Studies"), Study),
        ("guidelines", _("Guidelines and labels"), Guideline),
        ("drugs", _("Drugs"), Drug),
        ("trials", _("Trials"), Trial),
    ):
        found: Iterable[Source] = (
            source for _key, source in sorted(knowledge.sources.items()) if isinstance(source, kind)
        )
        yield name, heading, [source_entry(knowledge, s, cited.get(s.id, set())) for s in found]
    yield "reading", _("Everything that was read"), [listed(_reading(knowledge))]


def _reading(knowledge: Knowledge) -> Iterator[list[Content]]:
    for entry in knowledge.reading:
        if entry.file is not None:
            yield [f"{entry.id}: ", link(entry.file, entry.file)]
        else:
            yield [f"{entry.id}: ", _("left out. "), entry.left_out or ""]


def _cited_by(knowledge: Knowledge) -> dict[str, set[str]]:
    """Citation key to the rules and options that name it; both have their place on the page."""
    found: dict[str, set[str]] = {}
    for one in knowledge.scope:
        for key in one.rule.cites:
            found.setdefault(key, set()).add(one.rule.id)
    for rule in _rules(knowledge):
        for key in rule.rule.cites:
            found.setdefault(key, set()).add(rule.rule.id)
    for option in knowledge.options.values():
        keys = [one.study for one in option.therapy.evidence]
        keys += [key for one in option.therapy.arguments for key in one.cites]
        keys += [ref.split("/")[0] for one in option.therapy.arguments for ref in one.figures]
        keys += [key for line in option.plan for key in line.item.cites]
        for key in keys:
            found.setdefault(key, set()).add(option.id)
    return found
