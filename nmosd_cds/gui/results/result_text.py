"""The page of the answer as marked-up words: rows of facts, options, scenarios. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Set

from nmosd_cds.advice.model import Advice, ClassState, StandardCare
from nmosd_cds.gui.results import markup as m
from nmosd_cds.gui.results.option_text import LANE, Part, cites, option_parts, toggle
from nmosd_cds.gui.results.since_text import since_html
from nmosd_cds.gui.style import TITLE
from nmosd_cds.i18n import _, format_partial, ngettext
from nmosd_cds.i18n.joining import capital, gap, headed, listed, noted, run_of, sentence, sentences
from nmosd_cds.logic.truth import Truth
from nmosd_cds.report.wording import (
    CLASS_STATE,
    INDICATION,
    STANDARD_CARE,
    met,
    needs_words,
    of_100,
    word,
)


def page_parts(advice: Advice, before: Advice | None, opened: Set[str]) -> Iterator[Part]:
    """The page below the outcome: rows of facts, options in their lanes, scenarios.

    Args:
        advice: The answer.
        before: The one before the last edit; None if there was none.
        opened: What is open or folded.
    """
    changed = since_html(before, advice, opened)
    if changed:
        row = m.table([_fact(_("Changed"), changed)])
        yield Part("since", row, _("What the last edit changed"))
    yield Part("facts", facts_html(advice, opened), _("Alerts, present drug, indication"))
    yield from option_parts(advice, opened)
    firm = robustness_html(advice)
    if firm:
        yield Part("robustness", firm, _("How firm is the order"))


def place_key(advice: Advice, place: str, owner: str, part: str) -> str:
    """What has to be opened to read a place that cites a source; empty if it stands open.

    Args:
        advice: What is shown.
        place: `rule`, `definition`, `scope`, or anything said of an option.
        owner: Option id; definition or rule id where no option owns it.
        part: Rule id of a rule.
    """
    if place == "definition":
        return "definitions" if advice.standard_care.definitions else ""
    if place == "rule":
        holders = [one for one in advice.options if part in [f.rule for f in one.findings]]
        ours = [one for one in holders if one.id == owner] or holders
        shown = [one for one in ours if one.status != "no-evidence"]
        return f"gates:{shown[0].id}" if shown else ""
    option = next((one for one in advice.options if one.id == owner), None)
    if option is None:
        return ""
    if option.status == "no-evidence":
        return "no-evidence"
    if option.status == "excluded":
        return f"gates:{owner}"
    return f"arguments:{owner}"


def facts_html(advice: Advice, opened: Set[str]) -> str:
    """Alerts, present drug, indication, approved drugs: one row each."""
    rows = []
    # Unusual numbers are said beside their field, where they can be mended.
    alerts = sentences(advice.alerts)
    if alerts:
        rows.append(_fact(_("Alerts"), f"{m.shape('stale', 13)}&nbsp;{m.text(alerts)}"))
    if advice.scope.messages and advice.outcome not in ("out-of-scope", "not-rankable"):
        rows.append(_fact(_("Scope"), m.text(sentences(advice.scope.messages))))
    rows.append(_fact(_("Present drug"), _present(advice)))
    rows.append(_fact(_("Indication"), _indication(advice)))
    rows.append(_fact(_("Approved drugs"), _approved(advice, opened)))
    return m.table(rows)


def _fact(label: str, said: str) -> str:
    return m.row(m.cell(m.bold(label), width=LANE - 6, rule="line"), m.cell(said, rule="line"))


def _present(advice: Advice) -> str:
    drugs = advice.indication.present_drugs
    plain = sentence(advice.indication.present_sentence or _("Not known"))
    said = m.with_drugs(plain)
    if not drugs:
        return said
    if plain.startswith(drugs[0]):
        rest = m.with_drugs(plain[len(drugs[0]) :])
        said = f"{m.with_drugs(drugs[0], is_bold=True)}{rest}"
    stop = _("Do not stop it for this page.")
    again = "" if stop in advice.indication.present_sentence else f" {m.bold(stop)}"
    return f"{said}{again}"


def _indication(advice: Advice) -> str:
    indication = advice.indication
    activity = _("High-activity rule of the trials {met}.").format(
        met=met(indication.high_activity)
    )
    state = m.bold(headed(word(INDICATION, indication.state)).rstrip())
    said = run_of([m.text(sentence(indication.sentence)), m.soft(activity)])
    return f"{state}{gap()}{said}"


def _approved(advice: Advice, opened: Set[str]) -> str:
    """The state and its rule in a line or two; drug by drug, questions, definitions on demand."""
    care = advice.standard_care
    state = word(STANDARD_CARE, care.state)
    rule = f"{m.bold(state)}{gap()}{m.soft(_('(project rule)'))}"
    said = f"{headed(rule)}{m.text(sentence(care.sentence))}"
    if care.sentence.startswith(state):
        said = f"{m.bold(state)}{m.text(sentence(care.sentence)[len(state) :])}"
    if care.points_away:
        speaks = _("Speaks for another explanation than failure:")
        said += f"<br>{m.attention(speaks)} {m.with_drugs(run_of(care.points_away))}"
    links = " &nbsp; ".join(_approved_links(care, opened))
    said += f"<br>{links}" if links else ""
    if care.classes and "classes" in opened:
        lines = [m.with_drugs(sentence(_class(one))) for one in care.classes]
        lines.append(f"{m.soft(_('Sheets:'))} {_sheets(care)}")
        said += "".join(f"<br>{line}" for line in lines)
    if care.unchecked and "unchecked" in opened:
        said += m.table(
            (
                m.row(m.cell(m.attention("?"), width=12), m.cell(m.with_drugs(one)))
                for one in care.unchecked
            ),
            gap=1,
        )
    if care.definitions and "definitions" in opened:
        said += _definitions(advice)
    return said


def _approved_links(care: StandardCare, opened: Set[str]) -> Iterator[str]:
    if care.classes:
        yield toggle("classes", _("Drug by drug"), opened)
    if care.unchecked:
        n = len(care.unchecked)
        words = ngettext(
            "{n} question not answered before calling it failure",
            "{n} questions not answered before calling it failure",
            n,
        )
        yield toggle("unchecked", words.format(n=n), opened, token="attention")
    if care.definitions:
        words = _("Definitions of failure: {counts}").format(counts=_counts(care))
        yield toggle("definitions", words, opened)


def _class(one: ClassState) -> str:
    drug = [one.drug or "", format_partial(one.date) if one.date else ""]
    about = [one.detail] if one.detail else drug
    about = [words for words in about if words]
    said = f"{one.label} {word(CLASS_STATE, one.state)}"
    return noted(said, listed(about))


def _counts(care: StandardCare) -> str:
    """How many definitions are met, are not, and cannot be told."""
    parts = []
    for truth in (Truth.TRUE, Truth.FALSE, Truth.UNKNOWN):
        n = sum(line.met is truth for line in care.definitions)
        parts += [_("{n} {state}").format(n=n, state=met(truth))] if n else []
    return listed(parts)


def _sheets(care: StandardCare) -> str:
    """The drugs of every class, each the way to its sheet."""
    return listed(m.with_drugs(drug) for one in care.classes for drug in one.drugs)


def _definitions(advice: Advice) -> str:
    heads = (_("Definition"), _("Asks for"), _("This person"))
    rows = [m.row(*(m.cell(m.soft(head), rule="edge") for head in heads))]
    for line in advice.standard_care.definitions:
        mark = {Truth.TRUE: m.bold, Truth.FALSE: m.text, Truth.UNKNOWN: m.attention}[line.met]
        needs = needs_words(advice, line.missing) if line.missing else ""
        who = f" {m.soft('(project rule)')}" if line.basis == "project" else f" {cites(line.cites)}"
        if line.flag == "memory":
            who += f" {m.shape('memory', 12)}"
        asks = m.with_drugs(line.asks_for)
        if line.ambiguous:
            asks += f"<br>{m.attention(_('AMBIGUOUS:'))} {m.soft(line.ambiguous)}"
        rows.append(
            m.row(
                m.cell(m.text(line.label) + who, width=142, rule="line"),
                m.cell(asks, rule="line"),
                m.cell(f"{mark(met(line.met))} {m.soft(needs)}", width=96, rule="line"),
            )
        )
    return m.table(rows, gap=2)


def robustness_html(advice: Advice) -> str:
    """Scenarios side by side; a share is never a chance of benefit, and says so."""
    robustness = advice.robustness
    if not robustness.scenarios:
        return ""
    names = list(dict.fromkeys(name for line in robustness.scenarios for name in line.shares))
    heads = [m.cell(m.soft(_("Scenario")), width=190)]
    heads += [m.cell(m.soft(advice.option(name).short)) for name in names]
    rows = [m.row(*heads)]
    for line in robustness.scenarios:
        shares = [
            m.cell(
                m.text(of_100(line.shares[name]) if name in line.shares else _("not ranked")),
                rule="line",
            )
            for name in names
        ]
        label = m.text(capital(line.label))
        if line.preference != "none":
            label += f" {m.soft(_('with preferences'))}"
        rows.append(
            m.row(m.cell(f"{label}<br>{m.soft(line.reading)}", width=190, rule="line"), *shares)
        )
    said = _("Share of simulated weightings, not a chance of benefit")
    more = sentences(
        [
            _("{draws} draws, seed {seed}").format(draws=robustness.draws, seed=robustness.seed),
            robustness.threshold,
        ]
    )
    return (
        m.heading(_("How firm is the order"), TITLE)
        + m.line(m.bold(said))
        + m.table(rows, gap=2)
        + m.line(m.soft(more))
    )
