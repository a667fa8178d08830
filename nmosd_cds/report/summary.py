"""The first page: what has to be seen before anything else, fullest version first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nmosd_cds.advice.model import Advice, ClassState, Question, ScenarioLine
from nmosd_cds.calculators.shown import drug_words
from nmosd_cds.i18n import _, format_date, format_partial, ngettext
from nmosd_cds.i18n.joining import (
    aside,
    beside,
    clauses,
    ended,
    gap,
    led,
    listed,
    lowered,
    noted,
    parted,
    run_of,
    stop,
    unended,
)
from nmosd_cds.logic.truth import Truth
from nmosd_cds.report.firmness import firm_lines, main_division
from nmosd_cds.report.model import (
    AlertBox,
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Line,
    Mark,
    OutcomeBlock,
    Paragraph,
    Run,
    Signatures,
    Table,
    TableRow,
    words,
)
from nmosd_cds.report.options import Density, option_table
from nmosd_cds.report.preferences import owner_word
from nmosd_cds.report.wording import (
    CLASS_STATE,
    INDICATION,
    OUTCOME,
    STANDARD_CARE,
    STATE,
    capital,
    label_of,
    met,
    of_100,
    sentence,
    sentences,
    word,
)

_OUTCOME_MARKS: dict[str, Mark] = {
    "decided": "possible",
    "conditional": "unconfirmed",
    "not-rankable": "no-evidence",
    "out-of-scope": "excluded",
}


# The state is followed by our own words for where the definition comes from.
_SAID_ABOVE = re.compile(r"^[(（][^)）]*[)）]")


def summary_of(advice: Advice, density: Density) -> tuple[Block, ...]:
    """The first page at one density."""
    return (
        *_alerts(advice),
        _facts(advice),
        _outcome(advice),
        Heading(_("Options")),
        option_table(advice, density),
        *_never_compared(advice),
        *_missing(advice, density),
        *_firmness(advice, density),
        *_intended_use(),
        Signatures((_("Neurologist, signature"), _("Board chair, signature"), _("Date"))),
    )


def _alerts(advice: Advice) -> Iterator[Block]:
    # What puts a case out of scope, an attack above all, is the first line on the page.
    repeats = advice.outcome != "out-of-scope"
    said = (
        text
        for text in (*advice.alerts, *advice.notices)
        if not (repeats and text == advice.headline)
    )
    lines = tuple(dict.fromkeys(sentence(text) for text in said))
    if lines:
        yield AlertBox(_("Alerts."), lines)


def _facts(advice: Advice) -> Facts:
    return Facts(
        (
            (_("Present drug"), _present_drug(advice)),
            (_("Indication"), _indication(advice)),
            (_("Approved drugs"), _approved_drugs(advice)),
        )
    )


def _present_drug(advice: Advice) -> Line:
    indication = advice.indication
    if not indication.present_drugs:
        unknown = _("Not known")
        said = indication.present_sentence.strip() or unknown
        return _led(unknown, said) if said.startswith(unknown) else words(said)
    names = [drug_words(name) for name in indication.present_drugs]
    said = indication.present_sentence or " + ".join(names)
    line: Line = ()
    for name in names:
        before, found, said = said.partition(name)
        line += words(before) + words(found, bold=True)
    stop = _("Do not stop it for this page.")
    return line + words(ended(unended(said))) + words(stop, bold=True)


def _indication(advice: Advice) -> Line:
    indication = advice.indication
    state = word(INDICATION, indication.state)
    said = indication.sentence
    if indication.last_attack and format_partial(indication.last_attack) not in said:
        last = format_partial(indication.last_attack)
        said = sentences([said, _("Last attack {date}.").format(date=last)])
    if not said.startswith(state):
        said = ended(state) + said
    activity = _("High-activity rule of the trials: {met}.").format(
        met=met(indication.high_activity)
    )
    return _led(state, sentences([said, activity]))


def _led(lead: str, said: str) -> Line:
    """Words with their beginning in bold."""
    return words(lead, bold=True) + words(said.removeprefix(lead))


def _approved_drugs(advice: Advice) -> Line:
    care = advice.standard_care
    state = word(STANDARD_CARE, care.state)
    line = words(state, bold=True)
    line += words(ended(aside(_("project rule; no agreed definition exists"))), tone="soft")
    said = care.sentence.removeprefix(state).strip()
    said = capital(_SAID_ABOVE.sub("", said).lstrip(" .:,。：，"))
    closed = parted(_class(one) for one in care.classes)
    return line + words(sentences([said, closed]))


def _class(one: ClassState) -> str:
    state = word(CLASS_STATE, one.state)
    when = format_partial(one.date) if one.date else ""
    drug = drug_words(one.drug) if one.drug else ""
    about = one.detail or clauses(text for text in (drug, when) if text)
    return noted(beside(one.label, state), about)


def _outcome(advice: Advice) -> OutcomeBlock:
    return OutcomeBlock(_OUTCOME_MARKS[advice.outcome], headline_of(advice), advice.sentence)


def headline_of(advice: Advice) -> str:
    """`Conditional: HBV DNA decides`; the outcome is said once."""
    outcome = word(OUTCOME, advice.outcome)
    headline = unended(advice.headline)
    if headline.casefold().startswith(outcome.casefold()):
        return headline
    return led(outcome, headline) if headline else outcome


def _never_compared(advice: Advice) -> Iterator[Block]:
    line = words(
        _(
            "No cellular option was ever compared with an approved drug. No pivotal cell-therapy "
            "outcome in NMOSD has a second independent study."
        ),
        bold=True,
    )
    if any(option.tier == "1" for option in advice.options):
        line += words(
            gap()
            + _(
                "Open approved classes come before any cellular option; the choice among approved "
                "drugs is outside this tool."
            )
        )
    yield Paragraph(line)


def _missing(advice: Advice, density: Density) -> Iterator[Block]:
    yield Heading(_("What is missing, and what each answer would settle"))
    if not advice.questions:
        yield Paragraph(words(_("No missing fact would change this answer.")))
        return
    groups = _grouped([one for one in advice.questions if one.answers])[: density.questions]
    rows = [row for group in groups for row in _question_rows(group)]
    if rows:
        columns = (
            Column(_("Fact"), 0.24),
            Column(_("State"), 0.12),
            Column(_("If"), 0.16),
            Column(_("Then"), 0.48),
        )
        yield Table(columns, tuple(rows))
    shown = {question.field for group in groups for question in group}
    others = [one for one in advice.questions if one.field not in shown]
    settling = [one for one in others if one.settles or one.share]
    if not settling and not groups:
        settling = others
    line: Line = ()
    if settling:
        lead = _("Also missing:") if groups else _("Missing:")
        line = words(sentence(f"{lead}{gap()}{_also(settling)}"))
    rest = len(others) - len(settling)
    if rest:
        text = ngettext(
            "Not known either, and read by cautions only: {count} fact, named under Not assessed.",
            "Not known either, and read by cautions only: {count} facts, named under Not assessed.",
            rest,
        )
        line += words(f"{gap() if line else ''}{text.format(count=rest)}", tone="soft")
    if line:
        yield Paragraph(line)


def _grouped(questions: list[Question]) -> list[list[Question]]:
    """Questions whose answers settle the same, together."""
    groups: dict[object, list[Question]] = {}
    for question in questions:
        groups.setdefault((question.state, question.answers), []).append(question)
    return list(groups.values())


def _question_rows(group: list[Question]) -> Iterator[TableRow]:
    first = group[0]
    label = Cell((words(parted(one.label for one in group), bold=True),))
    state = Cell((words(capital(word(STATE, first.state))),))
    for number, settles in enumerate(first.answers):
        said = (Cell((words(settles.answer),)), Cell((words(settles.then),)))
        if number == 0:
            yield TableRow((label, state, *said))
        else:
            yield TableRow((Cell(()), Cell(()), *said), joined=2)


def _also(questions: list[Question]) -> str:
    by_state: dict[str, list[str]] = {}
    for question in questions:
        by_state.setdefault(lowered(word(STATE, question.state)), []).append(question.label)
    return parted(noted(listed(labels), state) for state, labels in by_state.items())


def _firmness(advice: Advice, density: Density) -> Iterator[Block]:
    scenarios = _without_preferences(advice)
    if not scenarios:
        return
    shown = scenarios[: density.scenarios]
    said = sentences(_scenario(advice, line) for line in shown)
    if len(scenarios) > len(shown):
        is_short = len(shown) == 1
        said = _with_range(advice, shown[0]) if is_short else sentences([said, _range(advice)])
    said = sentences([said, *_preferred(advice)])
    line: Line = (
        Run(_("How firm is the order? "), bold=True),
        Run(_("Share of simulated weightings, ")),
        Run(_("not a chance of benefit"), bold=True),
        Run(f"{stop()}{run_of([said, _divided(advice)])}"),
    )
    yield Paragraph(line)


def _divided(advice: Advice) -> str:
    """Too close to call, what changes who leads, and what divides those who may."""
    return sentences([*firm_lines(advice), *main_division(advice)])


def _scenario(advice: Advice, line: ScenarioLine) -> str:
    first, *others = line.shares.items()
    said = _("{option} first {share}").format(
        option=advice.option(first[0]).short, share=of_100(first[1])
    )
    rest = [_counted(advice, name, share) for name, share in others]
    return led(capital(line.label), clauses([said, *rest]))


def _counted(advice: Advice, option: str, share: float) -> str:
    return beside(advice.option(option).short, str(round(100 * share)))


def _range(advice: Advice) -> str:
    spans = (beside(advice.option(name).short, span) for name, span in _spans(advice).items())
    text = _("Over all {count} scenarios, first of 100: {spans}")
    return text.format(count=_scored(advice), spans=clauses(spans))


def _with_range(advice: Advice, line: ScenarioLine) -> str:
    """The shares under the usual assumptions, each with its range over all scenarios."""
    spans = _spans(advice)
    first, *others = line.shares.items()
    said = _("{option} first {share} ({span} over {count} scenarios)").format(
        option=advice.option(first[0]).short,
        share=of_100(first[1]),
        span=spans[first[0]],
        count=_scored(advice),
    )
    rest = [noted(_counted(advice, name, share), spans[name]) for name, share in others]
    return sentence(clauses([said, *rest]))


def _scored(advice: Advice) -> int:
    return len(_without_preferences(advice))


def _without_preferences(advice: Advice) -> list[ScenarioLine]:
    """Every scenario with shares and without anybody's preferences; these always stand first."""
    lines = advice.robustness.scenarios
    return [line for line in lines if line.shares and line.preference == "none"]


def _preferred(advice: Advice) -> Iterator[str]:
    """The shares under the preferences in use, after those without."""
    for line in advice.robustness.preferences:
        if not line.owner or not line.active or line.on is None:
            continue
        first, *others = line.shares.items()
        shares = [
            _("{option} first {share}").format(
                option=advice.option(first[0]).short, share=of_100(first[1])
            ),
            *(_counted(advice, name, share) for name, share in others),
        ]
        yield _("With the preferences of {owner} ({day}): {shares}").format(
            owner=owner_word(line.owner), day=format_date(line.on), shares=clauses(shares)
        )


def _spans(advice: Advice) -> dict[str, str]:
    """`19 to 45` for each option: its share of first ranks, of 100, over all scenarios."""
    scenarios = _without_preferences(advice)
    names = dict.fromkeys(name for line in scenarios for name in line.shares)
    spans = {}
    for name in names:
        shares = [round(100 * line.shares[name]) for line in scenarios if name in line.shares]
        spans[name] = _("{low} to {high}").format(low=min(shares), high=max(shares))
    return spans


def _intended_use() -> Iterator[Block]:
    yield Paragraph(
        (
            Run(_("Intended use. "), bold=True),
            Run(_("For a neurologist and a board discussing an adult with NMOSD. ")),
            Run(_("Not for"), bold=True),
            Run(
                _(
                    " an attack in progress, MOGAD, under 18, pregnancy or breastfeeding, a choice "
                    "among approved drugs, or use by patients alone. No override; dissent goes in "
                    "the minutes."
                )
            ),
        )
    )


def not_assessed(advice: Advice) -> str:
    """Facts that rules wanted and that settle no option, by name; empty if there are none."""
    asked = {one.field for one in advice.questions if one.settles or one.share}
    wanted = dict.fromkeys(
        field
        for option in advice.options
        for finding in option.findings
        if finding.truth is Truth.UNKNOWN
        for field in finding.missing
    )
    labels = dict.fromkeys(label_of(advice, field) for field in wanted if field not in asked)
    return listed(labels)
