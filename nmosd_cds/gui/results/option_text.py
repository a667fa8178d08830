"""The options as marked-up words: one part a card, in lanes whose order never changes.

What is folded or open is a set of keys, `kind:option`; the view keeps it while the case is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from nmosd_cds.advice.model import (
    Advice,
    ArgumentLine,
    FigureLine,
    Finding,
    OptionAdvice,
)
from nmosd_cds.gui.results import markup as m
from nmosd_cds.gui.style import BODY
from nmosd_cds.i18n import N_, _, ngettext
from nmosd_cds.i18n.joining import (
    and_list,
    beside,
    capital,
    first_sentence,
    inside,
    led,
    listed,
    noted,
    run_of,
    sentence,
    unended,
)
from nmosd_cds.logic.truth import Truth
from nmosd_cds.report.arguments import from_elsewhere
from nmosd_cds.report.fit import alike_counted, counted_words
from nmosd_cds.report.wording import CERTAINTY, STATUS, WHY, needs_words, word

_MINUS = "\N{MINUS SIGN}"
LANES = ("possible", "unconfirmed", "excluded", "no-evidence")
# Arguments a side on a closed card: of an option that has a score, and of one that has none.
_SCORED, _UNSCORED = 3, 2
# Changes said of an excluded option.
_CHANGES = 3
LANE, _NAME, _CERTAINTY, _N, _FIT = 114, 166, 60, 52, 42
_TRUTHS = {Truth.TRUE: N_("true"), Truth.FALSE: N_("false"), Truth.UNKNOWN: N_("unknown")}
_EFFECTS = {
    "excludes": N_("excludes"),
    "requires": N_("requires"),
    "cautions": N_("cautions"),
    "favours": N_("favours"),
}


@dataclass(frozen=True)
class Part:
    """One piece of the page.

    Attributes:
        key: What it is; a piece with the same key takes its place in the next answer.
        html: Marked-up words.
        name: For a screen reader.
        is_card: Whether the key that goes from option to option stops at it.
    """

    key: str
    html: str
    name: str
    is_card: bool = False


def toggle(key: str, words: str, opened: Set[str], *, token: str = "accent") -> str:
    """A link that opens or folds what its key names."""
    mark = m.shape("down" if key in opened else "right", 11)
    return f"{mark}&nbsp;{m.link(f'toggle:{key}', words, token=token)}"


def cites(keys: tuple[str, ...]) -> str:
    """The way to each source."""
    return listed(m.link(f"study:{key}", key) for key in keys)


def foldable(advice: Advice) -> list[OptionAdvice]:
    """Options whose card can be folded."""
    return [*advice.with_status("possible"), *advice.with_status("unconfirmed")]


def option_parts(advice: Advice, opened: Set[str]) -> Iterator[Part]:
    """Options by status, in the order that never changes; a part each."""
    yield Part("heads", _heads(advice, opened), _("Heads of the options"))
    for status in LANES:
        found = advice.with_status(status)
        options = sorted(found, key=lambda one: (one.rank is None, one.rank or 0))
        if status == "no-evidence" and options:
            body = _no_evidence(advice, options, opened)
            yield _in_lane(advice, options, 0, body, name=_lane_name(status))
        elif options:
            for at, one in enumerate(options):
                body = _excluded(advice, one, opened) if status == "excluded" else ""
                body = body or _card(advice, one, opened)
                name = beside(led(one.short, word(STATUS, status)), _needs_plain(advice, one))
                yield _in_lane(advice, options, at, body, name=name)


def _heads(advice: Advice, opened: Set[str]) -> str:
    cards = foldable(advice)
    folded = all(f"folded:{one.id}" in opened for one in cards)
    words = _("Unfold all") if folded else _("Fold all")
    fold = toggle("fold-all", words, set() if folded else {"fold-all"}) if cards else ""
    heads = (
        m.cell(fold, width=LANE - 6, rule="edge"),
        m.cell(m.soft(_("Option")), width=_NAME, rule="edge"),
        m.cell(m.soft(_("What it needs")), rule="edge"),
        m.cell(m.soft(_("Certainty")), width=_CERTAINTY, rule="edge"),
        m.cell(m.soft(_("Studied")), width=_N, rule="edge"),
        m.cell(m.soft(_("Fit")), width=_FIT, rule="edge"),
    )
    return m.table([m.row(*heads)], gap=2)


def _in_lane(
    advice: Advice, options: Sequence[OptionAdvice], at: int, body: str, *, name: str
) -> Part:
    """One option beside its lane; the word of the lane stands beside the first."""
    option = options[at]
    status, lane = option.status, ""
    if at == 0:
        count = ngettext("{n} option", "{n} options", len(options)).format(n=len(options))
        lane = f"{m.shape(status, 15)}&nbsp;{_lane_word(status)}<br>{m.soft(count)}"
    # Beside the second, where there is one: the first is low when it is folded.
    if status in ("possible", "unconfirmed") and at == min(1, len(options) - 1):
        if any(one.kind == "cellular" for one in options):
            lane += "<br><br>" if lane else ""
            lane += m.soft(_("Never compared to an approved drug"))
    above = "edge" if at == 0 else ""
    cells = (
        m.cell(lane, width=LANE - 6, rule=above),
        m.cell(body, rule=above or "line"),
    )
    key = status if status == "no-evidence" else f"option:{option.id}"
    return Part(key, m.table([m.row(*cells)]), name, is_card=True)


def _lane_name(status: str) -> str:
    return word(STATUS, status)


def _lane_word(status: str) -> str:
    said = word(STATUS, status)
    return m.sized(m.attention(said) if status == "unconfirmed" else m.bold(said), BODY)


def _card(advice: Advice, option: OptionAdvice, opened: Set[str]) -> str:
    is_folded = f"folded:{option.id}" in opened
    mark = m.shape("right" if is_folded else "down", 11)
    name = m.link(f"toggle:folded:{option.id}", option.short, token="text", is_bold=True)
    row = m.row(
        m.cell(f"{mark}&nbsp;{m.sized(name, BODY)}", width=_NAME),
        m.cell(_needs(advice, option)),
        m.cell(m.text(word(CERTAINTY, option.certainty)), width=_CERTAINTY),
        m.cell(m.text(_studied(option)), width=_N),
        m.cell(m.text(option.fit.shown), width=_FIT),
    )
    html = m.table([row], gap=2)
    is_open = f"arguments:{option.id}" in opened and not is_folded
    lines = [*_place_lines(advice, option), *_caution_lines(option, is_short=not is_open)]
    lines += _note_lines(option) if is_open else []
    html += "".join(m.line(line) for line in lines)
    if is_folded:
        return html
    html += _arguments(option, most=None if is_open else _most_shown(option))
    return html + _links(advice, option, opened)


def _studied(option: OptionAdvice) -> str:
    return f"n {option.fit.n}" if option.fit.n else ""


def _needs_plain(advice: Advice, option: OptionAdvice) -> str:
    if option.status == "excluded":
        return word(WHY, option.bar.why) if option.bar is not None and option.bar.why else ""
    if option.status == "unconfirmed":
        if option.needs:
            return capital(needs_words(advice, option.needs))
        return capital(option.unranked_reason or _("cannot be told yet"))
    return _("Declined by the person") if option.declined else _("needs nothing more")


def _needs(advice: Advice, option: OptionAdvice) -> str:
    said = _needs_plain(advice, option)
    if option.status == "unconfirmed":
        return m.attention(said)
    return m.bold(said) if option.declined else m.text(said)


def _place_lines(advice: Advice, option: OptionAdvice) -> list[str]:
    lines = []
    if option.rank is not None:
        tied = [
            one.short
            for one in advice.options
            if one.tie_group == option.tie_group and one.id != option.id
        ]
        if option.tie_group is not None and tied:
            said = _("Rank {rank}, in a tie with {others}: the order is not known.")
            lines.append(m.text(said.format(rank=option.rank, others=and_list(tied))))
        else:
            lines.append(m.text(_("Rank {rank}.").format(rank=option.rank)))
    elif option.unranked_reason:
        lines.append(m.soft(sentence(capital(option.unranked_reason))))
    return lines


def _caution_lines(option: OptionAdvice, *, is_short: bool) -> list[str]:
    """Every caution; on a closed card what is so, and in full where it is open."""
    cautions = dict.fromkeys(_with_flag(one, is_short=is_short) for one in option.cautions)
    if not cautions:
        return []
    return [f"{m.bold(_('Cautions:'))} {m.text(run_of(cautions))}"]


def _with_flag(finding: Finding, *, is_short: bool = False) -> str:
    said = first_sentence(finding.text) if is_short else finding.text
    flag = _("recalled") if finding.flag == "memory" else ""
    flag = flag or (_("project") if finding.basis == "project" else "")
    return sentence(noted(unended(said), flag))


def _note_lines(option: OptionAdvice) -> list[str]:
    return [m.soft(sentence(note)) for note in option.notes]


def _most_shown(option: OptionAdvice) -> int:
    """Arguments a side that stand on a closed card: few enough to compare options at a glance."""
    return _SCORED if option.effects and option.kind == "cellular" else _UNSCORED


def _hidden(option: OptionAdvice) -> int:
    most = _most_shown(option)
    sides = [sum(one.side == side for one in option.arguments) for side in ("for", "against")]
    return sum(max(0, count - most) for count in sides) + len(option.notes)


def _arguments(option: OptionAdvice, *, most: int | None) -> str:
    """For and against; `most` a side, None: all. Deaths always stand first against."""
    arguments = {
        side: [one for one in option.arguments if one.side == side][:most]
        for side in ("for", "against")
    }
    sides = (
        [_argument(line, "+") for line in arguments["for"]],
        [*_deaths(option), *(_argument(line, _MINUS) for line in arguments["against"])],
    )
    if not any(sides):
        return ""
    heads = m.row(m.cell(m.soft(_("For")), half=True), m.cell(m.soft(_("Against")), half=True))
    columns = m.row(*(m.cell(_list(lines), half=True) for lines in sides))
    return m.table([heads, columns], gap=2)


def _list(lines: list[tuple[str, str]]) -> str:
    if not lines:
        return m.soft(_("Nothing reported"))
    rows = (m.row(m.cell(m.soft(mark), width=12), m.cell(said)) for mark, said in lines)
    return m.table(rows, gap=1)


def _argument(argument: ArgumentLine, mark: str) -> tuple[str, str]:
    said = m.text(unended(argument.text))
    if argument.total is not None:
        said = beside(said, m.bold(m.interval_of(argument.total)))
    said += _figures(argument.figures)
    keys = tuple(k for k in argument.cites if all(k != one.study for one in argument.figures))
    if keys:
        said += f" {cites(keys)}"
    return mark, said


def _figures(figures: tuple[FigureLine, ...]) -> str:
    """One figure a line, then flag and study."""
    return "".join(f"<br>{m.figure(one)}" for one in figures)


def _deaths(option: OptionAdvice) -> list[tuple[str, str]]:
    lines = []
    for label, parts, total in (
        (_("Deaths, all causes"), option.deaths_all_causes, option.deaths_all_total),
        (_("Deaths, treatment-related"), option.deaths_related, option.deaths_related_total),
    ):
        if total is None and not parts:
            if option.kind == "cellular":
                lines.append((_MINUS, led(m.text(label), m.bold(_("not reported")))))
            continue
        said = f"{m.text(label)} {m.bold(m.interval_of(total)) if total else ''}"
        shown = "" if total in parts else _figures(parts)
        if total is not None and total in parts:
            shown = f" {m.study_link(total)}"
        lines.append((_MINUS, f"{said}{shown}"))
    if option.deaths_note:
        lines.append(("", m.soft(sentence(option.deaths_note))))
    return lines


def _links(advice: Advice, option: OptionAdvice, opened: Set[str]) -> str:
    links = []
    key = f"arguments:{option.id}"
    if _hidden(option) or option.cautions or key in opened:
        n = _hidden(option)
        words = ngettext("{n} more argument or note", "{n} more arguments and notes", n)
        words = words.format(n=n) if n else _("Cautions in full")
        links.append(toggle(key, words, opened))
    if option.findings:
        links.append(_gates_link(option, opened))
    if option.certainty_because:
        key = f"certainty:{option.id}"
        links.append(toggle(key, _("Why this certainty, whom it fits"), opened))
    html = m.line(" &nbsp; ".join(links))
    if f"certainty:{option.id}" in opened:
        html += _certainty(option)
    if f"gates:{option.id}" in opened:
        html += _gates(advice, option)
    return html


def _gates_link(option: OptionAdvice, opened: Set[str]) -> str:
    words = _("Every gate read ({n})").format(n=len(option.findings))
    return toggle(f"gates:{option.id}", words, opened)


def _certainty(option: OptionAdvice) -> str:
    html = m.line(m.text(sentence(option.certainty_because)))
    html += m.line(m.text(sentence(counted_words(option))))
    rows = []
    for line in option.fit.lines:
        studied = m.soft(_("studied: {who}").format(who=line.studied))
        means = f"<br>{m.text(line.means)}" if line.means else ""
        rows.append(
            m.row(
                m.cell(m.text(line.feature), width=150, rule="line"),
                m.cell(m.text(line.person), width=120, rule="line"),
                m.cell(studied + means, rule="line"),
                m.cell(m.bold(alike_counted(line)), width=110, rule="line"),
            )
        )
    return html + m.table(rows, gap=2)


def _gates(advice: Advice, option: OptionAdvice) -> str:
    order = {Truth.TRUE: 0, Truth.UNKNOWN: 1, Truth.FALSE: 2}
    rows = []
    for finding in sorted(option.findings, key=lambda one: order[one.blocks]):
        needs = needs_words(advice, finding.missing) if finding.missing else ""
        read = noted(_facts(finding), needs)
        mark = {Truth.TRUE: m.bold, Truth.FALSE: m.text, Truth.UNKNOWN: m.attention}[finding.truth]
        basis = f" {m.soft('(project)')}" if finding.basis == "project" else ""
        effect = word(_EFFECTS, finding.effect)
        rows.append(
            m.row(
                m.cell(
                    led(m.text(effect), mark(_(_TRUTHS[finding.truth]))), width=112, rule="line"
                ),
                m.cell(
                    f"{m.text(sentence(finding.text))}{basis} {m.soft(read)}<br>"
                    f"{m.soft(finding.rule)} &nbsp; {cites(finding.cites)}",
                    rule="line",
                ),
            )
        )
    return m.table(rows, gap=2)


def _facts(finding: Finding) -> str:
    """What the rule read of this person."""
    return listed(led(label, value) for label, value in finding.facts.items())


def _excluded(advice: Advice, option: OptionAdvice, opened: Set[str]) -> str:
    """The condition that failed, in a line; the chain behind it on demand."""
    bar, key = option.bar, f"why:{option.id}"
    said = m.text(_("barred"))
    if bar is not None:
        said = m.text(_with_flag(bar))
        said = led(m.bold(capital(word(WHY, bar.why))), said) if bar.why else said
        if bar.until:
            said = beside(said, m.text(_("Until: {what}").format(what=sentence(bar.until))))
    said += f" &nbsp; {toggle(key, _('Why not?'), opened)}"
    html = m.table(
        [m.row(m.cell(m.name(option.short), width=_NAME), m.cell(said))],
        gap=2,
    )
    return html + _chain(advice, option, opened) if key in opened else html


def _chain(advice: Advice, option: OptionAdvice, opened: Set[str]) -> str:
    """Each rule that bars: this person's facts, sentence, source; then what would change it."""
    heads = (_("What bars"), _("This person"), _("Rule and source"))
    widths = (0, 150, 150)
    rows = [
        m.row(*(m.cell(m.soft(one), width=wide) for one, wide in zip(heads, widths, strict=True)))
    ]
    for bar in option.bars:
        kind = m.bold(capital(word(WHY, bar.why))) if bar.why else ""
        until = _("Until: {what}").format(what=sentence(bar.until)) if bar.until else ""
        written = _("Written for: {whom}").format(whom=bar.population) if bar.population else ""
        parts = (m.text(_with_flag(bar)), kind, m.text(until), m.soft(written))
        source = "<br>".join(part for part in (m.soft(bar.rule), cites(bar.cites)) if part)
        rows.append(
            m.row(
                m.cell("<br>".join(part for part in parts if part), rule="line"),
                m.cell(m.text(_facts(bar) or _("Nothing is read")), width=150, rule="line"),
                m.cell(source, width=150, rule="line"),
            )
        )
    html = m.table(rows, gap=2) + m.line(_changes(option)) + m.line(_gates_link(option, opened))
    return html + (_gates(advice, option) if f"gates:{option.id}" in opened else "")


def _changes(option: OptionAdvice) -> str:
    head = m.bold(_("What would change it:"))
    if not option.changes:
        return f"{head} {m.text(_('Nothing that can be changed.'))}"
    lines = (
        _("{change}: {status}.").format(change=one.words, status=inside(word(STATUS, one.becomes)))
        for one in option.changes[:_CHANGES]
    )
    return f"{head} {m.text(run_of(lines))}"


def _no_evidence(advice: Advice, options: list[OptionAdvice], opened: Set[str]) -> str:
    said = ngettext(
        "{n} option without a human NMOSD outcome for this serostatus. Listed, not ranked.",
        "{n} options without a human NMOSD outcome for this serostatus. Listed, not ranked.",
        len(options),
    ).format(n=len(options))
    html = f"{m.text(said)} {toggle('no-evidence', _('Which, and why'), opened)}"
    if "no-evidence" not in opened:
        return html
    rows = (
        m.row(
            m.cell(m.bold(one.short), width=_NAME, rule="line"),
            m.cell(m.text(sentence(one.no_evidence)) + _other_diseases(advice, one), rule="line"),
        )
        for one in options
    )
    return html + m.table(rows, gap=2)


def _other_diseases(advice: Advice, option: OptionAdvice) -> str:
    """What was reported of an option in people unlike this one; never ranked."""
    if option not in from_elsewhere(advice):
        return ""
    signs = {"for": "+", "against": _MINUS}
    ordered = sorted(option.arguments, key=lambda one: one.side == "against")
    return _list([_argument(one, signs[one.side]) for one in ordered])
