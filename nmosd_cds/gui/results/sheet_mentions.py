"""Where the knowledge uses a source: options, arguments, rules, plans; each leads there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nmosd_cds.gui.results import markup as m
from nmosd_cds.gui.results.sheet_parts import line
from nmosd_cds.i18n import N_, _
from nmosd_cds.i18n.joining import clauses
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.mentions import Mention, Place
from nmosd_cds.report.plan_words import SECTION
from nmosd_cds.report.source_table import option_word
from nmosd_cds.report.wording import first_sentence, word

_TITLES: Mapping[Place, str] = {
    "evidence": N_("Options that rest on it"),
    "argument": N_("Arguments for and against"),
    "deaths": N_("Deaths reported"),
    "effect": N_("Cells of the effects table"),
    "rule": N_("Rules"),
    "plan": N_("Lines of plans"),
    "definition": N_("Definitions of failure and activity"),
    "scope": N_("Rules of scope"),
    "number": N_("Limits of calculators"),
    "comparator": N_("What happens without cells"),
    "drug": N_("Drug sheets"),
}
# What has a place on another tab; the others are told and lead nowhere.
_LEADS = ("evidence", "argument", "deaths", "effect", "rule", "plan", "definition", "scope")


def mentions_html(places: Sequence[Mention], knowledge: Knowledge) -> str:
    """Every place that names the source, each with the way there; else that none does."""
    html = m.heading(_("Where the knowledge uses it"))
    if not places:
        said = _("No option, rule, argument, plan or definition names it: it enters no answer.")
        return html + line(m.soft(said))
    for place, title in _TITLES.items():
        lines = list(dict.fromkeys(_lines(place, places, knowledge)))
        if lines:
            html += line(m.soft(f"{_(title)} ({len(lines)})"))
            html += m.table((m.row(m.cell(one, rule="line")) for one in lines), gap=2)
    return html


def _lines(place: Place, places: Sequence[Mention], knowledge: Knowledge) -> Iterator[str]:
    for one in places:
        if one.place == place:
            yield _line(one, knowledge)


def _line(one: Mention, knowledge: Knowledge) -> str:
    if one.place == "drug":
        return m.link(f"study:{one.owner}", one.words)
    said = first_sentence(one.words) if one.words else ""
    if one.place not in _LEADS:
        return m.text(said)
    name = _name(one, knowledge)
    target = m.link(f"place:{one.place}/{one.owner}/{one.part}", name)
    is_named = one.place in ("evidence", "definition")
    return target if is_named or not said else f"{target} {m.text(said)}"


def _name(one: Mention, knowledge: Knowledge) -> str:
    """What the link is called: the option, and what about it."""
    if one.place == "definition":
        return one.words
    if one.place == "scope":
        return one.part
    option = option_word(one.owner, knowledge)
    if one.place == "rule":
        return one.part
    if one.place == "plan":
        return clauses([option, word(SECTION, one.part)])
    if one.place == "argument":
        side = _("for") if one.part == "for" else _("against")
        return clauses([option, side])
    if one.place == "effect":
        return clauses([option, _criterion(one.part, knowledge)])
    return option


def _criterion(name: str, knowledge: Knowledge) -> str:
    for group in knowledge.ranking.criteria:
        for one in group.members:
            if one.id == name:
                return one.label
    return name
