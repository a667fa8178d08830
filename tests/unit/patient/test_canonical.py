"""The form that is hashed: byte for byte what RFC 8785 asks for, whichever encoder writes it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as some

from nmosd_cds.patient.canonical import canonical_json

TEXTS = some.text(some.characters(exclude_categories=["Cs"]), max_size=8)
NUMBERS = some.one_of(
    some.integers(-(2**53) + 1, 2**53 - 1),
    some.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30),
    some.decimals(-1000, 1000, places=3),
)
DATA = some.recursive(
    some.one_of(some.none(), some.booleans(), TEXTS, NUMBERS),
    lambda inner: some.one_of(
        some.lists(inner, max_size=4), some.dictionaries(TEXTS, inner, max_size=4)
    ),
    max_leaves=12,
)


def with_doubles(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {key: with_doubles(one) for key, one in value.items()}
    return [with_doubles(one) for one in value] if isinstance(value, list) else value


@given(DATA)
def test_the_bytes_are_those_of_the_reference_encoder(data: Any) -> None:
    assert canonical_json(data) == rfc8785.dumps(with_doubles(data))


# Numbers and their forms from RFC 8785, appendix B, and the limits between the two encoders.
@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("0", b"0"),
        ("-0.0", b"0"),
        ("1.0", b"1"),
        ("6.50", b"6.5"),
        ("0.0001", b"0.0001"),
        ("0.00009", b"0.00009"),
        ("0.000001", b"0.000001"),
        ("9.999999999999997e-7", b"9.999999999999997e-7"),
        ("9007199254740991", b"9007199254740991"),
        ("9007199254740992", b"9007199254740992"),
        ("295147905179352830000", b"295147905179352830000"),
        ("999999999999999700000", b"999999999999999700000"),
        ("1e21", b"1e+21"),
        ("333333333.33333329", b"333333333.3333333"),
        ("-0.0000033333333333333333", b"-0.0000033333333333333333"),
    ],
)
def test_numbers_are_written_as_the_standard_says(number: str, written: bytes) -> None:
    assert canonical_json(Decimal(number)) == written


def test_keys_are_sorted_by_their_utf_16_code_units() -> None:
    """The example of RFC 8785, section 3.2.3."""
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    written = canonical_json(dict.fromkeys(names, 0)).decode()
    in_order = ["\\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert written == "{" + ",".join(f'"{name}":0' for name in in_order) + "}"


def test_signs_below_space_are_escaped_and_all_others_stand() -> None:
    """The string of RFC 8785, section 3.2.2.2."""
    assert canonical_json('\u20ac$\u000f\nA\'B"\\\\"/\x7f') == (
        '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f"'.encode()
    )


@pytest.mark.parametrize(
    "data", ["\ud800", {"\udfff": 1}, 2**53, [-(2**53)], 10**400, Decimal("NaN"), Decimal("1e400")]
)
def test_what_json_cannot_hold_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match=r"domain|UTF-8|surrogates|representable"):
        canonical_json(data)
