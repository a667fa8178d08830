"""Whether there is an indication, and the treatment the person has now."""

from __future__ import annotations

from nmosd_cds.advice.model import Indication
from nmosd_cds.advice.value_read import value_read
from nmosd_cds.calculators.derived import Known
from nmosd_cds.calculators.shown import drug_words
from nmosd_cds.calculators.treatment_history import present_treatment
from nmosd_cds.i18n import _, format_partial
from nmosd_cds.i18n.joining import parted
from nmosd_cds.logic.condition import IsOneOf
from nmosd_cds.logic.evaluate import compare
from nmosd_cds.logic.fact import Choices, Facts


def indication_of(known: Known, facts: Facts) -> Indication:
    """State of the indication, with the words for it."""
    possible = facts["indication"].possible
    assert isinstance(possible, Choices)  # declared as a choice
    state = next(iter(possible.possible)) if possible.is_settled else "unknown"
    present = present_treatment(known)
    names = tuple(each.drug for each in present if each.is_certain)
    high_activity = compare(IsOneOf("high_activity", ("true",)), facts["high_activity"])
    last = _last_attack(known)
    return Indication(
        state=state,
        sentence=_sentence(state, facts, last),
        last_attack=last,
        on_drug=names[0] if names else None,
        high_activity=high_activity,
        attacks_12_months=value_read(facts["attacks_12_months"]),
        rate=value_read(facts["annualised_relapse_rate"]),
        present_drugs=names,
        present_sentence=_present(known),
    )


def _last_attack(known: Known) -> str | None:
    rows = known.patient.attacks.rows if known.patient.attacks else ()
    onsets = [row.onset.value for row in rows if row.onset is not None and row.onset.value]
    return str(max(onsets)) if onsets else None


def _sentence(state: str, facts: Facts, last: str | None) -> str:
    last_words = (
        _("last attack {date}").format(date=format_partial(last)) if last else _("no attack listed")
    )
    count = value_read(facts["attacks_12_months"])
    match state:
        case "attack-in-progress":
            return _("An attack is in progress; {last}.").format(last=last_words)
        case "active":
            return _("Attacks in 12 months: {count}; {last}.").format(count=count, last=last_words)
        case "recent-start":
            return _("The present drug has not been judged yet; {last}.").format(last=last_words)
        case "quiescent":
            return _("No attack in the last 24 months; {last}.").format(last=last_words)
        case _:
            return _(
                "Cannot tell: needs the complete list of attacks and of drugs; {last}."
            ).format(last=last_words)


def _present(known: Known) -> str:
    lines = []
    for each in present_treatment(known):
        since = (
            _(" since {date}").format(date=format_partial(str(each.since))) if each.since else ""
        )
        doubt = "" if each.is_certain else _(" (whether still taken is not known)")
        lines.append(f"{drug_words(each.drug)}{since}{doubt}")
    if lines:
        return parted(lines)
    treatments = known.patient.treatments
    if treatments is not None and treatments.complete_since is not None:
        return _("None listed")
    return _("Not known")
