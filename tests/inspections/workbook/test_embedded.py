"""Pictures inside of workbooks: anchored, kept in a cell by WPS, in the cells of an .ods."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from openpyxl.drawing.image import Image as Drawn
from PIL import Image

from inspections.collecting.collecting import collect
from inspections.records.record import Observation
from inspections.round.opened import OpenRound
from inspections.workbook.form.expectations import expectations
from inspections.workbook.form.layout import Column
from inspections.workbook.reading.workbook import read_workbook
from inspections.workbook.reading.workbook_record import WorkbookRecord
from tests.inspections.small_round import RowEntry, entry_cell, small_round, spec, write

Convert = Callable[..., list[Path]]
NOTHING_NAMED = {"A1": RowEntry(fault="灶台有油污")}


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    made = small_round(tmp_path)
    made.folder.returned.mkdir()
    return made


def picture(colour: str, kind: str = "PNG") -> bytes:
    file = BytesIO()
    drawn = Image.new("RGB", (80, 60), colour)
    drawn.paste("white", (20, 20, 60, 40))
    drawn.save(file, kind)
    return file.getvalue()


def pictured(of: OpenRound, *cells: tuple[str, str], sheet: str = "第一小学") -> Path:
    """A filled workbook without evidence names, with pictures (colour, cell)."""
    path = write(of, of.folder.returned / "表.xlsx", spec(rows=NOTHING_NAMED))
    book = openpyxl.load_workbook(path)
    for colour, cell in cells:
        book[sheet].add_image(Drawn(BytesIO(picture(colour))), cell)
    book.save(path)
    return path


def read(of: OpenRound, path: Path) -> WorkbookRecord:
    return read_workbook(path.read_bytes(), of.folder.name(path), expectations(of))


def seen(record: WorkbookRecord, owner: str) -> Observation:
    (sheet,) = record.sheets
    assert sheet.visit is not None
    found = sheet.visit.observation(owner)
    assert found is not None
    return found


def codes(record: WorkbookRecord) -> list[str]:
    return [item.code for item in record.problems]


def test_a_picture_in_a_row_is_the_evidence_of_its_item(of: OpenRound) -> None:
    row = int(entry_cell(of, "A1.x")[1:])
    path = pictured(
        of, ("red", f"L{row}"), ("blue", f"N{row + 1}"), ("green", entry_cell(of, "A6"))
    )
    record = read(of, path)
    first, second = seen(record, "A1").proof
    assert (first.name, second.name) == (f"表内图片 L{row}", f"表内图片 N{row + 1}")
    assert (first.file, first.picture) == ("returned/表.xlsx", True)
    parts = ZipFile(path)
    assert sha256(parts.read(first.part)).hexdigest() == first.digest
    assert len(seen(record, "A6").proof) == 1
    assert seen(record, "A2").proof == ()
    assert codes(record) == ["evidence-missing"]  # the reader knows only of names


def test_collected_it_counts_and_comes_back_from_the_ledger(of: OpenRound) -> None:
    pictured(of, ("red", entry_cell(of, "A1.x", Column.EVIDENCE)))
    found = collect(of, workers=0)
    assert found.problems == ()
    (visit,) = found.visits
    item = visit.observation("A1")
    assert item and len(item.evidence) == len(item.proof) == 1
    assert item.proof[0].part.startswith("xl/media/")


@pytest.mark.parametrize("cell", ["B1", "L400"])
def test_a_picture_at_no_item_is_told(of: OpenRound, cell: str) -> None:
    record = read(of, pictured(of, ("red", entry_cell(of, "A1")), ("blue", cell)))
    assert codes(record) == ["evidence-missing", "workbook-unread"]
    assert "图片" in record.problems[1].message
    assert len(seen(record, "A1").proof) == 1


def test_a_picture_on_the_guide_is_told(of: OpenRound) -> None:
    record = read(of, pictured(of, ("red", "L9"), sheet="填表说明"))
    assert "workbook-unread" in codes(record)


def test_one_picture_twice_in_a_row_is_one(of: OpenRound) -> None:
    cell = entry_cell(of, "A1")
    record = read(of, pictured(of, ("red", cell), ("red", cell)))
    assert len(seen(record, "A1").proof) == 1
    assert codes(record) == ["evidence-missing"]


def test_a_picture_follows_its_row(of: OpenRound) -> None:
    """Rows that an inspector inserted move what stands below, pictures and all."""
    path = write(of, of.folder.returned / "表.xlsx", spec(rows=NOTHING_NAMED))
    book = openpyxl.load_workbook(path)
    sheet = book["第一小学"]
    row = int(entry_cell(of, "A6")[1:])
    sheet.insert_rows(row, 2)
    sheet.add_image(Drawn(BytesIO(picture("red"))), f"K{row + 2}")
    book.save(path)
    assert len(seen(read(of, path), "A6").proof) == 1


def rezipped(path: Path, change: Callable[[str, bytes], bytes], **added: bytes) -> None:
    with ZipFile(path) as old:
        parts = {name: change(name, old.read(name)) for name in old.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name, data in {**parts, **added}.items():
            new.writestr(name, data)


CELL_IMAGES = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<etc:cellImages xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"><etc:cellImage><xdr:pic>
 <xdr:nvPicPr><xdr:cNvPr id="2" name="ID_5F1C0D"/><xdr:cNvPicPr/></xdr:nvPicPr>
 <xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic></etc:cellImage></etc:cellImages>"""
CELL_LINKS = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
 Target="media/image9.jpeg"/></Relationships>"""


def kept_in_cell(of: OpenRound, beside: str = "") -> Path:
    """As WPS saves it: a formula in the evidence cell, the picture in a part of its own."""
    path = write(of, of.folder.returned / "表.xlsx", spec(rows=NOTHING_NAMED))
    book = openpyxl.load_workbook(path)
    cell = entry_cell(of, "A1", Column.EVIDENCE)
    book["第一小学"][cell] = '=_xlfn.DISPIMG("ID_5F1C0D",1)'
    book.save(path)
    shown = f'{beside}=DISPIMG("ID_5F1C0D",1)'.replace('"', "&quot;").encode()

    def change(name: str, data: bytes) -> bytes:
        at = data.find(b"DISPIMG")
        if not name.startswith("xl/worksheets/sheet") or at < 0:
            return data
        start = data.rfind(b"<c ", 0, at)
        tail = data[at:].replace(b"<v></v>", b"<v>" + shown + b"</v>", 1)
        tail = tail.replace(b"<v />", b"<v>" + shown + b"</v>", 1).replace(
            b"<v/>", b"<v>" + shown + b"</v>", 1
        )
        head = data[start:at].replace(b">", b' t="str">', 1)
        return data[:start] + head + tail

    rezipped(
        path, change,
        **{
            "xl/cellimages.xml": CELL_IMAGES,
            "xl/_rels/cellimages.xml.rels": CELL_LINKS,
            "xl/media/image9.jpeg": picture("red", "JPEG"),
        },
    )  # fmt: skip
    return path


@pytest.mark.parametrize(("beside", "names"), [("", ()), ("笔录第1号 ", ("笔录第1号",))])
def test_a_picture_that_wps_keeps_in_the_cell(
    of: OpenRound, beside: str, names: tuple[str, ...]
) -> None:
    record = read(of, kept_in_cell(of, beside))
    item = seen(record, "A1")
    assert item.evidence == names
    assert [proof.part for proof in item.proof] == ["xl/media/image9.jpeg"]
    assert item.proof[0].digest == sha256(picture("red", "JPEG")).hexdigest()
    assert codes(record) == ([] if names else ["evidence-missing"])
    found = collect(of, workers=0)
    assert found.problems == ()


RICH = {
    "xl/metadata.xml": """<metadata xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:xlrd="http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"><metadataTypes
 count="1"><metadataType name="XLRICHVALUE" minSupportedVersion="120000"/></metadataTypes>
 <futureMetadata name="XLRICHVALUE" count="2"><bk><extLst><ext uri="{3e2802c4}"><xlrd:rvb i="1"/>
 </ext></extLst></bk><bk><extLst><ext uri="{3e2802c4}"><xlrd:rvb i="0"/></ext></extLst></bk>
 </futureMetadata><valueMetadata count="2"><bk><rc t="1" v="1"/></bk><bk><rc t="1" v="0"/></bk>
 </valueMetadata></metadata>""",
    "xl/richData/rdrichvalue.xml": """<rvData count="2"
 xmlns="http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"><rv s="1"><v>8</v></rv>
 <rv s="0"><v>0</v><v>5</v></rv></rvData>""",
    "xl/richData/rdrichvaluestructure.xml": """<rvStructures count="2"
 xmlns="http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"><s t="_localImage">
 <k n="_rvRel:LocalImageIdentifier" t="i"/><k n="CalcOrigin" t="i"/></s><s t="_error">
 <k n="errorType" t="i"/></s></rvStructures>""",
    "xl/richData/richValueRel.xml": """<richValueRels
 xmlns="http://schemas.microsoft.com/office/spreadsheetml/2022/richvaluerel"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><rel r:id="rId1"/>
 </richValueRels>""",
    "xl/richData/_rels/richValueRel.xml.rels": """<Relationships
 xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
 Target="../media/image1.png"/></Relationships>""",
}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MICROSOFT = "http://schemas.microsoft.com/office"
RICH_LINKS = "".join(
    f'<Relationship Id="rIdRich{number}" Type="{kind}" Target="{target}"/>'
    for number, (kind, target) in enumerate(
        (
            (f"{_OFFICE}/sheetMetadata", "metadata.xml"),
            (f"{_MICROSOFT}/2017/06/relationships/rdRichValue", "richData/rdrichvalue.xml"),
            (
                f"{_MICROSOFT}/2017/06/relationships/rdRichValueStructure",
                "richData/rdrichvaluestructure.xml",
            ),
            (f"{_MICROSOFT}/2022/10/relationships/richValueRel", "richData/richValueRel.xml"),
        )
    )
)


def in_the_cell(of: OpenRound, cell: str, vm: int, metadata: bool = True) -> Path:
    """As Excel 365 saves a picture placed in a cell (2), or a #SPILL! (1)."""
    path = write(of, of.folder.returned / "表.xlsx", spec(rows=NOTHING_NAMED))
    shown = f'<c r="{cell}" t="e" vm="{vm}"><v>#VALUE!</v></c>'

    def change(name: str, data: bytes) -> bytes:
        if name == "xl/worksheets/sheet2.xml":
            pattern = rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)'
            return re.sub(pattern, shown, data.decode(), count=1).encode()
        if name == "xl/_rels/workbook.xml.rels" and metadata:
            return data.replace(b"</Relationships>", f"{RICH_LINKS}</Relationships>".encode())
        return data

    parts = {name: part.encode() for name, part in RICH.items()}
    rezipped(path, change, **parts, **{"xl/media/image1.png": picture("red")})
    return path


def test_a_picture_that_excel_places_in_the_cell(of: OpenRound) -> None:
    cell = entry_cell(of, "A1", Column.EVIDENCE)
    record = read(of, in_the_cell(of, cell, 2))
    (proof,) = seen(record, "A1").proof
    assert (proof.name, proof.part) == (f"表内图片 {cell}", "xl/media/image1.png")
    assert codes(record) == ["evidence-missing"]  # the reader knows only of names
    assert collect(of, workers=0).problems == ()


def test_a_picture_in_a_cell_that_leads_nowhere_is_told(of: OpenRound) -> None:
    cell = entry_cell(of, "A1", Column.EVIDENCE)
    record = read(of, in_the_cell(of, cell, 2, metadata=False))
    assert codes(record) == ["picture-unread", "evidence-missing", "workbook-unread"]
    assert record.problems[0].place.cell == cell


def test_in_place_of_a_number_a_picture_is_told(of: OpenRound) -> None:
    cell = entry_cell(of, "A1.x")
    record = read(of, in_the_cell(of, cell, 2))
    assert (record.problems[0].code, record.problems[0].place.cell) == ("entry-lost", cell)
    assert "图片" in record.problems[0].message


def test_an_error_with_a_rich_value_is_called_by_its_name(of: OpenRound) -> None:
    record = read(of, in_the_cell(of, entry_cell(of, "A1.x"), 1))
    assert "#SPILL!" in record.problems[0].message


def test_a_picture_of_wps_that_another_program_dropped_is_told(of: OpenRound) -> None:
    """Excel keeps the formula and loses the part in which WPS keeps its pictures."""
    path = kept_in_cell(of)
    with ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist() if "cellimages" not in name}
    with ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    record = read(of, path)
    assert seen(record, "A1").proof == ()
    assert codes(record)[0] == "picture-unread"
    cell = entry_cell(of, "A1", Column.EVIDENCE)
    error = f'<c r="{cell}" t="e"><f>_xlfn.DISPIMG("ID_5F1C0D",1)</f><v>#NAME?</v></c>'
    pattern = rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)'.encode()
    rezipped(path, lambda name, data: re.sub(pattern, error.encode(), data))
    record = read(of, path)
    assert (codes(record)[0], record.problems[0].place.cell) == ("picture-unread", cell)


def test_saved_as_ods_by_libreoffice_it_stays_in_its_row(
    of: OpenRound, soffice: Convert, tmp_path: Path
) -> None:
    path = pictured(of, ("red", entry_cell(of, "A1.x", Column.EVIDENCE)))
    (saved,) = soffice(path, to="ods", into=tmp_path / "ods")
    (again,) = soffice(path, to="xlsx", into=tmp_path / "xlsx")
    for name in (saved, again):
        record = read_workbook(name.read_bytes(), name.name, expectations(of))
        assert len(seen(record, "A1").proof) == 1
        assert "workbook-unread" not in codes(record)


def test_of_an_xls_it_is_told_that_pictures_are_not_read(
    of: OpenRound, soffice: Convert, tmp_path: Path
) -> None:
    path = pictured(of, ("red", entry_cell(of, "A1")))
    plain = write(of, tmp_path / "plain" / "表.xlsx", spec(rows=NOTHING_NAMED))
    for source, told in ((path, 1), (plain, 0)):
        (saved,) = soffice(source, to="xls", into=tmp_path / f"xls{told}")
        record = read_workbook(saved.read_bytes(), "表.xls", expectations(of))
        assert codes(record).count("workbook-unread") == told


@pytest.mark.parametrize(
    "part", ["xl/drawings/drawing1.xml", "xl/drawings/_rels/drawing1.xml.rels"]
)
@pytest.mark.parametrize(
    "spoil", [b"<broken", b"", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"\0" * 50]
)
def test_a_drawing_that_cannot_be_read_costs_only_its_pictures(
    of: OpenRound, part: str, spoil: bytes
) -> None:
    path = pictured(of, ("red", entry_cell(of, "A1")))
    rezipped(path, lambda name, data: spoil if name == part else data)
    record = read(of, path)
    assert codes(record) == ["evidence-missing", "workbook-unread"]
    assert seen(record, "A1").fault == "灶台有油污"


@pytest.mark.parametrize(
    "spoil",
    [b"", b"not a picture", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"MZ\x90", b"%!PS-Adobe"],
)
def test_what_is_no_picture_proves_nothing_and_is_told(of: OpenRound, spoil: bytes) -> None:
    path = pictured(of, ("red", entry_cell(of, "A1")))
    rezipped(path, lambda name, data: spoil if name.startswith("xl/media/") else data)
    record = read(of, path)
    assert seen(record, "A1").proof == ()
    assert "workbook-unread" in codes(record)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'Target="/xl/media/image1.png"', b'Target="../../../../etc/passwd"'),
        (b'Target="/xl/media/image1.png"', b'Target="http://x/a.png" TargetMode="External"'),
        (b"<xdr:row>", b"<xdr:row>-"),
        (b"<xdr:row>", b"<xdr:row>99999999999999999999"),
    ],
)
def test_a_picture_that_leads_elsewhere_is_not_followed(
    of: OpenRound, old: bytes, new: bytes
) -> None:
    path = pictured(of, ("red", entry_cell(of, "A1")))
    met = []

    def change(name: str, data: bytes) -> bytes:
        met.append(old in data)
        return data.replace(old, new)

    rezipped(path, change)
    if not any(met):  # another version of the library writes it without the prefix
        old, new = (part.replace(b"xdr:", b"") for part in (old, new))
        rezipped(path, change)
    assert any(met)
    record = read(of, path)
    assert seen(record, "A1").proof == ()
    assert codes(record) == ["evidence-missing", "workbook-unread"]


@pytest.mark.parametrize("size", [(1, 1), (80, 60)])
def test_a_picture_that_shows_nothing_is_no_evidence(of: OpenRound, size: tuple[int, int]) -> None:
    path = write(of, of.folder.returned / "表.xlsx", spec(rows=NOTHING_NAMED))
    book = openpyxl.load_workbook(path)
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, "PNG")
    book["第一小学"].add_image(Drawn(file), entry_cell(of, "A1", Column.EVIDENCE))
    book.save(path)
    record = read(of, path)
    assert (seen(record, "A1").proof, codes(record)) == (
        (),
        ["evidence-missing", "workbook-unread"],
    )
