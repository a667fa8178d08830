"""The visual functional system from acuity alone."""

from __future__ import annotations

import math

from nmosd_cds.calculators.scores import asked
from nmosd_cds.calculators.scores.given import Given
from nmosd_cds.calculators.scores.score import INDETERMINATE, Score, Worked, settled
from nmosd_cds.calculators.scores.told import in_step
from nmosd_cds.i18n import N_, _

CONVERTED = {0: 0, 1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 4}
RAISED_UP_TO = 0.33  # acuity of the better eye that raises grades 3 to 5 by one
INPUTS = (
    asked.number("worse_eye_decimal", N_("Acuity of the worse eye"), "decimal", (0, 2)),
    asked.number("better_eye_decimal", N_("Acuity of the better eye"), "decimal", (0, 2)),
)
NEEDS = tuple(one.name for one in INPUTS)


def visual_fs(raw: object) -> Worked:
    """Grade 0 to 6 from best-corrected decimal acuity, and its grade converted for the EDSS.

    The bands are printed with two decimals; an acuity between two of them (0.333) is rounded.

    Args:
        raw: Decimal acuity of the worse and the better eye, 0 (no light) to 2.

    Raises:
        CdsError: An input is wrong, or the worse eye sees more than the better one.

    Source:
        neurostatus-visual, kurtzke-1983.
    """
    given = Given(raw, NEEDS)
    worse = given.number("worse_eye_decimal", 0, 2)
    better = given.number("better_eye_decimal", 0, 2)
    if worse is not None and better is not None and worse > better:
        given.wrong("worse_eye_decimal", _("is more than that of the better eye"))
    given.stop_if_wrong()
    if worse is None:
        return _answer(INDETERMINATE, INDETERMINATE, (), given)
    first = _of_worse_eye(worse)
    grades = _raised(first, better)
    grade = settled(grades)
    converted = settled(CONVERTED[one] for one in grades)
    steps = [_("Worse eye {acuity:g}: grade {grade}.").format(acuity=worse, grade=in_step(first))]
    if worse > 0:
        steps.append(_("logMAR of the worse eye: {value:.2f}.").format(value=-math.log10(worse)))
    steps.append(_("With the better eye: grade {grade}.").format(grade=in_step(grade)))
    steps.append(_("Converted for the EDSS: {grade}.").format(grade=in_step(converted)))
    return _answer(grade, converted, tuple(steps), given)


def _of_worse_eye(acuity: float) -> int:
    if acuity > 0.67:
        return 0 if acuity >= 1 else 1
    if round(acuity, 2) >= 0.34:
        return 2
    if round(acuity, 2) >= 0.21:
        return 3
    return 4 if acuity >= 0.1 else 5


def _raised(grade: int, better: float | None) -> tuple[int, ...]:
    if grade < 3:
        return (grade,)
    if better is None:
        return (grade, grade + 1)
    return (grade + int(round(better, 2) <= RAISED_UP_TO),)


def _answer(grade: int | str, converted: int | str, steps: tuple[str, ...], given: Given) -> Worked:
    return Worked(
        {"visual_fs": grade, "converted": converted},
        steps,
        given.missing(NEEDS),
        (
            _(
                "Acuity only: visual field, scotoma and pallor of the disc can raise the grade. "
                "Ask the examiner."
            ),
        ),
    )


VISUAL_FS = Score("visual_fs", N_("Visual functional system from acuity"), INPUTS, visual_fs)
