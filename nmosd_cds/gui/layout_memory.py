"""Puts the window back as it was left, on the screens there are now; and forgets it when asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, QRect, QSize, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from nmosd_cds.gui import style
from nmosd_cds.gui.settings import Settings
from nmosd_cds.i18n import language

if TYPE_CHECKING:
    from typing import Protocol

    from nmosd_cds.gui.panes import Panes

    class Remembered(Protocol):
        """What the memory asks of a window that is filled."""

        panes: Panes


# As much of the window has to be on a screen that it can be caught and moved.
_GRIP = QSize(120, 40)


def on_screens(place: QRect, screens: Sequence[QRect]) -> QRect:
    """A place that can be seen: where it was if enough of it is on a screen, else on the first.

    Args:
        place: Where the window was.
        screens: The room of every screen, the first the main one.

    Returns:
        No larger than its screen, and inside it where it was not on any.
    """

    def seen(spot: QRect) -> QRect:
        parts = [screen.intersected(spot) for screen in screens if spot.top() >= screen.top()]
        return max(parts, key=_area, default=QRect())

    room = max(screens, key=lambda screen: _area(screen.intersected(place)))
    spot = QRect(place.topLeft(), place.size().boundedTo(room.size()))
    part = seen(spot)
    if part.width() >= _GRIP.width() and part.height() >= _GRIP.height():
        return spot
    left = min(max(spot.left(), room.left()), room.right() + 1 - spot.width())
    top = min(max(spot.top(), room.top()), room.bottom() + 1 - spot.height())
    return QRect(QPoint(left, top), spot.size())


def _area(part: QRect) -> int:
    return max(part.width(), 0) * max(part.height(), 0)


def place(window: QMainWindow, kept: Settings) -> None:
    """Give a window that is not on the screen yet its size and place."""
    if kept.width is None or kept.height is None:
        window.resize(window.size().boundedTo(window.screen().availableSize()))
        return
    size = QSize(kept.width, kept.height)
    if kept.left is None or kept.top is None:
        window.resize(size.boundedTo(window.screen().availableSize()))
        return
    screens = [one.availableGeometry() for one in QGuiApplication.screens()]
    spot = on_screens(QRect(QPoint(kept.left, kept.top), size), screens)
    window.resize(spot.size())
    window.move(spot.topLeft())


def arrange(window: Remembered, kept: Settings) -> None:
    """Divide a filled window as it was: form, tab."""
    # Imported here, as below: a window is placed before the tabs are read.
    from nmosd_cds.gui.results.result_tabs import TITLES, is_wide

    panes = window.panes
    if kept.form_width:
        panes.divide(kept.form_width)
    if kept.tab in TITLES:
        panes.results.tabs.setCurrentIndex(TITLES.index(kept.tab))
    if not panes.is_narrow and not is_wide(panes.results.tabs.currentIndex()):
        panes.show_form(kept.is_form_shown)


def gathered(window: QMainWindow, before: Settings) -> Settings:
    """How a filled window stands now; what cannot be told stays as it was before."""
    from nmosd_cds.gui.languages import spoken
    from nmosd_cds.gui.results.result_tabs import TITLES, is_wide

    panes = cast("Remembered", window).panes
    kept = before
    usual = window.normalGeometry() if window.isMaximized() else window.geometry()
    if usual.isValid():
        spot = window.pos() if not window.isMaximized() else usual.topLeft()
        kept = kept._replace(
            left=spot.x(),
            top=spot.y(),
            width=usual.width(),
            height=usual.height(),
            is_maximised=window.isMaximized(),
        )
    tab = panes.results.tabs.currentIndex()
    kept = kept._replace(tab=TITLES[tab], theme=style.look.theme, zoom=style.look.zoom)
    if not panes.is_narrow and not is_wide(tab):
        kept = kept._replace(is_form_shown=not panes.form.isHidden())
    kept = kept._replace(language=language(), paper=spoken.paper)
    return kept._replace(form_width=panes.form_width)


def reset(window: QMainWindow) -> None:
    """As the program begins: size, zoom, form and tab; theme and language stay."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    if window.isMaximized():
        window.showNormal()
    style.choose(application, zoom=1.0)
    # Later: panes in large words, which keep the window large, are only on their way out.
    QTimer.singleShot(0, partial(_reset_size, window))
    panes = cast("Remembered", window).panes
    panes.divide(0)
    panes.results.tabs.setCurrentIndex(0)
    panes.show_form(not panes.is_narrow)


def _reset_size(window: QMainWindow) -> None:
    room = window.screen().availableGeometry()
    size = QSize(*style.WINDOW).boundedTo(room.size())
    spot = on_screens(QRect(window.pos(), size), [room])
    window.resize(spot.size())
    window.move(spot.topLeft())
