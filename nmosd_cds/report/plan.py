"""The plan to discuss, merged over the options: in few words, or every line of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest

from nmosd_cds.advice.model import Advice, OptionAdvice, PlanLine
from nmosd_cds.i18n import _, ngettext
from nmosd_cds.i18n.joining import (
    clauses,
    ended,
    gap,
    headed,
    led,
    listed,
    noted,
    parted,
    sentence,
    unended,
)
from nmosd_cds.report.arguments import in_focus, in_play
from nmosd_cds.report.model import Block, Facts, Heading, Line, Tone, words
from nmosd_cds.report.plan_words import (
    age_words,
    answer_words,
    date_words,
    days_words,
    range_words,
    ticked_words,
    washout_words,
)
from nmosd_cds.report.wording import (
    PLAN,
    and_list,
    capital,
    first_sentence,
    marked,
    sentences,
    word,
)

_CHECKED = ("work-up", "baseline")
# Signs of two and a half lines of the page.
_ROOM = 250


@dataclass
class _Step:
    """One line of the plan and the options it belongs to."""

    line: PlanLine
    options: list[OptionAdvice] = field(default_factory=list)


def short_plan_blocks(advice: Advice) -> Iterator[Block]:
    """One row for each part of the way; what runs against an allergy is never left out."""
    options = in_play(advice)
    steps = _steps(options)
    if not steps:
        return
    rows = [*_work_up(options), *_dated(options)]
    for when in steps:
        # The list of what is open stands for its steps; an allergy is said all the same.
        is_said = when == "before" and rows and not any(one.line.conflict for one in steps[when])
        if not is_said:
            rows.append((word(PLAN, when), _row(steps[when], options)))
    yield Heading(_("Plan to discuss"))
    yield Facts(tuple(rows))


def _work_up(options: Iterable[OptionAdvice]) -> Iterator[tuple[str, Line]]:
    """Of each option how much of its work-up and baseline is known, and what is open."""
    line: Line = ()
    for option in options:
        lines = [one for one in option.plan if one.section in _CHECKED]
        if option.is_present or not any(one.state for one in lines):
            continue
        said = ticked_words(lines)
        left = [one.label or one.text for one in lines if one.state and not one.is_ticked]
        if left:
            said = _("{known}; open: {labels}").format(known=said, labels=listed(left))
        lead = words(gap()) if line else ()
        line += lead + words(headed(option.short), bold=True) + words(sentence(said))
    if line:
        yield _("Work-up"), line


def _dated(options: Iterable[OptionAdvice]) -> Iterator[tuple[str, Line]]:
    """Every present or recent drug with its published intervals, or that there is none."""
    found: dict[str, list[str]] = {}
    for option in options:
        for drug in option.washout.lines if option.washout else ():
            dates = parted(date_words(one) for one in drug.dates)
            said = led(drug.label, dates or _("no interval is published"))
            found.setdefault(said, []).append(option.short)
    if found:
        said = sentences(noted(said, and_list(shorts)) for said, shorts in found.items())
        yield _("Washout"), words(said)


def plan_blocks(advice: Advice) -> Iterator[Block]:
    """Every line of the plan of every option in focus."""
    steps = {} if advice.outcome == "out-of-scope" else _steps(in_focus(advice))
    if not steps:
        return
    yield Heading(_("The whole plan to discuss"))
    rows = []
    for when, of_one in steps.items():
        for number, step in enumerate(of_one):
            names = words(headed(and_list(one.short for one in step.options)), bold=True)
            rows.append((word(PLAN, when) if number == 0 else "", names + _whole(step.line)))
    rows += _every_drug(in_focus(advice))
    yield Facts(tuple(rows))


def _steps(options: Iterable[OptionAdvice]) -> Mapping[str, list[_Step]]:
    """Steps by part of the way, each once, the options taking turns."""
    found: dict[str, list[_Step]] = {}
    for when in PLAN:
        same: dict[tuple[str, str], _Step] = {}
        of_options = [
            [(option, line) for line in option.plan if line.when == when] for option in options
        ]
        for turn in zip_longest(*of_options):
            for option, line in filter(None, turn):
                step = same.setdefault((line.text, line.conflict), _Step(line))
                step.options.append(option)
        if same:
            found[when] = list(same.values())
    return found


def _row(steps: list[_Step], options: tuple[OptionAdvice, ...]) -> Line:
    line: Line = ()
    used = shown = 0
    for step in sorted(steps, key=lambda one: not one.line.conflict):
        part = _brief(step, options)
        length = sum(len(one.text) for one in part if hasattr(one, "text"))
        if shown and not step.line.conflict and used + length > _ROOM:
            continue
        line += (words(gap()) if shown else ()) + part
        used += length + 1
        shown += 1
    rest = len(steps) - shown
    if rest:
        more = ngettext("{count} more in the annex.", "{count} more in the annex.", rest)
        line += words(f"{gap()}{more.format(count=rest)}", tone="soft")
    return line


def _brief(step: _Step, options: tuple[OptionAdvice, ...]) -> Line:
    # A washout is never said without the danger of stopping, which stands in a later sentence.
    whole = step.line.when == "bridge"
    said = unended(step.line.text if whole else first_sentence(step.line.text))
    of_all = len(step.options) == len(options)
    names = () if of_all else words(headed(and_list(one.short for one in step.options)), bold=True)
    return names + _conflict(step.line) + words(sentence(marked(said, step.line.flag)))


def _every_drug(options: Iterable[OptionAdvice]) -> Iterator[tuple[str, Line]]:
    title = _("Washout")
    for option in options:
        for drug in option.washout.lines if option.washout else ():
            keys = dict.fromkeys([*(key for one in drug.dates for key in one.cites), *drug.cites])
            lead = words(headed(clauses([option.short, drug.label])), bold=True)
            said = lead + words(washout_words(drug)) + words(f" {listed(keys)}", tone="soft")
            yield title, said
            title = ""


def _whole(line: PlanLine) -> Line:
    lead = words(ended(line.label)) if line.label else ()
    text = sentence(marked(unended(line.text), line.flag))
    said = _conflict(line) + lead + words(text)
    if line.days is not None:
        said += words(gap() + sentence(capital(days_words(line.days))))
    if line.answers:
        known = (
            clauses(filter(None, (answer_words(one), age_words(one, line.limit))))
            for one in line.answers
        )
        tone: Tone = "text" if line.is_ticked else "attention"
        said += words(gap() + sentence(parted(known)), tone=tone)
    for one in line.ranges:
        said += words(gap() + sentence(range_words(one)))
    for check in line.checks:
        said += words(gap() + check, bold=True)
    if line.allergy == "unknown":
        said += words(gap() + _("Not compared with allergies."), tone="attention")
    return said + words(f" {listed(line.cites)}", tone="soft") if line.cites else said


def _conflict(line: PlanLine) -> Line:
    if not line.conflict:
        return ()
    pattern = _("Allergy conflict: {conflict}.")
    told = unended(line.conflict)
    # The advice says it so already; said twice it would read as two.
    is_told = told.startswith(pattern.partition("{")[0])
    said = told if is_told else pattern.format(conflict=told)
    return words(ended(said), bold=True, tone="attention")
