"""The shape of a rule: an effect on options, a condition, a reason and its source."""

from __future__ import annotations

from typing import Any, Literal

from nmosd_cds.strict_yaml import FileModel, Flag, Prose, Words

Effect = Literal["excludes", "requires", "cautions", "favours"]
Bar = Literal[
    "failed",
    "intolerant",
    "contraindicated",
    "not-accessible",
    "permanent",
    "not-yet",
    "until",
]


class Reviewed(FileModel):
    """Who read the rule and when; None: nobody yet, and the page says so."""

    by: str | None = None
    on: str | None = None


class Rule(FileModel):
    """One rule as it stands in a `rules.yaml`.

    Attributes:
        id: `<option id>.<what>` or `general.<what>`; never reused.
        applies_to: `all`, `cellular`, `reference`, a class such as `car-t`, or option ids. Only
            general rules say it; a therapy's own rules apply to the therapy.
        effect: What a TRUE condition does.
        when: The condition, still as plain data (see `nmosd_cds.logic.condition`).
        because: The reason, as a sentence a clinician reads.
        cites: Stems of files under resources/evidence.
        basis: `published`, or `project` for our own.
        flag: How the threshold is known; one known from memory may only caution.
        about: A caution `about: benefit` that is TRUE merges its option with the next in the tie
            group, after the arithmetic.
        why: Why an option is barred, for an exclusion or a failed requirement.
        until: What would have to change, for a bar that is not permanent.
        population: Whom the limit was written for.
        panel_decision: Reason why a project rule may bar; None for all others.
        alert: Whether a TRUE condition also stands among the alerts of the page.
    """

    id: str
    applies_to: Words = ()
    effect: Effect
    when: Any
    because: Prose
    cites: tuple[str, ...]
    basis: Literal["published", "project"]
    flag: Literal["seen", "memory", "project"] = "seen"
    about: Literal["safety", "benefit"] = "safety"
    why: Bar | None = None
    until: Prose | None = None
    population: Prose | None = None
    panel_decision: Prose | None = None
    alert: Flag = False
    reviewed: Reviewed
    formerly: tuple[str, ...] = ()
