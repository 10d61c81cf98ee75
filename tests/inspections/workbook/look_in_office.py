"""Gives cells of a workbook formats and looks in LibreOffice and saves it; run by the interpreter
that has `uno`.

Reads a JSON file: program, profile, source, sheet, save [[path, filter]], and cells {cell: {text,
format, struck [first, last], raised [first, last]}}, of which each may be missing. A text is taken
as a person's typing, after the format is set.
"""

import json
import sys

import uno
from com.sun.star.lang import Locale
from uno_office import opened, option


def letters(cell, first, last):
    cursor = cell.createTextCursor()
    cursor.gotoStart(False)
    cursor.goRight(first, False)
    cursor.goRight(last - first, True)
    return cursor


def change(document, cell, look):
    if "format" in look:
        formats, where = document.NumberFormats, Locale("en", "US", "")
        key = formats.queryKey(look["format"], where, False)
        cell.NumberFormat = formats.addNew(look["format"], where) if key < 0 else key
    if "text" in look:
        cell.FormulaLocal = look["text"]
    if "letters" in look:
        cell.String = look["letters"]
    if "struck" in look:
        letters(cell, *look["struck"]).CharStrikeout = 1
    if "raised" in look:
        cursor = letters(cell, *look["raised"])
        cursor.CharEscapement, cursor.CharEscapementHeight = 33, 58
    if look.get("whole"):
        cell.CharStrikeout = 1


def main(job):
    with opened(job) as document:
        sheet = document.Sheets.getByName(job["sheet"])
        for name, look in job["cells"].items():
            change(document, sheet.getCellRangeByName(name), look)
        for path, kind in job["save"]:
            document.storeToURL(uno.systemPathToFileUrl(path), (option("FilterName", kind),))


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as given:
        main(json.load(given))
