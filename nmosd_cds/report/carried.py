"""The inputs that carried the answer: what deciding rules read, and the course of the disease."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from nmosd_cds.advice.inputs import row_pairs
from nmosd_cds.advice.model import Advice, InputLine
from nmosd_cds.i18n import _, ngettext
from nmosd_cds.i18n.joining import clauses, led, listed, noted, parted
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.case import Case
from nmosd_cds.patient.known import ACCESS
from nmosd_cds.report.model import Block, Cell, Column, Heading, Table, TableRow, words
from nmosd_cds.report.wording import and_list, label_of_access

_ALWAYS = ("aqp4_igg", "mog_igg", "attacks", "edss_series", "acuity_series")
# Rows of which the latest says most: the field, and what dates a row of it.
_DATED = {"attacks": "onset", "edss_series": "date", "acuity_series": "date"}
_MOST_RULES = 2
_MOST_ROWS = 11
_MOST_PAIRS = 2


@dataclass(frozen=True)
class _Carried:
    """One answer: its value, its date, and the rules that decided by it."""

    field: str
    label: str
    value: str
    date: str
    rules: tuple[str, ...]


def carried_blocks(advice: Advice, case: Case) -> Iterator[Block]:
    """One row an input, with unit, date and the rules it decided; like ones together."""
    deciding = _deciding(advice)
    of_field: dict[str, list[InputLine]] = {}
    for line in advice.inputs:
        of_field.setdefault(line.field, []).append(line)
    groups: dict[tuple[str, str, tuple[str, ...]], list[_Carried]] = {}
    for field, lines in of_field.items():
        rules = tuple(sorted(filter(deciding.get, lines[0].rules), key=deciding.__getitem__))
        if rules or field in _ALWAYS:
            one = _carried(field, lines, rules, case)
            groups.setdefault((one.value, one.date, one.rules), []).append(one)
    if not groups:
        return
    found = list(groups.values())
    first = sorted(found, key=lambda group: (group[0].field not in _ALWAYS, -len(group[0].rules)))
    kept = first[:_MOST_ROWS]
    rest = sum(map(len, first[_MOST_ROWS:]))
    title = _("Inputs that carried the answer")
    if rest:
        more = ngettext("{count} more in the annex", "{count} more in the annex", rest)
        title = noted(title, more.format(count=rest))
    yield Heading(title)
    columns = (
        Column(_("Input"), 0.24),
        Column(_("Value"), 0.3),
        Column(_("Date"), 0.12),
        Column(_("Rules that decided by it"), 0.34),
    )
    yield Table(columns, tuple(_row(group) for group in found if group in kept), dense=True)


def _carried(field: str, lines: list[InputLine], rules: tuple[str, ...], case: Case) -> _Carried:
    whole = lines[0]
    number = _latest(case, field) if field in _DATED else None
    value = whole.value or _("Not known")
    if number is None or number >= len(lines):
        return _Carried(field, whole.label, value, whole.date, rules)
    (_label, date), *pairs = row_pairs(getattr(case.patient, field).rows[number - 1])
    latest = parted(led(*pair) for pair in pairs[:_MOST_PAIRS])
    return _Carried(field, whole.label, noted(latest, value) if latest else value, date, rules)


def _deciding(advice: Advice) -> dict[str, int]:
    """Rules that bar an option or leave it open, and cautions that hold; those of many first."""
    found: Counter[str] = Counter(
        finding.rule
        for option in advice.options
        if option.status != "no-evidence"
        for finding in option.findings
        if finding.blocks is not Truth.FALSE
        or (finding.effect == "cautions" and finding.truth is Truth.TRUE)
    )
    return {rule: number for number, (rule, _times) in enumerate(found.most_common(), start=1)}


def _latest(case: Case, field: str) -> int | None:
    """The number of the row that is dated last, from 1; None if no row has a date."""
    rows = getattr(case.patient, field)
    dated = []
    for number, row in enumerate(rows.rows if rows else (), start=1):
        answer = getattr(row, _DATED[field])
        if answer is not None and answer.value is not None:
            dated.append((answer.value.last, number))
    return max(dated)[1] if dated else None


def _row(group: list[_Carried]) -> TableRow:
    first = group[0]
    said = listed(first.rules[:_MOST_RULES])
    rest = len(first.rules) - _MOST_RULES
    if rest > 0:
        more = ngettext("{count} more", "{count} more", rest).format(count=rest)
        said = clauses([said, more])
    access = [one.label for one in group if one.field.startswith(ACCESS)]
    labels = [one.label for one in group if not one.field.startswith(ACCESS)]
    if len(access) > 1:
        names = (label_of_access(one.field) for one in group if one.field.startswith(ACCESS))
        access = [_("Access to {drug}").format(drug=and_list(names))]
    label = parted([*labels, *access])
    cells = (words(label), words(first.value), words(first.date), words(said, tone="soft"))
    return TableRow(tuple(Cell((cell,)) for cell in cells))
