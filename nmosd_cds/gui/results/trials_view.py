"""The Trials tab: one row a trial, opening to its list line by line."""

from __future__ import annotations

from collections.abc import Set
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nmosd_cds.advice.model import Advice
from nmosd_cds.gui import style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import label
from nmosd_cds.gui.page import Page
from nmosd_cds.gui.results.citation import with_keys
from nmosd_cds.gui.results.looked_at import LookedAt
from nmosd_cds.gui.results.markup import Markup
from nmosd_cds.gui.results.trial_text import named_trials, trials_html
from nmosd_cds.i18n import _, ngettext
from nmosd_cds.report.summary import headline_of
from nmosd_cds.report.trials import NMOSD, is_live


class TrialsView(LookedAt):
    """Every trial of the knowledge against this person; a trial decides, a list never does."""

    asked_for = Signal(str)
    study_followed = Signal(str)

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self._advice: Advice | None = None
        self._opened: Set[str] = frozenset()
        self._content = content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(style.px(16), style.px(10), style.px(16), style.px(16))
        layout.setSpacing(style.px(6))
        layout.addWidget(label(_("Trials"), size=style.TITLE, bold=True))
        said = _(
            "What the listed criteria say for this person. The lists were read only in part, "
            "none of them promises a place, and the trial decides."
        )
        layout.addWidget(label(said, token="text2", wraps=True))
        self.scope = label("", bold=True, token="attention", wraps=True)
        layout.addWidget(self.scope)
        self.count = label("", wraps=True)
        layout.addWidget(self.count)
        self.words = Markup(_("Trials, one by one"))
        self.words.followed.connect(self.on_followed)
        layout.addWidget(self.words)
        layout.addStretch(1)
        self.page = Page(content, _("Trials"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.page)
        consultation.advice_cleared.connect(self.clear)
        consultation.advice_changed.connect(self.show_advice)
        consultation.case_opened.connect(self.on_case_opened)
        self.clear()

    def clear(self) -> None:
        """Take what belongs to an older case off the screen."""
        self._advice = None
        self.scope.hide()
        self.count.setText(_("Working out the answer"))
        self.words.put_away()
        self.call_off()

    def show_advice(self, advice: Advice) -> None:
        """Show every trial; those named for the person are open."""
        self._advice = advice
        self._opened |= named_trials(advice)
        self.scope.setText(headline_of(advice))
        self.scope.setVisible(advice.outcome == "out-of-scope")
        ours = [one for one in advice.trials if one.disease == NMOSD]
        live = sum(map(is_live, ours))
        words = ngettext(
            "{all} trials in NMOSD; {n} recruits or is about to.",
            "{all} trials in NMOSD; {n} recruit or are about to.",
            live,
        )
        self.count.setText(words.format(n=live, all=len(ours)))
        self.put_off()

    def on_case_opened(self) -> None:
        self._opened = frozenset()

    def on_followed(self, target: str) -> None:
        kind, _colon, rest = target.partition(":")
        if kind == "study":
            self.study_followed.emit(rest)
        elif kind == "field":
            self.asked_for.emit(rest)
        elif kind == "toggle" and self._advice is not None:
            self._opened = self._opened ^ {rest}
            self.fill()
            if self.words.hasFocus():
                self.words.focus_link(target)

    def fill(self) -> None:
        """Lay out every trial."""
        assert self._advice is not None
        sources = self._consultation.engine.sources
        html = trials_html(self._advice, self._opened)
        self.words.show()
        self.words.show_html(html, partial(with_keys, sources=sources))
