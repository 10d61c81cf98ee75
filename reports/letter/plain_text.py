"""Text that people typed, made safe to print: what could hide or reorder it is taken out."""

from __future__ import annotations

import re

# Controls, soft hyphens, zero-width and bidirectional marks, variation selectors, surrogates. A
# line feed stays: it ends a line of ours.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# Official papers set no blank between Chinese and figures; codes such as A1 keep theirs.
_BEFORE = re.compile(rf"(?<=[{_HAN}，。；：、（）“”]) (?=[0-9])")
_BEHIND = re.compile(rf"(?<![A-Za-z0-9.])([0-9][0-9.,]*) (?=[{_HAN}])")


def one_line(text: str) -> str:
    """Returns the text with every run of white space as one blank."""
    return " ".join(text.split())


def printable(text: str) -> str:
    """Returns the text as it is printed."""
    text = _UNPRINTABLE.sub("", text.replace("\t", " "))
    if " " in text:
        text = _BEHIND.sub(r"\1", _BEFORE.sub("", text))
    return text
