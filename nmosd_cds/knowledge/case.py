"""The shape of a `cases.yaml`: fictional patients and the answer each rule must give."""

from __future__ import annotations

from typing import Any, Literal

from nmosd_cds.strict_yaml import FileModel

Expected = Literal["true", "false", "unknown", "possible", "unconfirmed", "excluded", "no-evidence"]


class RuleCase(FileModel):
    """One patient, only the facts that matter, and what is expected.

    Attributes:
        name: A sentence.
        on: Day of assessment, ISO.
        patient: As in a case file.
        setting: As in a case file; None: nothing known.
        option: Option the general rules are read for; None in a therapy's own cases.
        expect: Rule id to `true`, `false` or `unknown`; key `status` to the option's status.
    """

    name: str
    on: str
    patient: dict[str, Any] = {}
    setting: dict[str, Any] | None = None
    option: str | None = None
    expect: dict[str, Expected]


TrialExpected = Literal[
    "met",
    "not-met",
    "unknown",
    "ambiguous",
    "a-criterion-fails",
    "open",
    "no-listed-criterion-fails",
    "meets-every-listed-criterion",
]


class TrialCase(FileModel):
    """One patient against the lists of trials.

    Attributes:
        name: A sentence.
        on: Day of assessment, ISO.
        patient: As in a case file.
        setting: As in a case file; None: nothing known.
        expect: `<trial>.<line>` to the answer of the line; `<trial>` to that of the whole list.
    """

    name: str
    on: str
    patient: dict[str, Any] = {}
    setting: dict[str, Any] | None = None
    expect: dict[str, TrialExpected]
