"""Text as official papers print it."""

from __future__ import annotations

import re
from functools import lru_cache

from rubrics.messages.plain_text import plain

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# Official papers set no blank between Chinese and figures; codes such as A1 keep theirs.
_BEFORE = re.compile(rf"(?<=[{_HAN}，。；：、（）“”～]) (?=[-0-9℃])")
_BEHIND = re.compile(rf"(?<![A-Za-z0-9.])([0-9][0-9.,:]*) (?=[{_HAN}℃])")


# Half the texts of a letter are the same as in the letter before.
@lru_cache(4_000)
def printable(text: str) -> str:
    """Returns the text as it is printed."""
    text = plain(text)
    if " " in text:
        text = _BEHIND.sub(r"\1", _BEFORE.sub("", text))
    return nested(text) if "“" in text else text


def nested(text: str) -> str:
    """Returns the text with ‘ ’ inside of “ ”, and nothing between quoted names in a row.

    So GB/T 15834-2011 has them. A text whose marks do not pair is left as it is.
    """
    made, depth = [], 0
    for letter in text:
        if letter == "“":
            depth += 1
            made.append("“" if depth % 2 else "‘")
        elif letter == "”":
            if not depth:
                return text
            made.append("”" if depth % 2 else "’")
            depth -= 1
        else:
            made.append(letter)
    return text if depth else "".join(made).replace("”、“", "”“").replace("’、‘", "’‘")
