"""Text as official papers print it."""

from __future__ import annotations

import re
from functools import lru_cache

from rubrics.messages.plain_text import nested, plain

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# Official papers set no blank between Chinese and figures; codes such as A1 keep theirs.
_BEFORE = re.compile(rf"(?<=[{_HAN}，。；：、（）“”～]) (?=[-0-9℃])")
_BEHIND = re.compile(rf"(?<![A-Za-z0-9.])([0-9][0-9.,:]*%?) (?=[{_HAN}℃])")


# Half the texts of a letter are the same as in the letter before.
@lru_cache(4_000)
def printable(text: str) -> str:
    """Returns the text as it is printed."""
    text = plain(text)
    if " " in text:
        text = _BEHIND.sub(r"\1", _BEFORE.sub("", text))
    return nested(text)
