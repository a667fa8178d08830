"""First-rank shares of every set beside those without preferences: bars, or one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nmosd_cds.advice.model import WeightRange
from nmosd_cds.gui import style
from nmosd_cds.gui.controls import Button, label, rule
from nmosd_cds.gui.plots.shares import ShareLine, Shares
from nmosd_cds.gui.results.word_table import WordTable
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import beside, parted
from nmosd_cds.report.wording import of_100


@dataclass(frozen=True)
class SharesOf:
    """The shares of one set.

    Attributes:
        title: Whose.
        shares: By short name of the option; None: this set cannot be read.
        weigh: Gives how much each criterion then counts; asked only where it is shown.
    """

    title: str
    shares: Mapping[str, float] | None
    weigh: Callable[[], tuple[WeightRange, ...]] = tuple

    @property
    def weights(self) -> tuple[WeightRange, ...]:
        """How much each criterion then counts; empty if the set cannot be read."""
        return self.weigh()

    @property
    def lines(self) -> list[ShareLine]:
        """One line an option."""
        return [ShareLine(name, share) for name, share in (self.shares or {}).items()]


def shares_table(
    found: Sequence[SharesOf], labels: Mapping[str, str]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Heads and rows of everything that the bars show, and of the weights behind it.

    Args:
        found: Without preferences first, then every set.
        labels: Label of each criterion by id.
    """
    heads = (_("Of 100 weightings"), *(one.title for one in found))
    names = list(found[0].shares or ())
    rows = [
        (_("{option} first").format(option=name), *(_share(one, name) for one in found))
        for name in names
    ]
    unread = _("cannot be read")
    by_set = [{weight.criterion: weight for weight in one.weights} for one in found]
    for name, words in labels.items():
        said = (_span(weights[name]) if name in weights else unread for weights in by_set)
        rows.append((_("Weight of {criterion}").format(criterion=words), *said))
    return heads, rows


def _share(one: SharesOf, name: str) -> str:
    return of_100(one.shares[name]) if one.shares is not None else _("cannot be read")


def _span(weight: WeightRange) -> str:
    said = _("{mean} (90 of 100 times {low} to {high})")
    mean, low, high = (round(100 * part) for part in (weight.mean, weight.low, weight.high))
    return said.format(mean=mean, low=low, high=high)


class LiveShares(QWidget):
    """Beside the questions: without preferences first, then this set, then the others."""

    def __init__(self) -> None:
        super().__init__()
        self._table_args: tuple[Sequence[SharesOf], Mapping[str, str]] = ((), {})
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(style.px(4))
        top = QHBoxLayout()
        top.addWidget(label(_("First place, of 100 weightings"), bold=True, wraps=True), 1)
        self.as_table = Button(_("As a table"))
        self.as_table.setCheckable(True)
        self.as_table.toggled.connect(self.on_table_toggled)
        top.addWidget(self.as_table, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.addLayout(top)
        said = _("Share of simulated weightings, not a chance of benefit")
        self._layout.addWidget(label(said, size=style.SMALL, token="text2", wraps=True))
        self.nothing = label("", wraps=True)
        self._layout.addWidget(self.nothing)
        self.parts: list[_Part] = []
        self.table = WordTable(_("First-rank shares as a table"))
        self.table.hide()
        self._layout.addWidget(self.table)
        self.counts = label("", size=style.SMALL, token="text2", wraps=True)
        self._layout.addWidget(self.counts)
        self._layout.addStretch(1)

    def show_shares(
        self,
        found: Sequence[SharesOf],
        at: int,
        labels: Mapping[str, str],
        *,
        why: str = "",
        is_moving: bool = False,
    ) -> None:
        """Show shares.

        Args:
            found: Without preferences first; empty: there are none.
            at: Which of them is being edited.
            why: Why there are none.
            is_moving: Whether a weight is being dragged; then only the bars follow.
        """
        self.nothing.setText(why)
        self.nothing.setVisible(bool(why))
        self._table_args = (found, labels)
        while len(self.parts) > len(found):
            gone = self.parts.pop()
            self._layout.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.parts) < len(found):
            made = _Part()
            self._layout.insertWidget(3 + len(self.parts), made)
            self.parts.append(made)
        for number, (part, one) in enumerate(zip(self.parts, found, strict=True)):
            part.show_shares(one, is_edited=number == at)
        if not is_moving:
            self.counts.setText(_counts_words(found[at], labels) if found else "")
        self._show_kind(is_moving=is_moving)

    def on_table_toggled(self, _is_table: bool) -> None:
        self._show_kind()

    def _show_kind(self, *, is_moving: bool = False) -> None:
        found, labels = self._table_args
        is_table = self.as_table.isChecked() and bool(found)
        for part in self.parts:
            part.setVisible(not is_table)
        self.table.setVisible(is_table)
        if is_table and not is_moving:
            self.table.fill(*shares_table(found, labels))


def _counts_words(one: SharesOf, labels: Mapping[str, str]) -> str:
    weights = one.weights
    if not weights:
        return ""
    ordered = sorted(weights, key=lambda each: -each.mean)
    said = parted(beside(labels[each.criterion], f"{100 * each.mean:.0f}") for each in ordered)
    return _("How much each then counts on average, of 100: {said}.").format(said=said)


class _Part(QWidget):
    """A title and its bars; what is being edited is filled, the rest hollow."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, style.px(4), 0, 0)
        layout.setSpacing(style.px(2))
        self.title = label("", bold=True, size=style.SMALL, wraps=True)
        layout.addWidget(self.title)
        self.bars = Shares("")
        layout.addWidget(self.bars)
        self.unread = label(_("Cannot be read yet."), size=style.SMALL, token="attention")
        layout.addWidget(self.unread)
        layout.addWidget(rule())

    def show_shares(self, one: SharesOf, *, is_edited: bool) -> None:
        """Show one set."""
        if self.title.text() != one.title:
            self.title.setText(one.title)
            self.bars.setAccessibleName(_("First place: {who}").format(who=one.title))
        self.bars.quiet = not is_edited
        self.bars.setVisible(one.shares is not None)
        self.unread.setVisible(one.shares is None)
        self.bars.show_lines(one.lines)
