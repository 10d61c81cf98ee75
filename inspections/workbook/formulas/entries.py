"""What the formulas read an entry as: the same as the reader does, for cells that hold numbers
or a number as text (``20天``, ``１２``).

An entry that is not understood, out of its range or off its steps reads as an empty text, and so
does a blank one; the sheet tells the two apart by looking at the entry itself.
"""

from __future__ import annotations

from decimal import Decimal

from inspections.workbook.form.layout import Column
from rubrics.rules import Slot, Value
from rubrics.rules.formulas import literal, one_of, quoted, within
from rubrics.values.amounts import in_per_cent

YES, NO = "√", "×"
CONFIRMED = 1000
"""GIVEN where nothing was entered, and the section was confirmed to be in order."""

_FIRST_DATE = 36526
"""1 January 2000: a time of day may come with a date, but not with a number of the 1900s."""

_LAST_DATE = 73051
"""1 January 2100: dates from here on are not understood."""

_END = "|"
_MOST = 10**9
"""Numbers from here on are typing errors."""


def read(slot: Slot, row: int, owner_row: int, in_order: Value | None = None) -> str:
    """Returns the formula (without ``=``) for what the entry in ``row`` is read as.

    Times of day become whole minutes, yes and no 1 and 0, a choice its text, a reason 1.
    ``in_order``: the number that a blank entry is where its section was confirmed.
    """
    entry = Column.ENTRY.at(row)
    blank = '""'
    if slot.zero_if_blank:
        blank = f'IF({Column.GIVEN.at(owner_row)}>0,0,"")'
    elif isinstance(in_order, Decimal):
        blank = f'IF({Column.GIVEN.at(owner_row)}={CONFIRMED},{literal(in_order)},"")'
    return f'IF(TRIM({entry})="",{blank},{_understood(slot, row)})'


def _understood(slot: Slot, row: int) -> str:
    entry = Column.ENTRY.at(row)
    match slot.entry:
        case "yes_no" | "flag":
            marks = slot.entry == "yes_no"
            yes, no = ((YES, "是", "1"), (NO, "否", "0")) if marks else (("是", "1"), ("否", "0"))
            return f'IF({one_of(entry, yes)},1,IF({one_of(entry, no)},0,""))'
        case "choice":
            return f'IF({one_of(entry, slot.options)},TRIM({entry}),"")'
        case "reason":
            return "1"
    if slot.entry not in ("time", "date"):
        entry = Column.NUMBER.at(row)
    return f'IF(ISNUMBER({entry}),{_number(slot, entry, row)},"")'


def number(slot: Slot, row: int) -> str:
    """Returns the formula (without ``=``) for the number in an entry, whichever way it is kept.

    A text counts where it is a plain number with nothing behind it but the slot's own unit; "" for
    slots that ask for no number. Of percentages a cell that shows 85% holds 0.85 and means 85.
    """
    if slot.entry not in ("count", "number", "points"):
        return ""
    entry = Column.ENTRY.at(row)
    text = f"TRIM(ASC({entry}))"
    if slot.unit:
        # A mark at the end, so that the unit goes only from there.
        unit = quoted(f"{slot.unit.replace('％', '%')}{_END}")
        text = f'TRIM(SUBSTITUTE(SUBSTITUTE({text}&"{_END}",{unit},""),"{_END}",""))'
    held = entry
    if in_per_cent(slot.unit):
        held = f"ROUND({entry}*IF({_shows_percent(entry)},100,1),4)"
    return f'IF(ISNUMBER({entry}),{held},IFERROR(IF(VALUE({text})&""={text},VALUE({text}),""),""))'


def _shows_percent(entry: str) -> str:
    """Whether a number is shown with a %; a program that does not tell takes it as it is."""
    return f'IFERROR(LEFT(CELL("format",{entry}),1)="P",FALSE)'


def _number(slot: Slot, entry: str, row: int) -> str:
    """Numbers as the reader takes them: four decimals, seconds dropped, a lost per cent refused.

    ``entry`` is the cell of the number as ``number`` gives it, or that of a time.
    """
    match slot.entry:
        case "time":
            value = f"INT(ROUND(MOD({entry},1)*86400,0)/60)"
            tests = [f"{entry}>=0", f"OR({entry}<1,{entry}>={_FIRST_DATE})", f"{value}<1440"]
        case "date":
            value = f"INT(ROUND({entry}*86400,0)/86400)"
            tests = [f"{value}>={_FIRST_DATE}", f"{value}<{_LAST_DATE}"]
        case "count":
            value = entry
            tests = [f"{entry}=INT({entry})", f"ABS({entry})<{_MOST}"]
        case _:
            value = f"ROUND({entry},4)"
            if slot.deducts:
                value = f"ABS({value})"
            tests = [f"ABS({entry})<{_MOST}"]
    if in_per_cent(slot.unit) and slot.entry != "time":
        typed = Column.ENTRY.at(row)
        marked = f'IF(ISNUMBER({typed}),{_shows_percent(typed)},RIGHT(TRIM(ASC({typed})),1)="%")'
        tests.append(f"OR({marked},{entry}<=0,{entry}>1)")
    if slot.range is not None:
        tests.append(within(value, slot.range))
    if slot.values:
        tests.append(f"OR({','.join(f'{value}={literal(allowed)}' for allowed in slot.values)})")
    if slot.step is not None:
        step = literal(slot.step)
        tests.append(f"ROUND(ROUND({value}/{step},0)*{step},4)={value}")
    return f'IF(AND({",".join(tests)}),{value},"")'
