"""Libraries that not everybody needs: an extra of the package brings each of them."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from rubrics.messages.problems import Place, Problem, problem

EXTRAS: Final = {
    "frames": ("pandas", "在笔记本里用表格"),
    "postgresql": ("psycopg", "用 PostgreSQL 上的共用台账"),
    "signing": ("pyhanko", "给意见书签名、查签名"),
}
"""Extra -> the module that it brings, and what for."""


def missing_extra(extra: str) -> list[Problem]:
    """Returns what to install where an extra is missing. Code: extra-missing."""
    module, purpose = EXTRAS[extra]
    if find_spec(module) is not None:
        return []
    return [problem("extra-missing", Place(), module=module, purpose=purpose, extra=extra)]
