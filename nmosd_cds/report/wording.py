"""The words of the report for states, truths, fields and shares; each said in one place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from nmosd_cds.advice.model import Advice, FigureLine
from nmosd_cds.i18n import N_, _, ngettext
from nmosd_cds.i18n.joining import and_list as and_list
from nmosd_cds.i18n.joining import capital as capital
from nmosd_cds.i18n.joining import first_sentence as first_sentence
from nmosd_cds.i18n.joining import inside as inside
from nmosd_cds.i18n.joining import noted
from nmosd_cds.i18n.joining import sentence as sentence
from nmosd_cds.i18n.joining import sentences as sentences
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.known import ACCESS
from nmosd_cds.patient.model import DrugAccess, Patient, Setting
from nmosd_cds.report.model import Disc, Sighting

STATUS: Mapping[str, str] = {
    "possible": N_("Possible"),
    "unconfirmed": N_("Cannot tell"),
    "excluded": N_("Excluded"),
    "no-evidence": N_("No evidence"),
}
CERTAINTY: Mapping[str, str] = {
    "none": N_("None"),
    "very-low": N_("Very low"),
    "low": N_("Low"),
    "moderate": N_("Moderate"),
    "high": N_("High"),
}
WHY: Mapping[str, str] = {
    "failed": N_("failed"),
    "intolerant": N_("not tolerated"),
    "contraindicated": N_("contraindicated"),
    "not-accessible": N_("not accessible"),
    "permanent": N_("lasting"),
    "not-yet": N_("not yet"),
    "until": N_("for now"),
}
INDICATION: Mapping[str, str] = {
    "attack-in-progress": N_("Attack in progress"),
    "active": N_("Active"),
    "recent-start": N_("Recently begun"),
    "quiescent": N_("Quiescent"),
    "unknown": N_("Not known"),
}
STANDARD_CARE: Mapping[str, str] = {
    "not-exhausted": N_("Not exhausted"),
    "access-limited": N_("Limited by access"),
    "exhausted": N_("Exhausted"),
    "unknown": N_("Not known"),
    "not-applicable": N_("Not applicable"),
}
CLASS_STATE: Mapping[str, str] = {
    "untried": N_("not tried"),
    "inadequate": N_("tried too briefly"),
    "failed": N_("failed"),
    "intolerant": N_("not tolerated"),
    "contraindicated": N_("contraindicated"),
    "deferred": N_("put off"),
    "declined": N_("declined"),
    "not-accessible": N_("not accessible"),
    "unknown": N_("not known"),
}
OUTCOME: Mapping[str, str] = {
    "decided": N_("Decided"),
    "conditional": N_("Conditional"),
    "not-rankable": N_("Not rankable"),
    "out-of-scope": N_("Out of scope"),
}
STATE: Mapping[str, str] = {
    "not known": N_("Not known"),
    "not-known": N_("Not known"),
    "not done": N_("Not done"),
    "not-done": N_("Not done"),
    "unavailable": N_("Result unavailable"),
}
SIGNATURE: Mapping[str, str] = {
    "valid": N_("signature valid"),
    "unsigned": N_("unsigned"),
    "invalid": N_("signature invalid"),
}
PLAN: Mapping[str, str] = {
    "before": N_("Before"),
    "bridge": N_("Bridge"),
    "prophylaxis": N_("Prophylaxis"),
    "monitoring": N_("Monitoring"),
    "after": N_("After"),
}
FLAG: Mapping[str, str] = {
    "memory": N_("recalled"),
    "project": N_("project"),
    "derived": N_("derived"),
}
SIGHTINGS: Mapping[Sighting, str] = {
    "two-documents": N_("two documents"),
    "one-original": N_("read, one original"),
    "secondary": N_("one secondary source"),
    "recalled": N_("recalled"),
}
KEY_OUTCOMES: Mapping[str, str] = {
    "off_drugs": N_("Off all preventive drugs at last visit"),
    "relapse_free": N_("Free of relapse, at very different times"),
    "first_relapse": N_("Relapsed, over very different times"),
    "death_all_causes": N_("Died, of all causes"),
    "treatment_related_death": N_("Died of the treatment"),
}
_MET = {Truth.TRUE: N_("met"), Truth.FALSE: N_("not met"), Truth.UNKNOWN: N_("not known")}
_NAMED_NEEDS = 3


def word(known: Mapping[str, str], identifier: str) -> str:
    """The word for a state; the identifier itself if there is none."""
    return _(known[identifier]) if identifier in known else identifier


def met(truth: Truth) -> str:
    """`met`, `not met` or `not known`."""
    return _(_MET[truth])


def of_100(share: float) -> str:
    """A share as people count: `44 of 100`."""
    return _("{count} of 100").format(count=round(100 * share))


def flag_word(flag: str) -> str:
    """How a figure or a threshold is known, where it was not read."""
    return {"memory": _("recalled"), "project": _("project"), "derived": _("derived")}.get(
        flag, flag
    )


def flagged(text: str, flag: str) -> str:
    """A sentence that says how its threshold is known, unless it was read or says so itself."""
    text = sentence(text)
    if flag == "seen" or flag_word(flag) in text:
        return text
    return sentence(noted(text[:-1], flag_word(flag)))


def marked(text: str, flag: str) -> str:
    """A text with its mark, where it was not read."""
    return noted(text, flag_word(flag)) if flag != "seen" else text


def disc(figure: FigureLine) -> Disc | None:
    """The sign for how a figure was seen; None for a sum, which stands under its parts."""
    if not figure.study:
        return None
    sighting: Sighting = "one-original"
    if figure.flag == "memory":
        sighting = "recalled"
    elif figure.confirmed == "different-document":
        sighting = "two-documents"
    elif figure.confirmed == "one-secondary-source":
        sighting = "secondary"
    return Disc(sighting, _(SIGHTINGS[sighting]))


def with_interval(figure: FigureLine) -> str:
    """`3 of 32 (2–25 %)`."""
    return noted(figure.shown, figure.interval)


def label_of(advice: Advice, field: str) -> str:
    """What people call a field: as the questions say, else as the form says."""
    for question in advice.questions:
        if question.field == field:
            return question.label
    if field.startswith(ACCESS):
        return _("Access to {drug}").format(drug=label_of_access(field))
    return _(_labels().get(field, field))


def label_of_access(field: str) -> str:
    """The drug of a field that says whether it can be had."""
    drug = field.removeprefix(ACCESS)
    return _(_labels().get(drug, drug))


def needs_words(advice: Advice, needs: tuple[str, ...], named: int = _NAMED_NEEDS) -> str:
    """`needs: HBV DNA and trial places`; the first few by name, the rest counted."""
    labels = list(dict.fromkeys(inside(label_of(advice, field)) for field in needs))
    if len(labels) > named + 1:
        rest = len(labels) - named
        more = ngettext("{count} more fact", "{count} more facts", rest).format(count=rest)
        labels = [*labels[:named], more]
    return _("needs: {facts}").format(facts=and_list(labels))


@cache
def _labels() -> Mapping[str, str]:
    models = (Patient, Setting, DrugAccess)
    return {name: spec.label for model in models for name, spec in field_specs(model).items()}
