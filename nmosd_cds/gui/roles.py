"""What a widget is to a screen reader, where Qt would say too little: a heading, a list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_MARK = "given-role"


class _Roles:
    """Interfaces in use: Qt keeps only a pointer, so Python has to keep the rest."""

    is_installed = False
    kept: dict[int, QAccessibleWidget] = {}
    # Their widgets are gone, and Qt is about to delete them or has done so.
    going: list[QAccessibleWidget] = []


def give_role(widget: QWidget, role: QAccessible.Role) -> None:
    """Say what a widget is; its accessible name says which."""
    if not _Roles.is_installed:
        QAccessible.installFactory(_made)
        _Roles.is_installed = True
    widget.setProperty(_MARK, role.value)


def _made(_name: str, widget: QObject | None) -> QAccessibleInterface | None:
    """What Qt asks for the interface of any widget; None: its own."""
    if not isinstance(widget, QWidget) or widget.property(_MARK) is None:
        return None
    _Roles.going = [one for one in _Roles.going if not _is_deleted(one)]
    made = QAccessibleWidget(widget, QAccessible.Role(widget.property(_MARK)))
    _Roles.kept[id(made)] = made
    widget.destroyed.connect(partial(_forget, id(made)))
    return made


def _forget(key: int, _gone: object = None) -> None:
    interface = _Roles.kept.pop(key, None)
    if interface is not None:
        _Roles.going.append(interface)


def _is_deleted(interface: QAccessibleWidget) -> bool:
    """Whether Qt has deleted it, so that Python may let go of it."""
    try:
        interface.isValid()
    except RuntimeError:
        return True
    return False
