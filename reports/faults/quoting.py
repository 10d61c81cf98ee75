"""How much of what somebody typed a letter quotes; the rest stands in the record."""

from __future__ import annotations

from typing import Final

MOST: Final = 500
"""Characters of one text that a letter quotes."""

REST: Final = "…（全文见检查记录）"


def quoted(text: str) -> str:
    """Returns the text, or of a long one its beginning and where the whole of it stands.

    What is left never ends within a word of letters or figures: a figure cut short is another one.
    """
    if len(text) <= MOST:
        return text
    end = MOST
    while end > MOST // 2 and _joined(text[end - 1]) and _joined(text[end]):
        end -= 1
    return text[:end].rstrip("，、；。;:： \n") + REST


def _joined(character: str) -> bool:
    return character.isascii() and not character.isspace()
