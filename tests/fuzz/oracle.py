"""Whether a reading of a file is true: everything in it was read as it stands, or reported."""

from __future__ import annotations

import re
from collections import Counter
from datetime import time

from inspections.workbook.form.expectations import NOTES
from inspections.workbook.form.identity import decode
from inspections.workbook.form.layout import Column, SheetLayout
from inspections.workbook.reading.workbook_record import SheetRecord, WorkbookRecord
from tests.fuzz.moments import same_moment, seconds
from tests.fuzz.mutations.mutation import Expected
from tests.fuzz.reference import Content, Seen, Sheet

COLUMNS = {column.letter: column for column in Column}
UNDECIDED = "read, though the other reader cannot"
_FIRST = 7


def untrue(record: WorkbookRecord, there: Seen | None, layout: SheetLayout) -> str:
    """Returns what is wrong with a reading; empty where nothing is.

    ``there``: what the independent reader finds in the same bytes.
    """
    whole = [item for item in record.problems if not item.place.sheet]
    if any(item.severity.value == "error" for item in whole):
        return ""
    if there is None:
        return UNDECIDED if record.sheets else ""
    for sheet in record.sheets:
        wrong = _sheet(record, sheet, there)
        if wrong:
            return f"{sheet.name}: {wrong}"
    return _dropped(record, there, layout)


def unexpected(record: WorkbookRecord, before: WorkbookRecord, expected: Expected) -> str:
    """Returns what is wrong with a reading of which is known what has to become of it.

    ``before``: the reading of the file before it was damaged.
    """
    now, then = _problems(record), _problems(before)
    if expected is Expected.SAID and not now - then:
        return "nothing is said of it"
    if expected is Expected.SAME and (now, _typed(record)) != (then, _typed(before)):
        return f"read otherwise: {now - then} more, {then - now} less is said"
    return ""


def _problems(record: WorkbookRecord) -> Counter[tuple[str, str]]:
    return Counter((item.code, item.place.cell) for item in record.problems)


def _typed(record: WorkbookRecord) -> list[tuple[str, str, object]]:
    return sorted(
        (
            (sheet.name, typed.cell, _bare(typed.raw) if isinstance(typed.raw, str) else typed.raw)
            for sheet in record.sheets
            for typed in sheet.typed
        ),
        key=lambda item: item[:2],
    )


def _sheet(record: WorkbookRecord, sheet: SheetRecord, there: Seen) -> str:
    cells = there.sheets.get(sheet.name)
    if cells is None:
        return "no such sheet"
    read = {}
    for typed in sheet.typed:
        read[typed.cell] = typed.raw
        said = _said(record, sheet.name, typed.cell)
        if typed.owner and not said:
            row = re.sub("[A-Z]", "", typed.cell)
            address = _one(cells, f"A{row}").strip()
            if address.partition(".")[0] not in (typed.owner, "") or (
                "." in address
                and typed.key not in NOTES
                and address != f"{typed.owner}.{typed.key}"
            ):
                return f"{typed.cell}: taken for {typed.owner}.{typed.key}, is {address!r}"
        wrong = _cell(typed.raw, cells.get(typed.cell, []), there.epoch)
        if wrong and not said and not typed.key.endswith(("意见", "说明")):
            return f"{typed.cell}: {wrong}"
    for item in sheet.visit.observations if sheet.visit else ():
        for key, value in item.values.items():
            at = item.places[key].cell if key in item.places else ""
            blank = at not in read and (value != 0 or _filled(cells, at))
            if blank and not _said(record, sheet.name, at):
                return f"{at}: {item.owner}.{key} is {value}, nothing was read"
    return ""


def _dropped(record: WorkbookRecord, there: Seen, layout: SheetLayout) -> str:
    """What somebody entered and nobody heard of again."""
    held = {sheet.name: {typed.cell for typed in sheet.typed} for sheet in record.sheets}
    for name, cells in there.sheets.items():
        if decode(_one(cells, "N1")) is None:
            continue
        if name not in held and any(cells == there.sheets.get(other) for other in held):
            continue  # one part under two names
        for at, contents in cells.items():
            letter, row = at.rstrip("0123456789"), int(re.sub("[^0-9]", "", at) or 0)
            if letter not in COLUMNS or row < _FIRST or not _filled(cells, at):
                continue
            known = layout.by_address.get(_one(cells, f"A{row}").strip())
            if known is None or COLUMNS[letter] not in known.inputs:
                continue
            if at not in held.get(name, set()) and not _said(record, name, at):
                return f"{name} {at}: {contents} is gone"
    return ""


def _cell(raw: object, contents: list[Content], epoch: int) -> str:
    blank = ("nothing", "uncalculated")
    contents = [item for item in contents if item.kind not in blank] or contents[:1]
    if len(contents) != 1:
        return f"read as {raw!r}, stands there {len(contents)} times"
    (content,) = contents
    if content.formula:
        return f"a formula {content.formula!r} without a word"
    if content.percent and raw:
        return "a per cent without a word"
    if content.misleading and raw != "":
        return f"{content.misleading} without a word"
    if not _same(raw, content, epoch):
        return f"read as {raw!r}, is {content}"
    return ""


def _same(raw: object, content: Content, epoch: int) -> bool:
    if content.kind in ("error", "nothing", "uncalculated"):
        return raw == ""
    if content.kind == "bool":
        return raw is (content.text in ("1", "true"))
    if isinstance(raw, str):
        return _bare(raw) == _bare(content.text)
    if isinstance(raw, time) and content.kind == "text":
        return _bare(content.text) in (f"{raw:%H:%M}", f"{raw.hour}:{raw.minute:02}")
    if str(raw) == content.text.lower():
        return True
    if seconds(raw) is not None:
        return same_moment(raw, content.text, epoch)
    try:
        return isinstance(raw, int | float) and abs(raw - float(content.text)) < 1e-5
    except ValueError:
        return False


def _bare(text: str) -> str:
    return "".join(text.split())


def _one(cells: Sheet, at: str) -> str:
    found = [item for item in cells.get(at, []) if item.kind != "nothing"]
    return found[0].text if len(found) == 1 else ""


def _filled(cells: Sheet, at: str) -> bool:
    return any(
        item.text.strip() or item.kind in ("error", "uncalculated") for item in cells.get(at, [])
    )


def _said(record: WorkbookRecord, sheet: str, at: str) -> bool:
    """Whether something is reported of a cell, its row, or its sheet."""
    row = re.sub("[A-Z]", "", at)
    places = {(sheet, ""), (sheet, at), (sheet, f"A{row}")}
    return any((item.place.sheet, item.place.cell) in places for item in record.problems)
