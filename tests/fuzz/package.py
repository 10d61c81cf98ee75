"""Names of the standards that a workbook's package follows (ISO/IEC 29500), for the fuzzer."""

from __future__ import annotations

from typing import Final

Parts = list[tuple[str, bytes]]
"""Name and content of every part, in the order of the archive; a name may come twice."""

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
CHOICES: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
STRICT: Final = {
    "http://purl.oclc.org/ooxml/spreadsheetml/main": MAIN,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": OFFICE,
}
"""The strict edition calls the same things by other names."""

BOOK: Final = "xl/workbook.xml"
BOOK_LINKS: Final = "xl/_rels/workbook.xml.rels"
ROOT_LINKS: Final = "_rels/.rels"
STRINGS: Final = "xl/sharedStrings.xml"
STYLES: Final = "xl/styles.xml"
