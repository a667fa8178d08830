"""What is still possible, as the few words a reader sees beside a fact."""

from __future__ import annotations

from nmosd_cds.i18n import _
from nmosd_cds.logic.fact import YES_NO, Choices, Interval, Possible

_YES_NO_WORDS = {"true": "yes", "false": "no"}


def possible_in_words(possible: Possible) -> str:
    """A short text: `yes`, `not exhausted`, `2 or more`, `not known`.

    Args:
        possible: The values still possible.
    """
    if isinstance(possible, Interval):
        return _number_in_words(possible)
    return _choice_in_words(possible)


def _choice_in_words(possible: Choices) -> str:
    if possible.is_unknown:
        return _("not known")
    words = _YES_NO_WORDS if possible.domain == YES_NO else {}
    listed = [
        _(words.get(c, c.replace("-", " "))) for c in possible.domain if c in possible.possible
    ]
    return f" {_('or')} ".join(listed)


def _number_in_words(possible: Interval) -> str:
    if possible.is_settled:
        return f"{possible.low:f}"
    if possible.high is None:
        return f"{possible.low:f} {_('or more')}" if possible.low else _("not known")
    if possible.low is None:
        return f"{possible.high:f} {_('or less')}"
    return f"{possible.low:f} {_('to')} {possible.high:f}"
