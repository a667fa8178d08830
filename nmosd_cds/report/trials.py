"""Trials on paper: those that may take the person in a table, every list in the annex."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from nmosd_cds.advice.model import Advice
from nmosd_cds.advice.trial_line import CriterionLine, TrialLine
from nmosd_cds.i18n import N_, _, ngettext
from nmosd_cds.i18n.joining import aside, clauses, ended, gap, led, lowered, parted, run_of, unended
from nmosd_cds.report.model import (
    Block,
    Cell,
    Column,
    Flow,
    Heading,
    Line,
    Paragraph,
    Table,
    TableRow,
    Tone,
    words,
)
from nmosd_cds.report.wording import and_list, flagged, inside, label_of, sentence, word

NMOSD = "nmosd"
_LINE_ANSWERS: Mapping[str, str] = {
    "met": N_("Met"),
    "passed": N_("Passed"),
    "not-met": N_("Fails"),
    "unknown": N_("Not known"),
    "to-check": N_("To check"),
    "ambiguous": N_("AMBIGUOUS"),
}
_LIVE = ("recruiting", "not-yet-recruiting")


def state_of_line(line: CriterionLine) -> str:
    """`met`, `passed`, `not-met`, `unknown`, `to-check` or `ambiguous`.

    An exclusion that does not hold is passed; what no field can settle is to check.
    """
    if line.answer == "met" and line.kind == "exclusion":
        return "passed"
    if line.answer == "unknown" and not line.missing:
        return "to-check"
    return line.answer


def line_word(line: CriterionLine) -> str:
    """The same as a word."""
    return word(_LINE_ANSWERS, state_of_line(line))


def reading_word(kind: str, answer: str) -> str:
    """What one reading of an ambiguous line answers, as a word."""
    return word(_LINE_ANSWERS, "passed" if (kind, answer) == ("exclusion", "met") else answer)


def is_live(trial: TrialLine) -> bool:
    """Whether it recruits or is about to."""
    return trial.recruitment in _LIVE


def concerns(trial: TrialLine) -> bool:
    """Whether the person may be taken, or a place or the hospital names the trial."""
    is_ours = trial.disease == NMOSD
    return is_ours and (trial.is_named or trial.is_open_here or is_live(trial))


def how_named(trial: TrialLine) -> str:
    """Whether a place or the hospital names it, or empty."""
    if trial.is_named:
        return _("a place is recorded")
    return _("open here") if trial.is_open_here else ""


def trial_blocks(advice: Advice) -> Iterator[Block]:
    """The trials named for the person in a table, the others that may take people in a line.

    Where nothing is ranked only those that are named; out of scope none.
    """
    shown = [one for one in advice.trials if concerns(one)]
    named = [one for one in shown if how_named(one)]
    is_ranked = advice.outcome in ("decided", "conditional")
    if not shown or advice.outcome == "out-of-scope" or not (named or is_ranked):
        return
    yield Heading(_("Trials: what their lists say. The trial decides"))
    if named:
        yield _table(named)
    line: Line = ()
    for one in shown:
        if one not in named:
            line += words(f"{one.name}", bold=True)
            about = aside(clauses([one.option_name, inside(one.standing)]))
            line += words(led(about, _briefly(one)) + gap())
    rest = sum(one.disease == NMOSD for one in advice.trials) - len(shown)
    said = ngettext(
        "{n} more takes nobody or is not known to recruit. No list was read as a whole. "
        "Line by line: annex.",
        "{n} more take nobody or are not known to recruit. No list was read as a whole. "
        "Line by line: annex.",
        rest,
    )
    yield Paragraph(line + words(said.format(n=rest), tone="soft"))


def _briefly(trial: TrialLine) -> str:
    """What its list says, in a few words."""
    counts = Counter(state_of_line(one) for one in trial.lines)
    if trial.answer == "a-criterion-fails":
        failing = next(one for one in trial.lines if one.answer == "not-met")
        return _("fails {criterion}").format(criterion=sentence(f"“{unended(failing.text)}”"))
    still = counts["unknown"] + counts["to-check"] + counts["ambiguous"]
    if not still:
        return sentence(_("no listed criterion fails"))
    return _("no listed criterion fails so far, {n} of {all} not settled.").format(
        n=still, all=len(trial.lines)
    )


def _table(trials: Sequence[TrialLine]) -> Table:
    columns = (
        Column(_("Trial"), 0.24),
        Column(_("Option"), 0.14),
        Column(_("Standing"), 0.2),
        Column(_("Its list for this person"), 0.42),
    )
    return Table(columns, tuple(_row(one) for one in trials), dense=True)


def _row(trial: TrialLine) -> TableRow:
    name = words(trial.name, bold=True) + words(f" {trial.registry}", tone="soft")
    named = how_named(trial)
    said = words(trial.words, tone="attention" if trial.answer == "open" else "text")
    cells = (
        name,
        words(trial.option_name),
        words(clauses([trial.standing, named]) if named else trial.standing),
        said,
    )
    return TableRow(tuple(Cell((cell,)) for cell in cells))


def annex_trial_blocks(advice: Advice) -> Iterator[Block]:
    """Every NMOSD trial with its list, and the trials that never match."""
    ours = [one for one in advice.trials if one.disease == NMOSD]
    if not ours:
        return
    yield Heading(_("Trials"))
    yield _table(ours)
    yield Heading(_("Trials, line by line"))
    for trial in ours:
        yield Paragraph(_title(trial))
        if trial.lines:
            yield Flow(tuple(_line(advice, one) for one in trial.lines))
    others = [one for one in advice.trials if one.disease != NMOSD]
    if others:
        said = _("In another disease, so that they never match: {trials}.")
        names = and_list(one.id for one in others)
        yield Paragraph(words(said.format(trials=names), tone="soft"))


def _title(trial: TrialLine) -> Line:
    said = words(f"{trial.name} ", bold=True)
    said += words(ended(trial.registry))
    said += words(run_of([sentence(trial.status), sentence(trial.note)]))
    return said + words(f" {trial.id}", tone="soft")


def _line(advice: Advice, line: CriterionLine) -> Line:
    is_settled = line.answer in ("met", "not-met")
    tone: Tone = "text" if is_settled else "attention"
    kind = _("Asks") if line.kind == "inclusion" else _("Keeps out")
    said = words(ended(line_word(line)), bold=True, tone=tone)
    said += words(ended(led(kind, flagged(line.text, line.flag))))
    read = parted(led(label, value) for label, value in line.read.items())
    said += words(ended(read), tone="soft")
    return said + words(run_of(rest_words(advice, line)), tone="attention")


def rest_words(advice: Advice, line: CriterionLine) -> Iterator[str]:
    """What keeps a line from being settled, in sentences."""
    if line.missing:
        names = and_list(dict.fromkeys(inside(label_of(advice, name)) for name in line.missing))
        yield sentence(_("Needs {facts}").format(facts=names))
    if line.left_to_check:
        yield sentence(line.left_to_check)
    if line.ambiguous and line.answer in ("ambiguous", "unknown"):
        yield sentence(line.ambiguous)
        for reading in line.readings:
            said = sentence(reading.text)
            answer = reading_word(line.kind, reading.answer)
            yield said if line.answer == "unknown" else sentence(led(said[:-1], lowered(answer)))
