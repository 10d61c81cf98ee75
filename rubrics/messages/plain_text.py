"""What people typed, made plain: nothing in it commands, hides or reorders.

A ledger keeps what was typed; whatever is printed, shown or written for others goes through here.
"""

from __future__ import annotations

import re

# Controls; marks of direction and width nothing; blanks that no one sees; variation selectors;
# halves of characters; code points that are no characters, which XML does not admit.
_UNSEEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"
    "\ud800-\udfff\ufdd0-\ufdef\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
)
_BREAKS = "\x0b\x0c\r\x85\u2028\u2029"
_LINE_END = re.compile(rf"\r\n|[{_BREAKS}]")
_DROPPED = re.compile(f"[{_UNSEEN}]")
# What nearly all text consists of, none of it odd. A set with characters beyond U+FFFF is slow to
# look through, so only what is left is looked up in it.
_USUAL = "\n -~\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e"
ODD = re.compile(f"[^{_USUAL}](?<=[{_UNSEEN}{_BREAKS}\t])")
"""Whatever :func:`plain` changes."""

# How a sign is drawn (✔ in colour or not), and how an office program ends a line.
_TOLD = re.compile(f"(?!\r\n|[\ufe00-\ufe0f])[{_UNSEEN}{_BREAKS}]")


def plain(text: str) -> str:
    """Returns the text as it may be shown: every kind of line end as a line feed, a tab as a
    blank, and nothing that cannot be seen.
    """
    if ODD.search(text) is None:
        return text
    return _DROPPED.sub("", _LINE_END.sub("\n", text).replace("\t", " "))


def unseen(text: str) -> tuple[str, ...]:
    """Returns the names (``U+202E``) of what :func:`plain` takes out and nobody expects."""
    return tuple(dict.fromkeys(f"U+{ord(found):04X}" for found in _TOLD.findall(text)))


def one_line(text: str) -> str:
    """Returns the text with every run of white space as one blank."""
    return " ".join(text.split())


def nested(text: str) -> str:
    """Returns the text with ‘ ’ inside of “ ”, and nothing between quoted names in a row.

    So GB/T 15834-2011 has them. A text whose marks do not pair is left as it is.
    """
    if "“" not in text:
        return text
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
