"""What we decided: scope, rules in English, options with their evidence, ranking, standard care."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from nmosd_cds.advice.arithmetic import arithmetic_of
from nmosd_cds.advice.explain import arguments_of
from nmosd_cds.i18n import _
from nmosd_cds.knowledge.knowledge import CompiledRule, Knowledge, Option
from nmosd_cds.knowledge.prose import condition_text
from nmosd_cds.knowledge.rule import Reviewed
from nmosd_cds.report.booklet.html import (
    Content,
    element,
    joined,
    link,
    listed,
    pairs,
    table,
)
from nmosd_cds.report.booklet.sources import fields

_IN_A_COLUMN = ("when", "section", "text", "cites", "flag")


def reviewed_words(reviewed: Reviewed) -> str:
    """Who read it and when, or that nobody has."""
    if reviewed.by is None:
        return _("read by no clinician yet")
    return _("read by {who} on {day}").format(who=reviewed.by, day=reviewed.on)


def scope(knowledge: Knowledge) -> Iterator[Element]:
    """The rules of scope, in the order they are asked."""
    for one in knowledge.scope:
        rule = one.rule
        rows: list[tuple[str, list[Content]]] = [
            (_("When"), [condition_text(one.condition, knowledge.fact_specs)]),
            (_("Then"), [f"{rule.outcome}: {rule.headline}"]),
            (_("Message"), [rule.message]),
            (_("If not known"), [_unknown(rule.stops_when_unknown, rule.unknown_headline)]),
            (_("Sources"), _cites(knowledge, rule.cites)),
            (_("Known as"), [f"{rule.basis}, {rule.flag}; {reviewed_words(rule.reviewed)}"]),
        ]
        yield element("section", element("h4", rule.id), pairs(rows), class_="entry", id_=rule.id)


def _unknown(stops: bool, headline: str | None) -> str:
    return headline or (_("stops as not rankable") if stops else _("asks, and goes on"))


def general(knowledge: Knowledge) -> Iterator[Element]:
    """Rules for many options, by id."""
    found = {
        one.rule.id: one
        for option in knowledge.options.values()
        for one in option.rules
        if one.is_general
    }
    for name in sorted(found):
        yield rule_entry(knowledge, found[name])


def rule_entry(knowledge: Knowledge, one: CompiledRule) -> Element:
    """One rule as a reviewer reads it."""
    rule = one.rule
    rows: list[tuple[str, list[Content]]] = [
        (rule.effect, [condition_text(one.condition, knowledge.fact_specs)]),
        (_("Because"), [rule.because]),
    ]
    optional = {
        _("Applies to"): ", ".join(rule.applies_to),
        _("Kind of bar"): rule.why,
        _("Until"): rule.until,
        _("Written for"): rule.population,
        _("Decided by the panel"): rule.panel_decision,
        _("About"): _("benefit in this person") if rule.about == "benefit" else None,
    }
    rows += [(name, [text]) for name, text in optional.items() if text]
    rows.append((_("Sources"), _cites(knowledge, rule.cites)))
    rows.append((_("Known as"), [f"{rule.basis}, {rule.flag}; {reviewed_words(rule.reviewed)}"]))
    return element("section", element("h4", rule.id), pairs(rows), class_="entry", id_=rule.id)


def _cites(knowledge: Knowledge, keys: tuple[str, ...]) -> list[Content]:
    if not keys:
        return [_("none")]
    return joined(link(key, key) if key in knowledge.sources else key for key in keys)


def option_parts(knowledge: Knowledge, option: Option) -> Iterator[Element]:
    """One option: what it is, for and against, the cells of the ranking, its rules, its plan."""
    therapy = option.therapy
    yield element("h3", therapy.name, id_=option.id)
    about = [text for text in (therapy.product, therapy.mechanism, therapy.no_evidence) if text]
    yield from (element("p", text) for text in (*about, *therapy.notes))
    certainty = _("Certainty: {level}. {because}").format(
        level=therapy.certainty.level or _("none"), because=therapy.certainty.because
    )
    yield element("p", certainty, " ", f"[{reviewed_words(therapy.reviewed)}]")
    if therapy.evidence:
        said = [
            [*_cites(knowledge, (one.study,)), f" ({one.directness})"] for one in therapy.evidence
        ]
        yield element("h4", _("Rests on"))
        yield listed(said)
    arguments = arguments_of(knowledge, option)
    if arguments:
        yield element("h4", _("For and against"))
        yield listed(_argument(knowledge, one.side, one.text, one) for one in arguments)
    if therapy.effects or therapy.evidence_sets:
        yield element("h4", _("Cells of the ranking"))
        lines = arithmetic_of(knowledge).effect_lines(option.id)
        head = (_("Criterion"), _("Kind"), _("How it was derived"), _("n"), _("Certainty"))
        yield table(
            head,
            (
                ([one.label], [one.kind], [one.how], [str(one.n or "")], [one.certainty])
                for one in lines
            ),
        )
    own = [one for one in option.rules if not one.is_general]
    if own:
        yield element("h4", _("Rules of its own"))
        yield from (rule_entry(knowledge, one) for one in own)
    # An option without evidence has the plan of its class, which stands with the others.
    plan = () if option.therapy.no_evidence else tuple(one.item for one in option.plan)
    if plan:
        yield element("h4", _("Plan to discuss"))
        head = (_("When"), _("What"), _("More"), _("Sources"), _("Known as"))
        yield table(
            head,
            (
                (
                    [one.section],
                    [one.text],
                    [fields(one, knowledge.sources, without=_IN_A_COLUMN)],
                    _cites(knowledge, one.cites),
                    [one.flag],
                )
                for one in plan
            ),
        )


def _argument(knowledge: Knowledge, side: str, text: str, one: object) -> list[Content]:
    figures = getattr(one, "figures", ())
    said: list[Content] = [element("b", _("For") if side == "for" else _("Against")), f": {text} "]
    shown = "; ".join(f"{f.label}: {f.shown} {f.interval} [{f.flag}]".strip() for f in figures)
    keys = tuple(dict.fromkeys((*(f.study for f in figures), *getattr(one, "cites", ()))))
    return [*said, f"{shown} " if shown else "", "(", *_cites(knowledge, keys), ")"]


def ranking(knowledge: Knowledge) -> Iterator[Element]:
    """Everything of the ranking, which is ours."""
    yield fields(knowledge.ranking, knowledge.sources)


def standard_care(knowledge: Knowledge) -> Iterator[Element]:
    """Classes of approved drugs and every meaning of refractory."""
    yield element("p", knowledge.standard_care.definition)
    for one in knowledge.published_definitions:
        said = one.definition
        condition = one.condition
        never = _("Never: written for another disease.")
        rows: list[tuple[str, list[Content]]] = [
            (_("Asks for"), [said.asks_for]),
            (_("Ambiguous"), [said.ambiguous or _("nothing noted")]),
            (
                _("Met when"),
                [condition_text(condition, knowledge.fact_specs) if condition else never],
            ),
            (_("Sources"), _cites(knowledge, said.cites)),
            (_("Known as"), [f"{said.basis}, {said.flag}"]),
        ]
        yield element("section", element("h4", said.label), pairs(rows), class_="entry")
    yield element("h4", _("Classes"))
    yield listed(
        [f"{one.label}: {', '.join(one.drugs)}"] for one in knowledge.standard_care.classes
    )
    yield element("h4", _("Before a failure is called one"))
    yield listed(
        [f"{one.label}: {one.question} [{one.flag}]"]
        for one in knowledge.standard_care.pseudo_failure
    )


def definitions(knowledge: Knowledge) -> Iterator[Element]:
    """Numbers the calculators use, and conditions that rules use by name."""
    numbers = knowledge.definitions_file.numbers
    head = (_("Number"), _("Value"), _("Because"), _("Known as"), _("Sources"))
    yield table(
        head,
        (
            ([n.name], [f"{n.value:f}"], [n.because], [n.basis], _cites(knowledge, n.cites))
            for n in numbers
        ),
    )
    reasons = {one.name: one.because for one in knowledge.definitions_file.conditions}
    yield table(
        (_("Condition"), _("Holds when"), _("Because")),
        (
            ([name], [condition_text(condition, knowledge.fact_specs)], [reasons[name]])
            for name, condition in knowledge.conditions.items()
        ),
    )
