"""Formulas of the paper's table that somebody altered: in one column all rows have the same one.

Office programs write formulas anew in ways of their own, so they are compared with each other and
not with ours: what stands in most rows of a column is taken for what went out.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import Final

from inspections.workbook.form.feedback import TABLE

_FORMULA: Final = re.compile(rb'<c r="([A-FHI])(\d{1,3})"[^>]*><f([^>]*?)(?:/>|>([^<]*)</f>)')
"""In the columns of the table; what the list beside it holds differs from row to row."""

_SHARED: Final = re.compile(rb'\bsi="(\d+)"')


def altered_formulas(sheet: bytes, page: int) -> dict[str, str]:
    """Returns the formulas, by A1 name, that are not those of the rest of their column.

    ``sheet``: a worksheet part of a package; ``page``: which page of the paper it is. A formula
    that is shared is that of its first row.
    """
    shared: dict[bytes, bytes] = {}
    columns: dict[bytes, list[tuple[bytes, bytes, bytes]]] = {}
    for column, row, attributes, text in _FORMULA.findall(sheet):
        if int(row) not in TABLE[page]:
            continue
        group = _SHARED.search(attributes)
        alike = _without_row(text, row) if text else shared.get(group[1] if group else b"", b"")
        if text and group:
            shared[group[1]] = alike
        columns.setdefault(column, []).append((row, alike, text))
    found: dict[str, str] = {}
    for column, cells in columns.items():
        counts = Counter(alike for _, alike, _ in cells)
        if len(counts) == 1:
            continue
        usual = counts.most_common(1)[0][0]
        for row, alike, text in cells:
            if alike != usual:
                found[(column + row).decode()] = f"={unescape(text.decode('utf-8', 'replace'))}"
    return found


def _without_row(formula: bytes, row: bytes) -> bytes:
    """A formula as it is in every row: without the number of its own, and without blanks."""
    own = re.sub(rb"(?<=[A-Z])%b(?!\d)" % row, b"#", formula)
    return own.replace(b" ", b"")
