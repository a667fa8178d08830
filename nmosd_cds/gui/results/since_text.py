"""What the last edit changed, as marked-up words: options with the shapes of before and now."""

from __future__ import annotations

from collections.abc import Set

from nmosd_cds.advice.model import Advice
from nmosd_cds.advice.since import Edited, Since, Turn, since
from nmosd_cds.gui.results import markup as m
from nmosd_cds.gui.results.option_text import toggle
from nmosd_cds.i18n import _, ngettext
from nmosd_cds.i18n.joining import run_of, sentence
from nmosd_cds.report.wording import STATUS, word

# Turned options and edited answers that are said at once; the rest on demand.
_TURNS, _EDITED = 3, 2


def since_html(before: Advice | None, after: Advice, opened: Set[str]) -> str:
    """One row of words; empty where there was no answer before, or no edit since."""
    if before is None or before.case_sha256 == after.case_sha256:
        return ""
    found = since(before, after)
    is_open = "since" in opened
    turns = found.turns if is_open else found.turns[:_TURNS]
    said = [_turn(turn) for turn in turns]
    if not found.turns:
        said.append(m.text(_unturned(found)))
    more = len(found.turns) - _TURNS
    if more > 0:
        words = ngettext("and {n} more", "and {n} more", more).format(n=more)
        said.append(toggle("since", words, opened))
    edited = found.edited if is_open else found.edited[:_EDITED]
    why = run_of(_edited(one) for one in edited)
    left = len(found.edited) - len(edited)
    if left:
        words = ngettext("{n} other answer too.", "{n} other answers too.", left)
        why = run_of((why, words.format(n=left)))
    return " &nbsp; ".join((*said, m.soft(why)))


def since_plain(before: Advice | None, after: Advice) -> str:
    """The same for a screen reader: the options that turned, in sentences."""
    if before is None or before.case_sha256 == after.case_sha256:
        return ""
    found = since(before, after)
    lines = [_turn_sentence(turn) for turn in found.turns if turn.is_of_status]
    return run_of(lines or [_unturned(found)])


def _unturned(found: Since) -> str:
    if found.outcome_before:
        return _("No option turned. The outcome was: {outcome}").format(
            outcome=sentence(found.outcome_before)
        )
    return _("No option changed its status or rank.")


def _turn(turn: Turn) -> str:
    arrow = m.soft("\N{RIGHTWARDS ARROW}")
    name = m.bold(turn.option.short)
    if turn.is_of_status:
        was = f"{m.shape(turn.before, 12)}&nbsp;{m.text(word(STATUS, turn.before))}"
        now = f"{m.shape(turn.option.status, 12)}&nbsp;{m.text(word(STATUS, turn.option.status))}"
        return f"{name} {was} {arrow} {now}"
    return f"{name} {m.text(_rank(turn.rank_before))} {arrow} {m.text(_rank(turn.option.rank))}"


def _rank(rank: int | None) -> str:
    return _("no rank") if rank is None else _("rank {rank}").format(rank=rank)


def _turn_sentence(turn: Turn) -> str:
    said = _("{option} was: {before}. It is now: {now}.")
    return said.format(
        option=turn.option.short,
        before=word(STATUS, turn.before),
        now=word(STATUS, turn.option.status),
    )


def _edited(one: Edited) -> str:
    said = {
        "answered": _("{field} is now answered."),
        "changed": _("{field} changed."),
        "gone": _("{field} is no longer answered."),
    }[one.kind]
    return said.format(field=one.label)
