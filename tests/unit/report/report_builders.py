"""A hand-made advice, so that the report is tested without the rules; invented patients only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pypdfium2
from builders import a_case

from nmosd_cds.advice.model import (
    Advice,
    ArgumentLine,
    ClassState,
    Completions,
    DefinitionLine,
    EvidenceFit,
    FigureLine,
    Finding,
    FitLine,
    Indication,
    InputLine,
    KnowledgeStamp,
    OptionAdvice,
    PlanLine,
    Question,
    Robustness,
    ScenarioLine,
    Scope,
    Settles,
    StandardCare,
)
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.case import Case
from nmosd_cds.report.model import Disc, ReportContent, Run

ON = date(2026, 11, 22)


def no_sources(language: str = "en") -> Knowledge:
    """Knowledge as far as the report reads it: no citations, no criteria."""
    ranking = SimpleNamespace(criteria=())
    return cast(Knowledge, SimpleNamespace(sources={}, ranking=ranking, language=language))


def a_person(**facts: Any) -> Case:
    """A case with a banner."""
    said: dict[str, Any] = {
        "name": "EXAMPLE, Mira",
        "hospital_number": "EX-004-417",
        "birth_date": "1981-03-14",
        "sex": "female",
        "aqp4_igg": {"value": "positive", "titre": "1:320", "assay": "cell-based"},
        "mog_igg": "negative",
    }
    return a_case(**(said | facts))


def a_figure(shown: str, share: float | None, n: int | None, **more: Any) -> FigureLine:
    said: dict[str, Any] = {
        "study": "burt-2019",
        "figure": shown,
        "label": "Off all drugs at last visit",
        "shown": shown,
        "share": share,
        "n": n,
        "interval": "46–95 %" if share is not None else "",
        "low": None if share is None else max(0.0, share - 0.3),
        "high": None if share is None else min(1.0, share + 0.2),
        "follow_up": "57 months",
        "follow_up_months": 57.0,
        "confirmed": "one-secondary-source",
    }
    return FigureLine(**(said | more))


def a_finding(rule: str, effect: str, truth: Truth, **more: Any) -> Finding:
    said: dict[str, Any] = {
        "blocks": Truth.FALSE,
        "text": "G-CSF can make disease flare. It is used for mobilisation.",
        "facts": {"Indication": "active"},
        "missing": (),
        "cites": ("greco-2015-ebmt",),
        "basis": "published",
        "flag": "seen",
    }
    return Finding(rule=rule, effect=effect, truth=truth, **(said | more))


def an_option(identifier: str, **more: Any) -> OptionAdvice:
    said: dict[str, Any] = {
        "kind": "cellular",
        "name": identifier,
        "short": identifier.upper(),
        "status": "possible",
        "tier": "2",
        "certainty": "very-low",
        "certainty_because": "No control group.",
        "fit": EvidenceFit(
            32, 30, (FitLine("Age", "45", "19 to 57", Truth.TRUE),) * 3
            + (FitLine("EDSS", "4.5", "not reported", Truth.UNKNOWN),) * 2,
        ),
        "findings": (),
    }  # fmt: skip
    return OptionAdvice(id=identifier, **(said | more))


def ahsct(**more: Any) -> OptionAdvice:
    ten, one = a_figure("10 of 13", 10 / 13, 13), a_figure("1 of 3", 1 / 3, 3, study="burton-2021")
    total = a_figure("11 of 16", 11 / 16, 16, study="", interval="41–89 %")
    said: dict[str, Any] = {
        "rank": 1,
        "tie_group": 1,
        "findings": (
            a_finding("ahsct.g-csf-flare", "cautions", Truth.TRUE),
            a_finding("ahsct.lvef", "excludes", Truth.FALSE, facts={"LVEF": "62 %, 15-Oct-2026"}),
            a_finding("ahsct.centre", "requires", Truth.TRUE, facts={"Centre": "yes"}),
        ),
        "arguments": (
            ArgumentLine("for", "Off all drugs.", (ten, one), total),
            ArgumentLine("against", "Nobody was compared.", cites=("muraro-2025",)),
            ArgumentLine(
                "against",
                "Recalled only.",
                (a_figure("90 %", 0.9, 20, study="recalled-2001", flag="memory", interval=""),),
            ),
        ),
        "deaths_all_causes": (a_figure("3 of 32", 3 / 32, 32),),
        "deaths_all_total": a_figure("3 of 32", 3 / 32, 32, study="", interval="2–25 %"),
        "deaths_related": (a_figure("0 of 32", 0.0, 32),),
        "deaths_related_total": a_figure("0 of 32", 0.0, 32, study="", interval="0–10.9 %"),
        "deaths_note": "None in so few people does not prove safety.",
        "plan": (
            PlanLine(
                "prophylaxis",
                "Consider co-trimoxazole.",
                ("sharrack-2020",),
                "memory",
                conflict="co-trimoxazole is on the list of allergies",
            ),
            PlanLine("before", "Consider a dose of 1.0 × 10⁶ cells/kg.", (), "seen"),
        ),
    }
    return an_option("ahsct", **(said | more))


def staying(**more: Any) -> OptionAdvice:
    said: dict[str, Any] = {
        "kind": "reference",
        "short": "Continue eculizumab",
        "is_present": True,
        "rank": 1,
        "tie_group": 1,
        "fit": EvidenceFit(None, None),
    }
    return an_option("no-cellular-therapy", **(said | more))


def car_t(**more: Any) -> OptionAdvice:
    said: dict[str, Any] = {
        "short": "BCMA CAR-T",
        "status": "unconfirmed",
        "needs": ("hbv_dna", "trial_places"),
        "findings": (
            a_finding(
                "car-t-bcma.hepatitis-b",
                "excludes",
                Truth.UNKNOWN,
                blocks=Truth.UNKNOWN,
                missing=("hbv_dna",),
            ),
        ),
    }
    return an_option("car-t-bcma", **(said | more))


def failed() -> OptionAdvice:
    bar = a_finding(
        "c5-inhibitor.failed",
        "excludes",
        Truth.TRUE,
        blocks=Truth.TRUE,
        text="An adequate trial failed.",
        why="failed",
        until="Another drug is found.",
    )
    return an_option(
        "c5-inhibitor", kind="reference", short="C5 inhibitor", status="excluded", why="failed",
        bar=bar, findings=(bar,),
    )  # fmt: skip


def unproven() -> OptionAdvice:
    return an_option(
        "treg", short="Treg", status="no-evidence", no_evidence="No patient was found.", tier=None
    )


def an_advice(**more: Any) -> Advice:
    said: dict[str, Any] = {
        "outcome": "conditional",
        "headline": "Conditional on HBV DNA",
        "sentence": "AHSCT and continuing eculizumab are both defensible.",
        "alerts": ("Allergic to co-trimoxazole.",),
        "as_of": ON,
        "app_version": "0.1.0",
        "case_id": "example-x",
        "case_sha256": "0" * 64,
        "fictional": True,
        "knowledge": KnowledgeStamp(
            "2026.11", f"9c41{'0' * 56}e07b", "2026-11-22", "unsigned"
        ),
        "scope": Scope("met", "aqp4-positive", ()),
        "indication": Indication(
            "active",
            "2 attacks in 12 months.",
            "2026-09-02",
            "eculizumab",
            Truth.TRUE,
            present_drugs=("eculizumab",),
            present_sentence="eculizumab since Feb-2024",
        ),
        "standard_care": StandardCare(
            "exhausted",
            "three classes",
            "Exhausted (project rule): all are closed.",
            (ClassState("c5", "C5", "failed", "eculizumab", "2025-12-20"),),
            (
                DefinitionLine("ours", "This tool", "C5, B-cell, IL-6R", Truth.TRUE, "project", ()),
                DefinitionLine(
                    "cn", "Chinese consensus 2025", "one biologic", Truth.UNKNOWN, "published",
                    ("cn-2025",), ("trial_places",),
                ),
            ),
            ("CH50 suppressed",),
        ),
        "options": (ahsct(), staying(), car_t(), failed(), unproven()),
        "questions": (
            Question(
                "hbv_dna", "HBV DNA", "not done", ("car-t-bcma",), 0.5,
                (
                    Settles("detectable", "BCMA CAR-T excluded"),
                    Settles("undetectable", "nothing bars it"),
                ),
            ),
            Question("trial_places", "Trial places", "not known", ("car-t-bcma",), 0.2),
            Question("ferritin", "Ferritin", "not known", (), 0.0),
        ),
        "robustness": Robustness(
            (
                ScenarioLine(
                    "usual", "Usual assumptions", "none",
                    {"ahsct": 0.44, "no-cellular-therapy": 0.56}, ("ahsct",), "both defensible",
                ),
                ScenarioLine(
                    "all", "All regimens", "none",
                    {"ahsct": 0.35, "no-cellular-therapy": 0.65}, (), "both defensible",
                ),
            ),
            completions=Completions(True, ("ahsct", "no-cellular-therapy"), ("car-t-bcma",)),
            threshold="AHSCT is ahead only if the hazard without cells is above 0.2 a year.",
            seed=20261122,
            draws=10000,
            monte_carlo_error=0.005,
        ),
        "inputs": (InputLine("crp", "blood", "CRP", "<0.5 mg/L", "03-Oct-2026", ()),),
    }  # fmt: skip
    return Advice(**(said | more))


def with_option(advice: Advice, changed: OptionAdvice) -> Advice:
    options = tuple(changed if one.id == changed.id else one for one in advice.options)
    return replace(advice, options=options)


def texts_of(part: Any) -> list[str]:
    """Every text of a part of the report, runs of one line joined; nothing left out."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, tuple) and part and all(isinstance(one, Run | Disc) for one in part):
        return ["".join(one.text for one in part if isinstance(one, Run))]
    if isinstance(part, tuple | list):
        return [text for one in part for text in texts_of(one)]
    if isinstance(part, Disc) or part is None or not hasattr(part, "__dataclass_fields__"):
        return []
    # Marks are shapes, a row's kind and remark are drawn; what they say stands beside them.
    hidden = {"mark", "kind", "disc", "remark", "language", "page"}
    return [
        text
        for name in part.__dataclass_fields__
        if name not in hidden
        for text in texts_of(getattr(part, name))
    ]


def said(content: ReportContent) -> str:
    """The fullest first page, the detail and the annex as one text."""
    blocks = (*content.summaries[0], *content.detail, *content.annex)
    return "\n".join(texts_of((content.banner, blocks, content.foot)))


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Text without blanks and line ends, which are the page's own."""
    return "".join(text.split())
