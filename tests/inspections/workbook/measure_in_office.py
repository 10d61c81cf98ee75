"""Asks LibreOffice how high rows must be; run by the interpreter that has `uno`.

Reads a JSON file: program, profile, source, sheets {name: rows}, answer. Writes for every
row its height and the height that its texts need (points), merged cells taken apart.
"""

import json
import os
import subprocess
import sys

import uno
from type_in_office import connect, option


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
    pipe = f"measuring{os.getpid()}"
    office = subprocess.Popen(
        [job["program"], job["profile"], "--headless", "--norestore",
         f"--accept=pipe,name={pipe};urp;"]
    )  # fmt: skip
    try:
        context = connect(pipe)
        desktop = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        )
        document = desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(job["source"]), "_blank", 0, (option("Hidden", True),)
        )
        found = [
            measure(document.Sheets.getByName(name), rows) for name, rows in job["sheets"].items()
        ]
        document.close(True)
        desktop.terminate()
        office.wait(60)
    finally:
        office.kill()
    with open(job["answer"], "w", encoding="utf-8") as answer:
        json.dump(found, answer)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as given:
        main(json.load(given))
