"""What a fact says, in words, as it stands beside a rule or a line of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nmosd_cds.calculators.shown import id_words
from nmosd_cds.i18n import _
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.logic.fact import Choices, Fact, Facts


class ValuesRead:
    """The values of the facts of one case, each put into words once."""

    def __init__(self, facts: Facts, knowledge: Knowledge) -> None:
        self._facts = facts
        self._knowledge = knowledge
        self._read: dict[str, tuple[str, str]] = {}

    def of(self, names: Iterable[str]) -> Mapping[str, str]:
        """The values read of some facts, by label."""
        read = {}
        for name in names:
            label, value = self._read.get(name) or self._labelled(name)
            read[label] = value
        return read

    def _labelled(self, name: str) -> tuple[str, str]:
        label = _(self._knowledge.fact_spec(name).label)
        self._read[name] = (label, value_read(self._facts[name]))
        return self._read[name]


def value_read(fact: Fact) -> str:
    """The value of a fact in words; never a blank."""
    if fact.shown:
        return fact.shown
    if isinstance(fact.possible, Choices) and not fact.possible.is_unknown:
        return _(" or ").join(id_words(one) for one in sorted(fact.possible.possible))
    return _("not known")
