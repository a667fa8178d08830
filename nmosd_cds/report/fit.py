"""How the patients studied resemble this person, in words: n of n, and what a difference means."""

from __future__ import annotations

from collections.abc import Sequence

from nmosd_cds.advice.model import FitLine, OptionAdvice
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import clauses
from nmosd_cds.logic.truth import Truth
from nmosd_cds.report.wording import capital, sentences


def alike_word(line: FitLine) -> str:
    """`alike`, `not alike`, or that one side is not known."""
    if line.alike is Truth.UNKNOWN:
        return _("not known to be alike")
    return _("alike") if line.alike is Truth.TRUE else _("not alike")


def counted_words(option: OptionAdvice) -> str:
    """How many were studied, how many of them have this serostatus, how many features agree."""
    fit = option.fit
    if fit.n is None:
        return _("nobody counted")
    said = [_("n {count}").format(count=fit.n)]
    if fit.n_like is not None:
        said.append(_("{count} of {of} with this serostatus").format(count=fit.n_like, of=fit.n))
    if fit.shown:
        said.append(_("alike in {count} features").format(count=fit.shown))
    return clauses(said)


def fit_heads(options: Sequence[OptionAdvice]) -> tuple[str, ...]:
    """Heads of the table."""
    return (_("Feature"), _("This person"), *(one.short for one in options))


def fit_rows(options: Sequence[OptionAdvice]) -> tuple[tuple[str, ...], ...]:
    """One row a feature: this person, then whom each option was studied in."""
    features = dict.fromkeys(line.feature for one in options for line in one.fit.lines)
    rows = [(_("Patients studied"), "", *(counted_words(one) for one in options))]
    for feature in features:
        found = [_line(one, feature) for one in options]
        person = next((line.person for line in found if line is not None), "")
        rows.append((feature, person, *(_said(line) for line in found)))
    return tuple(rows)


def _line(option: OptionAdvice, feature: str) -> FitLine | None:
    return next((line for line in option.fit.lines if line.feature == feature), None)


def alike_counted(line: FitLine) -> str:
    """`Alike, 29 of 32 patients`; the count where somebody can be counted."""
    said = capital(alike_word(line))
    if not line.counted:
        return said
    return _("{alike}, {counted} patients").format(alike=said, counted=line.counted)


def _said(line: FitLine | None) -> str:
    if line is None:
        return _("Not compared by this.")
    studied = _("studied: {who}").format(who=line.studied)
    return sentences([alike_counted(line), capital(studied), line.means])
