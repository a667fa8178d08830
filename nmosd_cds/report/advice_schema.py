"""The JSON Schema (2020-12) of `rank --json`: the keys that do not change; more may be added."""

from __future__ import annotations

from typing import Any

from nmosd_cds.patient.preferences import SET_KINDS

_TEXT: dict[str, Any] = {"type": "string"}
_NONE: dict[str, Any] = {"const": None}
_TEXT_OR_NONE: dict[str, Any] = {"anyOf": [_TEXT, _NONE]}
_NUMBER_OR_NONE: dict[str, Any] = {"anyOf": [{"type": "number"}, _NONE]}
_WHOLE_OR_NONE: dict[str, Any] = {"anyOf": [{"type": "integer"}, _NONE]}
_SHARES_OR_NONE: dict[str, Any] = {"anyOf": [{"type": "array", "items": {"type": "number"}}, _NONE]}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_TRUTH: dict[str, Any] = {"enum": ["true", "false", "unknown"]}


def advice_schema() -> dict[str, Any]:
    """The schema of an advice as JSON."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "NMOSD-CDS advice",
        **_group(
            {
                "outcome": {"enum": ["decided", "conditional", "not-rankable", "out-of-scope"]},
                "sentence": _TEXT,
                "headline": _TEXT,
                "alerts": _TEXTS,
                "as_of": {"type": "string", "format": "date"},
                "app": _group({"version": _TEXT}),
                "case": _group({"id": _TEXT, "sha256": _TEXT}),
                "knowledge": _knowledge(),
                "scope": _group({"diagnosis": _TEXT, "serostatus": _TEXT, "messages": _TEXTS}),
                "indication": _indication(),
                "standard_care": _standard_care(),
                "options": {"type": "array", "items": _option()},
                "next_questions": {"type": "array", "items": _question()},
                "robustness": _robustness(),
                "trials": {"type": "array", "items": _trial()},
            }
        ),
    }


def _group(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _knowledge() -> dict[str, Any]:
    signature = {"enum": ["valid", "unsigned", "invalid"]}
    named = {"version": _TEXT, "sha256": _TEXT, "evidence_cutoff": _TEXT, "signature": signature}
    return _group(named)


def _indication() -> dict[str, Any]:
    states = ["attack-in-progress", "active", "recent-start", "quiescent", "unknown"]
    return _group(
        {
            "state": {"enum": states},
            "last_attack": _TEXT_OR_NONE,
            "on_drug": _TEXT_OR_NONE,
            "high_activity": _TRUTH,
        }
    )


def _standard_care() -> dict[str, Any]:
    states = ["not-exhausted", "access-limited", "exhausted", "unknown", "not-applicable"]
    one_class = _group({"state": _TEXT, "drug": _TEXT_OR_NONE, "date": _TEXT_OR_NONE})
    return _group(
        {
            "state": {"enum": states},
            "definition": _TEXT,
            "definitions_met": _TEXTS,
            "classes": {"type": "object", "additionalProperties": one_class},
        }
    )


def _option() -> dict[str, Any]:
    bars = ["failed", "intolerant", "contraindicated", "not-accessible", "permanent", "not-yet"]
    fit = _group({"n": _WHOLE_OR_NONE, "n_like": _WHOLE_OR_NONE, "why": _TEXTS})
    return _group(
        {
            "id": _TEXT,
            "kind": {"enum": ["cellular", "reference"]},
            "tier": {"enum": ["0", "1", "1b", "2", None]},
            "status": {"enum": ["possible", "unconfirmed", "excluded", "no-evidence"]},
            "why": {"enum": [*bars, "until", None]},
            "rank": _WHOLE_OR_NONE,
            "tie_group": _WHOLE_OR_NONE,
            "unranked_reason": _TEXT_OR_NONE,
            "first_rank_share": _NUMBER_OR_NONE,
            "rank_acceptability": _SHARES_OR_NONE,
            "certainty": {"enum": ["none", "very-low", "low", "moderate", "high"]},
            "evidence_fit": fit,
            "findings": {"type": "array", "items": _finding()},
            "effects": {"type": "array", "items": _effect()},
        }
    )


def _finding() -> dict[str, Any]:
    return _group(
        {
            "rule": _TEXT,
            "effect": {"enum": ["excludes", "requires", "cautions", "favours"]},
            "truth": _TRUTH,
            "blocks": _TRUTH,
            "text": _TEXT,
            "facts": {"type": "object", "additionalProperties": _TEXT},
            "missing": _TEXTS,
            "cites": _TEXTS,
        }
    )


def _effect() -> dict[str, Any]:
    return _group(
        {
            "criterion": _TEXT,
            "estimate": _NUMBER_OR_NONE,
            "low": _NUMBER_OR_NONE,
            "high": _NUMBER_OR_NONE,
            "unit": _TEXT,
            "studies": _TEXTS,
            "n": _WHOLE_OR_NONE,
            "how": _TEXT,
        }
    )


def _question() -> dict[str, Any]:
    share = {"type": "number", "minimum": 0, "maximum": 1}
    return _group({"field": _TEXT, "label": _TEXT, "settles": _TEXTS, "share": share})


def _robustness() -> dict[str, Any]:
    return _group(
        {
            "scenarios": {"type": "array", "items": {"type": "object"}},
            "preference": {"enum": ["none", *SET_KINDS]},
            "threshold": _TEXT,
            "too_close": _TEXT,
            "changes_with": _TEXTS,
            "pairwise": {"type": "object"},
            "central": {"type": "array", "items": {"type": "object"}},
            "tornado": {"anyOf": [{"type": "object"}, _NONE]},
            "trade_offs": {"type": "array", "items": {"type": "object"}},
            "preferences": {"type": "array", "items": {"type": "object"}},
        }
    )


def _trial() -> dict[str, Any]:
    answers = [
        "another-disease",
        "a-criterion-fails",
        "open",
        "no-listed-criterion-fails",
        "meets-every-listed-criterion",
    ]
    question = _group({"field": _TEXT, "label": _TEXT})
    yes_no = {"type": "boolean"}
    return _group(
        {
            "id": _TEXT,
            "registry": _TEXT,
            "name": _TEXT,
            "option": _TEXT,
            "disease": {"enum": ["nmosd", "multiple-sclerosis", "other"]},
            "recruitment": _TEXT,
            "standing": _TEXT,
            "takes_nobody": yes_no,
            "named": yes_no,
            "open_here": yes_no,
            "list_complete": yes_no,
            "answer": {"enum": answers},
            "words": _TEXT,
            "criteria": {"type": "array", "items": _criterion()},
            "questions": {"type": "array", "items": question},
            "cites": _TEXTS,
        }
    )


def _criterion() -> dict[str, Any]:
    return _group(
        {
            "id": _TEXT,
            "text": _TEXT,
            "kind": {"enum": ["inclusion", "exclusion"]},
            "answer": {"enum": ["met", "not-met", "unknown", "ambiguous"]},
            "facts": {"type": "object", "additionalProperties": _TEXT},
            "missing": _TEXTS,
            "left_to_check": _TEXT,
            "ambiguous": _TEXT,
            "readings": {"type": "array", "items": {"type": "object"}},
            "flag": _TEXT,
        }
    )
