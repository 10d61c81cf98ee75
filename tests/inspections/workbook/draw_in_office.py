"""Adds what is no cell to a workbook in LibreOffice; run by the interpreter that has `uno`.

Reads a JSON file: program, profile, source, sheet, add (names of the functions below), save
[[path, filter]].
"""

import json
import sys

import uno
from com.sun.star.awt import Point, Size
from uno_office import opened, option


def shape(document, sheet, kind, text):
    made = document.createInstance(f"com.sun.star.drawing.{kind}")
    made.Position, made.Size = Point(9000, 6000), Size(6000, 2000)
    sheet.DrawPage.add(made)
    made.String = text


def box(document, sheet):
    shape(document, sheet, "TextShape", "文本框里写的")


def rectangle(document, sheet):
    shape(document, sheet, "RectangleShape", "形状里写的")


def header(document, sheet):
    style = document.StyleFamilies.getByName("PageStyles").getByName(sheet.PageStyle)
    style.HeaderIsOn = True
    content = style.RightPageHeaderContent
    content.LeftText.String = "页眉里写的"
    style.RightPageHeaderContent = content


def note(document, sheet):
    sheet.Annotations.insertNew(sheet.getCellRangeByName("H10").CellAddress, "批注里写的")


def column(document, sheet):
    sheet.Columns.getByName("M").IsVisible = False


def row(document, sheet):
    """The last row with an address, which stands above the legend."""
    last = max(at for at in range(99) if sheet.getCellByPosition(0, at).String)
    sheet.Rows.getByIndex(last).IsVisible = False


def about(document, sheet):
    document.DocumentProperties.Description = "属性里写的"


def main(job):
    with opened(job) as document:
        sheet = document.Sheets.getByName(job["sheet"])
        for name in job["add"]:
            globals()[name](document, sheet)
        for path, kind in job["save"]:
            document.storeToURL(uno.systemPathToFileUrl(path), (option("FilterName", kind),))


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as given:
        main(json.load(given))
