"""Damage to texts: runs, reading aids, struck and raised characters, escapes, blanks."""

from __future__ import annotations

import random
import re

from tests.fuzz.mutations.mutation import (
    Expected,
    Mutation,
    NothingToChangeError,
    index_of,
    of_parts,
    picked,
    put,
    replaced,
    sheet_index,
)
from tests.fuzz.package import STRINGS, Parts

_SPACE = ' xml:space="preserve"'
_TEXT = re.compile(
    r'<c r="[A-Z]+\d+"[^>]* t="'
    r'(?:inlineStr"[^>]*><is>(?P<inline>.*?)</is>|s"[^>]*><v>(?P<shared>\d+)</v>)</c>',
    re.DOTALL,
)
_ENTRY = re.compile(r'<c r="(?:[FH]([7-9]|\d\d)|[KLM]\d+)"')
_COUNTING = re.compile(r'(<c r="H(?:[7-9]|\d\d)"(?: s="\d+")?)(?: t="n")?><v>(\d+)</v></c>')
_ITEM = re.compile(r"<si>(.*?)</si>|<si/>", re.DOTALL)


def _run(text: str, look: str = "<b/>") -> str:
    return f"<r><rPr>{look}</rPr><t{_SPACE}>{text}</t></r>"


def _rewrite(parts: Parts, chance: random.Random, new: str) -> None:
    """Puts something into the place of an entered text; ``{text}``, ``{first}`` and ``{rest}``
    stand for it and for its first character and what follows.
    """
    at = sheet_index(parts)
    sheet = parts[at][1].decode()
    one = picked([it for it in _TEXT.finditer(sheet) if _ENTRY.match(it[0])], chance)
    if one["inline"] is not None:
        start, end = one.span("inline")
    else:
        at = index_of(parts, STRINGS)
        sheet = parts[at][1].decode()
        item = list(_ITEM.finditer(sheet))[int(one["shared"])]
        start, end = item.span(1)
    held = "".join(re.findall(r"<t\b[^>]*>([^<]*)</t>", sheet[start:end].partition("<rPh")[0]))
    if not held or "&" in held or "{" in held:
        raise NothingToChangeError
    made = new.format(text=held, first=held[0], rest=held[1:])
    put(parts, at, sheet[:start] + made + sheet[end:])


@of_parts(Expected.SAME)
def split_into_runs(parts: Parts, chance: random.Random) -> None:
    """Runs of other looks, blank ones among them, with reading aids or without."""
    colour = '<color rgb="FFFF0000"/>'
    aids = '<rPh sb="0" eb="1"><t>yin</t></rPh><phoneticPr fontId="1"/>'
    _rewrite(parts, chance, chance.choice((
        _run("{first}") + _run("{rest}", colour), _run("{text}", "<i/><u/>"),
        f"<r><t>{{first}}</t></r><r><t/></r>{_run('{rest}')}", f"<t{_SPACE}>{{text}}</t>{aids}",
        _run("{first}") + _run("") + _run("{rest}") + aids,
        _run("{text}", '<vertAlign val="baseline"/>'),
        _run("{text}", '<strike val="0"/>'),
    )))  # fmt: skip


@of_parts()
def write_text_oddly(parts: Parts, chance: random.Random) -> None:
    """Reading aids alone, two texts side by side, escapes, blanks that are kept or are not."""
    _rewrite(parts, chance, chance.choice((
        '<rPh sb="0" eb="1"><t>{text}</t></rPh>', "<t>{first}</t><t>{text}</t>", "<t/>", "",
        "<t>{text}</t><r><t>5</t></r>", "<r><t>5</t></r><t>{text}</t>", "<t>_x0035_</t>",
        "<t>{text}_x000D_</t>", "<t>{text}_x000D_\n</t>", "<t>_x005F_x0035_</t>",
        "<t>{text}_x0000_</t>", "<t>_xD83D__xDE00_</t>", "<t> {text} </t>",
        f"<t{_SPACE}> {{text}}\n</t>", "<t>\u200b{text}</t>", "<t><![CDATA[{text}]]></t>",
        "<t>{first}<!-- 5 -->{rest}</t>", "<r><r><t>{text}</t></r></r>",
        '<t>{text}</t><extLst><ext uri="x"><t>5</t></ext></extLst>', "<t>&#x{first};{text}</t>",
        "<t>_x12_{text}</t>", "<t>{text}_x000d_</t>", "<t>_X0035_</t>", "<t>_x00e9_{text}</t>",
    )))  # fmt: skip


def _in_runs(parts: Parts, chance: random.Random, look: str, whole: bool = False) -> None:
    """A typed number becomes a text, with another figure behind it that looks otherwise, or the
    whole of it looks otherwise.
    """
    at = sheet_index(parts)
    sheet = parts[at][1].decode()
    one = picked(list(_COUNTING.finditer(sheet)), chance)
    figure = chance.randrange(1, 10)
    runs = _run(one[2], look) if whole else f"<r><t>{one[2]}</t></r>{_run(str(figure), look)}"
    put(parts, at, replaced(sheet, one, f'{one[1]} t="inlineStr"><is>{runs}</is></c>'))


@of_parts(Expected.SAID)
def strike_run(parts: Parts, chance: random.Random) -> None:
    """``1`` and a struck ``2``: whoever sees it reads 1."""
    look = chance.choice(("<strike/>", '<strike val="1"/>', '<b/><strike val="true"/>'))
    _in_runs(parts, chance, look, whole=chance.random() < 0.3)


@of_parts(Expected.SAID)
def raise_run(parts: Parts, chance: random.Random) -> None:
    """``1²`` and ``1₂`` are not 12."""
    _in_runs(parts, chance, f'<vertAlign val="{chance.choice(("superscript", "subscript"))}"/>')


@of_parts(Expected.SAME)
def raise_whole(parts: Parts, chance: random.Random) -> None:
    """A text all of which is raised says what it says."""
    _rewrite(parts, chance, _run("{text}", '<vertAlign val="superscript"/>'))


@of_parts()
def change_shared_texts(parts: Parts, chance: random.Random) -> None:
    """Shared texts that are missing, come twice, or are of several runs."""
    at = index_of(parts, STRINGS)
    text = parts[at][1].decode()
    found = list(re.finditer(r"<si>.*?</si>|<si/>", text, re.DOTALL))
    one, other = picked(found, chance), picked(found, chance)
    new = chance.choice(("", one[0] * 2, other[0], "<si/>", "<si><r><t>5</t></r></si>"))
    put(parts, at, replaced(text, one, new))


ALL: tuple[Mutation, ...] = (
    split_into_runs, split_into_runs, write_text_oddly, write_text_oddly, strike_run, raise_run,
    raise_whole, change_shared_texts,
)  # fmt: skip
