"""Plain data as RFC 8785 JSON, the form that is hashed: the same bytes whatever the order of keys.

The standard encoder is much faster than `rfc8785` and writes the same bytes for all that a case
usually holds: it escapes alike, and what it would write otherwise is left to `rfc8785`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

# Beyond it a double no longer holds every whole number.
_LARGEST_WHOLE = 2**53 - 1
# Below it the standard encoder writes an exponent, which RFC 8785 does only for smaller numbers.
_SMALLEST_ALIKE = 1e-4


class _WrittenOtherwiseError(ValueError):
    """The standard encoder would write other bytes."""


def canonical_json(data: Any) -> bytes:
    """Plain data as RFC 8785 JSON; a Decimal is written as the double nearest to it.

    Raises:
        ValueError: a number or a text that JSON cannot hold.
    """
    try:
        text = json.dumps(_alike(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode()
    except (_WrittenOtherwiseError, UnicodeEncodeError):
        import rfc8785

        return rfc8785.dumps(_with_doubles(data))


def _alike(value: Any) -> Any:
    """The same data, as far as both encoders write it alike."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, Mapping):
        # Both sort by the code of a sign, but one by its two halves beyond the first 65536.
        if not "".join(value).isascii():
            raise _WrittenOtherwiseError
        return {key: _alike(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_alike(one) for one in value]
    if isinstance(value, int) and abs(value) <= _LARGEST_WHOLE:
        return value
    if isinstance(value, Decimal):
        return _number(value)
    raise _WrittenOtherwiseError


def _number(value: Decimal) -> float | int:
    number = float(value)
    if number == 0 or _SMALLEST_ALIKE <= abs(number) <= _LARGEST_WHOLE:
        return int(number) if number.is_integer() else number
    raise _WrittenOtherwiseError


def _with_doubles(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Mapping):
        return {key: _with_doubles(one) for key, one in value.items()}
    return [_with_doubles(one) for one in value] if isinstance(value, list) else value
