"""How the window was left, in one small file: sizes, theme, language. Never anything of a patient.

No name of a file or a folder is kept: both may name a person.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QSettings

from nmosd_cds import paths
from nmosd_cds.gui import style
from nmosd_cds.i18n import ENGLISH, languages

FILE = "window.json"
# More is no file of ours.
_MOST_BYTES = 20_000
_FARTHEST, _SMALLEST, _LARGEST = 100_000, 200, 20_000
_MOST_STEPS = 50
_LONGEST = 40


class Settings(NamedTuple):
    """How the window was left; a tuple because the first window waits for it.

    Attributes:
        left, top: Corner of the window; None: wherever the system puts it.
        width, height: Of the window when it is not maximised; None: as the program begins.
        is_maximised: Whether it filled its screen.
        is_form_shown: Whether the form stood beside the result.
        form_width: Of the form at 100 %; 0: as the program begins.
        tab: The English title of the tab; empty: the first.
        theme: One of `style.THEMES`.
        zoom: One of `style.ZOOMS`.
        language: Of the window.
        paper: Of reports; empty: the window's.
        tour: Step of the guided tour that comes next.
        is_tour_over: Whether it was finished, or left for good.
    """

    left: int | None = None
    top: int | None = None
    width: int | None = None
    height: int | None = None
    is_maximised: bool = False
    is_form_shown: bool = True
    form_width: int = 0
    tab: str = ""
    theme: str = style.LIGHT_THEME
    zoom: float = 1.0
    language: str = ENGLISH
    paper: str = ""
    tour: int = 0
    is_tour_over: bool = False


def _whole(low: int, high: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and low <= value <= high


def _is_truth(value: Any) -> bool:
    return type(value) is bool


# What each value may be; anything else gives way to the value the program begins with.
_FITS: Mapping[str, Callable[[Any], bool]] = {
    "left": _whole(-_FARTHEST, _FARTHEST),
    "top": _whole(-_FARTHEST, _FARTHEST),
    "width": _whole(_SMALLEST, _LARGEST),
    "height": _whole(_SMALLEST, _LARGEST),
    "is_maximised": _is_truth,
    "is_form_shown": _is_truth,
    "form_width": _whole(0, _LARGEST),
    "tab": lambda value: isinstance(value, str) and len(value) <= _LONGEST,
    "theme": lambda value: isinstance(value, str) and value in style.THEMES,
    "zoom": lambda value: type(value) in (int, float) and value in style.ZOOMS,
    "language": lambda value: isinstance(value, str) and value in languages(),
    "paper": lambda value: value == "" or (isinstance(value, str) and value in languages()),
    "tour": _whole(0, _MOST_STEPS),
    "is_tour_over": _is_truth,
}


def settings_of(content: Any) -> Settings:
    """Settings from what a file holds; each value that cannot be is left out.

    Args:
        content: Whatever JSON gave.
    """
    if not isinstance(content, Mapping):
        return Settings()
    known = set(Settings._fields)
    fitting = {
        name: value for name, value in content.items() if name in known and _FITS[name](value)
    }
    made = Settings(**fitting)
    # Half a size or half a place is none.
    if made.left is None or made.top is None:
        made = made._replace(left=None, top=None)
    if made.width is None or made.height is None:
        made = made._replace(width=None, height=None)
    return made._replace(zoom=float(made.zoom))


def file() -> Path:
    """Where the settings are kept."""
    return paths.user_config_folder() / FILE


def read() -> Settings | None:
    """What was kept; None if there is no such file. A damaged one counts as empty."""
    try:
        with file().open("rb") as opened:
            raw = opened.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return Settings()
    with contextlib.suppress(ValueError, RecursionError):
        if len(raw) <= _MOST_BYTES:
            return settings_of(json.loads(raw.decode("utf-8-sig")))
    return Settings()


def write(settings: Settings) -> bool:
    """Keep the settings; one that cannot be kept is no fault worth a word.

    Returns:
        Whether they were kept.
    """
    # Imported here: this module is read before the first window.
    from nmosd_cds.saving import write_whole

    with contextlib.suppress(OSError, ValueError):
        file().parent.mkdir(parents=True, exist_ok=True)
        content = json.dumps(settings._asdict(), indent=1)
        write_whole(file(), content.encode("utf-8"))
        return True
    return False


def silence_dialogs() -> None:
    """Let Qt's own file dialog write down nothing: it keeps the folders it showed, in plain text.

    Without effect on Windows and macOS, where the dialogs are the system's.
    """
    native, user = QSettings.Format.NativeFormat, QSettings.Scope.UserScope
    QSettings.setPath(native, user, os.devnull)
