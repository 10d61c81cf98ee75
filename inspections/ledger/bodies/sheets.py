"""Facts of one filled sheet: its values, its words, its pictures, and where its cells are.

Values stand apart from words, so that scores are computed without reading what people wrote, and
words can be erased without touching what counts.
"""

from __future__ import annotations

from msgspec import Struct

Held = int | str | list[str] | None
"""A value: a whole number, another number as text, ``[text]``; None where it stands in the words.
"""


class Owner(Struct, frozen=True, array_like=True, gc=False):
    """What was entered for one indicator, red line or extra: state and values by slot.

    ``evidence``: how many names of evidence were typed.
    """

    owner: str
    state: str
    values: dict[str, Held]
    evidence: int = 0


class Sheet(Struct, frozen=True):
    """One filled sheet of a file, with everything that is counted.

    ``day`` is empty where the sheet makes no visit; then ``owners`` are too. ``corrects``: the
    beginnings of the digests of files whose record this one takes the place of.
    """

    file: int
    sheet: str
    school: str
    rubric: str
    occasion: str
    inspector: str
    version: str
    day: str
    arrived: str
    left: str
    corrects: list[str]
    owners: list[Owner]


class Typed(Struct, frozen=True, array_like=True, gc=False):
    """One cell in which something was typed.

    ``raw``: 0 where it is the value itself, a text of marks and digits, or None where it stands
    in the leaf ``typed/NUMBER``. ``cell`` is empty where the layout has it.
    """

    owner: str
    slot: str
    raw: int | str | None = None
    cell: str = ""


class Words(Struct, frozen=True):
    """What people wrote on a sheet. ``layout``: the digest of the layout of its cells.

    Leaves: ``inspector/0`` ..., ``companion``, ``fault/OWNER``, ``remark/OWNER``,
    ``at_once/OWNER``, ``reason/OWNER``, ``evidence/OWNER/0`` ... (``evidence/OWNER`` where what
    was typed is no name),
    ``number/OWNER/SLOT`` (a ballot), ``text/OWNER/SLOT``, ``typed/0`` ... A leaf that would repeat
    what was typed into its own cell is left out.
    """

    sheet: int
    layout: str
    typed: list[Typed]


class Layout(Struct, frozen=True):
    """The A1 names of the cells of a sheet, by owner and slot; many sheets share one."""

    cells: dict[str, dict[str, str]]


class Pictures(Struct, frozen=True):
    """Pictures inside of the workbook, beside an owner's rows: (owner, part, SHA-256, taken).

    ``likenesses``: of each; the first form had none. Leaves: ``0``, ``1`` ... hold their names.
    """

    sheet: int
    pictures: list[tuple[str, str, str, str]]
    likenesses: list[str] = []
