"""Asks LibreOffice how high rows must be; run by the interpreter that has `uno`.

Reads a JSON file: program, profile, source, sheets {name: rows}, answer. Writes for every
row its height and the height that its texts need (points), merged cells taken apart.
"""

import json
import sys

from uno_office import opened


def measure(sheet, rows):
    sheet.unprotect("")
    given = [sheet.Rows.getByIndex(row - 1).Height for row in rows]
    sheet.getCellRangeByName(f"A{rows[0]}:M{rows[-1]}").merge(False)
    needed = []
    for row in rows:
        line = sheet.Rows.getByIndex(row - 1)
        line.OptimalHeight = True
        needed.append(line.Height)
    # LibreOffice counts in hundredths of a millimetre.
    return [[height * 72 / 2540 for height in pair] for pair in zip(given, needed, strict=True)]


def main(job):
    with opened(job) as document:
        found = [
            measure(document.Sheets.getByName(name), rows) for name, rows in job["sheets"].items()
        ]
    with open(job["answer"], "w", encoding="utf-8") as answer:
        json.dump(found, answer)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as given:
        main(json.load(given))
