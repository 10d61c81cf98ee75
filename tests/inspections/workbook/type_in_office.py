"""Types into a workbook in LibreOffice and saves it; run by the interpreter that has `uno`.

Reads a JSON file: program, profile, source, cells {sheet: {cell: text}}, save [[path, filter]],
and perhaps a password, without which nothing opens what is saved. A text is taken as a person's
typing: numbers, times and formulas become such.
"""

import json
import os
import subprocess
import sys
import time

import uno
from com.sun.star.beans import NamedValue, PropertyValue
from com.sun.star.connection import NoConnectException


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    sys.exit("LibreOffice does not answer")


def option(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


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
    pipe = f"typing{os.getpid()}"
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
        type_in(document, job["cells"])
        for path, kind in job["save"]:
            options = [option("FilterName", kind)]
            if "password" in job:
                options += locking(kind, job["password"])
            document.storeToURL(uno.systemPathToFileUrl(path), tuple(options))
        document.close(True)
        desktop.terminate()
        office.wait(60)
    finally:
        office.kill()


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as given:
        main(json.load(given))
