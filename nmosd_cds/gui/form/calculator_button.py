"""The way from a field to the calculator whose result answers it."""

from __future__ import annotations

from nmosd_cds.calculators.scores import score_for
from nmosd_cds.gui import style
from nmosd_cds.gui.controls import Button
from nmosd_cds.i18n import _


def calculator_button(field: str) -> Button | None:
    """The button beside a field that has a calculator; None if it has none."""
    score = score_for(field)
    if score is None:
        return None
    made = Button(_("Calculator"), shape="derived", flat=True, size=style.SMALL)
    made.setAccessibleName(_("Calculator: {name}").format(name=_(score.label)))
    return made
