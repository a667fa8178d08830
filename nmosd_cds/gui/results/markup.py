"""Words to rich text: escaped once, here; shapes and links in the line; tables with hairlines.

Text of a case or a file reaches a rich-text widget through these functions only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from html import escape

from PySide6.QtCore import QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QTextBrowser

from nmosd_cds.advice.model import FigureLine
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.announcing import read_out
from nmosd_cds.gui.controls import draw_focus, paint_ground
from nmosd_cds.gui.page import bring_into_view
from nmosd_cds.gui.plots import keeping
from nmosd_cds.gui.results.markup_rows import rows_of
from nmosd_cds.gui.typefaces import has_hanzi
from nmosd_cds.i18n import _, language
from nmosd_cds.patient.choices import DRUG
from nmosd_cds.report.wording import with_interval

NO_BREAK = "\N{NO-BREAK SPACE}"
_UNBROKEN = 28


@cache
def _sheets(_language: str) -> tuple[Mapping[str, str], re.Pattern[str]]:
    """Drugs with a sheet by id or name in the language in use, and what finds them in a text."""
    sheets = {
        name: one.id
        for one in DRUG
        if one.id != "other"
        for name in (one.id, one.label.lower(), _(one.label).lower())
    }
    # The longer before the shorter; no blank stands around a Chinese name.
    names = sorted(sheets, key=len, reverse=True)
    bounded = (rf"\b{re.escape(one)}\b" if one.isascii() else re.escape(one) for one in names)
    return sheets, re.compile(f"({'|'.join(bounded)})", re.IGNORECASE)


def text(words: str) -> str:
    """Words as they are."""
    return escape(words)


def slanted(words: str) -> str:
    """Words that were recalled, in italics; upright where there are hanzi, which do not slope."""
    return text(words) if has_hanzi(words) else f"<i>{text(words)}</i>"


def bold(words: str) -> str:
    """Words in bold."""
    return f"<b>{escape(words)}</b>"


def toned(words: str, token: str, *, is_bold: bool = False) -> str:
    """Words in a colour of the theme."""
    said = escape(words)
    said = f"<b>{said}</b>" if is_bold else said
    return f'<span style="color:{style.colour(token).name()}">{said}</span>'


def name(words: str) -> str:
    """The name of an option."""
    return sized(bold(words), style.BODY)


def soft(words: str) -> str:
    """Labels, units, study keys."""
    return toned(words, "text2")


def attention(words: str, *, is_bold: bool = True) -> str:
    """What cannot be told yet."""
    return toned(words, "attention", is_bold=is_bold)


def sized(marked_up: str, size: int) -> str:
    """Marked-up words at another size of the grid."""
    return f'<span style="font-size:{style.px(size)}px">{marked_up}</span>'


def shape(name: str, side: int = 14) -> str:
    """A shape in the line."""
    tall = style.px(side)
    wide = round(tall * (1.5 if name == "second" else 1))
    return (
        f'<img src="shape:{name}/{tall}" width="{wide}" height="{tall}" '
        f'style="vertical-align:middle">'
    )


def link(target: str, words: str, *, token: str = "accent", is_bold: bool = False) -> str:
    """A link inside the window; `target` is `kind:rest`."""
    said = f"<b>{escape(words)}</b>" if is_bold else escape(words)
    look = f"color:{style.colour(token).name()};text-decoration:none"
    return f'<a href="{escape(target, quote=True)}" style="{look}">{said}</a>'


def with_drugs(words: str, *, is_bold: bool = False) -> str:
    """Words in which every drug leads to its sheet."""
    dress = bold if is_bold else text
    said = ""
    sheets, drugs = _sheets(language())
    for at, part in enumerate(drugs.split(words)):
        is_drug = at % 2 == 1
        target = f"study:{sheets[part.lower()]}" if is_drug else ""
        said += link(target, part, is_bold=is_bold) if is_drug else dress(part)
    return said


def study_link(figure: FigureLine) -> str:
    """Flag and citation key, the way to the study sheet."""
    if not figure.study:
        return ""
    sign = shape(shapes.flag_shape(figure.flag, figure.confirmed), 12)
    return f"{sign}&nbsp;{link(f'study:{figure.study}/{figure.figure}', figure.study)}"


def interval_of(line: FigureLine) -> str:
    """N of n and interval; on one line unless they are long."""
    said = with_interval(line)
    return said.replace(" ", NO_BREAK) if len(said) <= _UNBROKEN else said


def figure(line: FigureLine) -> str:
    """N of n, interval, flag, study key."""
    said = text(interval_of(line))
    if line.flag == "memory":
        said = f"{slanted(with_interval(line))} {soft('recalled, not in arithmetic')}"
    return f"{said} {study_link(line)}".strip()


def table(rows: Iterable[str], *, gap: int = 3) -> str:
    """A table over the whole width."""
    return (
        f'<table width="100%" cellspacing="0" cellpadding="{style.px(gap)}" border="0">'
        f"{''.join(rows)}</table>"
    )


def row(*cells: str) -> str:
    """One row of cells."""
    return f"<tr>{''.join(cells)}</tr>"


def cell(
    marked_up: str,
    *,
    width: int = 0,
    half: bool = False,
    rule: str = "",
    extra: str = "",
) -> str:
    """One cell; `rule` is the token of a hairline above it, `width` is in px at 100 %."""
    wide = f' width="{style.px(width)}"' if width else ""
    wide = ' width="50%"' if half else wide
    look = f"border-top:1px solid {style.colour(rule).name()};" if rule else ""
    return f'<td{wide} style="{look}{extra}">{marked_up}</td>'


def line(marked_up: str) -> str:
    """One line of words between tables."""
    return f'<p style="margin:0 2px 2px 2px">{marked_up}</p>'


def heading(words: str, size: int = style.BODY) -> str:
    """A heading above a part."""
    top = style.px(12)
    said = sized(bold(words), size)
    return f'<p style="margin-top:{top}px;margin-bottom:{style.px(4)}px">{said}</p>'


class Markup(QTextBrowser):
    """Rich text of the window: no file, no address, only its own links; as tall as its words."""

    followed = Signal(str)
    link_chosen = Signal()

    def __init__(self, name: str, *, grows: bool = True, token: str = "surface") -> None:
        super().__init__()
        self._grows = grows
        self._has_links = False
        self._shown: str | None = None
        self.menu: QMenu | None = None
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        paint_ground(self, token)
        paint_ground(self.viewport(), token)
        if grows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.anchorClicked.connect(self.on_anchor_clicked)

    def show_html(self, html: str, dress: Callable[[str], str] | None = None) -> None:
        """Show marked-up words made by this module, laid out only if they are others.

        Args:
            html: The words.
            dress: Makes the last marks in them, such as links of citation keys.
        """
        if html == self._shown:
            return
        # Empty first: font and width would lay out the old words once more.
        self.clear()
        self._shown = html
        self.document().setDefaultFont(style.font(style.SMALL))
        if self._grows:
            self.document().setTextWidth(self.viewport().width())
        said = html if dress is None else dress(html)
        self.setHtml(f'<body style="color:{style.colour("text").name()}">{said}</body>')
        self._has_links = "<a href" in said
        if self._grows:
            # Without a link there is nothing to do here; the page around it scrolls.
            stops = Qt.FocusPolicy.StrongFocus if self._has_links else Qt.FocusPolicy.ClickFocus
            self.setFocusPolicy(stops)
        self._fit()

    def forget(self) -> None:
        """Lay the next words out even if they are the same, for pictures among them changed."""
        self._shown = None

    def put_away(self) -> None:
        """Take the words from sight; they stay laid out, for the next answer often has the same.

        Without words it stays, so that the first ones are laid out at its width.
        """
        if self._shown:
            self.hide()

    def clear(self) -> None:
        """Show no words."""
        self._shown = None
        super().clear()

    def setPlainText(self, text: str) -> None:
        self._shown = None
        super().setPlainText(text)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        url = QUrl(name)
        if kind == QTextDocument.ResourceType.ImageResource.value and url.scheme() == "shape":
            chosen, _slash, side = url.path().partition("/")
            wide = 1.5 if chosen == "second" else 1
            # Exactly as large as it will be shown, for a scaled image has ragged edges.
            return shapes.image(chosen, int(side), wide=wide, scale=self.devicePixelRatioF())
        return b""

    def on_anchor_clicked(self, url: QUrl) -> None:
        self.followed.emit(url.toString())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._grows:
            event.ignore()  # the page around it scrolls
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_End)
        if self._grows and event.key() in moves:
            event.ignore()
            return
        if self._chosen_words() or not keeping.took_copy(event, self.copied):
            super().keyPressEvent(event)

    def _chosen_words(self) -> str:
        """Words chosen by the mouse; a link that the keyboard chose is none."""
        cursor = self.textCursor()
        return "" if cursor.charFormat().isAnchor() else cursor.selectedText()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu = QMenu(self)
        if self._chosen_words():
            self.menu.addAction(_("&Copy what is chosen"), self.copy)
        keeping.fill_menu(self.menu, self.copied)
        self.fill_menu(self.menu)
        self.menu.popup(event.globalPos())

    def fill_menu(self, menu: QMenu) -> None:
        """More that can be done with it; nothing for most."""

    @property
    def copied(self) -> keeping.Copied:
        """What is copied: the words themselves, unless a table says the same better."""
        return self

    def as_text(self) -> str:
        """All its words, one row a line."""
        return "\n".join("  ".join(filter(None, row)) for row in rows_of(self.document()))

    def as_table(self) -> str:
        """All its words, cells apart by tabs."""
        return "\n".join("\t".join(row) for row in rows_of(self.document()))

    def sizeHint(self) -> QSize:
        return QSize(style.px(300), self._tall()) if self._grows else super().sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if self._has_links and event.reason() in by_key:
            # The first link at once, or the last; Qt would stop at the whole text before it.
            is_back = event.reason() == Qt.FocusReason.BacktabFocusReason
            cursor = self.textCursor()
            end = QTextCursor.MoveOperation.End if is_back else QTextCursor.MoveOperation.Start
            cursor.movePosition(end)
            self.setTextCursor(cursor)
            self.focusNextPrevChild(not is_back)

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        if self.hasFocus():
            self._show_link()
            self.link_chosen.emit()
        return moved

    def _show_link(self) -> None:
        """Frame the chosen link, and bring it into view on the page around."""
        self.viewport().update()
        boxes = self.link_boxes()
        if boxes:
            # Qt tells nothing of the links in a text.
            words = self.textCursor().selectedText()
            self.setAccessibleDescription(words)
            read_out(self, words)
        if boxes and self._grows:
            bring_into_view(self.viewport(), boxes[0] | boxes[-1])

    def focus_link(self, target: str) -> None:
        """Put the keyboard's cursor on a link again, after other words were shown."""
        self.moveCursor(QTextCursor.MoveOperation.Start)
        for _step in range(self.toHtml().count("<a href")):
            self.focusNextPrevChild(True)
            if self.chosen_link == target:
                return

    def link_place(self) -> QRect:
        """Where the link under the keyboard's cursor stands."""
        return self.cursorRect()

    @property
    def chosen_link(self) -> str:
        """Where the link under the keyboard's cursor leads; empty if there is none."""
        cursor = self.textCursor()
        # The format is that of the letter before, and going back the cursor stands in front.
        last = QTextCursor(self.document())
        last.setPosition(cursor.selectionEnd())
        return last.charFormat().anchorHref() if cursor.hasSelection() else ""

    def link_boxes(self) -> list[QRect]:
        """Where the link under the keyboard's cursor stands, a box for each line of it."""
        cursor = self.textCursor()
        if not self.chosen_link:
            return []
        boxes: list[QRect] = []
        for place in range(cursor.selectionStart(), cursor.selectionEnd()):
            one, next_ = QTextCursor(self.document()), QTextCursor(self.document())
            one.setPosition(place)
            next_.setPosition(place + 1)
            start, end = self.cursorRect(one), self.cursorRect(next_)
            if end.top() != start.top():
                continue
            letter = QRect(start.topLeft(), end.bottomRight())
            is_same_line = bool(boxes) and boxes[-1].top() == letter.top()
            boxes[-1:] = [boxes[-1] | letter] if is_same_line else [*boxes[-1:], letter]
        return boxes

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter = QPainter(self.viewport())
        boxes = [box.adjusted(-4, -3, 3, 3) for box in self.link_boxes()]
        # Text that scrolls by itself is framed whole while none of its links is chosen.
        whole = [] if self._grows else [self.viewport().rect()]
        for box in boxes or whole:
            draw_focus(painter, box)

    def _tall(self) -> int:
        return int(self.document().size().height()) + 2

    def _fit(self) -> None:
        if self._grows:
            if self.document().textWidth() != self.viewport().width():
                self.document().setTextWidth(self.viewport().width())
            if self.height() != self._tall():
                self.setFixedHeight(self._tall())
