"""The formulas of 现场反馈单: which items were found wrong, and what the paper says of each.

Only functions of Excel 2010, none that is volatile, no arrays. Nothing that is secret is listed:
neither items that rest on talks in confidence or on ballots, nor texts that are marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from inspections.records.at_once import PUT_RIGHT
from inspections.workbook.form.feedback import (
    FIRST,
    FURTHER_FIRST,
    LIST_FIRST,
    ROOM,
    ROWS,
    Part,
)
from inspections.workbook.form.layout import HEAD, Block, Column, SheetLayout, part_cell
from inspections.workbook.form.row_texts import KEY_MARK, LINE_MARK
from inspections.workbook.formulas.visit_day import DAY, VISIT_DAY
from rubrics.language.confidential import confidential
from rubrics.language.rubric import Extra, Indicator, RedLine, Rubric
from rubrics.rules import Penalty, Reading, Rectify, Slot, Threshold, joined
from rubrics.rules.between import BETWEEN, cell_of, difference_of
from rubrics.rules.formulas import Rows, Setting, first_of, literal, quoted, settled, within
from rubrics.rules.rectify import Asked, owed
from rubrics.rules.strict_model import Measure
from rubrics.rules.words import told

VISIT, LIST = "⟦检查表⟧!", "⟦反馈单⟧!"
"""Stand for the names of the two sheets until a workbook is made."""

ITEM, CHUNK = "H", "I"
FOUND, LINES, BEFORE, COUNTED = "JKLM"
FACT, STANDARD, DEMAND, DEADLINE, AT_ONCE, DAYS = "NOPQRS"
"""The hidden columns: of the table, which item a row belongs to and how far its text is; of the
list, whether an item is listed, rows that it takes, rows taken before it, its number, its texts,
and its days.
"""

COLUMNS = f"ABCDEF{ITEM}{CHUNK}"
"""The columns of the table: all have formulas, each the same in every row."""

LIST_ALIKE = ((f"{LINES}{DEADLINE}", LIST_FIRST), (f"{BEFORE}{COUNTED}", LIST_FIRST + 1))
"""Columns of the list with the same formula in every row from a first one on."""

TOTAL, ON = "$K$1", "$L$1"
"""How many rows all items take; the visit's date."""

_BY_REPORT, _NO_DEMAND = "随整改报告", "请改正，写入整改报告。"
_PENDING = "【待核：佐证待补】"

_TEXTS = {
    Part.FACT: FACT,
    Part.STANDARD: STANDARD,
    Part.DEMAND: DEMAND,
    Part.DEADLINE: DEADLINE,
    Part.AT_ONCE: AT_ONCE,
}
"""From which column of the list each column of the table has its texts."""

Texts = dict[str, str | int]
"""What stands in cells by A1 name: formulas begin with =."""


def listed(layout: SheetLayout) -> list[Block]:
    """Returns the owners that may come up on the paper, in the order of the sheet."""
    return [
        block
        for block in layout.blocks
        if block.first.kind != "inapplicable"
        and not confidential(block.item)
        and (not isinstance(block.item, Extra) or isinstance(block.item.rule, Penalty))
    ]


def list_formulas(layout: SheetLayout, rubric: Rubric, setting: Setting) -> Texts:
    """Returns the list in the hidden columns, and the head of the table's sums."""
    found = listed(layout)
    last = LIST_FIRST + len(found) - 1
    made: Texts = {
        TOTAL.replace("$", ""): f"=SUM({LINES}{LIST_FIRST}:{LINES}{max(last, LIST_FIRST)})",
        ON.replace("$", ""): f"={_day()}",
    }
    for row, block in enumerate(found, LIST_FIRST):
        texts = _item(block, setting)
        lengths = ",".join(
            f"ROUNDUP(LEN({column}{row})/{ROOM[part]},0)" for part, column in _TEXTS.items()
        )
        made[f"{LINES}{row}"] = f"=IF({FOUND}{row},MAX(1,{lengths}),0)"
        above = row > LIST_FIRST
        made[f"{BEFORE}{row}"] = f"={BEFORE}{row - 1}+{LINES}{row - 1}" if above else 0
        one = f"IF({LINES}{row}>0,1,0)"
        made[f"{COUNTED}{row}"] = f"={COUNTED}{row - 1}+{one}" if above else f"={one}"
        made |= {f"{column}{row}": text for column, text in texts.items() if text != ""}
        made[f"{DEADLINE}{row}"] = f"={_deadline(row)}"
    return made


def table_formulas(count: int, page: int) -> dict[str, str]:
    """Returns the first row of a page's table by column: every row below has the same formulas;
    ``count``: of the items in the list.
    """
    row, over, at = (FIRST, 0, "") if page == 1 else (FURTHER_FIRST, ROWS, LIST)

    def column(letter: str) -> str:
        return f"{at}${letter}${LIST_FIRST}:${letter}${LIST_FIRST + max(count, 1) - 1}"

    line = f"(ROW()-{row - over})"
    item, chunk = f"${ITEM}{row}", f"${CHUNK}{row}"
    number = f"INDEX({column(COUNTED)},{item})"
    # An item that goes on from the first page says which one it is.
    goes_on = '""' if page == 1 else f'IF(ROW()={FURTHER_FIRST},"续"&{number},"")'
    number_of = f"IF({chunk}=0,{number},{goes_on})"
    made = {
        ITEM: f'=IF({line}<{at}{TOTAL},MATCH({line},{column(BEFORE)},1),"")',
        CHUNK: f'=IF({item}="","",{line}-INDEX({column(BEFORE)},{item}))',
        _letter(Part.NUMBER): f'=IF({item}="","",{number_of})',
    }
    for part, letter in _TEXTS.items():
        room = ROOM[part]
        picked = f"MID(INDEX({column(letter)},{item}),{chunk}*{room}+1,{room})"
        made[_letter(part)] = f'=IF({item}="","",{picked})'
    return made


def _letter(part: Part) -> str:
    return "ABCDEF"[part]


def sums(layout: SheetLayout) -> str:
    """Returns what is said above the table: how much was found, and put right at once."""
    count = len(listed(layout))
    secret = any(confidential(block.item) for block in layout.blocks)
    low, high = (Column.SCORE.at(row) for row in layout.indicator_rows)
    checked = f"COUNT({VISIT}{low}:{high})"
    last = LIST_FIRST + max(count, 1) - 1
    right = (
        f"SUMPRODUCT(({LINES}{LIST_FIRST}:{LINES}{last}>0)"
        f"*({DEADLINE}{LIST_FIRST}:{DEADLINE}{last}={quoted(_DONE)}))"
    )
    beside = "个别谈话、民主测评等保密事项不在本单反馈。" if secret else ""
    found = f"{COUNTED}{last}"
    none = f'"经现场检查，已查 "&{checked}&" 项，没有发现需要整改的问题。"'
    some = (
        f'"经现场检查，已查 "&{checked}&" 项，发现问题 "&{found}&" 项，'
        f'其中已当场改正 "&{right}&" 项。"'
    )
    unseen = quoted("（检查表还没有填）")
    return f"=IF({found}>0,{some},IF({checked}=0,{unseen},{none}))&{quoted(beside)}"


_DONE = "已当场改正"


def head_formulas() -> dict[str, str]:
    """Returns the lines of the head, by what they tell."""
    cells = {label: f"{VISIT}{item.cell}" for label, item in HEAD.items()}
    day = f'IF(ISNUMBER({ON}),YEAR({ON})&"年"&{_month_and_day(ON)},"　　年　　月　　日")'
    hours = f'{_clock(cells["到校时间"])}&"—"&{_clock(cells["离校时间"])}'
    some = f'TRIM({cells["到校时间"]}&{cells["离校时间"]})=""'
    company = f'IF(TRIM({cells["同行督学"]})="","","、"&{cells["同行督学"]})'
    return {
        "school": f'="被检查单位："&{cells["学校"]}',
        "day": f'="检查日期："&{day}&IF({some},"","　"&{hours})',
        "people": f'="检查人员："&{cells["填表督学"]}&{company}',
        "companion": f'="陪同人员及职务："&{cells["陪同人员及职务"]}',
    }


def _day() -> str:
    return VISIT_DAY.replace(DAY, f"{VISIT}{DAY}")


def _month_and_day(day: str) -> str:
    return f'MONTH({day})&"月"&DAY({day})&"日"'


def _clock(cell: str) -> str:
    return f'IF(ISNUMBER({cell}),HOUR({cell})&":"&RIGHT("0"&MINUTE({cell}),2),{cell}&"")'


def _item(block: Block, setting: Setting) -> dict[str, str | int]:
    """What the list says of an owner, by hidden column."""
    row, item = block.first.number, block.item
    demand, days = _demand(block, setting)
    return {
        FOUND: f"=IFERROR({_found(block, setting)},FALSE)",
        FACT: f"={_fact(block, setting)}",
        STANDARD: _standard(item) if isinstance(item, Indicator) else "",
        DEMAND: demand,
        DAYS: days,
        AT_ONCE: f"={_open(f'{VISIT}{Column.AT_ONCE.at(row)}')}",
    }


def _found(block: Block, setting: Setting) -> str:
    """The condition that something was lost, crossed, or waits for its evidence."""
    row, item = block.first.number, block.item
    score, key, line = (
        f"{VISIT}{column.at(row)}" for column in (Column.SCORE, Column.KEY, Column.LINE)
    )
    if isinstance(item, RedLine):
        return f'{line}<>""'
    if isinstance(item, Extra):
        return f"N({score})>0"
    points = ">0" if setting.demerits else f"<{literal(item.points)}"
    tests = [f"AND(ISNUMBER({score}),{settled(f'N({score})')}{points})"]
    tests += [f'{key}<>""'] if item.key else []
    tests += [f'{line}<>""'] if item.red_lines else []
    if item.evidence == "required":
        tests.append(f"AND(ISNUMBER({score}),{_unproved(row)})")
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def _unproved(row: int) -> str:
    return f'TRIM({VISIT}{Column.EVIDENCE.at(row)})=""'


def _open(cell: str) -> str:
    """A text that somebody typed, where they did not mark it as secret."""
    marked = f'ISNUMBER(FIND("保密",SUBSTITUTE({cell}," ","")))'
    return f'IF({marked},"（按规定不写明）",TRIM({cell}))'


def _fact(block: Block, setting: Setting) -> str:
    row, item = block.first.number, block.item
    marks = []
    if isinstance(item, Indicator):
        for there, column, mark in (
            (item.red_lines, Column.LINE, f"{LINE_MARK}红线 "),
            (item.key, Column.KEY, f"{KEY_MARK}关键项 "),
        ):
            if there:
                marks.append(f'IF({VISIT}{column.at(row)}<>"",{quoted(mark)},"")')
    elif isinstance(item, RedLine):
        marks.append(quoted(f"{LINE_MARK}红线 "))
    fault = f"{VISIT}{Column.FAULT.at(row)}"
    missing = '"（事实待补）"'
    pieces = [
        *marks,
        quoted(f"{block.owner} {item.title}："),
        f'IF(TRIM({fault})="",{missing},{_open(fault)})',
        *_readings(block, setting),
    ]
    if not isinstance(item, RedLine) and item.evidence != "none":
        pieces.append(f'IF({_unproved(row)},{quoted(_PENDING)},"")')
    return "&".join(pieces)


def _readings(block: Block, setting: Setting) -> Iterator[str]:
    """What was read or entered; of samples those that do not pass."""
    item, fits = block.item, dict[str, str]()
    rows = {row.slot.key: row.number for row in block.slot_rows if row.slot}
    if isinstance(item, Indicator) and not item.effective:
        for part in item.rule.simple_parts(item.points, setting.traits):
            if isinstance(part.rule, Threshold):
                for reading in part.rule.readings:
                    for key in reading.slot_keys:
                        fits[joined(part.id, key)] = _fits(reading, part.id, rows, key)
    fault = f"{VISIT}{Column.FAULT.at(block.first.number)}"
    for row in block.slot_rows:
        if row.slot is not None:
            told_so = _reading(row.slot, row.number, fault) + _apart(row.slot, rows)
            passes = fits.get(row.slot.key)
            if passes is not None:
                told_so = f'IF({passes},"",{told_so})'
            yield told_so


def _apart(slot: Slot, rows: Mapping[str, int]) -> str:
    """How far the two cells of a pair lie apart, told behind the second of them."""
    if not slot.beside or rows[slot.beside] > rows[slot.key]:
        return ""
    start, end = (f"{VISIT}{Column.READ.at(rows[key])}" for key in (slot.beside, slot.key))
    measure: Measure = "days_between" if slot.entry == "date" else "minutes_between"
    apart = difference_of(start, end, measure)
    return f'&IF(COUNT({start},{end})=2,"，相隔 "&{apart}&{quoted(f" {BETWEEN[measure]}")},"")'


def _fits(reading: Reading, part: str, rows: Mapping[str, int], key: str) -> str:
    """The condition that a sample of a reading passes, or the difference of its two cells."""
    own = {at: rows[joined(part, at)] for at in reading.slot_keys}
    cells = Rows(own, Setting({}, {}), lambda row: f"{VISIT}{Column.READ.at(row)}", part_cell)
    if not reading.start:
        return within(cells.cell(key), reading.within)
    fits = within(cell_of(cells, reading.keys[0], reading.measure), reading.within)
    return f"IF({reading.taken(cells)},{fits},FALSE)"


def _reading(slot: Slot, row: int, fault: str) -> str:
    """What was read or entered, where it says something; after what stands before it.

    Nothing where the fact, in the cell ``fault``, has the same words and figures already.
    """
    cell = f"{VISIT}{Column.READ.at(row)}"
    name = told(slot.label)
    label, known = quoted(f"；{name} "), f"ISNUMBER(FIND({quoted(name)},{fault}))"
    match slot.entry:
        case "yes_no":
            unmet = f"AND(ISNUMBER({cell}),N({cell})=0,NOT({known}))"
            return f'IF({unmet},{quoted(f"；{name} ×")},"")'
        case "flag":
            return f'IF(N({cell})=1,{quoted(f"；{name}：是")},"")'
        case "choice":
            return f'IF({cell}="","",{label}&{cell})'
        case "reason":
            typed = f"{VISIT}{Column.ENTRY.at(row)}"
            return f'IF(TRIM({typed})="","","；"&{_open(typed)})'
        case "time":
            value = f'INT({cell}/60)&":"&RIGHT("0"&MOD({cell},60),2)'
            return f'IF(ISNUMBER({cell}),{label}&{value},"")'
        case "date":
            day = f'YEAR({cell})&"-"&MONTH({cell})&"-"&DAY({cell})'
            return f'IF(ISNUMBER({cell}),{label}&{day},"")'
    said = f"ISNUMBER({cell})" if slot.entry != "count" else f"N({cell})>0"
    unsaid = f"NOT(AND({known},ISNUMBER(FIND({cell},{fault}))))"
    return f'IF(AND({said},{unsaid}),{label}&{cell}&{quoted(slot.unit)},"")'


def _constant(text: str) -> str:
    """A text of the rubric as it is; one that would be taken for a formula, as a formula of it."""
    return f"={quoted(text)}" if text.startswith("=") else text


def _standard(item: Indicator) -> str:
    if not item.effective:
        return _constant(item.threshold)
    chain = []
    for dated in item.effective:
        tests = [f"{ON}>={_date(dated.since)}"] if dated.since else []
        tests += [f"INT({ON})<={_date(dated.until)}"] if dated.until else []
        chain.append((f"AND({','.join(tests)})", quoted(dated.threshold or item.threshold)))
    general = quoted(item.threshold)
    chain = [(test, text) for test, text in chain if test != "AND()"]
    return f"=IF(ISNUMBER({ON}),{first_of(chain, general)},{general})"


def _date(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"


def _demand(block: Block, setting: Setting) -> tuple[str, str | int]:
    """What is asked, and within how many days; constants where nothing hangs on the entries."""
    item = block.item
    whole = None if isinstance(item, RedLine) else item.rectify
    default: tuple[str, str | int] = (
        (whole.demand, whole.days) if isinstance(whole, Rectify) else (_NO_DEMAND, "")
    )
    plain = (_constant(default[0]), default[1])
    if not isinstance(item, Indicator):
        return plain
    tests: dict[Rectify, list[str]] = {}
    for test, asked in _asked(block, item, setting):
        found = owed(asked, whole)
        if isinstance(found, Rectify):
            tests.setdefault(found, []).append(test)
    if not tests or list(tests) == [whole]:
        return plain
    when = {asked: f"OR({','.join(found)})" for asked, found in tests.items()}
    texts = "&".join(f'IF({test},{quoted(it.demand)},"")' for it, test in when.items())
    days = ",".join(f"IF({test},{it.days},999)" for it, test in when.items())
    any_of = f"OR({','.join(when.values())})"
    otherwise = default[1] if default[1] != "" else '""'
    return (
        f"=IFERROR(IF({any_of},{texts},{quoted(default[0])}),{quoted(default[0])})",
        f"=IFERROR(IF({any_of},MIN({days}),{otherwise}),{otherwise})",
    )


def _asked(block: Block, item: Indicator, setting: Setting) -> Iterator[tuple[str, Asked]]:
    rows = {row.slot.key: row.number for row in block.slot_rows if row.slot}
    flags = {
        trigger.flag
        for line in (*item.red_lines, *((item.key,) if item.key else ()))
        for trigger in line.triggers
    }
    own = Rows(
        {key: row for key, row in rows.items() if key not in flags},
        setting,
        lambda row: f"{VISIT}{Column.READ.at(row)}",
        lambda row, level: f"{VISIT}{part_cell(row, level)}",
    )
    yield from item.rule.asked_where(item.points, own)


def _deadline(row: int) -> str:
    days = f"{DAYS}{row}"
    until = f"{ON}+{days}"
    last = f'IF(ISNUMBER({ON}),"至"&{_month_and_day(f"({until})")},"")'
    chain = [
        (f"{AT_ONCE}{row}={quoted(PUT_RIGHT)}", quoted(_DONE)),
        (f'{days}=""', quoted(_BY_REPORT)),
        (f"{days}=0", quoted("立行立改")),
    ]
    # Blanks fill its first line, so that the day stands on the second.
    return first_of(chain, f'LEFT({days}&"日内      ",{ROOM[Part.DEADLINE]})&{last}')
