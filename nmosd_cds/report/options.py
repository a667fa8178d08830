"""The table of options on the first page: status, what it needs, cautions, deaths, certainty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from nmosd_cds.advice.model import Advice, FigureLine, OptionAdvice
from nmosd_cds.i18n import _, ngettext
from nmosd_cds.i18n.joining import gap, headed, led, listed, parted, run_of
from nmosd_cds.report.model import Cell, Column, Line, Mark, Run, Table, TableRow, words
from nmosd_cds.report.wording import (
    CERTAINTY,
    STATUS,
    WHY,
    and_list,
    first_sentence,
    flagged,
    needs_words,
    sentence,
    with_interval,
    word,
)


@dataclass(frozen=True)
class Density:
    """How much of the first page is said in full; nothing that lowers confidence is left out.

    Attributes:
        questions: Rows of questions with all their answers; the others are named in one line.
        needs: Missing facts named in an option's row; the others are counted.
        full_cautions: Whether a caution is said with its reasons, or by its first sentence alone.
        names_without_evidence: Whether options without evidence are named here.
        grouped: Whether options that say the same share a row.
        full_bars: Whether a bar is said with its reasons, or by its first sentence alone.
        scenarios: Scenarios side by side; the others are summed up as a range.
    """

    questions: int
    needs: int
    full_cautions: bool
    names_without_evidence: bool
    grouped: bool
    full_bars: bool
    scenarios: int


DENSITIES = (
    Density(6, 4, True, True, False, True, 3),
    Density(6, 4, True, True, True, True, 2),
    Density(5, 4, False, True, True, True, 3),
    Density(5, 4, False, True, True, True, 2),
    Density(4, 4, False, True, True, True, 2),
    Density(4, 4, False, False, True, True, 2),
    Density(4, 3, False, False, True, True, 1),
    Density(3, 3, False, False, True, True, 1),
    Density(3, 2, False, False, True, True, 1),
    Density(2, 2, False, False, True, True, 1),
    Density(2, 1, False, False, True, True, 1),
    Density(1, 2, False, False, True, True, 1),
    Density(1, 1, False, False, True, True, 1),
    Density(1, 1, False, False, True, False, 1),
    Density(0, 1, False, False, True, False, 1),
)
# From here on a caution of many options is said once.
_SHARED_BY = 3


def option_table(advice: Advice, density: Density) -> Table:
    """Every option, in the order that never changes: possible, cannot tell, excluded, none."""
    live = [*_by_rank(advice.with_status("possible")), *advice.with_status("unconfirmed")]
    shared = _shared_cautions(live, density)
    groups = _groups(live, density, shared)
    rows = [_row(advice, group, density, shared) for group in groups]
    rows += _shared_rows(shared)
    rows += _excluded_rows(advice.with_status("excluded"), density)
    rows += _no_evidence_rows(advice.with_status("no-evidence"), density)
    return Table(
        columns=(
            Column(_("Status"), 0.15),
            Column(_("Option, what it needs, deaths, cautions"), 0.6),
            Column(_("Certainty"), 0.095),
            Column(_("Studied"), 0.085),
            Column(_("Alike"), 0.07),
        ),
        rows=tuple(rows),
    )


def _by_rank(options: Iterable[OptionAdvice]) -> list[OptionAdvice]:
    return sorted(options, key=lambda option: (option.rank is None, option.rank or 0))


def _shared_cautions(options: list[OptionAdvice], density: Density) -> dict[str, tuple[str, ...]]:
    """Text of each caution of many options, and the names of those options."""
    counted = Counter(text for option in options for text in _cautions(option, density))
    return {
        text: tuple(option.short for option in options if text in _cautions(option, density))
        for text, times in counted.items()
        if times >= _SHARED_BY
    }


def _cautions(option: OptionAdvice, density: Density) -> tuple[str, ...]:
    said = sentence if density.full_cautions else first_sentence
    return tuple(dict.fromkeys(flagged(said(one.text), one.flag) for one in option.cautions))


def _groups(
    options: list[OptionAdvice], density: Density, shared: dict[str, tuple[str, ...]]
) -> list[list[OptionAdvice]]:
    groups: dict[object, list[OptionAdvice]] = {}
    for option in options:
        own = tuple(text for text in _cautions(option, density) if text not in shared)
        same = (option.status, option.kind, option.needs, option.certainty, own, option.declined)
        plain = density.grouped and option.rank is None and not _deaths_count(option)
        groups.setdefault(same if plain else option.id, []).append(option)
    return list(groups.values())


def _row(
    advice: Advice,
    group: list[OptionAdvice],
    density: Density,
    shared: dict[str, tuple[str, ...]],
) -> TableRow:
    first = group[0]
    below = _caution_lines(first, density, shared)
    if first.kind == "cellular":
        below = [(*_deaths(first), *(Run(gap()), *below[0])) if below else _deaths(first)]
    return TableRow(
        (
            _status(first.status),
            Cell((_name_line(advice, group, density),)),
            Cell((words(_once(_certainty(option) for option in group)),)),
            Cell((words(_once(_studied(option) for option in group)),)),
            Cell((words(_once(_fit(option) for option in group)),)),
        ),
        below=tuple(below),
    )


def _once(said: Iterable[str]) -> str:
    return listed(dict.fromkeys(said))


def _certainty(option: OptionAdvice) -> str:
    return word(CERTAINTY, option.certainty)


def _studied(option: OptionAdvice) -> str:
    return _("n {count}").format(count=option.fit.n) if option.fit.n else _("none")


def _fit(option: OptionAdvice) -> str:
    return option.fit.shown or _("none")


def _status(status: Mark) -> Cell:
    tone = "attention" if status == "unconfirmed" else "soft" if status == "no-evidence" else "text"
    return Cell((words(word(STATUS, status), bold=True, tone=tone),), mark=status)  # type: ignore[arg-type]  # one of the tones


def _name_line(advice: Advice, group: list[OptionAdvice], density: Density) -> Line:
    first = group[0]
    line: Line = words(and_list(option.short for option in group), bold=True)
    if first.status == "unconfirmed":
        needs = needs_words(advice, first.needs, density.needs) if first.needs else ""
        why = needs or first.unranked_reason or _("the serostatus is not known")
        line += words(f" {why}", bold=bool(needs), tone="attention")
    if place := _place(advice, first):
        line += words(f"  {place}", tone="soft")
    if first.declined:
        line += words(f"  {_('declined by the person')}", bold=True)
    return line


def _place(advice: Advice, option: OptionAdvice) -> str:
    if option.rank is None:
        return ""
    tied = [one for one in advice.options if one.tie_group == option.tie_group]
    if option.tie_group is not None and len(tied) > 1:
        others = and_list(one.short for one in tied if one.id != option.id)
        return _("rank {rank}, in a tie with {others}").format(rank=option.rank, others=others)
    return _("rank {rank}").format(rank=option.rank)


def _caution_lines(
    option: OptionAdvice, density: Density, shared: dict[str, tuple[str, ...]]
) -> list[Line]:
    cautions = _cautions(option, density)
    own = [text for text in cautions if text not in shared]
    if not own:
        return []
    label = ngettext("Caution:", "Cautions:", len(own))
    return [words(f"{label}{gap()}", tone="soft") + words(run_of(own))]


def _deaths_count(option: OptionAdvice) -> bool:
    return bool(option.deaths_all_causes or option.deaths_related)


def _deaths(option: OptionAdvice) -> Line:
    said = _deaths_said(option.deaths_all_total, option.deaths_all_causes)
    related = _deaths_said(option.deaths_related_total, option.deaths_related)
    note = words(f"{gap()}{sentence(option.deaths_note)}") if option.deaths_note else ()
    if said and related:
        text = _("Deaths, all causes {all_causes}, related {related}.")
        return words(text.format(all_causes=said, related=related), bold=True) + note
    if said:
        text = _("Deaths, all causes {all_causes}; related: no count reported.")
        return words(text.format(all_causes=said), bold=True) + note
    if related:
        text = _("Deaths, all causes: no count reported; related {related}.")
        return words(text.format(related=related), bold=True) + note
    return words(_("Deaths, all causes: no count reported."))


def _deaths_said(total: FigureLine | None, parts: tuple[FigureLine, ...]) -> str:
    if total is not None:
        return with_interval(total)
    return parted(f"{with_interval(figure)} {figure.study}" for figure in parts)


def _shared_rows(shared: dict[str, tuple[str, ...]]) -> list[TableRow]:
    by_names: dict[tuple[str, ...], list[str]] = {}
    for text, names in shared.items():
        by_names.setdefault(names, []).append(text)
    lines = tuple(
        (Run(headed(and_list(names)), bold=True), Run(run_of(texts)))
        for names, texts in by_names.items()
    )
    if not lines:
        return []
    return [TableRow((Cell((words(_("Shared cautions"), bold=True),)), Cell(lines)))]


def _excluded_rows(options: tuple[OptionAdvice, ...], density: Density) -> list[TableRow]:
    groups: dict[tuple[str, str], list[OptionAdvice]] = {}
    for option in options:
        bar = option.bar
        groups.setdefault((bar.text if bar else "", option.why or ""), []).append(option)
    return [_excluded_row(group, density) for group in groups.values()]


def _excluded_row(group: list[OptionAdvice], density: Density) -> TableRow:
    bar = group[0].bar
    line: Line = words(and_list(option.short for option in group), bold=True)
    if bar is None:
        return TableRow((_status("excluded"), Cell((line,))))
    kind = headed(f" {word(WHY, bar.why)}" if bar.why else "")
    said = sentence(bar.text) if density.full_bars else first_sentence(bar.text)
    line += words(kind, bold=True) + words(flagged(said, bar.flag))
    if bar.until:
        line += words(gap() + _("Until: {what}").format(what=sentence(bar.until)), tone="soft")
    return TableRow((_status("excluded"), Cell((line,))))


def _no_evidence_rows(options: tuple[OptionAdvice, ...], density: Density) -> list[TableRow]:
    if not options:
        return []
    count = len(options)
    text = ngettext(
        "{count} option without a human NMOSD outcome for this serostatus",
        "{count} options without a human NMOSD outcome for this serostatus",
        count,
    ).format(count=count)
    names = listed(option.short for option in options)
    line = words(sentence(led(text, names) if density.names_without_evidence else text))
    return [TableRow((_status("no-evidence"), Cell((line,))))]
