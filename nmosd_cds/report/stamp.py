"""How a report was made: what `report.json` inside the PDF holds, enough to make it again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from nmosd_cds.advice.model import Advice
from nmosd_cds.errors import Problem, ReportError
from nmosd_cds.i18n import _

FORMAT = "nmosd-cds-report-1"


@dataclass(frozen=True)
class Stamp:
    """What has to be known, besides the case, to make the report again.

    Attributes:
        language: Of the words.
        as_of: Day of the advice, ISO.
        user: As printed; None: nobody is named.
        printed: As printed, ISO; None: no time is named.
        annex: Whether it was printed.
    """

    language: str
    as_of: str
    app_version: str
    case_sha256: str
    knowledge_version: str
    knowledge_sha256: str
    knowledge_signature: str
    evidence_cutoff: str
    seed: int
    draws: int
    user: str | None = None
    printed: str | None = None
    annex: bool = False

    @classmethod
    def of(
        cls,
        advice: Advice,
        *,
        language: str,
        user: str | None,
        printed: datetime | None,
        annex: bool = False,
    ) -> Stamp:
        """The stamp of an advice about to be printed."""
        return cls(
            language=language,
            as_of=advice.as_of.isoformat(),
            app_version=advice.app_version,
            case_sha256=advice.case_sha256,
            knowledge_version=advice.knowledge.version,
            knowledge_sha256=advice.knowledge.sha256,
            knowledge_signature=advice.knowledge.signature,
            evidence_cutoff=advice.knowledge.evidence_cutoff,
            seed=advice.robustness.seed,
            draws=advice.robustness.draws,
            user=user,
            printed=printed.isoformat(timespec="minutes") if printed else None,
            annex=annex,
        )

    @property
    def day(self) -> date:
        """Day of the advice."""
        return date.fromisoformat(self.as_of)

    @property
    def time(self) -> datetime | None:
        """When it was printed; None if no time is named."""
        return datetime.fromisoformat(self.printed) if self.printed else None


def stamp_text(stamp: Stamp) -> str:
    """The stamp as it is embedded."""
    said = {"format": FORMAT, **asdict(stamp)}
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_stamp(text: str) -> Stamp:
    """The stamp of an embedded `report.json`.

    Raises:
        ReportError: it is not one of ours.
    """
    try:
        said: dict[str, Any] = json.loads(text)
        if said.pop("format") != FORMAT:
            raise ValueError
        stamp = Stamp(**said)
        if not isinstance(stamp.annex, bool) or not _are_texts(stamp):
            raise ValueError
        stamp.day, stamp.time  # noqa: B018 - both raise when the text is no date
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        problem = Problem("report.json", _("is not the stamp of a report of this program"))
        raise ReportError([problem]) from error
    return stamp


def _are_texts(stamp: Stamp) -> bool:
    """Whether what is printed is text, where it is there at all."""
    said = (stamp.language, stamp.as_of, stamp.app_version, stamp.case_sha256)
    knowledge = (stamp.knowledge_version, stamp.knowledge_sha256)
    named = tuple(each for each in (stamp.user, stamp.printed) if each is not None)
    return all(isinstance(each, str) for each in (*said, *knowledge, *named))
