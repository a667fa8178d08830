"""The Robustness tab: what the open answers could change, how the shares hold, what moves them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nmosd_cds.advice.model import Advice, ScenarioLine
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, Flow, draw_frame, label, paint_ground
from nmosd_cds.gui.page import Page
from nmosd_cds.gui.plots.plot import Plot
from nmosd_cds.gui.plots.ranks import RankKey, Ranks, rank_lines
from nmosd_cds.gui.plots.tornado import Swings
from nmosd_cds.gui.plots.weights import CentralWeights
from nmosd_cds.gui.results.looked_at import LookedAt
from nmosd_cds.gui.results.word_table import WordTable
from nmosd_cds.i18n import _, ngettext
from nmosd_cds.report import firmness
from nmosd_cds.report.summary import headline_of
from nmosd_cds.report.wording import and_list, capital, label_of, sentence, sentences


class _Box(QWidget):
    """A framed ground for the sentences that decide."""

    def __init__(self) -> None:
        super().__init__()
        paint_ground(self, "sunk")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(14), style.px(8), style.px(14), style.px(8))
        layout.setSpacing(style.px(4))
        self.firm = label("", bold=True, wraps=True)
        self.words = label("", wraps=True)
        for part in (self.firm, self.words):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(part)

    def say(self, firm: Sequence[str], divides: Sequence[str]) -> None:
        """Too close and what changes the leader in bold, then what divides them."""
        for part, lines in ((self.firm, firm), (self.words, divides)):
            part.setText("\n".join(lines))
            part.setVisible(bool(lines))
        self.setVisible(bool(firm or divides))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_frame(QPainter(self), self.rect(), edge="line")


class _Part(QWidget):
    """A titled part of the page."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, style.px(6), 0, 0)
        self.lines.setSpacing(style.px(6))
        self.title = label(title, bold=True, wraps=True)
        self.lines.addWidget(self.title)


class _Drawn(_Part):
    """A plot and the table that says the same; one of the two is shown."""

    def __init__(self, title: str, plot: Plot, table_name: str) -> None:
        super().__init__(title)
        self.above = Flow(gap=14)
        self.plot = plot
        self.table = WordTable(table_name)
        for part in (self.above, self.plot, self.table):
            self.lines.addWidget(part)
        self.show_table(False)

    def show_table(self, is_table: bool) -> None:
        """Show the table, or the plot."""
        self.table.setVisible(is_table)
        self.plot.setVisible(not is_table)
        self.above.setVisible(not is_table and bool(self.above.parts))


class RobustnessView(LookedAt):
    """Completions first, then shares; a share is never a chance of benefit, and says so."""

    asked_for = Signal(str)

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._advice: Advice | None = None
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(style.px(16), style.px(10), style.px(16), style.px(16))
        layout.setSpacing(style.px(8))
        layout.addLayout(self._top())
        layout.addWidget(label(firmness.not_a_chance(), token="text2", wraps=True))
        self.nothing = label("", wraps=True)
        layout.addWidget(self.nothing)
        self.box = _Box()
        self.completions = self._completions()
        self._make_plots()
        self._make_tables()
        self._parts: tuple[QWidget, ...] = (
            self.box, self.completions, self.bars, self.swings_part, self.central_part,
            self.held, self.preferred, self.paired,
        )  # fmt: skip
        for part in self._parts:
            layout.addWidget(part)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Page(content, _("Robustness")))
        for plot in content.findChildren(Plot):
            plot.failed.connect(consultation.failed)
        for table in content.findChildren(WordTable):
            table.failed.connect(consultation.failed)
        consultation.advice_cleared.connect(self.clear)
        consultation.advice_changed.connect(self.show_advice)
        self.clear()

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.addWidget(label(_("Robustness"), size=style.TITLE, bold=True), 1)
        self.as_table = Button(_("As tables"))
        self.as_table.setCheckable(True)
        self.as_table.toggled.connect(self.on_table_toggled)
        top.addWidget(self.as_table, 0, Qt.AlignmentFlag.AlignTop)
        return top

    def _completions(self) -> QWidget:
        part = _Part(_("What the open answers could change"))
        self.looked_at = label("", size=style.SMALL, token="text2", wraps=True)
        part.lines.addWidget(self.looked_at)
        self.first = Flow(gap=14)
        self.cannot_tell = Flow(gap=14)
        self.depends_on = Flow(gap=6)
        for row in (self.first, self.cannot_tell, self.depends_on):
            part.lines.addWidget(row)
        return part

    def _make_plots(self) -> None:
        self.ranks, self.swings, self.central = Ranks(), Swings(), CentralWeights()
        title = _("How often each place, of 100 weightings")
        self.bars = _Drawn(title, self.ranks, _("Rank acceptability as a table"))
        self.rank_table = self.bars.table
        self.keys = self.bars.above
        self.ties = label("", size=style.SMALL, token="text2", wraps=True)
        self.drawn = label("", size=style.SMALL, token="text2", wraps=True)
        for note in (self.ties, self.drawn):
            self.bars.lines.addWidget(note)
        title = self.swings.name
        self.swings_part = _Drawn(title, self.swings, _("What moves the order, as a table"))
        self.swings_more = label("", size=style.SMALL, token="text2", wraps=True)
        self.swings_part.lines.addWidget(self.swings_more)
        title = self.central.name
        self.central_part = _Drawn(title, self.central, _("Central weights as a table"))
        self.never = label("", size=style.SMALL, token="text2", wraps=True)
        self.central_part.lines.addWidget(self.never)

    def _make_tables(self) -> None:
        self.held = _Part(_("First place, scenario by scenario"))
        self.scenarios = WordTable(_("Scenarios"))
        self.held.lines.addWidget(self.scenarios)
        self.preferred = _Part(_("Preferences side by side"))
        self.preferences = WordTable(_("Preferences side by side"))
        said = _("No preferences are stored: every weighting counts alike.")
        self.no_preferences = label(said, wraps=True)
        for part in (self.no_preferences, self.preferences):
            self.preferred.lines.addWidget(part)
        self.paired = _Part(_("In pairs: which is better, of 100 draws"))
        self.pairwise = WordTable(_("Options in pairs"))
        self.paired.lines.addWidget(self.pairwise)

    def clear(self) -> None:
        """Take what belongs to an older case off the screen."""
        self._advice = None
        self.call_off()
        self.nothing.setText(_("Working out the answer"))
        self.nothing.show()
        self.as_table.hide()
        for part in self._parts:
            part.hide()

    def show_advice(self, advice: Advice) -> None:
        """Show how the order of an advice holds, once somebody looks."""
        self._advice = advice
        self.put_off()

    def fill(self) -> None:
        """Fill every part of the page."""
        advice = self._advice
        assert advice is not None
        lines = rank_lines(advice)
        self.nothing.setText("" if lines else why_nothing(advice))
        self.nothing.setVisible(not lines)
        self.as_table.setVisible(bool(lines))
        self.box.say(firmness.firm_lines(advice), firmness.dividing_lines(advice))
        self._show_completions(advice)
        self._show_ranks(advice)
        self._show_swings(advice)
        self._show_central(advice)
        self._show_scenarios(advice)
        self._show_tables(advice)
        self.on_table_toggled(self.as_table.isChecked())

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
        fields = tuple((name, label_of(advice, name)) for name in found.depends_on)
        self.depends_on.refill(fields, lambda: self._dependent(fields))

    def _dependent(self, fields: Sequence[tuple[str, str]]) -> Iterator[QWidget]:
        says = _("It depends on") if fields else _("No open answer changes who may lead.")
        words = label(says, bold=bool(fields))
        words.setFixedHeight(style.px(26))
        yield words
        for name, field in fields:
            chip = Button(field, shape="arrow", round_=True, size=style.SMALL)
            chip.setAccessibleName(_("Go to {field}").format(field=field))
            chip.clicked.connect(partial(self.asked_for.emit, name))
            yield chip

    def _show_names(self, row: Flow, title: str, advice: Advice, options: Sequence[str]) -> None:
        named = tuple((one.short, one.status) for one in map(advice.option, options))
        row.refill(
            (title, named),
            lambda: (
                label(title, bold=True),
                *([] if named else [label(_("none"))]),
                *(_named(*one) for one in named),
            ),
        )

    def _show_ranks(self, advice: Advice) -> None:
        lines = rank_lines(advice)
        self.bars.setVisible(bool(lines))
        self.bars.title.setText(_ranks_title(advice))
        self.ranks.show_lines(lines)
        places = max((len(line.shares) for line in lines), default=0)
        self.keys.refill(places, lambda: map(_key, range(places)))
        self.rank_table.fill(self.ranks.heads(), self.ranks.rows())
        said = _("{options} are in a tie: their order is not known.")
        groups = _ties(advice)
        self.ties.setText(sentences(said.format(options=and_list(names)) for names in groups))
        self.ties.setVisible(bool(groups))
        self.drawn.setText(firmness.drawn_sentence(advice))
        self.drawn.setVisible(bool(advice.robustness.draws))

    def _show_swings(self, advice: Advice) -> None:
        tornado = advice.robustness.tornado
        self.swings_part.setVisible(tornado is not None and bool(tornado.lines))
        self.swings.show_tornado(tornado, firmness.swings_title(advice))
        self.swings_part.title.setText(self.swings.name)
        rows = self.swings.rows()
        self.swings_part.table.fill(self.swings.heads(), rows)
        rest = len(rows) - len(self.swings.lines)
        text = ngettext("{n} more stands in the table.", "{n} more stand in the table.", rest)
        self.swings_more.setText(text.format(n=rest))
        self.swings_more.setVisible(rest > 0)

    def _show_central(self, advice: Advice) -> None:
        self.central.show_weights(advice)
        self.central_part.setVisible(bool(self.central.lines))
        self.central_part.table.fill(self.central.heads(), self.central.rows())
        never = sentences(firmness.never_first(advice))
        self.never.setText(never)
        self.never.setVisible(bool(never))

    def _show_scenarios(self, advice: Advice) -> None:
        lines = advice.robustness.scenarios
        self.held.setVisible(bool(lines))
        names = firmness.scored_names(advice)
        heads = (
            _("Scenario"),
            *(advice.option(name).short for name in names),
            _("Who leads"),
            _("Reading"),
        )
        rows = [
            (
                firmness.scenario_name(line),
                *(firmness.share_in(line, name) for name in names),
                _leader(advice, line),
                capital(line.reading),
            )
            for line in lines
        ]
        changed = [at for at, line in enumerate(lines) if firmness.changes_leader(advice, line)]
        self.scenarios.fill(heads, rows, bold=changed)

    def _show_tables(self, advice: Advice) -> None:
        sets = advice.robustness.preferences
        self.preferred.setVisible(bool(sets))
        self.preferences.setVisible(len(sets) > 1)
        self.no_preferences.setVisible(len(sets) < 2)
        heads = (_("Preferences"), *(firmness.preference_name(line) for line in sets))
        self.preferences.fill(heads, firmness.preference_rows(advice))
        pairs = firmness.pairwise_rows(advice)
        self.paired.setVisible(bool(pairs))
        self.pairwise.fill(firmness.pairwise_heads(advice), pairs)

    def on_table_toggled(self, is_table: bool) -> None:
        for part in (self.bars, self.swings_part, self.central_part):
            part.show_table(is_table)


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


def _leader(advice: Advice, line: ScenarioLine) -> str:
    if not line.shares:
        return _("no share")
    return _("Changed") if firmness.changes_leader(advice, line) else _("As usual")


def _ranks_title(advice: Advice) -> str:
    if advice.robustness.preference == "none":
        return _("How often each place, of 100 weightings, without preferences")
    return _("How often each place, of 100 weightings, with the preferences in use")


def _ties(advice: Advice) -> list[list[str]]:
    groups: dict[int, list[str]] = {}
    for one in advice.options:
        if one.tie_group is not None and one.rank_acceptability:
            groups.setdefault(one.tie_group, []).append(one.short)
    return [names for names in groups.values() if len(names) > 1]


def _named(short: str, status: str) -> QWidget:
    return _beside(shapes.Shape(status, 14), label(short))


def _key(place: int) -> QWidget:
    return _beside(RankKey(place), label(firmness.place_word(place), size=style.SMALL))


def _beside(sign: QWidget, words: QWidget) -> QWidget:
    part = QWidget()
    line = QHBoxLayout(part)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(style.px(5))
    line.addWidget(sign)
    line.addWidget(words)
    return part
