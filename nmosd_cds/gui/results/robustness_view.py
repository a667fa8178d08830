"""The Robustness tab: what the open answers could change, and how the shares hold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nmosd_cds.advice.model import Advice, OptionAdvice, ScenarioLine
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, Flow, Page, draw_frame, label, paint_ground
from nmosd_cds.gui.plots.ranks import RankKey, Ranks, rank_lines, rank_word
from nmosd_cds.gui.results.compare_view import WordTable
from nmosd_cds.i18n import _
from nmosd_cds.report.summary import headline_of
from nmosd_cds.report.wording import and_list, capital, label_of, of_100, sentence, sentences


class _Box(QWidget):
    """A framed ground for the sentence that decides."""

    def __init__(self) -> None:
        super().__init__()
        paint_ground(self, "sunk")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(14), style.px(8), style.px(14), style.px(8))
        self.words = label("", bold=True, wraps=True)
        layout.addWidget(self.words)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_frame(QPainter(self), self.rect(), edge="line")


class RobustnessView(QWidget):
    """Completions first, then shares; a share is never a chance of benefit, and says so."""

    asked_for = Signal(str)

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(style.px(16), style.px(10), style.px(16), style.px(16))
        layout.setSpacing(style.px(8))
        layout.addWidget(label(_("Robustness"), size=style.TITLE, bold=True))
        said = _("Share of simulated weightings, not a chance of benefit")
        layout.addWidget(label(said, token="text2", wraps=True))
        self.nothing = label("", wraps=True)
        layout.addWidget(self.nothing)
        self.box = _Box()
        layout.addWidget(self.box)
        self.completions = self._completions()
        layout.addWidget(self.completions)
        self.bars = self._bars()
        layout.addWidget(self.bars)
        self.held = self._scenarios()
        layout.addWidget(self.held)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Page(content, _("Robustness")))
        consultation.advice_cleared.connect(self.clear)
        consultation.advice_changed.connect(self.show_advice)
        self.clear()

    def _part(self, title: str) -> tuple[QWidget, QVBoxLayout]:
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, style.px(4), 0, 0)
        layout.setSpacing(style.px(6))
        layout.addWidget(label(title, bold=True, wraps=True))
        return part, layout

    def _completions(self) -> QWidget:
        part, layout = self._part(_("What the open answers could change"))
        self.looked_at = label("", size=style.SMALL, token="text2", wraps=True)
        layout.addWidget(self.looked_at)
        self.first = Flow(gap=14)
        self.cannot_tell = Flow(gap=14)
        self.depends_on = Flow(gap=6)
        for row in (self.first, self.cannot_tell, self.depends_on):
            layout.addWidget(row)
        return part

    def _bars(self) -> QWidget:
        part, layout = self._part(_("How often each place, of 100 weightings, without preferences"))
        top = QHBoxLayout()
        self.keys = Flow(gap=14)
        top.addWidget(self.keys, 1)
        self.as_table = Button(_("As a table"))
        self.as_table.setCheckable(True)
        self.as_table.toggled.connect(self.on_table_toggled)
        top.addWidget(self.as_table, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(top)
        self.ranks = Ranks()
        layout.addWidget(self.ranks)
        self.rank_table = WordTable(_("Rank acceptability as a table"))
        self.rank_table.hide()
        layout.addWidget(self.rank_table)
        self.ties = label("", size=style.SMALL, token="text2", wraps=True)
        layout.addWidget(self.ties)
        return part

    def _scenarios(self) -> QWidget:
        part, layout = self._part(_("First place, scenario by scenario"))
        self.scenarios = WordTable(_("Scenarios"))
        layout.addWidget(self.scenarios)
        self.drawn = label("", size=style.SMALL, token="text2", wraps=True)
        layout.addWidget(self.drawn)
        return part

    def clear(self) -> None:
        """Take what belongs to an older case off the screen."""
        self.nothing.setText(_("Working out the answer"))
        self.nothing.show()
        for part in (self.box, self.completions, self.bars, self.held):
            part.hide()

    def show_advice(self, advice: Advice) -> None:
        """Show how the order of an advice holds."""
        lines = rank_lines(advice)
        self.nothing.setText("" if lines else why_nothing(advice))
        self.nothing.setVisible(not lines)
        threshold = advice.robustness.threshold
        self.box.words.setText(sentence(threshold))
        self.box.setVisible(bool(threshold))
        self._show_completions(advice)
        self._show_ranks(advice)
        self._show_scenarios(advice)

    def _show_completions(self, advice: Advice) -> None:
        found = advice.robustness.completions
        self.completions.setVisible(bool(found.can_be_first or found.cannot_tell))
        self.looked_at.setText(
            _("Every value the open answers could take was looked at.")
            if found.exact
            else _("Too many values to look at all; two bounds stand for them.")
        )
        self._show_names(self.first, _("Can be first"), advice, found.can_be_first)
        self._show_names(self.cannot_tell, _("Cannot tell"), advice, found.cannot_tell)
        self.cannot_tell.setVisible(bool(found.cannot_tell))
        self.depends_on.clear()
        says = _("It depends on") if found.depends_on else _("No open answer changes who may lead.")
        words = label(says, bold=bool(found.depends_on))
        words.setFixedHeight(style.px(26))
        self.depends_on.add(words)
        for name in found.depends_on:
            field = label_of(advice, name)
            chip = Button(field, shape="arrow", round_=True, size=style.SMALL)
            chip.setAccessibleName(_("Go to {field}").format(field=field))
            chip.clicked.connect(partial(self.asked_for.emit, name))
            self.depends_on.add(chip)

    def _show_names(self, row: Flow, title: str, advice: Advice, options: Sequence[str]) -> None:
        row.clear()
        row.add(label(title, bold=True))
        if not options:
            row.add(label(_("none")))
        for name in options:
            row.add(_named(advice.option(name)))

    def _show_ranks(self, advice: Advice) -> None:
        lines = rank_lines(advice)
        self.bars.setVisible(bool(lines))
        self.ranks.show_lines(lines)
        self.keys.clear()
        places = max((len(line.shares) for line in lines), default=0)
        for at in range(places):
            self.keys.add(_beside(RankKey(at), label(rank_word(at), size=style.SMALL)))
        heads = (_("Option"), *(capital(rank_word(at)) for at in range(places)))
        rows = [(line.name, *(of_100(share) for share in line.shares)) for line in lines]
        self.rank_table.fill(heads, rows)
        said = _("{options} are in a tie: their order is not known.")
        groups = _ties(advice)
        self.ties.setText(sentences(said.format(options=and_list(names)) for names in groups))
        self.ties.setVisible(bool(groups))

    def _show_scenarios(self, advice: Advice) -> None:
        robustness = advice.robustness
        self.held.setVisible(bool(robustness.scenarios))
        names = list(dict.fromkeys(name for line in robustness.scenarios for name in line.shares))
        heads = (_("Scenario"), *(advice.option(name).short for name in names), _("Reading"))
        rows = [
            (
                _scenario(line),
                *(_share(line, name) for name in names),
                capital(line.reading),
            )
            for line in robustness.scenarios
        ]
        self.scenarios.fill(heads, rows)
        drawn = _("{draws} draws, seed {seed}, Monte Carlo error at most {error} of 100.").format(
            draws=f"{robustness.draws:,}",
            seed=robustness.seed,
            error=f"{100 * robustness.monte_carlo_error:.1f}",
        )
        self.drawn.setText(drawn)
        self.drawn.setVisible(bool(robustness.draws))

    def on_table_toggled(self, is_table: bool) -> None:
        self.rank_table.setVisible(is_table)
        self.ranks.setVisible(not is_table)


def why_nothing(advice: Advice) -> str:
    """Why no option has a share."""
    scored = [one for one in advice.options if one.rank_acceptability]
    is_leading = any(one.rank == 1 for one in scored)
    if is_leading and len(scored) == 1:
        return _(
            "Nothing is ranked by score: only {option} can be ranked while the others are open or "
            "excluded, and a share needs at least two."
        ).format(option=scored[0].short)
    headline = sentence(headline_of(advice))
    return _("Nothing is ranked by score. {why}").format(why=headline)


def _scenario(line: ScenarioLine) -> str:
    said = capital(line.label)
    return said if line.preference == "none" else f"{said} ({_('with preferences')})"


def _share(line: ScenarioLine, option: str) -> str:
    if not line.shares:
        return _("no share")
    return of_100(line.shares[option]) if option in line.shares else _("not ranked")


def _ties(advice: Advice) -> list[list[str]]:
    groups: dict[int, list[str]] = {}
    for one in advice.options:
        if one.tie_group is not None and one.rank_acceptability:
            groups.setdefault(one.tie_group, []).append(one.short)
    return [names for names in groups.values() if len(names) > 1]


def _named(option: OptionAdvice) -> QWidget:
    return _beside(shapes.Shape(option.status, 14), label(option.short))


def _beside(sign: QWidget, words: QWidget) -> QWidget:
    part = QWidget()
    line = QHBoxLayout(part)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(style.px(5))
    line.addWidget(sign)
    line.addWidget(words)
    return part
