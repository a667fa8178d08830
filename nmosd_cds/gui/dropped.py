"""What is dragged onto the window: a case file or a report of ours; anything else is a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QEvent, QMimeData, QObject, QRect, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMainWindow, QWidget

from nmosd_cds.gui import style
from nmosd_cds.gui.background import Job, in_background
from nmosd_cds.gui.case_files import NOT_OPENED, CaseFiles
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.messages import Failure, failure_of, without_values
from nmosd_cds.i18n import N_, _, format_date, ngettext
from nmosd_cds.patient.case import Case

CAN_BE = N_(
    "A case file (.json) or a report of this program (.pdf) can be dropped here, one at a time."
)
_MOST_DIFFERENCES = 3
_ROOM = 40


@dataclass(frozen=True)
class Dropped:
    """What something that is dragged is.

    Attributes:
        path: The file; None for what is refused.
        refused: Why it cannot be dropped, as a sentence; empty for what can.
    """

    kind: Literal["case", "report", "refused"]
    path: Path | None = None
    refused: str = ""


def what_is(mime: QMimeData) -> Dropped:
    """What is dragged, by its kind alone: nothing is read from a disk."""
    urls = mime.urls()
    if len(urls) > 1:
        return Dropped("refused", None, _("These are several files."))
    if not urls:
        said = _("This is text; it can be pasted into a field.")
        return Dropped("refused", None, said if mime.hasText() else _("This is no file."))
    if not urls[0].isLocalFile():
        return Dropped("refused", None, _("This is an address of the network, no file."))
    path = Path(urls[0].toLocalFile())
    kinds: dict[str, Literal["case", "report"]] = {".json": "case", ".pdf": "report"}
    kind = kinds.get(path.suffix.lower())
    if kind is not None:
        return Dropped(kind, path)
    if urls[0].path().endswith("/") or not path.suffix:
        return Dropped("refused", None, _("This is a folder, or a file without an ending."))
    said = _("This is a file of another kind ({ending}).").format(ending=path.suffix[:12])
    return Dropped("refused", None, said)


class DropShade(QWidget):
    """Lies over the window while something is dragged over it, and says what may be dropped."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = ""
        self.is_refused = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_words(self, words: str, *, is_refused: bool, over: QRect) -> None:
        """Show it over a part of the window."""
        self.words, self.is_refused = words, is_refused
        self.setGeometry(over)
        self.setAccessibleName(words)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = style.colour("wash")
        ground.setAlpha(235)
        painter.fillRect(self.rect(), ground)
        edge = style.colour("attention" if self.is_refused else "accent")
        painter.setPen(QPen(edge, 3, Qt.PenStyle.DashLine))
        inner = self.rect().adjusted(12, 12, -12, -12)
        painter.drawRoundedRect(inner, 6, 6)
        painter.setPen(style.colour("text"))
        painter.setFont(style.font(style.HEADLINE, bold=True))
        room = inner.adjusted(_ROOM, _ROOM, -_ROOM, -_ROOM)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, flags, self.words)


class Drops(QObject):
    """Takes what is dropped on a window: opens a case, or offers the case of a report."""

    said = Signal(object)
    offered = Signal(object, str, object)

    def __init__(self, window: QMainWindow, files: CaseFiles, consultation: Consultation) -> None:
        super().__init__(window)
        self._window, self._files = window, files
        self._consultation = consultation
        self.shade = DropShade(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            self.on_entered(event)
        elif isinstance(event, QDragMoveEvent):
            event.acceptProposedAction()
        elif event.type() == QEvent.Type.DragLeave:
            self.shade.hide()
        elif isinstance(event, QDropEvent):
            self.shade.hide()
            event.acceptProposedAction()
            self.take(what_is(event.mimeData()))
        else:
            return False
        return True

    def on_entered(self, event: QDragEnterEvent) -> None:
        """Say what would become of it; it is let in, so that a drop can be answered in words."""
        found = what_is(event.mimeData())
        words = {
            "case": _("Drop it to open the case"),
            "report": _("Drop it to check the report and open its case"),
            "refused": f"{found.refused}\n{_(CAN_BE)}",
        }[found.kind]
        self.shade.show_words(words, is_refused=found.kind == "refused", over=self._room())
        event.acceptProposedAction()

    def _room(self) -> QRect:
        """The window below the banner: whom it is about stays in sight."""
        centre = self._window.centralWidget()
        if centre is None:
            return self._window.rect()
        banner = getattr(centre, "banner", None)
        below = banner.geometry().bottom() + 2 if isinstance(banner, QWidget) else 0
        return centre.geometry().adjusted(0, below, 0, 0)

    def take(self, found: Dropped) -> None:
        """Open what was dropped, or say why not."""
        if found.path is None:
            self.said.emit(Failure(_(NOT_OPENED), (found.refused, _(CAN_BE))))
        elif found.kind == "case":
            self._files.when_safe(partial(self._files.open_soon, found.path))
        else:
            self._check(found.path)

    def _check(self, path: Path) -> None:
        """Look into a report in the background, and work it out again."""
        job = Job(_("Checking whether the report can be made again"))
        in_background(
            self,
            partial(checked, path, self._consultation.engine, job),
            self.on_checked,
            partial(self.on_failed, path),
            job=job,
        )

    def on_checked(self, found: Checked) -> None:
        failure = Failure(
            _("A report of this program; its case can be opened"),
            found.sentences,
            without_values(found.plain),
        )
        then = partial(self._consultation.open_case, found.case)
        safely = partial(self._files.when_safe, then)
        self.offered.emit(failure, _("Open its case"), safely)

    def on_failed(self, path: Path, error: BaseException) -> None:
        self.said.emit(failure_of(error, _(NOT_OPENED), file=path.name))


@dataclass(frozen=True)
class Checked:
    """A report that was looked into.

    Attributes:
        sentences: How it was made, and whether it can be made again.
        plain: The same without anything of the person.
    """

    case: Case
    sentences: tuple[str, ...]
    plain: tuple[str, ...]


def checked(path: Path, engine: Engine, job: Job) -> Checked:
    """Read a report and compare it with what would be printed today; runs in a worker.

    Raises:
        ReportError: it is not a report of this program, or cannot be read.
    """
    # Imported here: only who drops a report needs it.
    from nmosd_cds.report.replay import contents, read_report, replay

    raw = read_report(path)
    case, stamp = contents(raw)
    job.tell(1, 3)
    made = _("Made as of {day} with knowledge {version}, by version {app} of the program.")
    day = format_date(date.fromisoformat(stamp.as_of))
    made = made.format(day=day, version=stamp.knowledge_version, app=stamp.app_version)
    here = engine.knowledge()
    if stamp.knowledge_sha256 != here.sha256:
        words = _("Other knowledge is here ({ours}, hash {here}) than it was made with ({there}).")
        words = words.format(
            ours=here.stamp.version, here=here.sha256[:8], there=stamp.knowledge_sha256[:8]
        )
        why = (made, words, _("Whether it would be the same cannot be told."))
        return Checked(case, why, why)
    found = replay(raw, engine.knowledge)
    job.tell(3, 3)
    if not found:
        same = _("It can be made again: the same case and knowledge give the same pages.")
        return Checked(case, (made, same), (made, same))
    n = len(found)
    words = ngettext(
        "It is not what would be printed today; {n} line differs.",
        "It is not what would be printed today; {n} lines differ.",
        n,
    ).format(n=n)
    return Checked(case, (made, words, *found[:_MOST_DIFFERENCES]), (made, words))
