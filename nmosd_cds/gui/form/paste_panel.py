"""What a pasted print holds, field by field; nothing is written before it is taken."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.check_box import Check
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, label, paint_ground, rule
from nmosd_cds.gui.draft import KNOWN, AnyEntry, Entry, all_specs, read_entry, with_text
from nmosd_cds.gui.form.beside import Message
from nmosd_cds.gui.form.day_field import DayField
from nmosd_cds.gui.page import Page
from nmosd_cds.i18n import _, format_partial, ngettext
from nmosd_cds.patient.answer import Quantity
from nmosd_cds.patient.checks import likely_units
from nmosd_cds.patient.codec import from_text
from nmosd_cds.patient.known import shown_answer
from nmosd_cds.patient.lab_block import Left, Recognised, read_block
from nmosd_cds.patient.quantity import spelt
from nmosd_cds.patient.wording import listed


class _Found(QWidget):
    """One recognised result: whether it is taken, value, day, and what it would replace."""

    def __init__(self, found: Recognised, before: Entry) -> None:
        super().__init__()
        self.found = found
        spec = all_specs()[found.field]
        self._before = read_entry(spec, before, "", {})
        grid = QGridLayout(self)
        grid.setContentsMargins(0, style.px(2), 0, style.px(2))
        grid.setHorizontalSpacing(style.px(8))
        grid.setVerticalSpacing(style.px(1))
        grid.setColumnStretch(1, 1)
        self.box = Check("")
        self.box.setChecked(self._is_safe())
        name = _("{field}: {value}").format(field=_(spec.label), value=found.shown)
        self.box.setAccessibleName(name)
        grid.addWidget(self.box, 0, 0, Qt.AlignmentFlag.AlignTop)
        said = label(_(spec.label), wraps=True)
        grid.addWidget(said, 0, 1)
        value = label(found.shown, bold=True, wraps=True)
        value.setFixedWidth(style.px(150))
        grid.addWidget(value, 0, 2)
        self.day = label("", token="text2")
        self.day.setFixedWidth(style.px(92))
        grid.addWidget(self.day, 0, 3)
        for at, (words, token) in enumerate(self._remarks(), start=1):
            grid.addWidget(label(words, size=style.SMALL, token=token, wraps=True), at, 1, 1, 3)

    @property
    def _unusual(self) -> str:
        spec = all_specs()[self.found.field]
        answer, _problems = from_text(spec, self.found.text, "")
        units = likely_units(spec, answer) if isinstance(answer, Quantity) else ()
        return listed(tuple(spelt(unit) for unit in units))

    def _is_safe(self) -> bool:
        """Whether taking it replaces nothing that is newer or as new, and the number is usual."""
        if self._unusual:
            return False
        if self._before is None:
            return True
        mine, theirs = self.found.date, self._before.date
        return mine is not None and theirs is not None and theirs.last < mine.first

    def _remarks(self) -> Iterator[tuple[str, str]]:
        yield self.found.line, "text2"
        if self._before is not None:
            said = shown_answer(all_specs()[self.found.field], self._before)
            yield _("Replaces {answer}.").format(answer=said), "attention"
        if self._unusual:
            yield (
                _("Unusual in this unit. Meant in {unit}?").format(unit=self._unusual),
                "attention",
            )

    def show_day(self, otherwise: str) -> None:
        """Show the day of the result, or the one given to those without."""
        day = format_partial(str(self.found.date)) if self.found.date else otherwise
        self.day.setText(day or _("no date"))


class PastePanel(QWidget):
    """Lists what was recognised and what was not; takes what is ticked in one step."""

    closed = Signal(str)

    def __init__(self, consultation: Consultation, text: str) -> None:
        super().__init__()
        self._consultation = consultation
        plain = {name: spec for name, spec in all_specs().items() if spec.kind != "rows"}
        self.block = read_block(plain, text, consultation.on)
        paint_ground(self, "surface")
        self.setAccessibleName(_("Pasted results"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(16), style.px(12), style.px(6), style.px(8))
        layout.setSpacing(style.px(6))
        layout.addWidget(label(_("Pasted results"), size=style.TITLE, bold=True))
        words = _("Nothing is written before you take it. Compare each line with the print.")
        layout.addWidget(label(words, size=style.SMALL, token="text2", wraps=True))
        layout.addWidget(rule())
        self.found: list[_Found] = []
        content = QWidget()
        self._inner = QVBoxLayout(content)
        self._inner.setContentsMargins(0, 0, style.px(6), 0)
        self._inner.setSpacing(style.px(2))
        self._fill(text)
        self._inner.addStretch(1)
        layout.addWidget(Page(content, _("Pasted results")), 1)
        layout.addWidget(rule())
        layout.addLayout(self._foot())
        self._count()

    def _fill(self, text: str) -> None:
        for one in self.block.recognised:
            before = self._consultation.entry(one.field)
            assert isinstance(before, Entry)
            shown = _Found(one, before)
            shown.box.toggled.connect(self._count)
            self.found.append(shown)
            self._inner.addWidget(shown)
        if not self.found:
            self._inner.addWidget(label(self._nothing_words(text), wraps=True))
        if self.block.left:
            self._inner.addSpacing(style.px(8))
            self._inner.addWidget(label(_("Not taken"), bold=True, token="text2"))
            self._inner.addWidget(rule())
        for left in self.block.left:
            self._inner.addWidget(_left_line(left))

    def _nothing_words(self, text: str) -> str:
        if not text.strip():
            return _("The clipboard holds no text. Copy the results first, then paste again.")
        return _("No result of this form was recognised.")

    def _foot(self) -> QVBoxLayout:
        foot = QVBoxLayout()
        line = QHBoxLayout()
        line.addWidget(label(_("Date of results without one"), size=style.SMALL, token="text2"))
        self.day = DayField(lambda: self._consultation.on)
        self.day.setFixedWidth(style.px(110))
        self.day.setPlaceholderText(_("date"))
        self.day.setAccessibleName(_("Date of the results without one"))
        self.day.edited.connect(self.on_day_edited)
        self.day.returnPressed.connect(self.on_day_entered)
        line.addWidget(self.day)
        line.addStretch(1)
        foot.addLayout(line)
        self.message = Message()
        self.message.taken.connect(self.take_day)
        foot.addWidget(self.message)
        buttons = QHBoxLayout()
        self.take = Button("")
        self.take.is_main = True
        self.take.clicked.connect(self.on_take_clicked)
        self.close_ = Button(_("Take nothing"))
        self.close_.clicked.connect(lambda: self.closed.emit(""))
        buttons.addWidget(self.take)
        buttons.addWidget(self.close_)
        buttons.addStretch(1)
        foot.addLayout(buttons)
        for one in self.found:
            one.show_day("")
        return foot

    def begin(self) -> None:
        """Put the cursor where the panel begins."""
        first = self.take if self.found else self.close_
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _count(self) -> None:
        n = sum(one.box.isChecked() for one in self.found)
        words = ngettext("Take this {n} value", "Take these {n} values", n).format(n=n)
        self.take.setText(words)
        self.take.setAccessibleName(words)
        self.take.setEnabled(bool(n))
        self.take.updateGeometry()
        self.take.update()

    def on_day_edited(self, text: str, reads_as: str) -> None:
        typed = self.day.typed
        self.day.mark_wrong(self.day.is_open_question)
        self.message.ask(typed.said, [offer.shown for offer in typed.offers])
        said = _("Read as {reading}.").format(reading=typed.shown) if typed.shown else ""
        self.message.note("read", said)
        for one in self.found:
            one.show_day(self._shared_day())

    def _shared_day(self) -> str:
        typed = self.day.typed
        return (typed.accepted or typed.text).strip() if typed.is_read else ""

    def take_day(self, at: int) -> None:
        """Take one of the readings of the date."""
        self.day.take(self.day.typed.offers[at].text)
        self.day.setFocus()

    def on_day_entered(self) -> None:
        self.day.accept()
        if not self.day.is_open_question:
            self.take.setFocus(Qt.FocusReason.TabFocusReason)

    def on_take_clicked(self) -> None:
        """Write what is ticked: one step to undo."""
        taken: dict[str, AnyEntry] = {}
        for one in self.found:
            if one.box.isChecked():
                day = format_partial(str(one.found.date)) if one.found.date else self._shared_day()
                entry = with_text(Entry(KNOWN), one.found.text)
                taken[one.found.field] = Entry(entry.state, entry.text, day)
        n = len(taken)
        says = ngettext("paste of {n} result", "paste of {n} results", n).format(n=n)
        self._consultation.edit_many(taken, says)
        self.closed.emit(next(iter(taken), ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit("")
            return
        super().keyPressEvent(event)


def _left_line(left: Left) -> QWidget:
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, style.px(2), 0, style.px(2))
    layout.setSpacing(style.px(8))
    layout.addWidget(shapes.Shape("stale", 13), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(label(left.line.replace("\t", "   "), wraps=True))
    words.addWidget(label(left.why, size=style.SMALL, token="attention", wraps=True))
    layout.addLayout(words, 1)
    return made
