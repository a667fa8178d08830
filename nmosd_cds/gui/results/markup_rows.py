"""Rich text as plain rows: tables cell by cell, everything else in a row of its own."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextCursor, QTextDocument, QTextFrame, QTextTable, QTextTableCell

Row = list[str]
_PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"


def rows_of(document: QTextDocument) -> list[Row]:
    """Every row of a document, from top to bottom; a table inside a cell follows its row."""
    return [row for row in _rows(document.rootFrame().begin()) if any(row)]


def plain(words: str) -> str:
    """Words without the places where pictures stand, on one line."""
    return " ".join(words.replace(_PICTURE, "").split())


def _rows(parts: QTextFrame.iterator) -> Iterator[Row]:
    while not parts.atEnd():
        frame, block = parts.currentFrame(), parts.currentBlock()
        if isinstance(frame, QTextTable):
            yield from _table(frame)
        elif frame is not None:
            yield from _rows(frame.begin())
        elif block.isValid():
            yield [plain(block.text())]
        parts += 1


def _table(table: QTextTable) -> Iterator[Row]:
    for at in range(table.rows()):
        row: Row = []
        below: list[Row] = []
        for column in range(table.columns()):
            cell = table.cellAt(at, column)
            if cell.row() == at and cell.column() == column:
                words, more = _cell(cell)
                row.append(words)
                below += more
        yield row
        yield from (["", *one] for one in below)


def _cell(cell: QTextTableCell) -> tuple[str, list[Row]]:
    """The words of a cell, and the rows of tables inside it."""
    if not _holds_table(cell):
        cursor: QTextCursor = cell.firstCursorPosition()
        last = cell.lastCursorPosition().position()
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        return plain(cursor.selectedText().replace("\u2029", " ").replace("\u2028", " ")), []
    return "", [row for row in _rows(cell.begin()) if any(row)]


def _holds_table(cell: QTextTableCell) -> bool:
    parts = cell.begin()
    while not parts.atEnd():
        if parts.currentFrame() is not None:
            return True
        parts += 1
    return False
