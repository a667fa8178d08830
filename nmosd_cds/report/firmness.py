"""How firm the order is, in words: what window, paper and terminal say of it alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nmosd_cds.advice.model import (
    Advice,
    CentralLine,
    OptionAdvice,
    PreferenceLine,
    ScenarioLine,
    TornadoLine,
)
from nmosd_cds.i18n import N_, _, format_date
from nmosd_cds.i18n.joining import beside, clauses, led, noted, run_of
from nmosd_cds.report.preferences import KIND, owner_word
from nmosd_cds.report.wording import and_list, capital, inside, of_100, sentence, word

# More swings than these are said in a table, not drawn.
MOST_SWINGS = 12
_PLACES = (N_("first"), N_("second"), N_("third"), N_("fourth"))


def not_a_chance() -> str:
    """What a share is, and what it is not; stands above every share."""
    return _("Share of simulated weightings, not a chance of benefit")


def place_word(at: int) -> str:
    """A place in words, from 0 on."""
    return _(_PLACES[at]) if at < len(_PLACES) else _("rank {number}").format(number=at + 1)


def scored_options(advice: Advice) -> tuple[OptionAdvice, ...]:
    """The options ranked by score, best rank first; empty where fewer than two were."""
    scored = [one for one in advice.options if one.rank_acceptability]
    if len(scored) < 2 or not any(line.shares for line in advice.robustness.scenarios):
        return ()
    scored.sort(key=lambda one: (one.rank or 0, -(one.first_rank_share or 0.0)))
    return tuple(scored)


def scored_names(advice: Advice) -> tuple[str, ...]:
    """Ids of the options with a share, in the order of the scenarios."""
    lines = advice.robustness.scenarios
    return tuple(dict.fromkeys(name for line in lines for name in line.shares))


def firm_lines(advice: Advice) -> tuple[str, ...]:
    """What stands beside the outcome: too close to call, and what changes who leads.

    Returns:
        Sentences, each once; what the outcome's own sentence says already is left out.
    """
    robustness = advice.robustness
    said = (robustness.too_close, *robustness.changes_with)
    lines = dict.fromkeys(sentence(text) for text in said if text.strip())
    return tuple(line for line in lines if line not in advice.sentence)


def dividing_lines(advice: Advice) -> tuple[str, ...]:
    """What divides the leading options: a hazard, then events against events; each said once."""
    robustness = advice.robustness
    first = sentence(robustness.threshold)
    lines = [first] if first else []
    for one in robustness.trade_offs:
        said = sentence(one.words)
        if said not in advice.sentence and said not in run_of(lines):
            lines.append(said)
    return tuple(lines)


def main_division(advice: Advice) -> tuple[str, ...]:
    """Of these the ones that a page of summary has room for; a trade-off is among them."""
    lines = dividing_lines(advice)
    words = [sentence(one.words) for one in advice.robustness.trade_offs]
    is_traded = any(one in f"{lines[0]} {advice.sentence}" for one in words) if lines else True
    return lines[:1] if is_traded or not words else lines[:2]


def scenario_name(line: ScenarioLine) -> str:
    """The scenario, and whether preferences are in it."""
    said = capital(line.label)
    return said if line.preference == "none" else noted(said, _("with preferences"))


def share_in(line: ScenarioLine, option: str) -> str:
    """`44 of 100`, or that there is no share."""
    if not line.shares:
        return _("no share")
    return of_100(line.shares[option]) if option in line.shares else _("not ranked")


def changes_leader(advice: Advice, line: ScenarioLine) -> bool:
    """Whether other options lead in a scenario than under the usual assumptions."""
    with_shares = [one for one in advice.robustness.scenarios if one.shares]
    if not line.shares or not with_shares:
        return False
    return set(line.leaders) != set(with_shares[0].leaders)


def leader_word(advice: Advice, line: ScenarioLine) -> str:
    """`as usual`, or who leads instead; empty for a scenario without shares."""
    if not line.shares:
        return ""
    if not changes_leader(advice, line):
        return _("as usual")
    return _("changed: {options}").format(options=_names(advice, line.leaders))


def _names(advice: Advice, options: tuple[str, ...]) -> str:
    return and_list(advice.option(name).short for name in options) or _("none")


def drawn_sentence(advice: Advice) -> str:
    """Draws, seed and error of the simulation; empty where nothing was drawn."""
    robustness = advice.robustness
    if not robustness.draws:
        return ""
    return _("{draws} draws, seed {seed}, Monte Carlo error at most {error} of 100.").format(
        draws=f"{robustness.draws:,}",
        seed=robustness.seed,
        error=f"{100 * robustness.monte_carlo_error:.1f}",
    )


def pairwise_rows(advice: Advice) -> tuple[tuple[str, ...], ...]:
    """One row an option: its name, and how often it is better than each of them."""
    pairwise = advice.robustness.pairwise
    rows = []
    for one, against in pairwise.items():
        cells = (
            of_100(against[other]) if other in against and other != one else _("itself")
            for other in pairwise
        )
        rows.append((advice.option(one).short, *cells))
    return tuple(rows)


def pairwise_heads(advice: Advice) -> tuple[str, ...]:
    """The heads above them."""
    names = (advice.option(name).short for name in advice.robustness.pairwise)
    return (_("Option"), *(_("better than {option}").format(option=inside(one)) for one in names))


def central_words(line: CentralLine) -> str:
    """How often it is first, and how sure that is if exactly its weights held."""
    if line.weights is None or line.confidence is None:
        return _("never first, so no weighting speaks for it")
    return _("first in {share}; in {confidence} if exactly these weights held").format(
        share=of_100(line.first_rank_share), confidence=of_100(line.confidence)
    )


def heaviest_words(advice: Advice, line: CentralLine) -> str:
    """The two criteria that weigh most where this option comes first; empty if it never does."""
    weights = dict(line.weights or {})
    labels = criterion_labels(advice)
    heaviest = sorted(weights, key=lambda name: -weights[name])[:2]
    said = (
        beside(inside(labels.get(name, name)), str(round(100 * weights[name]))) for name in heaviest
    )
    return _("most weight, of 100: {criteria}").format(criteria=clauses(said))


def never_first(advice: Advice) -> Iterator[str]:
    """A sentence on the options for which no weighting speaks; nothing if there are none."""
    names = [one.option for one in advice.robustness.central if one.weights is None]
    if names:
        said = _("Never first, so no weighting speaks for it: {options}")
        yield said.format(options=_names(advice, tuple(names)))


def central_weights(advice: Advice) -> tuple[tuple[str, tuple[float | None, ...]], ...]:
    """Criterion after criterion: its label, and its weight for each option that is ever first."""
    labels = criterion_labels(advice)
    known = [one.weights for one in advice.robustness.central if one.weights is not None]
    names = dict.fromkeys(name for weights in known for name in weights)
    return tuple(
        (labels.get(name, name), tuple(weights.get(name) for weights in known)) for name in names
    )


def criterion_labels(advice: Advice) -> Mapping[str, str]:
    """What people call a criterion, by its id."""
    return {line.criterion: line.label for one in advice.options for line in one.effects}


def swings(advice: Advice) -> tuple[TornadoLine, ...]:
    """What moves the order, the largest first; empty where fewer than two options are scored."""
    tornado = advice.robustness.tornado
    return tornado.lines if tornado is not None else ()


def swings_title(advice: Advice) -> str:
    """`What moves the share of AHSCT, 40 of 100 under the usual assumptions`."""
    tornado = advice.robustness.tornado
    if tornado is None:
        return ""
    return _("What moves the share of {option}: {share} under the usual assumptions").format(
        option=inside(advice.option(tornado.option).short), share=of_100(tornado.share)
    )


def swing_words(line: TornadoLine) -> str:
    """The line as one sentence part: `12 of 100 if it counts least, 71 of 100 if it counts most`.

    A scenario has one end.
    """
    parts = [_end(line.low, line.low_means)]
    if line.kind != "scenario":
        parts.append(_end(line.high, line.high_means))
    return clauses(parts)


def _end(share: float, means: str) -> str:
    return noted(of_100(share), means)


def preference_name(line: PreferenceLine) -> str:
    """`No preferences`, or `Patient, 15-Nov-2026`."""
    if line.kind == "none":
        return _("No preferences")
    owner = capital(owner_word(line.owner))
    return clauses([owner, format_date(line.on)]) if line.on is not None else owner


def preference_rows(advice: Advice) -> tuple[tuple[str, ...], ...]:
    """The sets side by side: one column a set, the order without preferences first."""
    lines = advice.robustness.preferences
    names = dict.fromkeys(name for line in lines for name in line.shares)
    labels = criterion_labels(advice)
    weights = dict.fromkeys(one.criterion for line in lines for one in line.weights)
    rows = [
        (_("How it was stated"), *(_stated(line) for line in lines)),
        (_("Harms shown before"), *(_shown(line.harms_seen) for line in lines)),
        (_("In use now"), *(_("yes") if line.active else _("no") for line in lines)),
        *(
            (
                _("{option} first").format(option=advice.option(name).short),
                *(of_100(line.shares[name]) if name in line.shares else "" for line in lines),
            )
            for name in names
        ),
        (_("Who leads"), *(_names(advice, line.leaders) for line in lines)),
        (_("Reading"), *(capital(line.reading) for line in lines)),
        *(
            (
                _("Weight of {criterion}").format(criterion=inside(labels.get(name, name))),
                *(_weight(line, name) for line in lines),
            )
            for name in weights
        ),
    ]
    return tuple(rows)


def _stated(line: PreferenceLine) -> str:
    if line.kind == "none":
        return _("every weighting equally likely")
    return inside(word(KIND, line.kind))


def _shown(seen: bool | None) -> str:
    if seen is None:
        return _("not applicable")
    return _("yes") if seen else _("no")


def _weight(line: PreferenceLine, criterion: str) -> str:
    for one in line.weights:
        if one.criterion == criterion:
            low, high = round(100 * one.low), round(100 * one.high)
            return _("{mean} of 100 ({low} to {high})").format(
                mean=round(100 * one.mean), low=low, high=high
            )
    return ""


def preference_readings(advice: Advice) -> Iterator[str]:
    """One sentence a stored set: who leads with it."""
    for line in advice.robustness.preferences:
        if line.kind != "none":
            yield led(preference_name(line), line.reading)
