"""A pasted block of laboratory results: field, value, unit and day of every line that is certain.

Nothing is guessed. A line whose name, value or date leaves a choice is left, with a sentence why;
nothing is written here, the person takes what was recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nmosd_cds.i18n import N_, _
from nmosd_cds.patient.codec import from_text
from nmosd_cds.patient.dates import PartialDate
from nmosd_cds.patient.field import FieldSpec
from nmosd_cds.patient.lab_names import key_of, keys
from nmosd_cds.patient.typed import Typed, typed_of, words_of
from nmosd_cds.patient.typed_dates import days_of
from nmosd_cds.patient.typed_words import STROKES, UNKNOWN
from nmosd_cds.patient.wording import folded

MOST_LINES = 400
MOST_SIGNS = 60_000


@dataclass(frozen=True)
class Recognised:
    """One line that is certain.

    Attributes:
        field: Name of the field.
        text: Value and unit as the codec reads them.
        shown: The same in words.
        date: Day of the result; None if the block names none.
        line: The line as it was pasted.
    """

    field: str
    text: str
    shown: str
    date: PartialDate | None
    line: str


@dataclass(frozen=True)
class Left:
    """One line that was not taken, and why."""

    line: str
    why: str


@dataclass(frozen=True)
class Block:
    """What a pasted block holds."""

    recognised: tuple[Recognised, ...] = ()
    left: tuple[Left, ...] = ()


_COLUMNS: Mapping[str, frozenset[str]] = {
    "name": frozenset({
        "test", "tests", "analyte", "item", "parameter", "name", "investigation", "项目",
        "检验项目", "项目名称", "检测项目", "名称", "中文名称",
    }),
    "value": frozenset({"result", "results", "value", "结果", "检验结果", "检测结果", "测定结果"}),
    "unit": frozenset({"unit", "units", "单位"}),
    "other": frozenset({
        "reference", "referencerange", "range", "ref", "refrange", "normalrange", "flag", "method",
        "参考值", "参考范围", "参考区间", "提示", "标志", "方法", "检测方法", "序号", "no", "code",
        "代码", "缩写", "英文缩写", "status",
    }),
    "date": frozenset({
        "date", "collected", "collectiondate", "sampledate", "datecollected", "日期", "采样日期",
        "采集日期", "采样时间", "采集时间", "检验日期",
    }),
}  # fmt: skip
# The day of the sample wins over the day of the report; a day of birth or of printing is neither.
_SAMPLED = re.compile(
    r"(?:collected|collection date|date collected|sample date|sampled|specimen date|drawn|date"
    r"|采样日期|采样时间|采集日期|采集时间|送检日期|检验日期|日期)\s*(?:on)?\s*[:：]?\s*(.+)",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"(?:reported|report date|报告日期|报告时间|审核时间)\s*(?:on)?\s*[:：]?\s*(.+)", re.IGNORECASE
)
_SKIPPED = re.compile(
    r"(?:name|patient|born|date of birth|dob|birth date|sex|gender|age|printed|page|hospital"
    r"|姓名|性别|年龄|出生日期|出生年月|打印|门诊号|住院号|床号|科室|医生|检验者|审核者|第.*页|备注)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"[(\[]?\s*(?:[<>≤≥]=?\s*\d[\d.]*|\d[\d.]*\s*(?:-|~|–|—|－|～|to|至)\s*\d[\d.]*)\s*[)\]]?\s*",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"[(\[（【]?\s*(?:ref(?:erence)?\.?(?:\s*range)?|normal(?:\s*range)?|参考值|参考范围|参考区间)"
    r"\s*[:：]?.*",
    re.IGNORECASE,
)
_BRACKETED_RANGE = re.compile(
    r"[(\[（【]\s*[<>≤≥]?\s*\d[\d.]*\s*(?:(?:-|~|–|—|－|～|to|至)\s*\d[\d.]*)?\s*[\w/^%*μµ]*\s*[)\]）】]"
)
_FLAG = re.compile(r"(?:\s+(?:H|L|HH|LL|N|\*+|high|low|normal|abnormal)|\s*[↑↓⬆⬇]+)\s*$", re.I)
_ALONE = re.compile(r"(?:H|L|HH|LL|N|\*+|[↑↓]+|high|low|normal|正常|偏高|偏低|\d{1,2}\.?)", re.I)
_DATE_AT_END = re.compile(
    r"(?:^|[\s(,，（])((?:\d{1,2}[- ]?[A-Za-z]{3,9}[- ]?\d{4})|(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
    r"|(?:\d{4}年\d{1,2}月(?:\d{1,2}日)?)|(?:\d{1,2}[./-]\d{1,2}[./-]\d{4})"
    r"|(?:[A-Za-z]{3,9} \d{4}))"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?[)）]?\s*$"
)
_RESULTS_BEGIN = "阴阳未检正异小大低高"
# A number that names a unit itself.
_NAMES_UNIT = re.compile(r"\d\s*[A-Za-z%/*\u03bc\u4e00-\u9fff]")
_SPLIT = re.compile(r"\t|\s{2,}|\s*\|\s*")

NO_NAME = N_("No name of a test in it is known here.")


def read_block(specs: Mapping[str, FieldSpec], text: str, on: date) -> Block:
    """Recognise the results in a pasted block.

    Args:
        specs: The fields of the form by name.
        text: As it was pasted.
        on: Day of assessment.

    Returns:
        What is certain, in the order of the block, and every other line that is not blank.
    """
    lines = [line.strip("\r\n \u3000") for line in text[:MOST_SIGNS].splitlines()]
    lines = [line.strip() and line for line in lines]
    reader = _Reader(specs, on)
    reader.day = _day_of_block(lines, on)
    for line in lines[:MOST_LINES]:
        if line.strip():
            reader.read(line)
    if len(lines) > MOST_LINES or len(text) > MOST_SIGNS:
        reader.leave(_("The rest"), _("The block is too long; paste it in parts."))
    return reader.block()


def _day_of_block(lines: Sequence[str], on: date) -> PartialDate | None:
    """The day of the sample, else of the report, where the block names one and only one."""
    for label in (_SAMPLED, _REPORTED):
        found = {
            days[0]
            for line in lines
            if (named := label.fullmatch(line.strip())) and len(days := days_of(named[1], on)) == 1
        }
        if len(found) == 1:
            return found.pop()
        if found:
            return None  # each of several days goes on from its own line
    return None


class _Reader:
    """Goes through the lines; remembers the columns and the day that a line above gave."""

    def __init__(self, specs: Mapping[str, FieldSpec], on: date) -> None:
        self._specs, self._on = specs, on
        self.day: PartialDate | None = None
        self._columns: dict[str, int] = {}
        self._found: list[Recognised] = []
        self._left: list[Left] = []
        self._unread: set[str] = set()

    def block(self) -> Block:
        """What was found; a test that stands twice with different results is left."""
        by_field: dict[str, list[Recognised]] = {}
        for one in self._found:
            by_field.setdefault(one.field, []).append(one)
        kept = []
        for one in self._found:
            same = by_field[one.field]
            if one.field in self._unread:
                self.leave(one.line, _("Another line of the same test could not be read."))
            elif all((each.text, each.date) == (one.text, one.date) for each in same):
                if one is same[0]:
                    kept.append(one)
            elif _is_newest(one, same):
                kept.append(one)
            else:
                self.leave(one.line, _("Another line gives another result of the same test."))
        return Block(tuple(kept), tuple(self._left))

    def leave(self, line: str, why: str, field: str = "") -> None:
        """Leave a line; `field` where its test is known and only its result is not."""
        self._left.append(Left(line, why))
        self._unread.add(field)

    def read(self, line: str) -> None:
        """Take one line, or leave it with a sentence."""
        plain = line.strip()
        if self._is_heading(plain):
            return
        cells = [cell.strip() for cell in _SPLIT.split(plain) if cell.strip()]
        if "\t" in line and self._columns:
            self._from_columns(line, [cell.strip() for cell in line.split("\t")])
        elif len(cells) > 1:
            self._from_cells(line, cells)
        else:
            self._from_words(line, plain)

    def _is_heading(self, line: str) -> bool:
        cells = [cell.strip() for cell in line.split("\t")]
        columns = {
            kind: at
            for at, cell in reversed(list(enumerate(cells)))
            for kind, names in _COLUMNS.items()
            if key_of(cell) in {key_of(name) for name in names}
        }
        if "name" in columns and "value" in columns:
            self._columns = columns
            return True
        for label in (_SAMPLED, _REPORTED):
            named = label.fullmatch(line)
            days = days_of(named[1], self._on) if named else ()
            if named and len(days) == 1:
                if label is _SAMPLED:
                    self.day = days[0]
                return True
            if named and days:
                self.leave(line, _("The date can be read in more than one way."))
                return True
        alone = days_of(line, self._on)
        if len(alone) == 1 and alone[0].is_day:
            self.day = alone[0]
            return True
        return False

    def _from_columns(self, line: str, cells: list[str]) -> None:
        def cell(kind: str) -> str:
            at = self._columns.get(kind)
            return cells[at] if at is not None and at < len(cells) else ""

        field = self._field_in([cell("name"), *cells])
        if field is None:
            self._leave_unnamed(line)
            return
        days = days_of(cell("date"), self._on) if cell("date") else ()
        if cell("date") and len(days) != 1:
            self.leave(line, _("The date can be read in more than one way."), field)
            return
        self._take(field, cell("value"), cell("unit"), line, days[0] if days else self.day)

    def _from_cells(self, line: str, cells: list[str]) -> None:
        named = [at for at, cell in enumerate(cells) if key_of(_no_colon(cell)) in keys()]
        if not named:
            self._from_words(line, " ".join(cells))
            return
        field = self._field_in(cells)
        if field is None:
            self._leave_unnamed(line)
            return
        rest = list(cells[max(named) + 1 :])
        days, rest = self._days_in(rest)
        if len(days) > 1:
            self.leave(line, _("The date can be read in more than one way."), field)
            return
        values = [cell for cell in rest if not (_ALONE.fullmatch(cell) and rest.index(cell) > 0)]
        values = [cell for cell in values if not _is_range(cell) or cell is rest[0]]
        results, units = [], []
        for cell in values:
            read = self._typed(field, cell)
            if read.is_read or read.offers:
                results.append(cell)
            else:
                units.append(cell)
        if len(results) > 1 and not _agree([self._typed(field, cell) for cell in results]):
            self.leave(line, _("It holds more than one result."), field)
            return
        value = results[0] if results else (values[0] if values else "")
        more = [cell for cell in units if cell != value]
        self._take(field, value, more[0] if more else "", line, days[0] if days else self.day)

    def _days_in(self, cells: list[str]) -> tuple[tuple[PartialDate, ...], list[str]]:
        """Every reading of the one cell that is a date, and the other cells."""
        for cell in cells:
            days = tuple(one for one in days_of(cell, self._on) if one.month is not None)
            if days and _DATE_AT_END.fullmatch(cell):
                return days, [one for one in cells if one is not cell]
        return (), cells

    def _from_words(self, line: str, plain: str) -> None:
        name, rest = _named_start(plain)
        if name is None:
            self._leave_unnamed(line)
            return
        field = keys()[name]
        if not field:
            self.leave(line, _("This test is not a field of the form."))
            return
        day = self.day
        found = _DATE_AT_END.search(rest)
        if found is not None:
            days = days_of(found[1], self._on)
            if len(days) != 1:
                self.leave(line, _("The date can be read in more than one way."), field)
                return
            day, rest = days[0], rest[: found.start()]
        self._take(field, rest, "", line, day)

    def _field_in(self, cells: Sequence[str]) -> str | None:
        """The one field that the names in some cells mean."""
        found = {keys()[key] for cell in cells if (key := key_of(_no_colon(cell))) in keys()}
        if "" in found or len(found) != 1:
            return None
        return found.pop()

    def _leave_unnamed(self, line: str) -> None:
        # A heading of the print is no result; one that names a test as well may hold one.
        if _names_test(line):
            self.leave(line, _("A line has to begin with one test that is a field of the form."))
        elif not _SKIPPED.match(line.strip()):
            self.leave(line, _(NO_NAME))

    def _typed(self, field: str, value: str) -> Typed:
        return typed_of(self._specs[field], _without_flags(value), self._on)

    def _take(self, field: str, value: str, unit: str, line: str, day: PartialDate | None) -> None:
        spec = self._specs[field]
        written = _without_flags(value)
        if not written:
            self.leave(line, _("It holds no result."), field)
            return
        if folded(written) in STROKES:
            said = _("A stroke alone can mean negative, or that there is no result.")
            self.leave(line, said, field)
            return
        if unit and spec.units and not _NAMES_UNIT.search(folded(written)):
            written = f"{written} {unit}"
        found = typed_of(spec, written, self._on)
        if found.offers:
            said = found.said or _("The number can be a decimal or a thousand.")
            self.leave(line, said, field)
        elif not found.is_read:
            self.leave(line, found.said or _problem(spec, written), field)
        else:
            text, shown = words_of(spec, found.reads_as or written)
            if text == UNKNOWN:
                self.leave(line, _("It says that the result is not known."), field)
            else:
                self._found.append(Recognised(spec.name, text, shown, day, line))


def _is_newest(one: Recognised, same: Sequence[Recognised]) -> bool:
    """Whether its day is later than that of every other result of the test."""
    others = [each for each in same if each is not one]
    return one.date is not None and all(
        each.date is not None and each.date.last < one.date.first for each in others
    )


def _agree(found: Sequence[Typed]) -> bool:
    said = {one.reads_as or one.accepted or one.text.casefold() for one in found}
    return len(said) == 1


def _is_range(cell: str) -> bool:
    return _RANGE.fullmatch(cell) is not None and not cell.strip().startswith(tuple("<>≤≥"))


def _no_colon(text: str) -> str:
    return text.strip(" :：*★☆#▲")


def _named_start(line: str) -> tuple[str | None, str]:
    """The longest known name a line begins with, as a key, and the rest of the line."""
    best: tuple[str | None, str] = (None, "")
    for cut in _ends(line):
        key = key_of(_no_colon(line[:cut]))
        if key in keys() and (best[0] is None or len(key) >= len(best[0])):
            best = (key, line[cut:])
    name, rest = best
    if name is None:
        return best
    # "HBsAg 乙肝表面抗原 阴性": the second name says the same again.
    again, behind = (None, "")
    stripped = rest.strip(" :：=\t")
    for cut in _ends(stripped):
        key = key_of(_no_colon(stripped[:cut]))
        if key and key in keys() and keys()[key] == keys()[name]:
            again, behind = key, stripped[cut:]
    return (name, behind.strip(" :：=\t")) if again else (name, stripped)


def _names_test(line: str) -> bool:
    """Whether a known name of a test stands anywhere in a line."""
    words = re.split(r"[\s:：,，;；]+", line)
    return any(key_of(_no_colon(word)) in keys() for word in words if word)


def _ends(line: str) -> Iterator[int]:
    """Where a name can end: before a blank or sign, or where Chinese meets something else."""
    for at in range(1, min(len(line), 60) + 1):
        before, after = line[at - 1], line[at : at + 1]
        if not (before.isalnum() or before in "#%"):
            continue  # a sign behind the name belongs to the result: `<`, `-`, `+`
        is_chinese = "\u4e00" <= before <= "\u9fff"
        is_inside = before.isascii() and after.isascii() and after.isalnum()
        if is_chinese and "\u4e00" <= after <= "\u9fff":
            # Inside Chinese a name may be followed by its result: 阴性 or 阳性.
            is_inside = after not in _RESULTS_BEGIN
        if not is_inside:
            yield at


def _without_flags(value: str) -> str:
    """A value without reference range, arrows and letters of the laboratory."""
    plain = _REFERENCE.sub("", folded(value))
    plain = _BRACKETED_RANGE.sub("", plain)
    for _turn in range(2):
        plain = _FLAG.sub("", plain)
    return plain.strip(" :：=,;，；")


def _problem(spec: FieldSpec, written: str) -> str:
    _answer, problems = from_text(spec, written, "")
    return " ".join(problem.sentence for problem in problems)
