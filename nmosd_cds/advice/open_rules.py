"""Rules that a missing fact leaves open: what the next questions are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from nmosd_cds.advice.screen import Screened
from nmosd_cds.knowledge.knowledge import CompiledRule, Knowledge
from nmosd_cds.logic.truth import UNKNOWN


@dataclass(frozen=True)
class Gate:
    """One open rule of an option, the fields it misses and the facts it leaves open."""

    option: str
    compiled: CompiledRule
    missing: tuple[str, ...]
    open_facts: tuple[str, ...]


Gates = dict[str, list[Gate]]


@dataclass(frozen=True)
class Open:
    """Rules that a missing fact leaves open, by option.

    Attributes:
        gates: Those that bar; they alone settle a status.
        doubts: Cautions about benefit; they say who leads with whom, and so who may be first.
    """

    gates: Gates
    doubts: Gates

    @cached_property
    def barred_by(self) -> Mapping[str, frozenset[str]]:
        """The options of which a gate waits for a fact, by fact."""
        found: dict[str, set[str]] = {}
        for option, gates in self.gates.items():
            for gate in gates:
                for fact in gate.open_facts:
                    found.setdefault(fact, set()).add(option)
        return {fact: frozenset(options) for fact, options in found.items()}

    @cached_property
    def every(self) -> Gates:
        """Both, gates first."""
        names = dict.fromkeys((*self.gates, *self.doubts))
        return {name: self.gates.get(name, []) + self.doubts.get(name, []) for name in names}


def open_doubts(knowledge: Knowledge, screened: Mapping[str, Screened]) -> Gates:
    """Cautions about benefit of options that may still be possible, as far as they are open."""
    doubts: Gates = {}
    for option, each in screened.items():
        if each.status not in ("possible", "unconfirmed"):
            continue
        rules = knowledge.options[option].rules
        for compiled, finding in zip(rules, each.findings, strict=False):
            is_doubt = finding.effect == "cautions" and finding.about == "benefit"
            if is_doubt and finding.truth is UNKNOWN:
                doubt = Gate(option, compiled, finding.missing, finding.open_facts)
                doubts.setdefault(option, []).append(doubt)
    return doubts


def open_gates(knowledge: Knowledge, screened: Mapping[str, Screened]) -> Gates:
    """Bars of unconfirmed options that are open."""
    gates: Gates = {}
    for option, each in screened.items():
        if each.status != "unconfirmed":
            continue
        rules = knowledge.options[option].rules
        for compiled, finding in zip(rules, each.findings, strict=True):
            if finding.blocks is UNKNOWN:
                gate = Gate(option, compiled, finding.missing, finding.open_facts)
                gates.setdefault(option, []).append(gate)
    return gates
