"""The Plan tab in marked-up words: every line with its state, values, sources and questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nmosd_cds.advice.model import Advice, OptionAdvice, PlanLine
from nmosd_cds.advice.plan_model import PlanAnswer, Washout, WashoutLine
from nmosd_cds.gui import shapes
from nmosd_cds.gui.results import markup as m
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import gap, led, listed, noted, parted, sentence
from nmosd_cds.logic.truth import Truth
from nmosd_cds.report.plan_words import (
    age_words,
    answer_words,
    date_words,
    days_words,
    flag_words,
    state_words,
    ticked_words,
    washout_words,
)
from nmosd_cds.report.wording import flag_word, label_of, sentences

_LABEL, _STATE = 190, 26


def lines_of(option: OptionAdvice, section: str) -> list[PlanLine]:
    """The lines of one part of a plan."""
    return [line for line in option.plan if line.section == section]


def checklist_html(advice: Advice, lines: Sequence[PlanLine]) -> str:
    """A checklist: what is open first, then what is known, then what is ticked by hand."""
    if not lines:
        return ""
    order = {"partly": 0, "not-known": 0, "done": 2, "": 3}
    ranked = sorted(lines, key=lambda line: 1 if _is_old(line) else order[line.state])
    html = m.table(m.row(m.cell(m.soft(ticked_words(list(lines))))) for _one in (0,))
    return html + m.table((_check_row(advice, line) for line in ranked), gap=2)


def _is_old(line: PlanLine) -> bool:
    return line.state == "done" and not line.is_ticked


def _check_row(advice: Advice, line: PlanLine) -> str:
    answers = "<br>".join(_answer(one, line.limit) for one in line.answers)
    state = state_words(line)
    said = m.text(state) if line.state == "" else ""
    return m.row(
        m.cell(m.shape(_shape(line), 14), width=_STATE, rule="line"),
        m.cell(m.bold(line.label or state), width=_LABEL, rule="line"),
        m.cell(answers or m.soft(said), half=False, width=270, rule="line"),
        m.cell(_words(advice, line), rule="line"),
    )


def _shape(line: PlanLine) -> str:
    if line.is_ticked:
        return "known"
    if _is_old(line):
        return "stale"
    return {"partly": "secondary", "not-known": "not-known", "": "no-evidence"}[line.state]


def _answer(answer: PlanAnswer, limit: str) -> str:
    if answer.state == "known":
        old = age_words(answer, limit)
        late = f" {_field(answer.field, old)}" if old else ""
        return f"{m.text(answer_words(answer))}{late}"
    return _field(answer.field, answer_words(answer))


def _field(field: str, words: str) -> str:
    return m.link(f"field:{field}", words, token="attention", is_bold=True)


def _words(advice: Advice, line: PlanLine) -> str:
    parts = [m.attention(line.conflict)] if line.conflict else []
    parts.append(m.text(sentence(line.text)))
    parts += [m.bold(sentence(check)) for check in line.checks]
    if line.applies is Truth.UNKNOWN:
        parts.append(m.attention(_("Whether it is for this person is not known.")))
    if line.allergy == "unknown":
        parts.append(m.attention(_("Not compared with allergies.")))
    asked = [name for name in line.asks if name not in {one.field for one in line.answers}]
    if asked:
        links = listed(_field(name, label_of(advice, name)) for name in asked)
        parts.append(f"{m.soft(_('Ask:'))}{gap()}{links}")
    for figure in line.figures:
        key = f"study:{figure.study}/{figure.figure}"
        shown = led(figure.label, noted(figure.shown, figure.interval))
        parts.append(f"{m.text(shown)} {m.link(key, figure.study)}.")
    return f"{' '.join(parts)} {_marks(line)}"


def _marks(line: PlanLine) -> str:
    marks = flag_words(line)
    mark = f"{m.shape(shapes.flag_shape(line.flag), 12)}&nbsp;"
    return f"{mark}{m.soft(marks)} {cites_html(line.cites)}".replace("  ", " ")


def cites_html(keys: Sequence[str]) -> str:
    """Citation keys, each the way to its sheet."""
    return listed(m.link(f"study:{key}", key) for key in keys)


def lines_html(advice: Advice, lines: Sequence[PlanLine]) -> str:
    """Lines with when they are due and what each source says."""
    return m.table((_line_row(advice, line) for line in lines), gap=2) if lines else ""


def _line_row(advice: Advice, line: PlanLine) -> str:
    when = m.soft(days_words(line.days)) if line.days else ""
    answers = "<br>".join(_answer(one, line.limit) for one in line.answers)
    left = "<br>".join(part for part in (m.bold(line.label), when, answers) if part)
    said = _words(advice, line)
    if line.ranges:
        differ = f"<br>{m.attention(_('Sources differ:'))}" if line.sources_differ else ""
        said += differ + "".join(f"<br>{m.text('– ')}{_range(one)}" for one in _ranges(line))
    return m.row(m.cell(left, width=_LABEL + _STATE + 60, rule="line"), m.cell(said, rule="line"))


def _ranges(line: PlanLine) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for one in line.ranges:
        yield one.says, one.flag, one.cites


def _range(one: tuple[str, str, tuple[str, ...]]) -> str:
    says, flag, cites = one
    mark = f" {m.soft(f'({flag_word(flag)})')}" if flag != "seen" else ""
    return f"{m.text(says)}{mark} {cites_html(cites)}"


def washout_html(washout: Washout | None, lines: Sequence[PlanLine], advice: Advice) -> str:
    """The danger first, then each drug with its dates, then the bridge."""
    html = ""
    if washout is not None:
        rows = [_drug_row(line) for line in washout.lines]
        if washout.note:
            said = _field("treatments", sentence(washout.note))
            rows.append(m.row(m.cell("", rule="line"), m.cell(said, rule="line")))
        if not washout.lines:
            none = _("No present or recent drug is known.")
            rows.append(m.row(m.cell("", rule="line"), m.cell(m.text(none), rule="line")))
        html = m.table(rows, gap=2)
    danger = [line for line in lines if line.is_warning]
    others = [line for line in lines if not line.is_warning]
    return lines_html(advice, danger) + html + lines_html(advice, others)


def _drug_row(line: WashoutLine) -> str:
    said = [m.text(sentence(line.exposure))]
    if line.intervals_differ:
        said.append(m.attention(_("Sources differ:")))
    for one in line.dates:
        said.append(f"{m.bold(sentence(date_words(one)))} {cites_html(one.cites)}")
    mark = f" {m.soft(f'({flag_word(line.flag)})')}" if line.flag != "seen" else ""
    said.append(f"{m.text(sentence(line.text))}{mark} {cites_html(line.cites)}")
    if line.asks:
        said.append(_field("treatments", _("Enter the last dose")))
    return m.row(
        m.cell(m.bold(line.label), width=_LABEL + _STATE + 60, rule="line"),
        m.cell("<br>".join(said), rule="line"),
    )


def plan_rows(option: OptionAdvice, names: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """The whole plan as rows of plain words: part, label, when, state, what, sources, known as."""
    for section, title in names.items():
        for line in lines_of(option, section):
            known = parted(
                sentences([answer_words(one), age_words(one, line.limit)]) for one in line.answers
            )
            said = sentences([line.conflict, line.text, *line.checks])
            said += "".join(
                gap() + sentence(f"{one.says} [{listed(one.cites)}]") for one in line.ranges
            )
            when = days_words(line.days) if line.days else ""
            state = state_words(line) if section in ("work-up", "baseline") else ""
            state = led(state, known) if state and known else state or known
            marks = flag_words(line) or _("read")
            yield title, line.label, when, state, said, listed(line.cites), marks
        if section == "washout" and option.washout:
            for drug in option.washout.lines:
                keys = dict.fromkeys([*(k for d in drug.dates for k in d.cites), *drug.cites])
                said = washout_words(drug)
                marks = flag_word(drug.flag) if drug.flag != "seen" else _("read")
                yield title, drug.label, "", "", said, listed(keys), marks
