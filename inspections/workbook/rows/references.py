"""References to cells, in formulas and ranges, after a row was put in or taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
    |(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<sheet>(?<![\w.])[^\W\d][\w.]*))!)?
     (?<![\w.$])(?P<first>\$?[A-Z]{1,3}\$?)(?P<top>[1-9]\d{0,6})
     (?::(?P<last>\$?[A-Z]{1,3}\$?)(?P<bottom>[1-9]\d{0,6}))?(?![\w(.!])""",
    re.VERBOSE,
)
GONE: Final = "#REF!"


@dataclass(frozen=True, slots=True)
class Move:
    """Rows of the sheet ``title`` from ``row`` on (counted from 1) go down by one.

    ``up``: the row is taken out, and those below it go up.
    """

    title: str
    row: int
    up: bool = False

    def line(self, number: int) -> int:
        """Returns where a row is afterwards."""
        if self.up:
            return number - (number > self.row)
        return number + (number >= self.row)

    def span(self, top: int, bottom: int) -> tuple[int, int] | None:
        """Returns where a range is afterwards; None where nothing of it is left.

        A range of several rows that ends above a new row takes it in, as a sum of a column or a
        list to choose from has to.
        """
        if self.up:
            if top == bottom == self.row:
                return None
            return self.line(top), bottom - (bottom >= self.row)
        grown = top < bottom == self.row - 1
        return self.line(top), self.line(bottom) + grown


def moved(formula: str, move: Move, own: str) -> str:
    """Returns a formula that stands on the sheet ``own``, as it is after a move of rows."""

    def one(found: re.Match[str]) -> str:
        if found["text"] is not None:
            return found[0]
        named = (found["quoted"] or "").replace("''", "'") or found["sheet"] or own
        if named != move.title:
            return found[0]
        top = int(found["top"])
        span = move.span(top, int(found["bottom"] or top))
        before = found[0][: found.start("first") - found.start()]
        if span is None:
            return before + GONE
        end = f":{found['last']}{span[1]}" if found["bottom"] else ""
        return f"{before}{found['first']}{span[0]}{end}"

    return _TOKEN.sub(one, formula)
