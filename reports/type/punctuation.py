"""Chinese punctuation: what may not begin or end a line, and its half-width forms.

GB/T 15834 keeps stops and closing marks off the beginning of a line and opening marks off its
end. A full-width mark is ink in one half of its square and nothing in the other; where two
marks meet, and where one would just not fit at the end of a line, the empty half is dropped.
"""

from __future__ import annotations

import re

CLOSING_FULL = "，。、；：？！）》】〉〕〗』」｝］”’"
_OPENING_FULL = "“‘（《〈【〔〖『「｛［"

# A half-width form is the same character moved to a private plane that no keyboard reaches.
_PLANE = 0x100000


def half(mark: str) -> str:
    """Returns the half-width form of a full-width punctuation mark."""
    return chr(_PLANE + ord(mark))


def whole(character: str) -> str:
    """Returns the character that was typed, for a half-width form or for any other."""
    return chr(ord(character) - _PLANE) if ord(character) > _PLANE else character


CLOSING_HALVES = "".join(map(half, CLOSING_FULL))
OPENING_HALVES = "".join(map(half, _OPENING_FULL))

#: May not begin a line.
CLOSING = CLOSING_FULL + CLOSING_HALVES + "…—～·％‰℃℉％%°′″,.;:?!)]}>/、｡､﹚﹞〞々ー"
#: May not end a line.
OPENING = _OPENING_FULL + OPENING_HALVES + "￥¥$＄£￡№([{<﹙﹝〝"

_MEETING = re.compile(
    f"[{re.escape(CLOSING_FULL)}](?=[{re.escape(CLOSING_FULL + _OPENING_FULL)}])"
    f"|(?<=[{re.escape(_OPENING_FULL)}])[{re.escape(_OPENING_FULL)}]"
)
_WHOLE = {ord(mark): ord(whole(mark)) for mark in CLOSING_HALVES + OPENING_HALVES}


def squeeze(text: str) -> str:
    """Returns ``text`` with the marks that meet other marks in their half-width forms.

    Same length, character for character; :func:`restore` undoes it.
    """
    return _MEETING.sub(lambda match: half(match.group()), text)


def restore(text: str) -> str:
    """Returns ``text`` as it was typed, without half-width forms."""
    return text.translate(_WHOLE)
