"""A table as CSV, in the way spreadsheet programs read it without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

Rows = Sequence[Sequence[str]]


def csv_bytes(heads: Sequence[str], rows: Rows) -> bytes:
    """A table as CSV; the mark at its beginning lets spreadsheets read every sign."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    for line in (heads, *rows):
        writer.writerow([_no_formula(cell) for cell in line])
    return held.getvalue().encode("utf-8-sig")


def _no_formula(cell: str) -> str:
    """A text that a spreadsheet would take for a formula is marked as text."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
