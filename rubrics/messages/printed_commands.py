"""Commands in what is printed, with the folder that they are about: they run as they stand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_COMMAND: Final = (
    r"scoring ((?:round (?:status|replan|(?:add|remove)-school|(?:add|replace)-inspector)"
    r"|ledger (?:decide [a-z]+|decisions|history|verify)"
    r"|voices (?:import|status|decide|report)|objection (?:add|list|decide)"
    r"|rectify (?:open|send|collect|decide|extend|add|status|book|template)"
    r"|followup (?:draw|send|collect|status|report)"
    r"|accountability (?:example|check|propose|collect|status|papers)"
    r"|workbooks|collect|score|report|run|monthly)\b)"
)
_PLAIN: Final = re.compile(r"[\w./\\:~-]+")


def quoted(path: Path | str) -> str:
    """Returns a path as every shell takes it: in quotes where it has blanks or signs.

    >>> quoted("2026秋"), quoted("我的 检查")
    ('2026秋', '"我的 检查"')
    """
    text = str(path)
    return text if _PLAIN.fullmatch(text) else f'"{text}"'


def runnable(text: str, folder: str) -> str:
    """Returns a message in which commands about a round name its ``folder`` as it is typed.

    >>> runnable("请运行 scoring collect；或 scoring ledger decide revoke DIR 3", "2026秋")
    '请运行 scoring collect 2026秋；或 scoring ledger decide revoke 2026秋 3'
    """
    if not folder or "scoring " not in text:
        return text
    named = quoted(folder)
    there = "|".join(re.escape(one) for one in ("DIR", named, folder))
    found = re.compile(rf"{_COMMAND}(?: (?:{there})(?![\\w/]))?")
    return found.sub(lambda match: f"scoring {match[1]} {named}", text)
