"""What was done at once about what was found: put right, sealed, stopped, taken off, sent back …

《食品生产经营监督检查管理办法》34、35 条 know these measures. Only the first of them ends a fault;
the others keep it from doing harm until it is put right.
"""

from __future__ import annotations

import re
from typing import Final

from inspections.records.numbers import fold

PUT_RIGHT: Final = "当场改正"
ACTS: Final = (PUT_RIGHT, "封存", "停用", "下架", "抽样", "退回", "拒收", "销毁")
"""How what was done begins; how much, and the number of a sample, follow."""

_CLAUSES: Final = re.compile(r"[；;。\n，,、]+")
_PUT_RIGHT: Final = re.compile(
    r"(?:已|已经)?当场(?:已|已经)?(?:整改|改正)(?:完成|完毕|到位|好|了)*"
)
_MEASURE: Final = re.compile(rf"(?:已|已经)?(?:当场)?(?:{'|'.join(ACTS[1:])})")
_NOT_DONE: Final = re.compile(r"未|没|不能|不得|无法|拒|待|将|准备|正在|部分|一半|基本|大致")


def put_right(text: str) -> bool:
    """Whether a text says that the fault was put right on the spot, all of it: ``当场改正``.

    What says that something was not done, or only partly, counts against it.
    """
    clauses = [one for one in _parted(text) if not _MEASURE.match(one)]
    done = any(_PUT_RIGHT.fullmatch(one) for one in clauses)
    return done and not any(_NOT_DONE.search(one) for one in clauses)


def understood(text: str) -> bool:
    """Whether a text says what was done: a measure, or that all of it was put right."""
    clauses = _parted(text)
    if any(_PUT_RIGHT.match(one) for one in clauses):
        return put_right(text)
    return any(_MEASURE.match(one) for one in clauses)


def _parted(text: str) -> list[str]:
    return ["".join(one.split()) for one in _CLAUSES.split(fold(text)) if one.strip()]
