"""What became of each mechanism class, and of the drugs of one option."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import product

from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.calculators.drug_state import (
    CONTRAINDICATED,
    FAILED,
    INTOLERANT,
    LISTS,
    MOST_ADVANCED_FIRST,
    NAMES,
    NOT_ACCESSIBLE,
    OPEN,
    STATES,
    Standing,
    Standings,
    drug_standings,
    missing_of,
)
from nmosd_cds.i18n import N_
from nmosd_cds.logic.fact import Choices

CLASSES = ("c5", "b-cell", "il6r")
CLINICALLY_CLOSED = (FAILED, INTOLERANT, CONTRAINDICATED)


def members(known: Known, mechanism_class: str) -> tuple[str, ...]:
    """The drugs of a class, off-label ones included, by name.

    Source:
        nmosd-cds-project.
    """
    return known.definitions.drugs_by_class.get(mechanism_class, ())


def class_states(known: Known, mechanism_class: str) -> frozenset[str]:
    """The states a class may be in.

    It is closed by the failure of any member; by an intolerance or contraindication that holds for
    the class, or where every other member is closed or cannot be had; and as not accessible if no
    member can be had. An open class shows the most advanced of its open members.

    Source:
        nmosd-cds-project.
    """
    drugs = members(known, mechanism_class)
    if not drugs:
        return frozenset(STATES)
    return _states(tuple(drug_standings(known, drug) for drug in drugs), ())


def class_state(known: Known, mechanism_class: str) -> Derived:
    """The state of a class.

    Source:
        nmosd-cds-project.
    """
    states = class_states(known, mechanism_class)
    missing = () if len(states) == 1 else missing_of(known, members(known, mechanism_class))
    return Derived(Choices(states, STATES), missing)


_NOTHING_TO_TRY = Derived(Choices(frozenset(STATES), STATES))


def own_state(known: Known) -> Derived:
    """The state of an option's own drugs, by the rule of a class.

    A reason of a sibling drug that holds for the class holds here too. An option without drugs
    has nothing to try: every state stays possible.

    Source:
        nmosd-cds-project.
    """
    assert known.option is not None
    definition = known.definitions.options.get(known.option)
    drugs = definition.drugs if definition else ()
    if not drugs:
        return _NOTHING_TO_TRY
    siblings = _siblings(known, drugs)
    states = _states(
        tuple(drug_standings(known, drug) for drug in drugs),
        tuple(drug_standings(known, drug) for drug in siblings),
    )
    missing = () if len(states) == 1 else missing_of(known, (*drugs, *siblings))
    return Derived(Choices(states, STATES), missing)


def _siblings(known: Known, drugs: Sequence[str]) -> tuple[str, ...]:
    defined = known.definitions.drugs
    classes = {defined[drug].mechanism_class for drug in drugs if drug in defined}
    return tuple(
        drug
        for mechanism_class in CLASSES
        if mechanism_class in classes
        for drug in members(known, mechanism_class)
        if drug not in drugs
    )


# A product over all drugs, asked for again by every fact and question about the class.
@lru_cache(maxsize=1024)
def _states(own: tuple[Standings, ...], siblings: tuple[Standings, ...]) -> frozenset[str]:
    class_wide = [frozenset(map(_only_class_wide, standings)) for standings in siblings]
    return frozenset(
        _combined(drawn[: len(own)], drawn[len(own) :]) for drawn in product(*own, *class_wide)
    )


def _only_class_wide(standing: Standing) -> Standing | None:
    return standing if _closes_class(standing) else None


def _closes_class(standing: Standing) -> bool:
    return standing.holds_for_class and standing.state in (INTOLERANT, CONTRAINDICATED)


def _combined(own: Sequence[Standing | None], siblings: Sequence[Standing | None]) -> str:
    states = [standing.state for standing in own if standing is not None]
    if FAILED in states:
        return FAILED
    class_wide = [
        standing.state
        for standing in (*own, *siblings)
        if standing is not None and _closes_class(standing)
    ]
    still_open = [state for state in states if state in OPEN]
    if class_wide or not still_open:
        closed = class_wide or [state for state in states if state != NOT_ACCESSIBLE]
        return _most_advanced(closed or [NOT_ACCESSIBLE])
    return _most_advanced(still_open)


def _most_advanced(states: Sequence[str]) -> str:
    return min(states, key=MOST_ADVANCED_FIRST.index)


def _fact(name: str, mechanism_class: str, label: str) -> DerivedFact:
    compute: Callable[[Known], Derived] = partial(class_state, mechanism_class=mechanism_class)
    return DerivedFact(
        name=name,
        kind="choice",
        label=label,
        choices=STATES,
        needs=(*LISTS, *(f"access_{drug}" for drug in NAMES)),
        compute=compute,
        source="nmosd-cds-project",
    )


CLASS_STATES = (
    _fact("c5_state", "c5", N_("C5 inhibitors")),
    _fact("b_cell_state", "b-cell", N_("B-cell antibodies")),
    _fact("il6r_state", "il6r", N_("IL-6 receptor inhibitors")),
)
OWN_STATE = DerivedFact(
    name="own_state",
    kind="choice",
    label=N_("State of the option's drugs"),
    choices=STATES,
    needs=(*LISTS, *(f"access_{drug}" for drug in NAMES)),
    compute=own_state,
    source="nmosd-cds-project",
    per_option=True,
)
