"""The line under everything: what this is not, which versions answered, and when."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nmosd_cds import __version__
from nmosd_cds.advice.model import Advice
from nmosd_cds.gui import style
from nmosd_cds.gui.controls import Flow, label, paint_ground
from nmosd_cds.i18n import _, format_date, review_note
from nmosd_cds.report.wording import SIGNATURE, word


class StatusLine(QWidget):
    """Versions and time of the answer on the screen."""

    def __init__(self) -> None:
        super().__init__()
        paint_ground(self, "window")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(style.px(16), style.px(4), style.px(16), style.px(5))
        self.line = line = Flow(gap=18)
        outer.addWidget(line, 1)
        line.add(label(_("Prototype, not a medical device"), size=style.SMALL, bold=True))
        self.promise = label(
            _("Decision support, not a prescription; no override"), size=style.SMALL, token="text2"
        )
        line.add(self.promise)
        if review_note():
            line.add(label(review_note(), size=style.SMALL, bold=True))
        line.add(
            label(_("App {version}").format(version=__version__), size=style.SMALL, token="text2")
        )
        self.knowledge = label("", size=style.SMALL, token="text2")
        line.add(self.knowledge)
        self.computed = label("", size=style.SMALL, token="text2")
        line.add(self.computed)
        self.zoom = label(f"{round(style.look.zoom * 100)} %", size=style.SMALL, token="text2")
        outer.addWidget(self.zoom, 0, Qt.AlignmentFlag.AlignTop)

    def show_advice(self, advice: Advice) -> None:
        """Say which knowledge answered, and now."""
        stamp = advice.knowledge
        said = _("Knowledge {version} ({sha}), {signature}")
        signature = word(SIGNATURE, stamp.signature)
        self.knowledge.setText(
            said.format(version=stamp.version, sha=stamp.sha256[:8], signature=signature)
        )
        now = datetime.now().astimezone()
        said = _("Computed {day} {time}")
        self.computed.setText(said.format(day=format_date(now.date()), time=f"{now:%H:%M}"))
        self.line.arrange()

    def clear(self) -> None:
        """Nothing is computed at the moment."""
        self.computed.setText("")
