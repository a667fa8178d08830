"""Whether the approved mechanisms are used up, on plain inputs. This project's rule, no score."""

from __future__ import annotations

from nmosd_cds.calculators.scores import asked
from nmosd_cds.calculators.scores.given import Given
from nmosd_cds.calculators.scores.score import INDETERMINATE, Score, Worked
from nmosd_cds.calculators.scores.told import in_step
from nmosd_cds.calculators.shown import drug_words
from nmosd_cds.i18n import N_, _

CLASSES = {
    "c5": ("eculizumab", "ravulizumab"),
    "b_cell": ("inebilizumab", "rituximab"),
    "il6r": ("satralizumab", "tocilizumab"),
}
# They never close a class.
OTHERS = (
    "azathioprine",
    "mycophenolate",
    "methotrexate",
    "cyclophosphamide",
    "mitoxantrone",
    "tacrolimus",
    "steroids",
    "ms_drug",
)
DRUGS = (*(drug for drugs in CLASSES.values() for drug in drugs), *OTHERS)
CLOSING = frozenset({"failed_adequate", "intolerant", "contraindicated"})
NOT_ACCESSIBLE = "not_accessible"
OUTCOMES = ("untried", "tried_not_adequate", *sorted(CLOSING), NOT_ACCESSIBLE)
AQP4 = ("positive", "negative", "unknown")
_ROW = (
    asked.choice("drug", N_("Drug"), DRUGS),
    asked.choice("outcome", N_("Outcome"), OUTCOMES),
)
INPUTS = (
    asked.choice("aqp4", N_("AQP4-IgG"), AQP4, field="aqp4_igg"),
    asked.Asked("drugs", N_("Drugs"), "rows", row=_ROW),
)
NEEDS = tuple(one.name for one in INPUTS)
ROW = tuple(one.name for one in _ROW)
NOT_APPLICABLE = "not_applicable_seronegative_or_unknown"


def approved_options_gate(raw: object) -> Worked:
    """State of the three approved mechanisms in an adult with AQP4-IgG.

    Args:
        raw: `aqp4`, and `drugs` as a list of `drug` and `outcome`; a drug that is not in the list
            is untried and leaves its class open.

    Raises:
        CdsError: An input is wrong.

    Source:
        nmosd-cds-project.
    """
    given = Given(raw, NEEDS)
    aqp4 = given.choice("aqp4", AQP4)
    rows = given.rows("drugs", ROW)
    tried = [(row.choice("drug", DRUGS), row.choice("outcome", OUTCOMES)) for row in rows or ()]
    for row in rows or ():
        row.require(*ROW)
    given.stop_if_wrong()
    missing = given.missing(NEEDS)
    if aqp4 in ("negative", "unknown"):
        return Worked({"status": NOT_APPLICABLE}, (), missing, _seronegative())
    if missing:
        return Worked({"status": INDETERMINATE}, (), missing)
    outcomes: dict[str, set[str]] = {}
    for drug, outcome in tried:
        outcomes.setdefault(str(drug), set()).add(str(outcome))
    states = {name: _state(drugs, outcomes) for name, drugs in CLASSES.items()}
    not_closed = [name for name, state in states.items() if state != "closed"]
    if "open" in states.values():
        status = "not_exhausted"
    else:
        status = "access_limited" if not_closed else "exhausted"
    return Worked(
        {"status": status, "open_classes": not_closed, "classes": states},
        tuple(
            _("{name}: {state}.").format(name=in_step(n), state=in_step(state))
            for n, state in states.items()
        ),
        (),
        _within_class(outcomes),
    )


def _state(drugs: tuple[str, ...], outcomes: dict[str, set[str]]) -> str:
    said = set().union(*(outcomes.get(drug, set()) for drug in drugs))
    if said & CLOSING:
        return "closed"
    return "access_limited" if NOT_ACCESSIBLE in said else "open"


def _seronegative() -> tuple[str, ...]:
    return (_("Without AQP4-IgG no drug is approved that could be used up: test MOG-IgG first."),)


def _within_class(outcomes: dict[str, set[str]]) -> tuple[str, ...]:
    untried = {drug for drug in DRUGS if outcomes.get(drug, {"untried"}) <= {"untried"}}
    said = [_("The rule is for adults.")]
    for failed, other in (
        ("rituximab", "inebilizumab"),
        ("eculizumab", "ravulizumab"),
        ("ravulizumab", "eculizumab"),
    ):
        if "failed_adequate" in outcomes.get(failed, ()) and other in untried:
            said.append(
                _("{failed} failed and {other} of the same class is untried.").format(
                    failed=drug_words(failed), other=drug_words(other)
                )
            )
    return tuple(said)


APPROVED_OPTIONS_GATE = Score(
    "approved_options_gate",
    N_("Approved mechanisms used up, this project's rule"),
    INPUTS,
    approved_options_gate,
)
