"""The table of effects as marked-up words: the figure and its bar first, the notes on demand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING

from nmosd_cds.advice.model import Advice, EffectLine, OptionAdvice
from nmosd_cds.gui import style
from nmosd_cds.gui.plots.cell_bars import Bar, bar_of
from nmosd_cds.gui.results import markup as m
from nmosd_cds.gui.results.effect_cells import bar_html
from nmosd_cds.gui.results.option_text import LANES, toggle
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import bracketed, capital, clauses, inside, led, listed, parted
from nmosd_cds.report.effects import (
    about_words,
    behind,
    by_directness,
    effect_of,
    lead,
    needs_of,
)
from nmosd_cds.report.wording import CERTAINTY, word

if TYPE_CHECKING:
    from nmosd_cds.evidence.study import Source
    from nmosd_cds.knowledge.knowledge import Knowledge
    from nmosd_cds.knowledge.ranking import Criterion

PAD, GAP = 4, 14


def in_order(options: Sequence[OptionAdvice]) -> tuple[OptionAdvice, ...]:
    """Cells in the order of their status, then what the person has now, then what is barred."""

    def place(one: OptionAdvice) -> tuple[bool, bool, int]:
        return (one.status == "excluded", one.is_present, LANES.index(one.status))

    return tuple(sorted(options, key=place))


def bars_of(
    options: Sequence[OptionAdvice], known: Mapping[str, Criterion], knowledge: Knowledge | None
) -> dict[str, Bar]:
    """What is drawn in each cell, by `option/criterion`."""
    # Imported here: it brings the arithmetic along, which a window starts without.
    from nmosd_cds.advice.cells import Assumptions
    from nmosd_cds.advice.cells import effect_of as derived_effect

    bars = {}
    for option in options:
        for line in option.effects:
            criterion = known.get(line.criterion)
            if criterion is None or knowledge is None:
                continue
            effect = derived_effect(knowledge.options[option.id], criterion, Assumptions())
            is_counted = effect.kind == "count" and effect.discount is None
            bar = bar_of(line, criterion, is_counted=is_counted)
            bars[f"{option.id}/{line.criterion}"] = bar
    return bars


def table(rows: Sequence[str], width: int) -> str:
    """Rows over a fixed width."""
    pad = style.px(PAD)
    return (
        f'<table width="{width}" cellspacing="0" cellpadding="{pad}" border="0">'
        f"{''.join(rows)}</table>"
    )


def _td(marked_up: str, width: int, rule: str) -> str:
    look = f"border-top:1px solid {style.colour(rule).name()};padding-right:{style.px(GAP)}px;"
    return f'<td width="{width}" style="{look}">{marked_up}</td>'


def heads(advice: Advice, options: Sequence[OptionAdvice], first: int, wide: int) -> str:
    """The row of names, with what each needs and how many were studied."""
    about = m.soft(_("unit and range: see notes"))
    cells = [_td(f"{m.bold(_('Criterion'))}<br>{about}", first, "edge")]
    for one in options:
        needs = capital(needs_of(advice, one))
        said = m.attention(needs) if one.status == "unconfirmed" else m.text(needs)
        studied = m.soft(_("no cellular therapy") if one.is_present else _studied(one))
        head = f"{m.shape(one.status, 14)}&nbsp;{m.name(one.short)}<br>{said}<br>{studied}"
        cells.append(_td(head, wide, "edge"))
    return m.row(*cells)


def _studied(option: OptionAdvice) -> str:
    certainty = _("certainty {certainty}").format(
        certainty=inside(word(CERTAINTY, option.certainty))
    )
    return clauses((f"n {option.fit.n}", certainty)) if option.fit.n else certainty


def notes_key(criterion: str, option: str = "") -> str:
    """What has to be open for the notes of a row, or of one cell, to be seen."""
    return f"notes:{criterion}/{option}" if option else f"notes:{criterion}"


def rows(
    options: Sequence[OptionAdvice],
    known: Mapping[str, Criterion],
    sources: Mapping[str, Source],
    opened: Set[str],
    widths: tuple[int, int],
) -> list[str]:
    """One row a criterion, one cell an option.

    Args:
        opened: Keys of the rows and cells whose notes are open.
        widths: Of the first column and of the others.
    """
    first, wide = widths
    made = []
    for at, line in enumerate(options[0].effects):
        rule = "line" if at else "edge"
        criterion = known.get(line.criterion)
        row_key = notes_key(line.criterion)
        cells = [_td(_criterion(line, criterion, opened), first, rule)]
        for one in options:
            effect = effect_of(one, line.criterion)
            said = ""
            if effect is not None:
                is_open = not opened.isdisjoint({row_key, notes_key(line.criterion, one.id)})
                room = wide - style.px(PAD) - style.px(GAP)
                said = _cell(one, effect, criterion, room, is_open=is_open)
                said += _studies(effect, sources, is_open=is_open)
            cells.append(_td(said, wide, rule))
        made.append(m.row(*cells))
    return made


def _criterion(line: EffectLine, criterion: Criterion | None, opened: Set[str]) -> str:
    key = notes_key(line.criterion)
    about = [part for part in about_words(line, criterion) if part]
    shown = about if key in opened else about[-1:]
    said = "<br>".join(m.soft(part) for part in shown)
    return f"{m.bold(line.label)}<br>{said}<br>{toggle(key, _('Notes'), opened)}"


def _cell(
    option: OptionAdvice,
    line: EffectLine,
    criterion: Criterion | None,
    wide: int,
    *,
    is_open: bool,
) -> str:
    first, span, how = lead(line, criterion)
    said = m.bold(first) + (f" &nbsp; {m.soft(span)}" if span else "")
    if criterion is not None:
        said += f"<br>{bar_html(f'{option.id}/{line.criterion}', wide)}"
    if how and is_open:
        said += f"<br>{_linked(how, line.studies)}"
    # The first line of these says the same already.
    says_it = line.kind in ("not-reported", "not-applicable") and not is_open
    return said if says_it else f"{said}<br>{m.text(behind(line))}"


def _studies(line: EffectLine, sources: Mapping[str, Source], *, is_open: bool) -> str:
    """Studies that the words above do not name; those of other diseases always, and last."""
    direct, indirect = by_directness(line.studies, sources)
    unnamed = [key for key in direct if not (is_open and bracketed(key) in line.how)]
    parts = [listed(m.link(f"study:{key}", key) for key in unnamed)] if unnamed else []
    if indirect:
        links = listed(m.link(f"study:{key}", key) for key in indirect)
        parts.append(led(m.soft(_("other diseases")), links))
    return f"<br>{parted(parts)}" if parts else ""


def _linked(how: str, studies: Sequence[str]) -> str:
    """How it was derived, with the way to each study where it is named."""
    html = m.soft(how)
    for key in studies:
        html = html.replace(f"({m.text(key)})", f"({m.link(f'study:{key}', key)})")
    return html


def legend() -> str:
    """What the bars mean."""
    wide = style.px(64)
    words = {
        "counted": _("counted in NMOSD, middle and range"),
        "derived": _("derived or indirect"),
        "open": _("not reported: the whole range"),
        "exact": _("exactly 0 by definition"),
    }
    keys = " &nbsp; ".join(
        f"{bar_html(key, wide)}&nbsp;{m.soft(said.replace(' ', m.NO_BREAK))}"
        for key, said in words.items()
    )
    more = _(
        "The estimate is the middle of the simulated values; 90 of 100 of them lie in the range "
        "beside it. It is not the printed figure, which stands among its notes."
    )
    return f'<p style="margin-top:{style.px(8)}px">{keys}<br>{m.soft(more)}</p>'
