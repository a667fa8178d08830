"""The first sentences on every surface: what decides, then a set; never "consider X first"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import and_list, capital, inside, listed, parted, run_of


@dataclass(frozen=True)
class Said:
    """Headline and sentence of an advice."""

    headline: str
    sentence: str


_MOST_DECIDING = 2
_MOST_ASKED = 3


def stopped(headline: str, asks: Sequence[str]) -> Said:
    """A rule of the scope stops the ladder; its message stands among the alerts."""
    if asks:
        return Said(
            headline,
            _("No option is ranked. To be known first: {fields}.").format(
                fields=parted(asks[:_MOST_ASKED])
            ),
        )
    return Said(headline, _("No option is ranked; the reason stands among the alerts."))


def no_indication(present: str) -> Said:
    """Quiescent or recent start."""
    return Said(
        _("Decided: no indication for a cellular therapy is recorded"),
        _(
            "The present treatment ({present}) appears to hold: do not stop it because of this "
            "page. No switch is offered, and every cellular option waits."
        ).format(present=present),
    )


def approved_first(open_classes: Sequence[str], *, once_tried: bool, decided: bool) -> Said:
    """Tier 1 or 1b leads.

    Args:
        once_tried: Whether it is 1b: the class is closed, the drug was never tried.
        decided: Whether no missing fact could put a cellular option first.
    """
    if once_tried:
        return Said(
            _("Decided: a licensed antibody that was never tried comes first"),
            _("{names}: of a class that is closed, but never tried.").format(
                names=and_list(open_classes)
            ),
        )
    sentence = _(
        "{names} stand as one group: the choice among approved drugs is outside this tool."
    ).format(names=and_list(open_classes))
    if decided:
        more = _("No missing fact would put a cellular option above them.")
        sentence = run_of([sentence, more])
    return Said(_("Decided: approved treatment that was not tried comes first"), sentence)


def scored(
    leaders: Sequence[str], certainty: str, *, decided: bool, deciding: Sequence[str]
) -> Said:
    """Tier 2 leads: a set, unless one option alone bears every scenario."""
    if len(leaders) == 1:
        only = capital(leaders[0])
        sentence = _("{option} is the only option that can be ranked now.").format(option=only)
    else:
        sentence = _(
            "For a board: {options} are both defensible; the order depends on how attacks are "
            "weighed against harm and burden. Certainty of the cellular evidence: {certainty}."
        )
        if len(leaders) > 2:
            sentence = _(
                "For a board: {options} are all defensible; the order depends on how attacks are "
                "weighed against harm and burden. Certainty of the cellular evidence: {certainty}."
            )
        sentence = sentence.format(options=and_list(leaders), certainty=certainty)
    if decided:
        return Said(_("Decided for a board: no missing fact changes it"), sentence)
    return Said(conditional(deciding), sentence)


def reading(leaders: Sequence[str]) -> str:
    """How one scenario reads: who is ahead, or which are all defensible."""
    if len(leaders) == 1:
        return _("{option} ahead").format(option=leaders[0])
    return _("{options} defensible").format(options=and_list(leaders))


def alone_first(option: str, share: float, certainty: str) -> Said:
    """One option reaches the bar in every scenario."""
    return Said(
        _("For a board: {option} is ahead in every scenario").format(option=option),
        _(
            "{option} leads in at least {share} of 100 simulated weightings in every scenario, "
            "which is not a chance of benefit. Certainty: {certainty}."
        ).format(option=option, share=int(100 * share), certainty=certainty),
    )


def conditional(deciding: Sequence[str]) -> str:
    """`Conditional on HBV DNA`."""
    shown = [inside(label) for label in deciding[:_MOST_DECIDING]]
    if not shown:
        return _("Conditional on facts that are missing")
    if len(deciding) > _MOST_DECIDING:
        return _("Conditional on {fields} and {n} more").format(
            fields=listed(shown), n=len(deciding) - _MOST_DECIDING
        )
    return _("Conditional on {fields}").format(fields=and_list(shown))


def nothing_rankable() -> Said:
    """No option is left that may be ranked."""
    return Said(
        _("Not rankable: no option can be ranked as entered"),
        _("Every option is barred, lacks evidence or waits for a missing fact."),
    )
