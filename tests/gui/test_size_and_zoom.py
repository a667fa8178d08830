"""Large words on a small window, and targets large enough to hit.

WCAG 2.2: 1.4.4 resize text to 200 %, 1.4.10 reflow, 2.5.8 target size 24 x 24 px. Links inside a
text are exempt from 2.5.8 (as high as their line); so is what has another way to the same end: the
line between form and result (F4), and a mark of the timeline, whose place is its date (its table).
"""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QWidget,
)

from nmosd_cds.gui import style
from nmosd_cds.gui.calculators.calculator_window import CalculatorWindow
from nmosd_cds.gui.controls import Drop, Field, Tabs
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.page import SlimBar
from nmosd_cds.gui.plots.plot import Plot
from nmosd_cds.gui.results.preference_points import WeightSlider
from nmosd_cds.gui.results.result_tabs import REPORT, TITLES
from nmosd_cds.gui.timeline.picture import TimelinePicture
from nmosd_cds.i18n import languages
from nmosd_cds.patient.sections import SECTIONS
from tests.gui.test_keyboard_reach import settle
from tests.gui.walking import open_every_row

Answered = Callable[[str], MainWindow]
LEAST = 24


def _sideways(window: MainWindow) -> list[str]:
    """Parts that would have to be scrolled sideways."""
    return [
        f"{type(one).__name__} {one.accessibleName()}"
        for one in window.findChildren(QAbstractScrollArea)
        if one.isVisible() and one.horizontalScrollBar().maximum() > 0
    ]


def _outside(window: MainWindow) -> list[str]:
    """Parts that reach over the right edge of the window."""
    edge = window.width()
    found = []
    for one in window.panes.findChildren(QWidget):
        if one.isVisible() and one.mapTo(window, one.rect().topRight()).x() > edge:
            found.append(f"{type(one).__name__} {one.accessibleName()}")
    return found


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("zoom", style.ZOOMS)
def test_nothing_has_to_be_scrolled_sideways(
    qapp: QApplication,
    answered: Answered,
    speak: Callable[[str], None],
    language: str,
    zoom: float,
) -> None:
    """At 1280 x 720 on every page and tab, with the banner whole and in its place."""
    speak(language)
    window = answered("b")
    style.choose(qapp, zoom=zoom)
    window.resize(1280, 720)
    settle(window)
    assert (window.width(), window.height()) == (1280, 720)
    faults = []
    for section in SECTIONS:
        window.panes.show_form(True)
        window.form.show_section(section)
        settle(window)
        faults += [f"{section}: {one}" for one in (*_sideways(window), *_outside(window))]
    for tab, title in enumerate(TITLES[:REPORT]):
        window.results.tabs.setCurrentIndex(tab)
        settle(window)
        faults += [f"{title}: {one}" for one in (*_sideways(window), *_outside(window))]
        banner = window.banner
        assert banner.visibleRegion().boundingRect() == banner.rect()
        room = window.results.pages.currentWidget()
        assert room is not None and room.height() >= window.height() / 4
    assert faults == []


def _small(window: QWidget) -> list[str]:
    found = []
    for one in window.findChildren(QWidget):
        if not one.isVisible() or not isinstance(
            one, QAbstractButton | Drop | Field | WeightSlider | SlimBar
        ):
            continue
        wide, tall = one.width(), one.height()
        least = 12 if isinstance(one, SlimBar) else LEAST
        if wide < least or tall < least:
            found.append(f"{type(one).__name__} {one.accessibleName()} {wide} x {tall}")
    for tabs in window.findChildren(Tabs):
        for at in range(tabs.count()):
            rect = tabs.tabRect(at)
            if tabs.isVisible() and (rect.height() < LEAST or rect.width() < LEAST):
                found.append(f"tab {tabs.tabText(at)}")
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        if view.isVisible() and model is not None and model.rowCount():
            first = view.visualRect(model.index(0, 0))
            if 0 < first.height() < LEAST:
                found.append(f"row of {view.accessibleName()} {first.height()}")
    for plot in window.findChildren(Plot):
        if isinstance(plot, TimelinePicture):
            continue
        for at in range(len(plot.texts())):
            box = plot.box_of(at)
            is_item = plot.isVisible() and plot.can_choose(at)
            if is_item and (box.height() < LEAST or box.width() < LEAST):
                found.append(f"{type(plot).__name__}: {plot.texts()[at][:40]} {box.height():.0f}")
    return found


def test_everything_that_can_be_clicked_is_large_enough(answered: Answered) -> None:
    window = answered("b")
    faults = []
    for section in SECTIONS:
        page = window.form.show_section(section)
        open_every_row(page)
        settle(window)
        faults += [f"{section}: {one}" for one in _small(window)]
    window.results.show_source("burt-2019")
    for tab, title in enumerate(TITLES):
        window.results.tabs.setCurrentIndex(tab)
        settle(window)
        faults += [f"{title}: {one}" for one in _small(window)]
    window.calculators.open()
    beside = window.findChild(CalculatorWindow)
    assert beside is not None
    faults += _small(beside)
    assert sorted(set(faults)) == [], "\n".join(sorted(set(faults)))


def test_lines_of_a_menu_are_large_enough(answered: Answered) -> None:
    bar = answered("b").menuBar()
    boxes = [bar.actionGeometry(action) for action in bar.actions()]
    # A pixel too low, and far enough apart: the spacing that 2.5.8 takes instead of the size.
    assert bar.height() >= LEAST and all(box.height() >= LEAST - 1 for box in boxes)
    assert all(b.center().x() - a.center().x() >= LEAST for a, b in pairwise(boxes))
    for action in bar.actions():
        menu = action.menu()
        menu.popup(bar.mapToGlobal(bar.rect().bottomLeft()))
        for line in menu.actions():
            if not line.isSeparator():
                assert menu.actionGeometry(line).height() >= LEAST, line.text()
        menu.close()


def test_nothing_moves_by_itself() -> None:
    """No animation, no time-out: nothing in the window is built with either (WCAG 2.2.1, 2.3.3)."""
    from pathlib import Path

    gui = Path(style.__file__).parent
    for file in sorted(gui.rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        for word in ("QPropertyAnimation", "QVariantAnimation", "QMovie", "QTimeLine"):
            assert word not in source, file.name
