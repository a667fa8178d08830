"""Advice as the JSON of the contract: stable keys, kebab-case values; more may be added."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from nmosd_cds.advice.model import (
    Advice,
    EffectLine,
    Finding,
    OptionAdvice,
    PreferenceLine,
    Question,
    Tornado,
)
from nmosd_cds.advice.plan_json import plan_line_to_json, washout_to_json
from nmosd_cds.advice.trial_line import CriterionLine, TrialLine


def advice_to_json(advice: Advice) -> dict[str, Any]:
    """The advice as plain data; keys as in DESIGN.md section 6."""
    return {
        "outcome": advice.outcome,
        "sentence": advice.sentence,
        "headline": advice.headline,
        "alerts": list(advice.alerts),
        "as_of": advice.as_of.isoformat(),
        "app": {"version": advice.app_version},
        "case": {"id": advice.case_id, "sha256": advice.case_sha256},
        "knowledge": {
            "version": advice.knowledge.version,
            "sha256": advice.knowledge.sha256,
            "evidence_cutoff": advice.knowledge.evidence_cutoff,
            "signature": advice.knowledge.signature,
        },
        "scope": {
            "diagnosis": advice.scope.diagnosis,
            "serostatus": advice.scope.serostatus,
            "messages": list(advice.scope.messages),
            "rules": list(advice.scope.rules),
        },
        "indication": {
            "state": advice.indication.state,
            "last_attack": advice.indication.last_attack,
            "on_drug": advice.indication.on_drug,
            "high_activity": str(advice.indication.high_activity),
            "sentence": advice.indication.sentence,
        },
        "standard_care": _standard_care(advice),
        "options": [_option(option) for option in advice.options],
        "next_questions": [_question(question) for question in advice.questions],
        "robustness": _robustness(advice),
        "notices": list(advice.notices),
        "trials": [_trial(trial) for trial in advice.trials],
    }


def _standard_care(advice: Advice) -> dict[str, Any]:
    care = advice.standard_care
    return {
        "state": care.state,
        "definition": care.definition,
        "definitions_met": [line.id for line in care.definitions if str(line.met) == "true"],
        "definitions": [
            {
                "id": line.id,
                "met": str(line.met),
                "basis": line.basis,
                "flag": line.flag,
                "missing": list(line.missing),
                "ambiguous": line.ambiguous or None,
                "cites": list(line.cites),
            }
            for line in care.definitions
        ],
        "classes": {
            line.id: {"state": line.state, "drug": line.drug, "date": line.date}
            for line in care.classes
        },
        "unchecked": list(care.unchecked),
        "points_away": list(care.points_away),
    }


def _option(option: OptionAdvice) -> dict[str, Any]:
    return {
        "id": option.id,
        "kind": option.kind,
        "name": option.name,
        "tier": option.tier,
        "status": option.status,
        "why": option.why,
        "until": option.bar.until if option.bar else "",
        "rank": option.rank,
        "tie_group": option.tie_group,
        "unranked_reason": option.unranked_reason,
        "first_rank_share": option.first_rank_share,
        "rank_acceptability": None
        if option.rank_acceptability is None
        else list(option.rank_acceptability),
        "certainty": option.certainty,
        "evidence_fit": {
            "n": option.fit.n,
            "n_like": option.fit.n_like,
            "why": [
                f"{line.feature}: {line.person}; studied {line.studied}; alike {line.alike}"
                for line in option.fit.lines
            ],
            "lines": [
                {
                    "feature": line.feature,
                    "person": line.person,
                    "studied": line.studied,
                    "alike": str(line.alike),
                    "n_like": line.like,
                    "n": line.of,
                    "means": line.means,
                }
                for line in option.fit.lines
            ],
        },
        "declined": option.declined,
        "needs": list(option.needs),
        "findings": [_finding(finding) for finding in option.findings],
        "effects": [_effect(effect) for effect in option.effects],
        "arguments": [asdict(argument) for argument in option.arguments],
        "deaths": {
            "all_causes": option.deaths_all_total.shown if option.deaths_all_total else None,
            "treatment_related": option.deaths_related_total.shown
            if option.deaths_related_total
            else None,
            "note": option.deaths_note,
        },
        "no_evidence": option.no_evidence,
        "plan": [plan_line_to_json(line) for line in option.plan],
        "washout": washout_to_json(option.washout),
        "changes": [
            {"words": line.words, "fields": list(line.fields), "becomes": line.becomes}
            for line in option.changes
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "effect": finding.effect,
        "truth": str(finding.truth),
        "blocks": str(finding.blocks),
        "text": finding.text,
        "facts": dict(finding.facts),
        "missing": list(finding.missing),
        "cites": list(finding.cites),
        "basis": finding.basis,
        "flag": finding.flag,
        "about": finding.about,
        "why": finding.why,
        "until": finding.until,
    }


def _effect(effect: EffectLine) -> dict[str, Any]:
    return {
        "criterion": effect.criterion,
        "estimate": effect.estimate,
        "low": effect.low,
        "high": effect.high,
        "unit": effect.unit,
        "studies": list(effect.studies),
        "n": effect.n,
        "how": effect.how,
        "kind": effect.kind,
        "certainty": effect.certainty,
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "field": question.field,
        "label": question.label,
        "state": question.state,
        "settles": list(question.settles),
        "share": question.share,
        "answers": [asdict(answer) for answer in question.answers],
    }


def _robustness(advice: Advice) -> dict[str, Any]:
    robustness = advice.robustness
    return {
        "scenarios": [
            {
                "id": line.id,
                "label": line.label,
                "preference": line.preference,
                "shares": dict(line.shares),
                "leaders": list(line.leaders),
                "reading": line.reading,
            }
            for line in robustness.scenarios
        ],
        "preference": robustness.preference,
        "completions": {
            "exact": robustness.completions.exact,
            "can_be_first": list(robustness.completions.can_be_first),
            "cannot_tell": list(robustness.completions.cannot_tell),
            "depends_on": list(robustness.completions.depends_on),
        },
        "threshold": robustness.threshold,
        "seed": robustness.seed,
        "draws": robustness.draws,
        "monte_carlo_error": robustness.monte_carlo_error,
        "too_close": robustness.too_close,
        "changes_with": list(robustness.changes_with),
        "pairwise": {one: dict(row) for one, row in robustness.pairwise.items()},
        "central": [
            {
                "option": line.option,
                "first_rank_share": line.first_rank_share,
                "weights": None if line.weights is None else dict(line.weights),
                "confidence": line.confidence,
            }
            for line in robustness.central
        ],
        "tornado": None if robustness.tornado is None else _tornado(robustness.tornado),
        "trade_offs": [
            {
                "option": line.option,
                "of": line.of,
                "against": line.against,
                "ratio": line.ratio,
                "words": line.words,
            }
            for line in robustness.trade_offs
        ],
        "preferences": [_preference(line) for line in robustness.preferences],
    }


def _tornado(tornado: Tornado) -> dict[str, Any]:
    return {
        "option": tornado.option,
        "share": tornado.share,
        "lines": [
            {
                "id": line.id,
                "kind": line.kind,
                "label": line.label,
                "low": line.low,
                "high": line.high,
                "low_means": line.low_means,
                "high_means": line.high_means,
            }
            for line in tornado.lines
        ],
    }


def _preference(line: PreferenceLine) -> dict[str, Any]:
    return {
        "owner": line.owner,
        "on": None if line.on is None else line.on.isoformat(),
        "kind": line.kind,
        "harms_seen": line.harms_seen,
        "active": line.active,
        "shares": dict(line.shares),
        "leaders": list(line.leaders),
        "weights": {
            each.criterion: {"mean": each.mean, "low": each.low, "high": each.high}
            for each in line.weights
        },
        "reading": line.reading,
    }


def _trial(trial: TrialLine) -> dict[str, Any]:
    return {
        "id": trial.id,
        "registry": trial.registry,
        "name": trial.name,
        "option": trial.option,
        "disease": trial.disease,
        "recruitment": trial.recruitment,
        "standing": trial.standing,
        "status": trial.status,
        "takes_nobody": trial.takes_nobody,
        "named": trial.is_named,
        "open_here": trial.is_open_here,
        "list_complete": trial.list_complete,
        "answer": trial.answer,
        "words": trial.words,
        "criteria": [_criterion(line) for line in trial.lines],
        "questions": [{"field": field, "label": label} for field, label in trial.questions],
        "cites": [trial.id],
    }


def _criterion(line: CriterionLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "text": line.text,
        "kind": line.kind,
        "answer": line.answer,
        "facts": dict(line.read),
        "missing": list(line.missing),
        "left_to_check": line.left_to_check,
        "ambiguous": line.ambiguous,
        "readings": [asdict(reading) for reading in line.readings],
        "flag": line.flag,
    }
