"""The advice as marked-up words: rows of facts, lanes of options, robustness. Decides nothing."""

from __future__ import annotations

from collections.abc import Set

from nmosd_cds.advice.model import (
    Advice,
    ArgumentLine,
    ClassState,
    FigureLine,
    Finding,
    OptionAdvice,
    StandardCare,
)
from nmosd_cds.gui.results import markup as m
from nmosd_cds.gui.style import BODY, TITLE
from nmosd_cds.i18n import N_, _, format_partial, ngettext
from nmosd_cds.logic.truth import Truth
from nmosd_cds.report.arguments import from_elsewhere
from nmosd_cds.report.fit import alike_counted, counted_words
from nmosd_cds.report.wording import (
    CERTAINTY,
    CLASS_STATE,
    INDICATION,
    STANDARD_CARE,
    STATUS,
    WHY,
    and_list,
    capital,
    inside,
    met,
    needs_words,
    of_100,
    sentence,
    sentences,
    with_interval,
    word,
)

_MINUS = "\N{MINUS SIGN}"
LANES = ("possible", "unconfirmed", "excluded", "no-evidence")
# Arguments a side on a closed card.
_ON_A_CARD = 3
# Changes said of an excluded option.
_CHANGES = 3
_LANE, _NAME, _CERTAINTY, _N, _FIT = 114, 152, 60, 52, 42
_TRUTHS = {Truth.TRUE: N_("true"), Truth.FALSE: N_("false"), Truth.UNKNOWN: N_("unknown")}
_EFFECTS = {
    "excludes": N_("excludes"),
    "requires": N_("requires"),
    "cautions": N_("cautions"),
    "favours": N_("favours"),
}


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
    return m.row(m.cell(m.bold(label), width=_LANE - 6, rule="line"), m.cell(said, rule="line"))


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
    state = m.bold(f"{word(INDICATION, indication.state)}:")
    return f"{state} {m.text(sentence(indication.sentence))} {m.soft(activity)}"


def _approved(advice: Advice, opened: Set[str]) -> str:
    care = advice.standard_care
    state = word(STANDARD_CARE, care.state)
    said = f"{m.bold(state)} {m.soft(_('(project rule)'))}: {m.text(sentence(care.sentence))}"
    if care.sentence.startswith(state):
        said = f"{m.bold(state)}{m.text(sentence(care.sentence)[len(state) :])}"
    if care.classes:
        classes = "; ".join(_class(one) for one in care.classes)
        said += f"<br>{m.with_drugs(sentence(classes))}"
        said += f"<br>{m.soft(_('Sheets:'))} {_sheets(care)}"
    if care.points_away:
        speaks = _("Speaks for another explanation than failure:")
        said += f"<br>{m.attention(speaks)} {m.with_drugs(' '.join(care.points_away))}"
    if care.unchecked:
        n = len(care.unchecked)
        words = ngettext(
            "{n} question not answered before calling it failure",
            "{n} questions not answered before calling it failure",
            n,
        )
        said += f"<br>{_toggle('unchecked', words.format(n=n), opened, token='attention')}"
        if "unchecked" in opened:
            said += m.table(
                (
                    m.row(m.cell(m.attention("?"), width=12), m.cell(m.with_drugs(one)))
                    for one in care.unchecked
                ),
                gap=1,
            )
    if care.definitions:
        said += "" if care.unchecked and "unchecked" in opened else "<br>"
        words = _("Definitions of failure and activity, side by side: {counts}")
        said += _toggle("definitions", words.format(counts=_counts(care)), opened)
        if "definitions" in opened:
            said += _definitions(advice)
    return said


def _class(one: ClassState) -> str:
    drug = [one.drug or "", format_partial(one.date) if one.date else ""]
    about = [one.detail] if one.detail else drug
    about = [words for words in about if words]
    said = f"{one.label} {word(CLASS_STATE, one.state)}"
    return f"{said} ({', '.join(about)})" if about else said


def _counts(care: StandardCare) -> str:
    """How many definitions are met, are not, and cannot be told."""
    parts = []
    for truth in (Truth.TRUE, Truth.FALSE, Truth.UNKNOWN):
        n = sum(line.met is truth for line in care.definitions)
        parts += [f"{n} {met(truth)}"] if n else []
    return ", ".join(parts)


def _sheets(care: StandardCare) -> str:
    """The drugs of every class, each the way to its sheet."""
    return ", ".join(m.with_drugs(drug) for one in care.classes for drug in one.drugs)


def _definitions(advice: Advice) -> str:
    heads = (_("Definition"), _("Asks for"), _("This person"))
    rows = [m.row(*(m.cell(m.soft(head), rule="edge") for head in heads))]
    for line in advice.standard_care.definitions:
        mark = {Truth.TRUE: m.bold, Truth.FALSE: m.text, Truth.UNKNOWN: m.attention}[line.met]
        needs = needs_words(advice, line.missing) if line.missing else ""
        who = (
            f" {m.soft('(project rule)')}" if line.basis == "project" else f" {_cites(line.cites)}"
        )
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


def _cites(keys: tuple[str, ...]) -> str:
    return ", ".join(m.link(f"study:{key}", key) for key in keys)


def _toggle(key: str, words: str, opened: Set[str], *, token: str = "accent") -> str:
    mark = m.shape("down" if key in opened else "right", 11)
    return f"{mark}&nbsp;{m.link(f'toggle:{key}', words, token=token)}"


def lanes_html(advice: Advice, opened: Set[str]) -> str:
    """Options by status, in the order that never changes."""
    lanes = "".join(_lane(advice, status, opened) for status in LANES)
    return _heads() + lanes


def _heads() -> str:
    heads = (
        m.cell("", width=_LANE - 6, rule="edge"),
        m.cell(m.soft(_("Option")), width=_NAME, rule="edge"),
        m.cell(m.soft(_("What it needs")), rule="edge"),
        m.cell(m.soft(_("Certainty")), width=_CERTAINTY, rule="edge"),
        m.cell(m.soft(_("Studied")), width=_N, rule="edge"),
        m.cell(m.soft(_("Fit")), width=_FIT, rule="edge"),
    )
    return m.table([m.row(*heads)], gap=2)


def _lane(advice: Advice, status: str, opened: Set[str]) -> str:
    options = sorted(advice.with_status(status), key=lambda one: (one.rank is None, one.rank or 0))
    if not options:
        return ""
    count = ngettext("{n} option", "{n} options", len(options)).format(n=len(options))
    head = f"{m.shape(status, 15)}&nbsp;{_lane_word(status)}<br>{m.soft(count)}"
    if status in ("possible", "unconfirmed"):
        body = "".join(
            _card(advice, one, opened, is_first=at == 0) for at, one in enumerate(options)
        )
        if any(one.kind == "cellular" for one in options):
            head += f"<br><br>{m.soft(_('Never compared to an approved drug'))}"
    elif status == "excluded":
        body = m.table(
            (_excluded(advice, one, opened, at == 0) for at, one in enumerate(options)), gap=2
        )
    else:
        body = _no_evidence(advice, options, opened)
    return m.table([m.row(m.cell(head, width=_LANE - 6, rule="edge"), m.cell(body, rule="edge"))])


def _lane_word(status: str) -> str:
    said = word(STATUS, status)
    return m.sized(m.attention(said) if status == "unconfirmed" else m.bold(said), BODY)


def _card(advice: Advice, option: OptionAdvice, opened: Set[str], *, is_first: bool) -> str:
    rule = "" if is_first else "line"
    rows = [
        m.row(
            m.cell(m.name(option.short), width=_NAME, rule=rule),
            m.cell(_needs(advice, option), rule=rule),
            m.cell(m.text(word(CERTAINTY, option.certainty)), width=_CERTAINTY, rule=rule),
            m.cell(m.text(_studied(option)), width=_N, rule=rule),
            m.cell(m.text(option.fit.shown), width=_FIT, rule=rule),
        )
    ]
    html = m.table(rows, gap=2)
    lines = [*_place_lines(advice, option), *_caution_lines(option)]
    is_open = f"arguments:{option.id}" in opened
    lines += _note_lines(option) if is_open else []
    html += "".join(_line(line) for line in lines)
    html += _arguments(option, most=None if is_open else _most_shown(option))
    return html + _links(advice, option, opened)


def _line(marked_up: str) -> str:
    return f'<p style="margin:0 2px 2px 2px">{marked_up}</p>'


def _studied(option: OptionAdvice) -> str:
    return f"n {option.fit.n}" if option.fit.n else ""


def _needs(advice: Advice, option: OptionAdvice) -> str:
    if option.status == "unconfirmed":
        if option.needs:
            return m.attention(capital(needs_words(advice, option.needs)))
        return m.attention(capital(option.unranked_reason or _("cannot be told yet")))
    if option.declined:
        return m.bold(_("Declined by the person"))
    return m.text(_("needs nothing more"))


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


def _caution_lines(option: OptionAdvice) -> list[str]:
    cautions = list(dict.fromkeys(_with_flag(finding) for finding in option.cautions))
    if not cautions:
        return []
    return [f"{m.bold(_('Cautions:'))} {m.text(' '.join(cautions))}"]


def _with_flag(finding: Finding) -> str:
    said = sentence(finding.text)
    if finding.flag == "memory":
        return f"{said[:-1]} ({_('recalled')})."
    return f"{said[:-1]} ({_('project')})." if finding.basis == "project" else said


def _note_lines(option: OptionAdvice) -> list[str]:
    return [m.soft(sentence(note)) for note in option.notes]


def _most_shown(option: OptionAdvice) -> int:
    """Arguments a side that stand on a closed card: few enough to compare options at a glance."""
    scored = option.effects and option.kind == "cellular"
    return _ON_A_CARD if scored else 0


def _hidden(option: OptionAdvice) -> int:
    most = _most_shown(option)
    sides = [sum(one.side == side for one in option.arguments) for side in ("for", "against")]
    return sum(max(0, count - most) for count in sides) + len(option.notes)


def _arguments(option: OptionAdvice, *, most: int | None) -> str:
    """For and against; `most` a side, None: all. Deaths always stand first against."""
    if most == 0:
        return ""
    arguments = {
        side: [one for one in option.arguments if one.side == side][:most]
        for side in ("for", "against")
    }
    sides = (
        [_argument(line, "+") for line in arguments["for"]],
        [*_deaths(option), *(_argument(line, _MINUS) for line in arguments["against"])],
    )
    heads = m.row(m.cell(m.soft(_("For")), half=True), m.cell(m.soft(_("Against")), half=True))
    columns = m.row(*(m.cell(_list(lines), half=True) for lines in sides))
    return m.table([heads, columns], gap=2)


def _list(lines: list[tuple[str, str]]) -> str:
    if not lines:
        return m.soft(_("Nothing reported"))
    rows = (m.row(m.cell(m.soft(mark), width=12), m.cell(said)) for mark, said in lines)
    return m.table(rows, gap=1)


def _argument(argument: ArgumentLine, mark: str) -> tuple[str, str]:
    said = m.text(argument.text.rstrip("."))
    if argument.total is not None:
        said += f" {m.bold(with_interval(argument.total))}"
    said += _figures(argument.figures, alone=argument.total is None)
    keys = tuple(k for k in argument.cites if all(k != one.study for one in argument.figures))
    if keys:
        said += f" {_cites(keys)}"
    return mark, said


def _figures(figures: tuple[FigureLine, ...], *, alone: bool) -> str:
    if len(figures) == 1 and alone:
        return f": {m.figure(figures[0])}"
    return "".join(f"<br>{m.figure(one)}" for one in figures)


def _deaths(option: OptionAdvice) -> list[tuple[str, str]]:
    lines = []
    for label, parts, total in (
        (_("Deaths, all causes"), option.deaths_all_causes, option.deaths_all_total),
        (_("Deaths, treatment-related"), option.deaths_related, option.deaths_related_total),
    ):
        if total is None and not parts:
            if option.kind == "cellular":
                lines.append((_MINUS, f"{m.text(label)}: {m.bold(_('not reported'))}"))
            continue
        said = f"{m.text(label)} {m.bold(with_interval(total)) if total else ''}"
        shown = "" if total in parts else _figures(parts, alone=False)
        if total is not None and total in parts:
            shown = f" {m.study_link(total)}"
        lines.append((_MINUS, f"{said}{shown}"))
    if option.deaths_note:
        lines.append(("", m.soft(sentence(option.deaths_note))))
    return lines


def _links(advice: Advice, option: OptionAdvice, opened: Set[str]) -> str:
    links = []
    key = f"arguments:{option.id}"
    if _hidden(option) or key in opened:
        words = _("For, against, notes")
        if _most_shown(option):
            words = _("{n} more arguments and notes").format(n=_hidden(option))
        links.append(_toggle(key, words, opened))
    key = f"gates:{option.id}"
    if option.findings:
        words = _("Every gate read ({n})").format(n=len(option.findings))
        links.append(_toggle(key, words, opened))
    if option.certainty_because:
        key = f"certainty:{option.id}"
        links.append(_toggle(key, _("Why this certainty, whom it fits"), opened))
    html = _line(" &nbsp; ".join(links))
    if f"certainty:{option.id}" in opened:
        html += _certainty(option)
    if f"gates:{option.id}" in opened:
        html += _gates(advice, option)
    return html


def _certainty(option: OptionAdvice) -> str:
    html = _line(m.text(sentence(option.certainty_because)))
    html += _line(m.text(sentence(counted_words(option))))
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
        read = ", ".join(f"{label}: {value}" for label, value in finding.facts.items())
        if finding.missing:
            read += f" ({needs_words(advice, finding.missing)})"
        mark = {Truth.TRUE: m.bold, Truth.FALSE: m.text, Truth.UNKNOWN: m.attention}[finding.truth]
        basis = f" {m.soft('(project)')}" if finding.basis == "project" else ""
        effect = word(_EFFECTS, finding.effect)
        rows.append(
            m.row(
                m.cell(
                    f"{m.text(effect)}: {mark(_(_TRUTHS[finding.truth]))}", width=112, rule="line"
                ),
                m.cell(
                    f"{m.text(sentence(finding.text))}{basis} {m.soft(read)}<br>"
                    f"{m.soft(finding.rule)} &nbsp; {_cites(finding.cites)}",
                    rule="line",
                ),
            )
        )
    return m.table(rows, gap=2)


def _excluded(advice: Advice, option: OptionAdvice, opened: Set[str], is_first: bool) -> str:
    bar, rule = option.bar, "" if is_first else "line"
    said = m.text(_("barred"))
    if bar is not None:
        kind = f"{capital(word(WHY, bar.why))}: " if bar.why else ""
        said = m.text(f"{kind}{_with_flag(bar)}")
        read = ", ".join(f"{label}: {value}" for label, value in bar.facts.items())
        said += f" {m.soft(f'[{read}]')}" if read else ""
        said += (
            f" {m.text(_('Until: {what}').format(what=sentence(bar.until)))}" if bar.until else ""
        )
        more = len(option.bars) - 1
        if more > 0:
            words = ngettext("and {n} more reason", "and {n} more reasons", more).format(n=more)
            said += f" {m.link(f'toggle:gates:{option.id}', words)}"
    said += f" {_cites(bar.cites)}" if bar is not None else ""
    said += _changes(option)
    key = f"gates:{option.id}"
    said += f"<br>{_toggle(key, _('Every gate read ({n})').format(n=len(option.findings)), opened)}"
    if key in opened:
        said += _gates(advice, option)
    return m.row(m.cell(m.name(option.short), width=_NAME, rule=rule), m.cell(said, rule=rule))


def _changes(option: OptionAdvice) -> str:
    if not option.changes:
        return ""
    lines = (
        _("{change}: {status}.").format(change=one.words, status=inside(word(STATUS, one.becomes)))
        for one in option.changes[:_CHANGES]
    )
    return f"<br>{m.bold(_('What would change it:'))} {m.text(' '.join(lines))}"


def _no_evidence(advice: Advice, options: list[OptionAdvice], opened: Set[str]) -> str:
    said = ngettext(
        "{n} option without a human NMOSD outcome for this serostatus. Listed, not ranked.",
        "{n} options without a human NMOSD outcome for this serostatus. Listed, not ranked.",
        len(options),
    ).format(n=len(options))
    html = f"{m.text(said)} {_toggle('no-evidence', _('Which, and why'), opened)}"
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
        + _line(m.bold(said))
        + m.table(rows, gap=2)
        + _line(m.soft(more))
    )
