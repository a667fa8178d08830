"""Where a line of Chinese may end: after most hanzi, never against the rules of its punctuation."""

from __future__ import annotations

import re
from typing import Final

# No line begins with these, and none ends with those.
_NOT_FIRST: Final = frozenset(
    "、。，．：；！？）」』】》〉〕］｝〗〞’”…—·•‥〜～々〻ー％‰℃°￠,.;:!?)]}%>/\u00a0"
)
_NOT_LAST: Final = frozenset("（「『【《〈〔［｛〖〝‘“￥＄＃～〜([{<≥≤≈±×−~#$/\u00a0第")
# Between two numbers: "12至18个月".
_TO: Final = frozenset("至到比")
_DIGITS: Final = frozenset("0123456789０１２３４５６７８９⁰¹²³⁴⁵⁶⁷⁸⁹")
_HANZI: Final = "\u3400-\u9fff"
_UNITS: Final = (
    "(?:[万亿]?个?(?:百分点|月|细胞|周期|疗程|半月|小时|工作日|星期)"
    "|[万亿]?(?:国际单位|单位|毫克|微克|千克|公斤|毫升|微升|厘米|毫米|平方米|分钟|小时|周岁|年半|例次|人年|拷贝))"
)
_AFTER_NUMBER: Final = re.compile(_UNITS)
_WHOLE: Final = re.compile(f"[〇零一二两三四五六七八九十百千万亿半几数]+{_UNITS}|[{_HANZI}]")

# A number keeps its unit, its "of n" and its power of ten on the same line.
_HELD: Final = re.compile(
    r" (?:"
    r"(?<=\d )(?=(?:%|of \d|mg|g/|mL|IU|kg|cm|cells|months?\b|years?\b|weeks?\b|days?\b|more\b))"
    r"|(?<=\bof )(?=\d)|(?<=\bn )(?=\d)"
    r"|(?<=\d )(?=× ?\d)|(?<=\d\s× )(?=\d)|(?<=\d× )(?=\d)"
    rf"|(?<=[\d⁰¹²³⁴-⁹] )(?=[{_HANZI}])|(?<=[第≥≤≈] )(?=\d)"
    r")"
)
NO_BREAK: Final = "\u00a0"


def held(text: str) -> str:
    """A text in which blanks that must not end a line are unbroken ones."""
    return _HELD.sub(NO_BREAK, text)


def atoms(text: str, before: str) -> list[str]:
    """The pieces of Chinese signs that are never broken.

    Args:
        text: Signs of the Chinese face, without blanks.
        before: The sign they follow; empty at the start.
    """
    pieces: list[str] = []
    at = 0
    if before in _DIGITS or before == NO_BREAK:
        unit = _AFTER_NUMBER.match(text)
        at = unit.end() if unit else 0
        pieces = [text[:at]] if at else []
    while at < len(text):
        whole = _WHOLE.match(text, at)
        end = whole.end() if whole else at + 1
        pieces.append(text[at:end])
        at = end
    return pieces


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between two signs, of which at least one is Chinese."""
    if before in _NOT_LAST or after in _NOT_FIRST:
        return False
    if before in _TO and after in _DIGITS:
        return False
    # A number and what it counts; a drug's name and its number are no worse for it.
    return before not in _DIGITS
