"""File > Print: the pages of the stored PDF, drawn on a printer as they stand in the preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDialog, QWidget

from nmosd_cds.errors import Problem, ReportError
from nmosd_cds.gui.background import Job, StoppedError, in_background
from nmosd_cds.gui.messages import Failure, failure_of
from nmosd_cds.gui.pdf_pages import POINTS, bands, sizes_of
from nmosd_cds.i18n import _

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

# Finer than the eye, and the most a page is drawn at: some printers claim four times as much.
FINEST_DPI = 600
# Drawing one holds the interpreter, and with it the window: 25 ms on two slow processors.
_BAND_PIXELS = 1_000_000


def names_of_printers() -> list[str]:
    """The printers of this computer, as its system knows them."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return list(QPrinterInfo.availablePrinterNames())


def chosen_pages(printer: QPrinter, count: int, current: int = 0) -> list[int]:
    """Numbers, from 0, of the pages a printer is asked for, in the order it wants them.

    Args:
        printer: As the person left it in the dialog.
        count: Pages there are.
        current: The page in the preview.
    """
    from PySide6.QtPrintSupport import QPrinter

    first, last = 1, count
    if printer.printRange() == QPrinter.PrintRange.CurrentPage:
        first = last = current + 1
    elif printer.printRange() == QPrinter.PrintRange.PageRange:
        first, last = printer.fromPage() or 1, printer.toPage() or count
    pages = list(range(max(first, 1) - 1, min(last, count)))
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    if printer.supportsMultipleCopies():
        return pages
    copies = max(printer.copyCount(), 1)
    return (
        pages * copies if printer.collateCopies() else [at for at in pages for _n in range(copies)]
    )


def print_pages(printer: QPrinter, pdf: bytes, pages: Sequence[int], job: Job) -> int:
    """Print pages of a PDF; runs in a worker.

    Args:
        printer: Where to; its paper and copies are set.
        pdf: The stored bytes.
        pages: Numbers from 0.
        job: Told after every page.

    Returns:
        How many pages were sent.

    Raises:
        ReportError: the printer takes nothing.
        StoppedError: a person stopped it; what can be called back is.
    """
    _to_the_edge(printer)
    sizes = sizes_of(pdf)
    painter = QPainter()
    if not pages or not painter.begin(printer):
        what, hint = _("takes no page"), _("Choose another printer, or save the PDF.")
        raise ReportError([Problem(_("The printer"), what, hint)])
    try:
        for n, at in enumerate(pages):
            job.tell(n, len(pages))
            if n and not printer.newPage():
                what, hint = _("stopped after page {n}"), _("See what the printer says.")
                raise ReportError([Problem(_("The printer"), what.format(n=n), hint)])
            _draw_page(painter, printer, pdf, at, sizes[at], job)
    except StoppedError:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(pages)


def _to_the_edge(printer: QPrinter) -> None:
    """Use all the paper the printer can reach; the pages have margins of their own."""
    layout = printer.pageLayout()
    layout.setMargins(layout.minimumMargins())
    printer.setPageLayout(layout)


def _draw_page(
    painter: QPainter,
    printer: QPrinter,
    pdf: bytes,
    at: int,
    size: tuple[float, float],
    job: Job,
) -> None:
    from PySide6.QtPrintSupport import QPrinter

    dpi = printer.resolution()
    room = printer.pageRect(QPrinter.Unit.DevicePixel)
    wide, tall = (length * dpi / POINTS for length in size)
    # Never larger than it is: a page of A4 stays A4 on A3.
    fit = min(1.0, room.width() / wide, room.height() / tall)
    left, top = (room.width() - wide * fit) / 2, (room.height() - tall * fit) / 2
    sharp = min(dpi, FINEST_DPI) / dpi
    scale = fit * sharp * dpi / POINTS
    for line, image in bands(pdf, at, scale, _BAND_PIXELS):
        job.tell(job.done, job.of)
        place = QRectF(left, top + line / sharp, image.width() / sharp, image.height() / sharp)
        painter.drawImage(place, image)


class Printing(QObject):
    """Asks which printer, and prints beside the work.

    Attributes:
        printers: Names the printers; another one in tests.
    """

    said = Signal(object)
    offered = Signal(object, str, object)
    done = Signal(int)

    def __init__(self, window: QWidget, save: Callable[[], object]) -> None:
        """`save` offers the PDF as a file, for where there is no printer."""
        super().__init__(window)
        self._window = window
        self._save = save
        self.printers: Callable[[], list[str]] = names_of_printers
        self.dialog: QPrintDialog | None = None
        self._printer: QPrinter | None = None

    def ask(self, current: int, pdf: bytes) -> None:
        """Ask for a printer and pages; the dialog waits for nobody."""
        if not self.printers():
            title = _("No printer is installed on this computer")
            said = _("Save the report as a PDF, and print it where there is one.")
            self.offered.emit(Failure(title, (said,)), _("Save the PDF..."), self._save)
            return
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        # No name of a person: the list of waiting jobs is read by everybody on the ward.
        printer.setDocName(_("Report"))
        self._printer = printer  # neither the dialog nor its signal keeps it
        self.dialog = dialog = QPrintDialog(printer, self._window)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintCurrentPage)
        dialog.setMinMax(1, len(sizes_of(pdf)))
        dialog.accepted.connect(partial(self.on_accepted, pdf, current))
        # Its own `open` wants a slot by name.
        QDialog.open(dialog)

    def on_accepted(self, pdf: bytes, current: int, printer: QPrinter) -> None:
        """Print what was chosen."""
        self.start(printer, pdf, chosen_pages(printer, len(sizes_of(pdf)), current))

    def start(self, printer: QPrinter, pdf: bytes, pages: Sequence[int]) -> None:
        """Print in a worker; the person can stop it."""
        job = Job(_("Printing the report"))
        in_background(
            self,
            partial(print_pages, printer, pdf, pages, job),
            self.done.emit,
            self.on_failed,
            job=job,
        )

    def on_failed(self, error: BaseException) -> None:
        self.said.emit(failure_of(error, _("The report was not printed")))
