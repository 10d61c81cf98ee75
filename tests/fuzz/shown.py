"""What a user sees of a number or a text, as far as a number format makes something else of it.

Written from the standard's description of formats (ECMA-376 part 1, 18.8.31), apart from the
toolkit's own reading of them.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[(?P<asked>[^\]]*)\]|(?P<bare>.)', re.DOTALL
)
_ASKED = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_OWN_WAYS: Final = re.compile(r"[ymdhsgeb/@]|general|DBNum", re.IGNORECASE)
"""Days, fractions, powers and texts: whatever those show is not judged here."""


def percent(code: str, value: str) -> bool:
    """Whether the section that the number falls into has a sign that is no mere text."""
    section = _section(code, value)
    return section is not None and "%" in _bare(section)


def misleads(code: str, value: str, *, text: bool) -> bool:
    """Whether somebody who looks at the cell sees another number, another word, or nothing."""
    if text:
        sections = _sections(code)
        if len(sections) > 3 and _means(_literal(sections[3])) == _means(value):
            return False
        return len(sections) > 3 and (
            "@" not in _bare(sections[3]) or bool(re.search(r"\d|√|×|是|否", _literal(sections[3])))
        )
    section = _section(code, value)
    if section is None or not code or _OWN_WAYS.search(_bare(section)):
        return False
    bare, literal = _bare(section), _literal(section)
    if "%" in bare:
        return False  # judged apart
    if not re.search("[0#?]", bare):
        return [Decimal(it) for it in _NUMBER.findall(literal)] != [Decimal(value.strip())]
    if re.search(r"[\d√×]|[-−]", literal):
        return Decimal(value.strip()) != 0 or not set(literal) <= set("0-−")  # 00 is 0
    if re.search(r"[0#?],+(?![0#?,])", bare):
        return Decimal(value.strip()) != 0
    places = len(re.findall("[0#?]", bare.partition(".")[2]))
    exact = abs(Decimal(value.strip()))
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) != exact


def _means(text: str) -> str:
    """What an answer means, whichever of its words says it."""
    return {"√": "是", "×": "否"}.get(text.strip(), text.strip())


def _sections(code: str) -> list[str]:
    found, start = [], 0
    for piece in _PIECE.finditer(code):
        if piece["bare"] == ";":
            found.append(code[start : piece.start()])
            start = piece.end()
    return [*found, code[start:]]


def _section(code: str, value: str) -> str | None:
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    sections = _sections(code)[:3]
    asked = [_asked(section) for section in sections]
    if any(asked):
        for section, bound in zip(sections, asked, strict=True):
            if bound is not None and _holds(number, *bound):
                return section
        rest = [section for section, bound in zip(sections, asked, strict=True) if bound is None]
        return (rest or sections)[-1]
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if number == 0 and len(sections) > 2 else sections[0]


def _asked(section: str) -> tuple[str, Decimal] | None:
    for piece in _PIECE.finditer(section):
        found = _ASKED.fullmatch((piece["asked"] or "").replace(" ", ""))
        if found:
            return found[1], Decimal(found[2])
    return None


def _holds(number: Decimal, sign: str, bound: Decimal) -> bool:
    return (
        ("<" in sign and number < bound)
        or (">" in sign and number > bound)
        or ("=" in sign and number == bound)
    )


def _bare(section: str) -> str:
    return "".join(
        piece["bare"] or ("DBNum" if (piece["asked"] or "").startswith("DBNum") else "")
        for piece in _PIECE.finditer(section)
    )


def _literal(section: str) -> str:
    return "".join(piece["quoted"] or piece["escaped"] or "" for piece in _PIECE.finditer(section))
