"""A Word document as bytes that tell nothing of the clock or the machine."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

# A picture of the library's template, and which program made it.
_OF_THE_TEMPLATE = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
_EARLIEST = 1980
"""The first year that archives know."""


def packed(document: Document, day: date) -> bytes:
    """Returns the document as a file; all its parts are of the ``day``."""
    held = document.part.package
    for number in [n for n, it in held.rels.items() if it.reltype in _OF_THE_TEMPLATE]:
        del held.rels[number]
    saved, made = BytesIO(), BytesIO()
    document.save(saved)
    moment = (max(day.year, _EARLIEST), day.month, day.day, 0, 0, 0)
    with ZipFile(saved) as before, ZipFile(made, "w") as after:
        for name in before.namelist():
            part = ZipInfo(name, moment)
            part.create_system = 0  # as on Windows, on every system
            part.compress_type = ZIP_DEFLATED
            after.writestr(part, before.read(name))
    return made.getvalue()
