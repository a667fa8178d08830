"""A plan as plain data; `when`, `text`, `cites`, `flag` and `conflict` never change."""

from __future__ import annotations

from typing import Any

from nmosd_cds.advice.plan_model import (
    PlanAnswer,
    PlanDays,
    PlanLine,
    PlanRange,
    Washout,
    WashoutDate,
    WashoutLine,
)


def plan_line_to_json(line: PlanLine) -> dict[str, Any]:
    """One line of a plan."""
    return {
        "when": line.when,
        "text": line.text,
        "cites": list(line.cites),
        "flag": line.flag,
        "conflict": line.conflict,
        "section": line.section,
        "label": line.label,
        "basis": line.basis,
        "applies": str(line.applies),
        "state": line.state or None,
        "ticked": line.is_ticked if line.state else None,
        "current": None if line.is_current is None else str(line.is_current),
        "limit": line.limit or None,
        "answers": [_answer(one) for one in line.answers],
        "days": _days(line.days),
        "ranges": [_range(one) for one in line.ranges],
        "sources_differ": line.sources_differ,
        "checks": list(line.checks),
        "asks": list(line.asks),
        "names": list(line.names),
        "allergies": line.allergy or None,
        "warning": line.is_warning,
        "live": line.is_live,
        "figures": [
            {"study": one.study, "label": one.label, "shown": one.shown, "flag": one.flag}
            for one in line.figures
        ],
    }


def washout_to_json(washout: Washout | None) -> dict[str, Any] | None:
    """A washout table; None where nothing is stopped."""
    if washout is None:
        return None
    return {
        "before": washout.before,
        "danger": washout.danger,
        "cites": list(washout.danger_cites),
        "bridge": washout.bridge,
        "note": washout.note,
        "drugs": [_drug(line) for line in washout.lines],
    }


def _answer(answer: PlanAnswer) -> dict[str, Any]:
    return {
        "field": answer.field,
        "state": answer.state,
        "value": answer.value,
        "date": answer.date,
        "current": None if answer.is_current is None else str(answer.is_current),
    }


def _days(days: PlanDays | None) -> dict[str, Any] | None:
    if days is None:
        return None
    return {"from": days.first, "to": days.last, "at": list(days.at), "every": days.every}


def _range(one: PlanRange) -> dict[str, Any]:
    return {
        "says": one.says,
        "days": _days(one.days),
        "cites": list(one.cites),
        "flag": one.flag,
    }


def _drug(line: WashoutLine) -> dict[str, Any]:
    return {
        "drug": line.drug,
        "taken": str(line.taken),
        "exposure": line.exposure,
        "counted_from": line.counted_from or None,
        "intervals": [_date(one) for one in line.dates],
        "text": line.text,
        "cites": list(line.cites),
        "flag": line.flag,
        "asks": list(line.asks),
    }


def _date(found: WashoutDate) -> dict[str, Any]:
    return {
        "says": found.says,
        "earliest": found.first.isoformat() if found.first else None,
        "latest": found.last.isoformat() if found.last else None,
        "over": str(found.is_over),
        "cites": list(found.cites),
        "flag": found.flag,
    }
