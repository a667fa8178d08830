"""Help on one field, beside the work: what it is, its unit, why it is asked, what reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, paint_ground
from nmosd_cds.gui.draft import all_specs
from nmosd_cds.gui.form.editors import Editor
from nmosd_cds.gui.page import SlimBar
from nmosd_cds.gui.results import markup as m
from nmosd_cds.gui.results.markup import Markup
from nmosd_cds.gui.results.sheet_parts import legend
from nmosd_cds.i18n import N_, _
from nmosd_cds.i18n.joining import led, listed, noted, parted
from nmosd_cds.knowledge.asking import Asking, Reader, rules_asking, short_names
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.patient.field import FieldSpec
from nmosd_cds.patient.plain import number_text
from nmosd_cds.patient.quantity import spelt
from nmosd_cds.patient.sections import SECTIONS
from nmosd_cds.report.wording import sentence, word

_READERS: Mapping[Reader, str] = {
    "scope": N_("Scope: whether this tool speaks at all"),
    "rule": N_("Rules on the options"),
    "definition": N_("Published definitions"),
    "failure": N_("Checked before a failure is called one"),
    "trial": N_("Lists of trials"),
    "plan": N_("Plans to discuss"),
    "calculator": N_("Calculators"),
}
_EFFECTS: Mapping[str, str] = {
    "excludes": N_("excludes"),
    "requires": N_("requires"),
    "cautions": N_("cautions"),
    "favours": N_("favours"),
    "out-of-scope": N_("out of scope"),
    "not-rankable": N_("not rankable"),
    "prompt": N_("prompt"),
    "inclusion": N_("asked for"),
    "exclusion": N_("excluded"),
}
# Names of options are listed up to here; a rule for more says how many.
_MOST_OPTIONS = 4
_EFFECT, _MARK = 74, 20
_SIZE = (470, 560)


def focused_field(widget: QWidget | None) -> tuple[FieldSpec, FieldSpec | None] | None:
    """The field a widget belongs to, and the part of its row; None outside the form."""
    part: FieldSpec | None = None
    specs = all_specs()
    while widget is not None:
        name = widget.objectName()
        if name in specs:
            return specs[name], part
        if isinstance(widget, Editor):
            part = widget.spec
        widget = widget.parentWidget()
    return None


def help_html(knowledge: Knowledge | None, spec: FieldSpec, part: FieldSpec | None) -> str:
    """The words of the panel; `part` is the field of one row of a list."""
    title = _(spec.label) if part is None else led(_(spec.label), _(part.label))
    html = m.sized(m.bold(title), style.TITLE)
    html += f"<br>{m.soft(_(SECTIONS[spec.section]))}"
    for one in (part, spec) if part is not None else (spec,):
        html += _definition(one, with_name=part is not None)
    return html + m.heading(_("Why it is asked")) + _why(knowledge, spec)


def _definition(spec: FieldSpec, *, with_name: bool) -> str:
    lines = [m.text(sentence(_(spec.help)))] if spec.help else []
    lines += [m.text(line) for line in _facts(spec)]
    if spec.source:
        lines.append(f"{m.soft(_('Defined by'))} {m.link(f'study:{spec.source}', spec.source)}")
    if not lines:
        return ""
    name = f"{m.bold(_(spec.label))}<br>" if with_name else ""
    return f'<p style="margin-top:8px">{name}{"<br>".join(lines)}</p>'


def _facts(spec: FieldSpec) -> Iterable[str]:
    if spec.units:
        units = listed(spelt(unit) for unit in spec.units)
        yield _("Unit: {units}.").format(units=units)
    unit = f" {spelt(spec.units[0])}" if spec.units else ""
    if spec.minimum is not None and spec.maximum is not None:
        low, high = number_text(spec.minimum), number_text(spec.maximum)
        yield _("Taken from {low} to {high}{unit}.").format(low=low, high=high, unit=unit)
    if spec.plausible:
        low, high = (number_text(one) for one in spec.plausible)
        said = _("Outside {low} to {high}{unit} it asks whether the unit is right.")
        yield said.format(low=low, high=high, unit=unit)
    if spec.choices and spec.kind != "yes_no":
        choices = parted(_(one.label) for one in spec.choices)
        yield _("Answers: {choices}.").format(choices=choices)
    if spec.is_identifier:
        yield _("It identifies the person and stays out of every log.")


def _why(knowledge: Knowledge | None, spec: FieldSpec) -> str:
    if knowledge is None:
        return m.text(_("The rules are still being read. Ask again in a moment."))
    found = rules_asking(knowledge, spec.name)
    if not found:
        return m.text(_("No rule reads it. It is kept with the case and printed with it."))
    html = ""
    for reader, title in _READERS.items():
        mine = [one for one in found if one.reader == reader]
        if mine:
            head = noted(_(title), str(len(mine)))
            html += f'<p style="margin-top:8px">{m.bold(head)}</p>'
            html += m.table(_row(knowledge, one) for one in mine)
    return html + legend(with_project=True)


def _row(knowledge: Knowledge, one: Asking) -> str:
    says = m.text(sentence(_(one.text)))
    if one.through:
        names = listed(_(label) for label in one.through)
        says += f" {m.soft(_('By way of: {facts}.').format(facts=names))}"
    says += f"<br>{m.soft(one.id)}"
    if one.options:
        says += f" &nbsp; {m.soft(_options(knowledge, one))}"
    if one.cites:
        links = listed(m.link(f"study:{key}", key) for key in one.cites)
        says += f"<br>{links}"
    effect = m.bold(word(_EFFECTS, one.effect)) if one.effect else ""
    mark = m.shape(shapes.flag_shape(one.flag, "none"), 12)
    return m.row(
        m.cell(effect, width=_EFFECT, rule="line"),
        m.cell(says, rule="line"),
        m.cell(mark, width=_MARK, rule="line"),
    )


def _options(knowledge: Knowledge, one: Asking) -> str:
    names = short_names(knowledge, one.options)
    if len(names) > _MOST_OPTIONS:
        return _("{n} options").format(n=len(names))
    return listed(_(name) for name in names)


def help_beside(
    window: QWidget, consultation: Consultation, follow: Callable[[str], object]
) -> bool:
    """Show the help of the field that has the focus, beside a window.

    Args:
        follow: Opens the sheet of a source, by its key.

    Returns:
        Whether a field has the focus.
    """
    found = focused_field(QApplication.focusWidget())
    if found is None:
        return False
    # One that was closed may still wait to be deleted.
    panel = next((one for one in window.findChildren(FieldHelp) if one.isVisible()), None)
    if panel is None:
        panel = FieldHelp(window)
        panel.study_followed.connect(follow)
    panel.show_field(consultation, *found)
    return True


class FieldHelp(QDialog):
    """Stays beside the window while work goes on; Escape gives the focus back to the field."""

    study_followed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        style.look.changed.connect(self.close)  # it is made in the old look
        self._asked: QWidget | None = None
        paint_ground(self, "surface")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(14), style.px(12), style.px(8), style.px(10))
        layout.setSpacing(style.px(6))
        self.words = Markup(_("Help on this field"), grows=False)
        self.words.setVerticalScrollBar(SlimBar())
        self.words.followed.connect(self.on_followed)
        layout.addWidget(self.words, 1)
        self.close_button = Button(_("Close"))
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(self.on_finished)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)

    def show_field(
        self, consultation: Consultation, spec: FieldSpec, part: FieldSpec | None
    ) -> None:
        """Show the help of a field beside the form."""
        self._asked = QApplication.focusWidget()
        self.setWindowTitle(_("Help: {field}").format(field=_(spec.label)))
        self.words.show_html(help_html(consultation.engine.knowledge_or_none, spec, part))
        self._place()
        self.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _place(self) -> None:
        """At the right of the window, where the result can wait and the form stays in view."""
        window = self.parentWidget()
        assert window is not None
        wide = min(style.px(_SIZE[0]), window.width() - style.px(24))
        tall = min(style.px(_SIZE[1]), window.height() - style.px(60))
        self.resize(wide, tall)
        corner = window.mapToGlobal(window.rect().topRight())
        self.move(corner.x() - wide - style.px(16), corner.y() + style.px(44))

    def on_followed(self, target: str) -> None:
        kind, _colon, key = target.partition(":")
        if kind == "study":
            self._asked = None
            self.close()
            self.study_followed.emit(key)

    def on_finished(self) -> None:
        asked, self._asked = self._asked, None
        if asked is not None and asked.isVisible():
            asked.window().activateWindow()
            asked.setFocus(Qt.FocusReason.ShortcutFocusReason)
