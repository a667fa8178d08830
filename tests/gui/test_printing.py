"""Printing: the stored PDF's own pages, whole, on any paper; no printer is a sentence."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QImage, QPageSize
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from nmosd_cds.gui.background import Job, StoppedError, jobs
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.pdf_pages import bands, page_image, sizes_of
from nmosd_cds.gui.printing import Printing, chosen_pages, print_pages

Answered = Callable[[str], MainWindow]


@pytest.fixture(scope="module")
def stored() -> list[bytes]:
    """The PDF of an example, made once."""
    return []


@pytest.fixture
def pdf(qtbot: QtBot, answered: Answered, stored: list[bytes]) -> bytes:
    if not stored:
        window = answered("b")
        window.results.report.make(stored.append)
        qtbot.waitUntil(lambda: bool(stored), timeout=60_000)
    return stored[0]


def to_file(path: Path, size: QPageSize.PageSizeId = QPageSize.PageSizeId.A4) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(150)
    printer.setPageSize(QPageSize(size))
    return printer


def grey(image: QImage) -> list[int]:
    """Every pixel as a grey of 0 to 255."""
    drawn = image.convertToFormat(QImage.Format.Format_Grayscale8)
    raw = bytes(drawn.constBits())
    line = drawn.bytesPerLine()
    return [
        pixel for y in range(drawn.height()) for pixel in raw[y * line : y * line + drawn.width()]
    ]


def small(pdf: bytes, at: int) -> list[int]:
    """A page at 150 pixels, each the mean of sixteen."""
    smooth = Qt.TransformationMode.SmoothTransformation
    keep = Qt.AspectRatioMode.IgnoreAspectRatio
    return grey(page_image(pdf, at, 600).scaled(150, 212, keep, smooth))


def apart(one: list[int], other: list[int]) -> float:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


def inked(image: QImage) -> tuple[int, int, int, int]:
    """First and last column and row that are not white."""
    pixels, wide = grey(image), image.width()
    dark = [at for at, pixel in enumerate(pixels) if pixel < 160]
    columns = [at % wide for at in dark]
    return min(columns), max(columns), dark[0] // wide, dark[-1] // wide


def test_what_is_printed_looks_as_what_is_stored(pdf: bytes, tmp_path: Path) -> None:
    printer = to_file(tmp_path / "printed.pdf")
    count = len(sizes_of(pdf))
    assert print_pages(printer, pdf, range(count), Job("")) == count
    printed = (tmp_path / "printed.pdf").read_bytes()
    assert len(sizes_of(printed)) == count
    ours = [small(pdf, at) for at in range(count)]
    theirs = [small(printed, at) for at in range(count)]
    for at in range(count):
        # The same page differs by 3 of 255, at the edges of letters; any other by 20.
        assert apart(ours[at], theirs[at]) < 6, f"page {at + 1}"
        assert apart(ours[at], theirs[(at + 1) % count]) > 15


@pytest.mark.parametrize(
    "size", [QPageSize.PageSizeId.Letter, QPageSize.PageSizeId.A5, QPageSize.PageSizeId.A3]
)
def test_on_other_paper_nothing_is_cut_and_nothing_grows(
    pdf: bytes, tmp_path: Path, size: QPageSize.PageSizeId
) -> None:
    printer = to_file(tmp_path / "printed.pdf", size)
    print_pages(printer, pdf, [0], Job(""))
    printed = (tmp_path / "printed.pdf").read_bytes()
    (wide, tall), (paper_wide, paper_tall) = sizes_of(pdf)[0], sizes_of(printed)[0]
    fit = min(1.0, paper_wide / wide, paper_tall / tall)
    left, right, top, bottom = inked(page_image(pdf, 0, 595))
    ours = inked(page_image(printed, 0, round(paper_wide)))
    assert ours[1] - ours[0] == pytest.approx((right - left) * fit, abs=4)
    assert ours[3] - ours[2] == pytest.approx((bottom - top) * fit, abs=4)


def test_margins_that_were_set_do_not_make_the_pages_smaller(pdf: bytes, tmp_path: Path) -> None:
    printer = to_file(tmp_path / "printed.pdf")
    printer.setPageMargins(QMarginsF(30, 30, 30, 30))
    print_pages(printer, pdf, [0], Job(""))
    printed = (tmp_path / "printed.pdf").read_bytes()
    assert inked(page_image(printed, 0, 595)) == pytest.approx(
        inked(page_image(pdf, 0, 595)), abs=3
    )


@pytest.mark.parametrize("most", [50_000, 123_457, 10_000_000])
def test_bands_meet_without_gap_or_overlap(pdf: bytes, most: int) -> None:
    whole = page_image(pdf, 0, 595)
    scale = 594.5 / sizes_of(pdf)[0][0]
    lines = 0
    for top, band in bands(pdf, 0, scale, most):
        assert top == lines
        assert band.width() * band.height() <= max(most, band.width())
        part = whole.copy(0, top, band.width(), band.height())
        # Edges of letters are rounded by what was asked for; a shifted line differs by 200.
        assert max(abs(a - b) for a, b in zip(grey(part), grey(band), strict=True)) <= 16
        lines += band.height()
    assert lines == whole.height()


def test_a_range_the_current_page_and_the_order_of_the_printer_are_kept(tmp_path: Path) -> None:
    printer = to_file(tmp_path / "printed.pdf")
    assert chosen_pages(printer, 5) == [0, 1, 2, 3, 4]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert chosen_pages(printer, 5) == [1, 2]
    printer.setFromTo(4, 9)
    assert chosen_pages(printer, 5) == [3, 4]
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    assert chosen_pages(printer, 5, current=2) == [2]
    printer.setPrintRange(QPrinter.PrintRange.AllPages)
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert chosen_pages(printer, 3) == [2, 1, 0]


def test_without_a_printer_it_says_so_and_offers_the_file(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    printing = Printing(window, window.export)
    printing.printers = list
    window.habits.printing = printing
    printing.offered.connect(window.on_offered)
    window.actions_by_id["print"].trigger()
    qtbot.waitUntil(window.notice.isVisible, timeout=60_000)
    assert "No printer" in window.notice.title.text()
    window.notice.offer.click()
    assert window.files.dialog is not None
    assert "NOT encrypted" in window.files.dialog.windowTitle()
    window.files.dialog.close()


def test_the_dialog_waits_for_nobody_and_its_choice_is_printed(
    qtbot: QtBot, answered: Answered, tmp_path: Path
) -> None:
    window = answered("b")
    printing = Printing(window, window.export)
    printing.printers = lambda: ["somewhere"]
    window.habits.printing = printing
    window.actions_by_id["print"].trigger()
    qtbot.waitUntil(lambda: printing.dialog is not None, timeout=60_000)
    dialog = printing.dialog
    assert dialog is not None and dialog.maxPage() == len(window.results.report.pages)
    printer = dialog.printer()
    assert "example" not in printer.docName().lower()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "chosen.pdf"))
    printer.setResolution(100)
    with qtbot.waitSignal(printing.done, timeout=60_000) as told:
        dialog.accepted[QPrinter].emit(printer)
    dialog.close()
    assert told.args == [len(window.results.report.pages)]
    assert len(sizes_of((tmp_path / "chosen.pdf").read_bytes())) == told.args[0]


def test_printing_can_be_stopped_and_everything_else_stays(
    qtbot: QtBot, answered: Answered, tmp_path: Path
) -> None:
    window = answered("b")
    made: list[bytes] = []
    window.results.report.make(made.append)
    qtbot.waitUntil(lambda: bool(made), timeout=60_000)
    printing = Printing(window, window.export)
    sent: list[int] = []
    printing.done.connect(sent.append)
    printer = to_file(tmp_path / "printed.pdf")
    printer.setResolution(600)
    printing.start(printer, made[0], [0] * 50)
    assert [job.words for job in jobs().under_way] == ["Printing the report"]
    window.actions_by_id["stop"].trigger()
    assert jobs().under_way == []
    qtbot.wait(500)
    assert sent == []
    assert window.results.report.pdf == made[0]
    assert window.consultation.advice is not None


def test_a_stopped_job_ends_the_work_between_two_bands(pdf: bytes, tmp_path: Path) -> None:
    job = Job("")
    job.is_stopped = True
    with pytest.raises(StoppedError):
        print_pages(to_file(tmp_path / "printed.pdf"), pdf, [0], job)


def test_the_stored_pdf_is_not_touched_by_printing(pdf: bytes, tmp_path: Path) -> None:
    before = bytes(pdf)
    print_pages(to_file(tmp_path / "printed.pdf"), pdf, [0], Job(""))
    assert pdf == before
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == len(sizes_of(pdf))
    document.close()
