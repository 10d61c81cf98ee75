"""What a template is filled with: plain data whose names are those of the template, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from rubrics.messages.outgoing import outgoing
from rubrics.messages.plain_text import plain

_WIDE: Final = "\u2e80-\u9fff\uff00-\uffef“”‘’—…〔〕"
_APART: Final = re.compile(rf"(?<=[{_WIDE}]) (?=[\d<>≥≤±])|(?<=[\d%℃]) (?=[{_WIDE}])")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (PNG or JPEG) in a line of its own; ``words``: what it shows, read aloud."""

    content: bytes
    width_mm: float
    words: str = ""


class Own(str):
    """A text that the bureau says of itself, its telephone number say: not masked."""

    __slots__ = ()


Value: TypeAlias = "str | int | bool | Picture | Sequence[Value] | Mapping[str, Value] | None"
"""A table is a sequence of rows, a row a mapping from the names of the template's cells."""

Context: TypeAlias = Mapping[str, Value]


def close_up(text: str) -> str:
    """Returns the text without a blank between Chinese and figures, as official papers have it.

    >>> close_up("全县第 5 名，共 55 所")
    '全县第5名，共55所'
    """
    return _APART.sub("", text)


def leaving(value: Value) -> Value:
    """Returns the value with every text as it may leave: masked, plain, figures closed up."""
    match value:
        case Own():
            return plain(value)
        case str():
            return close_up(outgoing(value))
        case Mapping():
            return {name: leaving(held) for name, held in value.items()}
        case Sequence():
            return [leaving(held) for held in value]
        case _:
            return value
