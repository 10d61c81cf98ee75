"""What leads to a person, found in free text and masked: 138****5678.

Found are mobile numbers, land lines, identity numbers, bank cards, WeChat and QQ, e-mail, car
plates and homes, however they are written: :mod:`~rubrics.messages.digit_groups` says how digits
join, :mod:`~rubrics.messages.number_shapes` which are somebody's, and
:mod:`~rubrics.messages.private_words` what else is. Codes of schools, digests, dates, batch codes,
counts and amounts are none of them.
"""

from __future__ import annotations

import re

from rubrics.messages.digit_groups import GAP, ascii_spelling
from rubrics.messages.number_shapes import Shape, shapes
from rubrics.messages.private_words import words

MAYBE = (
    rf"\d(?:\D{{0,{GAP}}}\d){{6}}|\d[EeＥｅ][+＋]?\d\d|[@＠]|[(（\[] ?(?:at|AT)"
    r"|[微薇威VvＶｖ]信|[Ww]e ?[Cc]hat|[Ww]ei ?[Xx]in|[VvWwＶｖＷｗ][XxＸｘ]|[QqＱｑ]{2}"
    r"|加[我下个]? ?[VvＶｖ微薇]|扣扣|企鹅|[室户房栋幢座]|号楼|单元|家住|住址|家庭地址"
    r"|[\u4e00-\u9fff][A-Za-z][ .．·•‐-―－-]{0,3}[A-Za-z0-9０-９]{4}"
)
"""A regular expression that every text with something private matches, and few others do."""

_MAYBE = re.compile(MAYBE)
_HEX = re.compile(r"[0-9a-fA-F]{16,}")
"""A digest or a part of one, where it has letters."""
_OFTEN = 4
"""What is masked may lay bare something beside it, which is looked for again; so often at most."""


def masked(text: str) -> str:
    """Returns the text with an asterisk for every character that is kept back."""
    for _ in range(_OFTEN):
        found = _found(text)
        if not found:
            break
        kept = list(text)
        for shape in found:
            for at in shape.hidden:
                kept[at] = "*"
        text = "".join(kept)
    return text


def private_numbers(text: str) -> tuple[str, ...]:
    """Returns what :func:`masked` finds in a text, each kind once: ``("手机号",)``."""
    return tuple(dict.fromkeys(shape.name for shape in _found(text)))


def _found(text: str) -> list[Shape]:
    """What is private in a text; no character belongs to two."""
    if _MAYBE.search(text) is None:
        return []
    spelled = _HEX.sub(_digest_left_out, ascii_spelling(text))
    taken: set[int] = set()
    found = []
    for shape in (*shapes(spelled), *words(spelled)):
        if taken.isdisjoint(shape.hidden):
            taken.update(shape.hidden)
            found.append(shape)
    return found


def _digest_left_out(found: re.Match[str]) -> str:
    return found[0] if found[0].isdigit() else "#" * len(found[0])
