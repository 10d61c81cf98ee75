"""Puts worksheets together to an .xlsx file: the same sheets give the same bytes anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument"
_ARCHIVE = "application/vnd.openxmlformats-package"
_SHEET = f"{_TYPE}.spreadsheetml"

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""No clock: files inside the archive carry the earliest date that it can hold."""


_LEVEL = 4
"""Of compression: half the time of the usual one, and files larger by a twelfth."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its name, its XML, and the ranges that print titles and print area cover."""

    name: str
    xml: bytes
    print_area: str = ""
    title_rows: str = ""
    hidden: bool = False


def package(
    sheets: Sequence[SheetPart], shared: Mapping[str, str], title: str, active: int
) -> bytes:
    """Returns the workbook; ``shared`` are styles and theme, ``active`` the sheet shown first."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations(
            [
                (f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": _core(title),
        "xl/workbook.xml": _workbook(sheets, active),
        "xl/_rels/workbook.xml.rels": _relations(
            [
                *(
                    (f"{_OFFICE}/worksheet", f"worksheets/sheet{number}.xml")
                    for number in range(1, len(sheets) + 1)
                ),
                (f"{_OFFICE}/theme", "theme/theme1.xml"),
                (f"{_OFFICE}/styles", "styles.xml"),
            ]
        ),
        **shared,
    }
    parts |= {
        f"xl/worksheets/sheet{number}.xml": sheet.xml for number, sheet in enumerate(sheets, 1)
    }
    return packed(parts)


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    """Returns the archive of these parts, in their order: the same parts give the same bytes."""
    memory = BytesIO()
    with ZipFile(memory, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            info = ZipInfo(name, _LONG_AGO)
            info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 0, 0
            package.writestr(info, content, compresslevel=_LEVEL)
    return memory.getvalue()


def _content_types(count: int) -> str:
    kinds = {
        "/docProps/core.xml": f"{_ARCHIVE}.core-properties+xml",
        "/xl/workbook.xml": f"{_SHEET}.sheet.main+xml",
        "/xl/styles.xml": f"{_SHEET}.styles+xml",
        "/xl/theme/theme1.xml": f"{_TYPE}.theme+xml",
    }
    kinds |= {
        f"/xl/worksheets/sheet{number}.xml": f"{_SHEET}.worksheet+xml"
        for number in range(1, count + 1)
    }
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        f'ContentType="{_ARCHIVE}.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}</Types>"
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _core(title: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title></cp:coreProperties>"
    )


def _workbook(sheets: Sequence[SheetPart], active: int) -> str:
    listed = "".join(
        f'<sheet name="{attribute(sheet.name)}" sheetId="{number}"'
        f' state="{"hidden" if sheet.hidden else "visible"}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<bookViews><workbookView xWindow="240" yWindow="15" windowWidth="19200" '
        f'windowHeight="10000" tabRatio="850" activeTab="{active}"/></bookViews>'
        f"<sheets>{listed}</sheets>{_defined_names(sheets)}"
        '<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>'
    )


def _defined_names(sheets: Sequence[SheetPart]) -> str:
    names = []
    for kind, field in (("Print_Area", "print_area"), ("Print_Titles", "title_rows")):
        for number, sheet in enumerate(sheets):
            covered = getattr(sheet, field)
            if covered:
                target = escape("'" + sheet.name.replace("'", "''") + f"'!{covered}")
                names.append(
                    f'<definedName name="_xlnm.{kind}" localSheetId="{number}">{target}'
                    "</definedName>"
                )
    return f"<definedNames>{''.join(names)}</definedNames>" if names else ""


def attribute(text: str) -> str:
    """Returns a text as it stands in an attribute of XML."""
    return escape(text, {'"': "&quot;"})
