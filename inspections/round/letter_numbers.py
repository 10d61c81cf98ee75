"""Numbers of letters: the scheme by which a round's ledger gives them, as a bureau types it."""

from __future__ import annotations

import re
from typing import Final

PLACES: Final = {"n": "顺序号", "year": "成文的年份", "round": "批次代码"}
"""What a scheme may name in braces, and what stands there."""

DEFAULT: Final = "{round}意见〔{year}〕{n}号"
"""What a new round begins with: no two rounds give the same number, whatever a bureau calls itself.
"""

LONGEST: Final = 60
"""Characters of a scheme; it has to fit into one line."""


def check_scheme(scheme: str) -> None:
    """Raises ``ValueError``, in Chinese, where a scheme does not tell letters apart."""
    found = [match[1] for match in re.finditer(r"\{([^{}]*)\}", scheme)]
    known = "、".join(f"{{{name}}} {word}" for name, word in PLACES.items())
    for name in found:
        if name not in PLACES:
            raise ValueError(f"“{{{name}}}”不认识，可以写：{known}")
    if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", scheme)):
        raise ValueError(f"花括号不成对；可以写：{known}")
    if found.count("n") != 1:
        raise ValueError("{n}（顺序号）要写一次，也只能写一次，如 东教督意〔{year}〕{n}号")
    if len(scheme) > LONGEST or not scheme.isprintable():
        raise ValueError(f"编号格式太长（最多 {LONGEST} 个字），或有看不见的字符")


def series_of(scheme: str, year: int, round_id: str) -> str:
    """Returns the series that letters of a year belong to: all but the number, ``{n}``.

    >>> series_of("东教督意〔{year}〕{n}号", 2026, "")
    '东教督意〔2026〕{n}号'
    """
    return scheme.replace("{year}", str(year)).replace("{round}", re.sub(r"[{}]", "", round_id))


def number_in(series: str, n: int) -> str:
    """Returns a number of a series as letters bear it.

    >>> number_in("东教督意〔2026〕{n}号", 3)
    '东教督意〔2026〕3号'
    """
    return series.replace("{n}", str(n))
