"""What the sheets of studies, drugs and trials have in common: lines, marks, values, the legend."""

from __future__ import annotations

from collections.abc import Iterable

from nmosd_cds.evidence.study import Conflict
from nmosd_cds.gui import shapes
from nmosd_cds.gui.results import markup as m
from nmosd_cds.gui.style import SMALL
from nmosd_cds.i18n import _
from nmosd_cds.report.wording import sentence


def line(marked_up: str) -> str:
    """One line of a sheet."""
    return f'<p style="margin:0 0 4px 0">{marked_up}</p>'


def conflicts(lines: tuple[Conflict, ...]) -> str:
    """Both sides of every disagreement."""
    if not lines:
        return ""
    said = "".join(
        line(f"{m.soft(one.figure.replace('_', ' '))}: {m.text(sentence(one.says))}")
        for one in lines
    )
    return m.heading(_("Disagreement kept on view")) + said


def addresses(urls: Iterable[str]) -> str:
    """Where it was read, as text to be copied; the program itself opens no address."""
    lines = [f"{m.soft(f'[{at}]')} {m.text(url)}" for at, url in enumerate(urls, start=1)]
    return m.heading(_("Read at")) + "".join(map(line, lines)) if lines else ""


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
