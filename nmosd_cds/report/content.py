"""`make_content`: an advice and its case as exactly what is said; no drawing, no clock."""

from __future__ import annotations

from datetime import datetime

from nmosd_cds.advice.model import Advice
from nmosd_cds.i18n import _, format_date, language, review_note
from nmosd_cds.i18n.joining import clauses, gap, noted, run_of, sentence
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.patient.case import Case
from nmosd_cds.report.annex import annex_of
from nmosd_cds.report.banner import banner_of, name_of
from nmosd_cds.report.detail import detail_of
from nmosd_cds.report.effects import criteria_of
from nmosd_cds.report.model import Foot, ReportContent
from nmosd_cds.report.options import DENSITIES
from nmosd_cds.report.summary import summary_of
from nmosd_cds.report.wording import SIGNATURE, word

_HASH_ENDS = 4


def make_content(
    case: Case,
    advice: Advice,
    knowledge: Knowledge,
    *,
    user: str | None = None,
    printed: datetime | None = None,
    annex: bool = False,
) -> ReportContent:
    """What the report says, in the language in use.

    Args:
        case: The case the advice is for; the banner shows it as it was entered.
        advice: The answer.
        knowledge: Where the citations come from.
        user: Who prints it; None: nobody is named.
        printed: When it is printed; None: no time is named.
        annex: Whether everything needed to check the answer line by line is said too.
    """
    summaries = tuple(summary_of(advice, density) for density in DENSITIES)
    sources = knowledge.sources
    return ReportContent(
        language=language(),
        title=_("NMOSD cellular therapy: options for discussion"),
        as_of=_("Advice as of {date}").format(date=format_date(advice.as_of)),
        banner=banner_of(case, advice.as_of),
        summaries=summaries,
        detail=detail_of(
            advice, case, sources, summaries[0], criteria=_criteria(knowledge), annex=annex
        ),
        annex=annex_of(advice, sources, criteria_of(knowledge)) if annex else (),
        foot=_foot(case, advice, user, printed),
    )


def _criteria(knowledge: Knowledge) -> dict[str, str]:
    groups = knowledge.ranking.criteria
    return {each.id: each.label for group in groups for each in group.members}


def _foot(case: Case, advice: Advice, user: str | None, printed: datetime | None) -> Foot:
    number = case.patient.hospital_number
    identity = [name_of(case), number.value or "" if number else "", advice.case_id]
    said = clauses(part for part in identity if part)
    said = noted(said, _("fictional")) if advice.fictional else said
    return Foot(
        warning=run_of(
            [
                _("Prototype, not a medical device. Decision support, not a prescription."),
                review_note(),
            ]
        ),
        identity=sentence(said),
        origin=_origin(advice) + _printed(user, printed),
        page=_("Page {page} of {pages}"),
    )


def _origin(advice: Advice) -> str:
    stamp = advice.knowledge
    return _(
        "App {app}. Knowledge {version}, hash {hash}, {signature}. Evidence to {cutoff}."
    ).format(
        app=advice.app_version,
        version=stamp.version,
        hash=short_hash(stamp.sha256),
        signature=word(SIGNATURE, stamp.signature),
        cutoff=stamp.evidence_cutoff,
    )


def short_hash(sha256: str) -> str:
    """Both ends of a hash: `9c41…e07b`."""
    return f"{sha256[:_HASH_ENDS]}…{sha256[-_HASH_ENDS:]}"


def _printed(user: str | None, printed: datetime | None) -> str:
    if user is None and printed is None:
        return ""
    when = f" {format_date(printed.date())} {printed:%H:%M}" if printed else ""
    by = _(" by {user}").format(user=user) if user else ""
    return gap() + _("Printed{when}{by}.").format(when=when, by=by)
