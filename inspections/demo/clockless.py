"""Workbooks that openpyxl made, without the time of day in them: same contents, same bytes."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

from rubrics.messages.output import write_whole

_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^<>]*>)[^<]*")


def save(book: Workbook, path: Path, *, folders: bool = False) -> None:
    """Saves ``book`` as ``path``; its stamps, and those of its parts, are fixed.

    ``folders``: they stand in the archive as entries of their own, as in every file of WPS.
    """
    memory, whole = BytesIO(), BytesIO()
    book.save(memory)
    with ZipFile(memory) as made, ZipFile(whole, "w", ZIP_DEFLATED) as fixed:
        listed: set[str] = set()
        for name in made.namelist():
            above = [name[:at] for at in range(1, len(name)) if folders and name[at - 1] == "/"]
            for folder in above:
                if folder not in listed:
                    listed.add(folder)
                    fixed.writestr(ZipInfo(folder), b"")
            data = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z", made.read(name))
            part = ZipInfo(name)
            part.compress_type = ZIP_DEFLATED
            fixed.writestr(part, data)
    write_whole(path, whole.getvalue())
