"""QR codes (ISO/IEC 18004) as boxes of whole modules, for drawing as paths.

The mask is fixed, not chosen among eight: choosing costs more than the rest of a letter's page,
and readers take any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import segno

QUIET = 4
"""Modules of empty room that a code needs on each side."""

_MASK = 2


_DARK = re.compile(rb"\x01+")


@lru_cache(256)
def modules(content: str) -> tuple[bytes, ...]:
    """Returns the modules of a code, row by row from the top: 1 dark, 0 light.

    Text stands in it as UTF-8.
    """
    code = segno.make(
        content,
        micro=False,
        error="m",
        mask=_MASK,
        mode="byte",
        encoding="utf-8",
        boost_error=False,
    )
    return tuple(map(bytes, code.matrix))


def boxes(content: str) -> Iterator[tuple[int, int, int]]:
    """Yields (row, column, length) of dark modules side by side, in modules from the top left."""
    for number, row in enumerate(modules(content)):
        for run in _DARK.finditer(row):
            yield number, run.start(), run.end() - run.start()
