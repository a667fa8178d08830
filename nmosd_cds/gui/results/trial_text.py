"""Trials as marked-up words: rows under how they stand, each opening to its list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from nmosd_cds.advice.model import Advice
from nmosd_cds.advice.trial_line import CriterionLine, TrialLine
from nmosd_cds.gui.results import markup as m
from nmosd_cds.gui.style import BODY, SMALL
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import gap, led, listed, parted
from nmosd_cds.report.trials import (
    NMOSD,
    how_named,
    is_live,
    line_word,
    reading_word,
    state_of_line,
)
from nmosd_cds.report.wording import flagged, label_of, sentence

OTHERS = "others"
_TRIAL_SHAPES = {
    "another-disease": "no-evidence",
    "a-criterion-fails": "excluded",
    "open": "unconfirmed",
    "no-listed-criterion-fails": "known",
    "meets-every-listed-criterion": "possible",
}
_LINE_SHAPES = {
    "met": "known",
    "passed": "known",
    "not-met": "excluded",
    "unknown": "not-known",
    "to-check": "not-done",
    "ambiguous": "unconfirmed",
}


def named_trials(advice: Advice) -> frozenset[str]:
    """Trials in which a place is recorded, or that are open at the hospital."""
    return frozenset(one.id for one in advice.trials if how_named(one))


def trials_html(advice: Advice, opened: Set[str]) -> str:
    """Every trial under a heading that says whether it can take anybody."""
    ours = [one for one in advice.trials if one.disease == NMOSD]
    named = [one for one in ours if how_named(one)]
    rest = [one for one in ours if not how_named(one)]
    groups = (
        (_("Named for this person, or open here"), named),
        (_("Recruiting, or about to"), [one for one in rest if is_live(one)]),
        (
            _("Not known whether they recruit"),
            [one for one in rest if not is_live(one) and not one.takes_nobody],
        ),
        (_("Over: they take nobody"), [one for one in rest if one.takes_nobody]),
    )
    html = "".join(_group(advice, title, trials, opened) for title, trials in groups)
    return html + _others([one for one in advice.trials if one.disease != NMOSD], opened)


def _group(advice: Advice, title: str, trials: list[TrialLine], opened: Set[str]) -> str:
    if not trials:
        return ""
    return m.heading(title) + "".join(_trial(advice, one, opened) for one in trials)


def _trial(advice: Advice, trial: TrialLine, opened: Set[str]) -> str:
    is_open = trial.id in opened
    mark = m.shape("down" if is_open else "right", 11)
    name = f"{mark}&nbsp;{m.link(f'toggle:{trial.id}', trial.name, is_bold=True)}"
    named = how_named(trial)
    about = [m.text(trial.option_name), m.link(f"study:{trial.id}", trial.registry)]
    about += [m.bold(named)] if named else []
    cells = (
        _cell(f"{m.sized(name, BODY)}<br>{' · '.join(about)}", 32),
        _cell(_standing(trial), 22),
        _cell(_answer(trial), 46),
    )
    return m.table([m.row(*cells)], gap=3) + (_list(advice, trial) if is_open else "")


def _cell(marked_up: str, share: int) -> str:
    """A cell that takes a share of the width, so that it fits at any zoom."""
    return m.cell(marked_up, rule="line").replace("<td", f'<td width="{share}%"', 1)


def _standing(trial: TrialLine) -> str:
    return m.soft(trial.standing) if trial.takes_nobody else m.text(trial.standing)


def _answer(trial: TrialLine) -> str:
    is_open = trial.answer == "open"
    shown = m.attention(trial.words, is_bold=False) if is_open else m.text(trial.words)
    return f"{m.shape(_TRIAL_SHAPES[trial.answer], 14)}&nbsp;{shown}"


def _list(advice: Advice, trial: TrialLine) -> str:
    html = ""
    for kind, title in (("inclusion", _("Takes in")), ("exclusion", _("Keeps out"))):
        lines = [line for line in trial.lines if line.kind == kind]
        if lines:
            html += _line(m.soft(title))
            html += m.table((_criterion(advice, line) for line in lines), gap=3)
    source = m.link(f"study:{trial.id}", _("Sheet of the source"))
    html += _line(f"{source} &nbsp; {m.soft(sentence(trial.title))} {m.text(trial.status)}")
    html += _line(m.soft(sentence(trial.note))) if trial.note else ""
    # Set in, so that the next trial is seen at once.
    return f'<table width="100%"><tr><td width="3%"></td><td>{html}</td></tr></table>'


def _criterion(advice: Advice, line: CriterionLine) -> str:
    state = state_of_line(line)
    said = line_word(line)
    is_settled = state in ("met", "passed", "not-met")
    shown = m.bold(said) if state == "not-met" else m.text(said)
    shown = shown if is_settled else m.attention(said)
    return m.row(
        _cell(f"{m.shape(_LINE_SHAPES[state], 13)}&nbsp;{shown}", 13),
        _cell(m.text(flagged(line.text, line.flag)), 42),
        _cell("<br>".join(_why(advice, line)), 45),
    )


def _why(advice: Advice, line: CriterionLine) -> Iterator[str]:
    """What was read; the way to each field that is missing; what somebody has to look up."""
    if line.read:
        yield m.soft(parted(led(name, value) for name, value in line.read.items()))
    if line.missing:
        yield f"{m.attention(_('Needs'))}{gap()}{_links(advice, line.missing)}"
    if line.left_to_check:
        yield m.text(sentence(line.left_to_check))
    if line.ambiguous:
        yield m.text(sentence(line.ambiguous))
        for reading in line.readings:
            answer = reading_word(line.kind, reading.answer)
            yield f"– {m.text(sentence(reading.text))} {m.soft(answer)}"


def _links(advice: Advice, fields: Iterable[str]) -> str:
    return listed(m.link(f"field:{name}", label_of(advice, name)) for name in fields)


def _others(trials: list[TrialLine], opened: Set[str]) -> str:
    if not trials:
        return ""
    is_open = OTHERS in opened
    mark = m.shape("down" if is_open else "right", 11)
    title = _("In another disease: {n} trials that never match").format(n=len(trials))
    html = m.heading(_("Never"), BODY) + _line(f"{mark}&nbsp;{m.link(f'toggle:{OTHERS}', title)}")
    if is_open:
        rows = (
            m.row(_cell(m.link(f"study:{one.id}", one.name), 58), _cell(m.text(one.words), 42))
            for one in trials
        )
        html += m.table(rows)
    return html


def _line(marked_up: str) -> str:
    return f'<p style="margin:2px 2px 6px 2px">{m.sized(marked_up, SMALL)}</p>'
