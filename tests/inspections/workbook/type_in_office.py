"""Types into a workbook in LibreOffice and saves it; run by the interpreter that has `uno`.

Reads a JSON file: program, profile, source, cells {sheet: {cell: text}}, save [[path, filter]],
and perhaps a password, without which nothing opens what is saved. A text is taken as a person's
typing: numbers, times and formulas become such.
"""

import json
import sys

import uno
from com.sun.star.beans import NamedValue
from uno_office import opened, option


def locking(kind, password):
    if "2007" not in kind:
        return [option("Password", password)]
    secrets = {"OOXPassword": password, "CryptoType": "Standard"}
    made = [NamedValue(name, value) for name, value in secrets.items()]
    return [option("EncryptionData", uno.Any("[]com.sun.star.beans.NamedValue", tuple(made)))]


def type_in(document, cells):
    for name, texts in cells.items():
        sheet = document.Sheets.getByName(name)
        for cell, text in texts.items():
            sheet.getCellRangeByName(cell).FormulaLocal = text


def main(job):
    with opened(job) as document:
        type_in(document, job["cells"])
        for path, kind in job["save"]:
            options = [option("FilterName", kind)]
            if "password" in job:
                options += locking(kind, job["password"])
            document.storeToURL(uno.systemPathToFileUrl(path), tuple(options))


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as given:
        main(json.load(given))
