"""What the sheets of studies, drugs and trials have in common: lines, marks, values, the legend."""

from __future__ import annotations

from nmosd_cds.evidence.study import Conflict, Figure
from nmosd_cds.gui import shapes
from nmosd_cds.gui.results import markup as m
from nmosd_cds.gui.style import SMALL
from nmosd_cds.i18n import _
from nmosd_cds.report.wording import sentence


def line(marked_up: str) -> str:
    """One line of a sheet."""
    return f'<p style="margin:0 0 4px 0">{marked_up}</p>'


def figure_value(figure: Figure) -> str:
    """The number of a figure in words."""
    if figure.kind == "count" and figure.count is not None and figure.of is not None:
        said = _("{count} of {of}").format(count=figure.count, of=figure.of)
        return f"{said} {figure.unit}" if figure.unit else said
    if figure.value is None:
        return figure.text or _("not printed")
    said = f"{figure.value:f} {figure.unit or ''}".strip()
    if figure.low is not None and figure.high is not None:
        said += f" ({figure.low:f}–{figure.high:f})"
    if figure.of is not None:
        said += f", n {figure.of}"
    return f"{figure.statistic} {said}" if figure.statistic else said


def conflicts(lines: tuple[Conflict, ...]) -> str:
    """Both sides of every disagreement."""
    if not lines:
        return ""
    said = "".join(line(m.text(sentence(one.says))) for one in lines)
    return m.heading(_("Disagreement kept on view")) + said


def legend(*, with_project: bool = False) -> str:
    """What the shapes mean."""
    flags = [
        ("second", ("seen", "different-document")),
        ("seen", ("seen", "none")),
        ("secondary", ("seen", "one-secondary-source")),
        ("memory", ("memory", "none")),
        ("derived", ("derived", "none")),
    ]
    if with_project:
        flags[-1] = ("project", ("project", "none"))
    parts = [f"{m.shape(name, 12)}&nbsp;{m.soft(shapes.flag_word(*flag))}" for name, flag in flags]
    return f'<p style="margin-top:12px">{m.sized(" &nbsp; ".join(parts), SMALL)}</p>'
