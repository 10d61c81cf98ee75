"""What a number format is made of: its sections, which of them a value falls into, its tokens.

A format has up to four sections, for numbers above zero, below zero, zero and text, or with a
condition each (ECMA-376 part 1, 18.8.31). Only a ``%`` that stands outside of quotes, escapes and
brackets, in the section that the number falls into, multiplies it by a hundred.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["text", "skip", "mark", "general", "moment", "half", "power", "digit"]

_TOKEN: Final = re.compile(
    r'(?P<quoted>"[^"]*"?)|\\(?P<escaped>.)|(?P<space>_.)|(?P<fill>\*.)|(?P<bracket>\[[^\]]*\])'
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<general>General|[G通]/通用格式|G/通用格式)"
    r"|(?P<power>E[+-])|(?P<moment>y+|m+|d+|h+|s+|e+|g+|b+|a{3,4})"
    r"|(?P<digit>[0#?])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION: Final = re.compile(r"\[\s*(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\s*\]")
_ELAPSED: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_MARKS: Final = frozenset(".,/%@")
NUMERALS: Final = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿半%‰]")
"""What says a number, or a part of one, in a literal text."""

_YEAR_MONTH, _MONTH_DAY, _CLOCK = 'yyyy"年"m"月"', 'm"月"d"日"', 'h"时"mm"分"'
BUILT_IN: Final[dict[int, str]] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;[Red]"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"-#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: _YEAR_MONTH,
    28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: _CLOCK,
    33: f'{_CLOCK}ss"秒"', 34: f"上午/下午{_CLOCK}", 35: f'上午/下午{_CLOCK}ss"秒"',
    36: _YEAR_MONTH, 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00", 41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: _YEAR_MONTH, 51: _MONTH_DAY,
    52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY, 55: f"上午/下午{_CLOCK}",
    56: f'上午/下午{_CLOCK}ss"秒"', 57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip
"""Number -> format, of those that files do not spell out, as a Chinese office shows them."""


class Token(NamedTuple):
    """``text``: what is shown as it is. ``mark``: one of ``.,/%@``. ``moment``: a part of a date
    or time, in brackets where hours run on. ``half``: which half of the day.
    """

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its tokens, its condition, and what is said in ``[$…-locale]``."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    locale: str = ""

    def has(self, kind: Kind, text: str = "") -> bool:
        """Whether there is such a token."""
        return any(it.kind == kind and text in ("", it.text) for it in self.tokens)


@lru_cache(512)
def sections(code: str) -> tuple[Section, ...]:
    """Returns the sections of a format, at least one."""
    found: list[Section] = []
    tokens: list[Token] = []
    condition, locale = None, ""
    for match in _TOKEN.finditer(code):
        if match["other"] == ";":
            found.append(Section(tuple(tokens), condition, locale))
            tokens, condition, locale = [], None, ""
            continue
        asked = _CONDITION.fullmatch(match[0])
        if asked:
            condition = (asked[1], Decimal(asked[2]))
        elif match[0].startswith("[$"):
            sign, _, name = match[0][2:-1].partition("-")
            tokens.append(Token("text", sign))
            locale = locale or name
        else:
            tokens.append(_token(match))
    return (*found, Section(tuple(tokens), condition, locale))


def _token(match: re.Match[str]) -> Token:
    kind, text = match.lastgroup or "", match[0]
    match kind:
        case "quoted":
            return Token("text", text.strip('"'))
        case "escaped":
            return Token("text", text[1])
        case "space":
            return Token("text", " ")
        case "fill":
            return Token("skip", "")
        case "bracket":
            elapsed = _ELAPSED.fullmatch(text)
            return Token("moment", text.lower()) if elapsed else Token("skip", "")
        case "moment":
            return Token("moment", text.lower())
        case "half" | "general" | "power" | "digit":
            return Token(kind, text)
    return Token("mark" if text in _MARKS else "text", text)


def section_of(code: str, number: Decimal) -> tuple[Section, bool]:
    """Returns the section that a number falls into, and whether its sign is shown by itself."""
    numeric = tuple(it for it in sections(code)[:3] if not is_for_text(it))
    if not numeric:
        return Section((Token("general", "General"),), None), True
    asked = [item for item in numeric if item.condition]
    if asked:
        first = next((item for item in asked if _holds(item, number)), None)
        rest = [item for item in numeric if not item.condition]
        chosen = first or (rest or asked)[-1]
        # What is left for all others, or for those below a bound of zero, shows no sign itself.
        sign, bound = chosen.condition or ("<", Decimal(0))
        return chosen, not ("<" in sign and bound <= 0)
    if number < 0 and len(numeric) > 1:
        return numeric[1], False
    return numeric[2] if number == 0 and len(numeric) > 2 else numeric[0], True


def _holds(section: Section, number: Decimal) -> bool:
    assert section.condition is not None
    sign, bound = section.condition
    return (
        ("<" in sign and number < bound)
        or (">" in sign and number > bound)
        or ("=" in sign and number == bound)
    )


def is_for_text(section: Section) -> bool:
    """Whether a section says how a text is shown."""
    return section.has("mark", "@")


def text_section(code: str) -> Section | None:
    """Returns the section for texts; None where a text is shown as it is."""
    found = sections(code)
    if len(found) > 3:
        return found[3]
    return next((it for it in found[-1:] if is_for_text(it)), None)


def shows_percent(code: str, number: Decimal) -> bool:
    """Whether the format shows this number as a per cent: 0.95 as 95%."""
    return section_of(code, number)[0].has("mark", "%")


@lru_cache(1024)
def shows_all(code: str, *, day: bool = False) -> bool:
    """Whether a format shows whatever there may be in a cell as it is.

    Numbers in the general format, texts, and moments with all that counts of them: month and day
    where a ``day`` is asked for, else hour and minute.
    """
    text = text_section(code)
    if text is not None and not _is_plain(text, "@"):
        return False
    numeric = [it for it in sections(code)[:3] if not is_for_text(it)]
    if not numeric:
        return True
    (first, *more) = numeric
    if more or first.condition:
        return False
    if first.has("moment"):
        return _tells(first, day)
    return _is_plain(first, "General")


def _is_plain(section: Section, word: str) -> bool:
    kinds = [it for it in section.tokens if it.kind != "skip" and it.text.strip()]
    return len(kinds) == 1 and kinds[0].kind in ("mark", "general") and (
        word != "@" or kinds[0].text == "@"
    )  # fmt: skip


def _tells(section: Section, day: bool) -> bool:
    parts = [it.text for it in section.tokens if it.kind == "moment"]
    odd = section.has("digit") or section.has("general") or not usual_calendar(section)
    if odd or any(it[0] == "[" for it in parts):
        return False
    if any(it.kind == "text" and NUMERALS.search(it.text) for it in section.tokens):
        return False
    letters = {part[0] for part in parts}
    return letters >= {"m", "d"} if day else letters >= {"h", "m"}


def usual_calendar(section: Section) -> bool:
    """Whether years are counted as everywhere: no eras, no calendar of a country's own."""
    parts = {it.text[0] for it in section.tokens if it.kind == "moment"}
    own = section.locale.upper().lstrip("0") not in ("", "804")
    if parts & {"g", "b"} or ("e" in parts and own):
        return False
    return not re.fullmatch(r"[0-9A-Fa-f]{5,8}", section.locale) or (
        int(section.locale[:-4], 16) & 0xFF in (0, 1)
    )
