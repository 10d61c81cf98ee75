"""Whatever a filled workbook holds that the blank one has not is told, with its text."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import SheetEntries
from inspections.workbook.form.layout import TOTALS, Column
from inspections.workbook.marking.marked import marked
from inspections.workbook.reading.workbook_record import WorkbookRecord
from rubrics.messages.problems import Problem, Severity
from tests.conftest import Convert, InOffice
from tests.inspections.small_round import KITCHEN, entry_cell, rubric, spec, write
from tests.inspections.workbook.programs import PROGRAMS, SHEET, Parts, Writer, packed, parts_of
from tests.inspections.workbook.test_programs import read

TITLE, GUIDE, LISTED = "第一小学", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet5.xml"
PAPER, FURTHER_PAPER = "xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    f'xmlns:r="{RELATIONS}"'
)
VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SCRIPT = Path(__file__).with_name("draw_in_office.py")
FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8", "xls": "MS Excel 97"}


def told(record: WorkbookRecord) -> list[tuple[str, str, str]]:
    return [(it.code, it.place.sheet, it.place.cell) for it in record.problems]


def said(problems: tuple[Problem, ...]) -> str:
    return "\n".join(f"{it.place.sheet} {it.place.cell} {it.message}" for it in problems)


def related(parts: Parts, owner: str, kind: str, name: str, content: str) -> Parts:
    """The parts with one more, to which ``owner`` leads by a relation of a kind."""
    folder, _, file = owner.rpartition("/")
    links = f"{folder}/_rels/{file}.rels"
    empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    held = parts.get(links, f"{empty}</Relationships>".encode()).decode()
    link = f'<Relationship Id="z{len(held)}" Type="{RELATIONS}/{kind}" Target="/{name}"/>'
    types = parts["[Content_Types].xml"].decode()
    line = f'<Override PartName="/{name}" ContentType="application/xml"/></Types>'
    return parts | {
        links: held.replace("</Relationships>", f"{link}</Relationships>").encode(),
        "[Content_Types].xml": types.replace("</Types>", line).encode(),
        name: content.encode(),
    }


def anchored(body: str) -> str:
    return (
        f"<xdr:wsDr {DRAWING}><xdr:twoCellAnchor><xdr:from><xdr:col>3</xdr:col><xdr:row>8</xdr:row>"
        f"</xdr:from><xdr:to/>{body}<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
    )


def text_box(text: str) -> str:
    body = f"<xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody>"
    return anchored(f"<xdr:sp>{body}</xdr:sp>")


def drawn(parts: Parts, text: str) -> Parts:
    return related(parts, SHEET, "drawing", "xl/drawings/drawing1.xml", text_box(text))


def grouped(parts: Parts, text: str) -> Parts:
    inner = text_box(text).partition("<xdr:to/>")[2].partition("<xdr:clientData/>")[0]
    body = anchored(f"<xdr:grpSp><xdr:grpSp>{inner}</xdr:grpSp></xdr:grpSp>")
    return related(parts, SHEET, "drawing", "xl/drawings/drawing1.xml", body)


def charted(parts: Parts, text: str) -> Parts:
    name = "xl/drawings/drawing1.xml"
    uri = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    frame = f'<a:graphic><a:graphicData uri="{uri}"><c r:id="z93"/></a:graphicData></a:graphic>'
    parts = related(
        parts, SHEET, "drawing", name, anchored(f"<xdr:graphicFrame>{frame}</xdr:graphicFrame>")
    )
    chart = f"<c {DRAWING}><a:t>{text}</a:t></c>"
    parts = related(parts, name, "chart", "xl/charts/chart1.xml", chart)
    links = "xl/drawings/_rels/drawing1.xml.rels"
    return parts | {links: re.sub(rb'Id="z\d+"', b'Id="z93"', parts[links])}


def boxed(parts: Parts, text: str) -> Parts:
    box = f'<v:shape><v:textbox><div><font face="宋体">{text}</font></div></v:textbox>'
    client = '<x:ClientData ObjectType="{}"><x:Anchor>3, 1, 8, 2, 5, 0, 9, 1</x:Anchor>'
    body = f"<xml {VML}>{box}{client.format('Button')}</x:ClientData></v:shape></xml>"
    return related(parts, SHEET, "vmlDrawing", "xl/drawings/vmlDrawing1.vml", body)


def noted(parts: Parts, text: str) -> Parts:
    note = f'<comment ref="D9" authorId="0"><text><r><t>{text}</t></r></text></comment>'
    body = f'<comments xmlns="{MAIN}"><commentList>{note}</commentList></comments>'
    return related(parts, SHEET, "comments", "xl/comments1.xml", body)


def answered(parts: Parts, text: str) -> Parts:
    body = f'<ThreadedComments><threadedComment ref="D9"><text>{text}</text></threadedComment>'
    name = "xl/threadedComments/threadedComment1.xml"
    parts = noted(parts, "[Threaded comment]")
    return related(parts, SHEET, "threadedComment", name, f"{body}</ThreadedComments>")


def kept_as_xml(parts: Parts, text: str) -> Parts:
    body = f"<a xmlns='urn:own'><b>{text}</b></a>"
    return related(parts, "xl/workbook.xml", "customXml", "customXml/item1.xml", body)


def unheard_of(parts: Parts, text: str) -> Parts:
    return related(parts, SHEET, "hologram", "xl/holograms/h1.xml", f"<h>{text}</h>")


def headed(parts: Parts, text: str) -> Parts:
    sheet = parts[SHEET].decode()
    header = f"<headerFooter><oddHeader>&amp;L{text.replace('&amp;', '&amp;&amp;')}</oddHeader>"
    return parts | {SHEET: sheet.replace("<headerFooter>", header).encode()}


def described(parts: Parts, text: str) -> Parts:
    core = parts["docProps/core.xml"].decode()
    line = f"<dc:description>{text}</dc:description></cp:coreProperties>"
    return parts | {"docProps/core.xml": core.replace("</cp:coreProperties>", line).encode()}


def named(parts: Parts, text: str) -> Parts:
    book = parts["xl/workbook.xml"].decode()
    line = f'<definedName name="注">"{text}"</definedName></definedNames>'
    return parts | {"xl/workbook.xml": book.replace("</definedNames>", line).encode()}


def in_a_cell(part: str, cell: str) -> object:
    def put(parts: Parts, text: str) -> Parts:
        sheet = parts[part].decode()
        made = f'<c r="{cell}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        column, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
        pattern = rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)'
        changed, count = re.subn(pattern, lambda _: made, sheet, count=1, flags=re.DOTALL)
        if not count:
            begun = rf'(<row r="{row}"[^>]*?)(?:/>|>(.*?)</row>)'
            changed, count = re.subn(
                begun, lambda it: f"{it[1]}>{_placed(it[2] or '', column, made)}</row>", sheet,
                count=1, flags=re.DOTALL,
            )  # fmt: skip
        if not count:
            line = f'<row r="{row}">{made}</row></sheetData>'
            changed = sheet.replace("</sheetData>", line)
        return parts | {part: changed.encode()}

    put.__name__ = f"{part[-10:-4]}-{cell}"
    return put


def _placed(cells: str, column: str, made: str) -> str:
    found = re.findall(r"<c [^>]*?(?:/>|>.*?</c>)", cells, re.DOTALL)

    def order(item: str) -> tuple[int, str]:
        letters = re.search(r'r="([A-Z]+)', item)[1]  # type: ignore[index]
        return len(letters), letters

    return "".join(sorted([*found, made], key=order))


OBJECTS = {
    drawn: "D9", grouped: "D9", charted: "D9", boxed: "D9", noted: "D9", answered: "D9",
    unheard_of: "", headed: "",
}  # fmt: skip
OF_THE_FILE = (kept_as_xml, described, named)


@pytest.mark.parametrize("put", OBJECTS, ids=lambda it: it.__name__)
def test_what_is_on_the_sheet_is_told_where_it_stands(of: OpenRound, genuine: Parts, put) -> None:  # type: ignore[no-untyped-def]
    record = read(packed(put(genuine, "灶台有油污")), of)
    assert told(record) == [("workbook-unread", TITLE, OBJECTS[put])]
    assert "“灶台有油污”" in record.problems[0].message


@pytest.mark.parametrize("put", OF_THE_FILE, ids=lambda it: it.__name__)
def test_what_is_of_the_file_is_told(of: OpenRound, genuine: Parts, put) -> None:  # type: ignore[no-untyped-def]
    record = read(packed(put(genuine, "灶台有油污")), of)
    assert told(record) == [("workbook-unread", "", "")]
    assert "灶台有油污" in record.problems[0].message


@pytest.mark.parametrize(
    ("kind", "name", "what"),
    [
        ("package", "xl/embeddings/a.docx", "嵌入的文件"),
        ("oleObject", "xl/embeddings/oleObject1.bin", "嵌入的文件"),
        ("ctrlProp", "xl/ctrlProps/ctrlProp1.xml", "窗体控件"),
        ("pivotTable", "xl/pivotTables/pivotTable1.xml", "数据透视表"),
        ("hologram", "xl/holograms/h1.bin", "hologram"),
    ],
)
def test_what_has_no_text_is_told_by_its_kind(
    of: OpenRound, genuine: Parts, kind: str, name: str, what: str
) -> None:
    record = read(packed(related(genuine, SHEET, kind, name, "")), of)
    assert told(record) == [("workbook-unread", TITLE, "")]
    assert what in record.problems[0].message


@pytest.mark.parametrize(
    "name",
    ["xl/notes.xml", "xl/metadata.xml", "docProps/app.xml", "xl/theme/theme7.xml", "x/1.bin"],
)
@pytest.mark.parametrize("kind", ["comments", "threadedComment", "drawing"])
def test_what_relations_lead_to_is_told_whatever_its_name(
    of: OpenRound, genuine: Parts, kind: str, name: str
) -> None:
    put, held = {
        "comments": (noted, "xl/comments1.xml"),
        "threadedComment": (answered, "xl/threadedComments/threadedComment1.xml"),
        "drawing": (drawn, "xl/drawings/drawing1.xml"),
    }[kind]
    content = put(genuine, "灶台有油污")[held].decode()
    record = read(packed(related(genuine, SHEET, kind, name, content)), of)
    assert told(record) == [("workbook-unread", TITLE, "D9")]
    assert "“灶台有油污”" in said(record.problems)


def test_a_note_in_another_encoding_is_told(of: OpenRound, genuine: Parts) -> None:
    parts = noted(genuine, "灶台有油污")
    wide = parts["xl/comments1.xml"].decode().encode("utf-16")
    record = read(packed(parts | {"xl/comments1.xml": wide}), of)
    assert told(record) == [("workbook-unread", TITLE, "D9")]
    assert "“灶台有油污”" in said(record.problems)


@pytest.mark.parametrize("name", ["[Content_Types].xml", "docProps/app.xml", "docProps/core.xml"])
def test_capitals_in_the_name_of_an_ordinary_part_say_nothing(
    of: OpenRound, genuine: Parts, name: str
) -> None:
    parts = {name.upper() if it == name else it: content for it, content in genuine.items()}
    assert told(read(packed(parts), of)) == []


def test_a_shape_without_text_is_told(of: OpenRound, genuine: Parts) -> None:
    for body in ("<xdr:sp/>", "<xdr:cxnSp/>", '<xdr:contentPart r:id="x"/>'):
        name = "xl/drawings/drawing1.xml"
        record = read(packed(related(genuine, SHEET, "drawing", name, anchored(body))), of)
        assert told(record) == [("workbook-unread", TITLE, "D9")]


def cells(of: OpenRound) -> dict[str, str]:
    """Cells of the visit sheet in which nothing is to be written, with the code that is due."""
    below = int(entry_cell(of, "J1")[1:]) + 40
    misplaced = [
        entry_cell(of, "A1", Column.TITLE), entry_cell(of, "A1", Column.HOW),
        entry_cell(of, "A1", Column.SCORE), entry_cell(of, "A1.x", Column.UNIT),
        entry_cell(of, "A8", Column.STATE), entry_cell(of, "A8", Column.PROMPT),
        entry_cell(of, "A8", Column.UNIT), entry_cell(of, "A8", Column.SCORE),
        entry_cell(of, "R1.fake", Column.SCORE), entry_cell(of, "J1", Column.SCORE),
        entry_cell(of, "A2", Column.READ), entry_cell(of, "A2", Column.NUMBER),
        *(it.partition(":")[0] for it in TOTALS.values()),
        "A5", "K2", "B4", "M2", "M4", "P3", "Z9", "E7", "N7", f"C{below}", f"Z{below}",
    ]  # fmt: skip
    return dict.fromkeys(misplaced, "entry-misplaced")


def test_text_in_cells_that_take_none(of: OpenRound, genuine: Parts) -> None:
    for cell, code in cells(of).items():
        record = read(packed(in_a_cell(SHEET, cell)(genuine, "灶台有油污")), of)  # type: ignore[operator]
        assert (code, TITLE, cell) in told(record), cell
        assert "灶台有油污" in said(record.problems)


@pytest.mark.parametrize("cell", ["A2", "E2", "I2", "L2", "A3", "E4"])
def test_text_behind_a_label(of: OpenRound, genuine: Parts, cell: str) -> None:
    label = re.search(rf'<c r="{cell}"[^>]*>.*?<t[^>]*>(.*?)</t>', genuine[SHEET].decode())
    assert label is not None
    record = read(packed(in_a_cell(SHEET, cell)(genuine, f"{label[1]}：灶台")), of)  # type: ignore[operator]
    assert told(record) == [("entry-misplaced", TITLE, cell)]


@pytest.mark.parametrize(
    ("part", "cell"),
    [(GUIDE, it) for it in ("A1", "A2", "A4", "F4", "A12", "B14", "C14", "D14", "B40")]
    + [(LISTED, it) for it in ("A1", "A2", "B2", "C2", "A9")],
)
def test_text_on_sheets_that_nobody_fills_in(
    of: OpenRound, genuine: Parts, part: str, cell: str
) -> None:
    record = read(packed(in_a_cell(part, cell)(genuine, "灶台有油污")), of)  # type: ignore[operator]
    sheet = "填表说明" if part == GUIDE else "_identity"
    assert told(record) == [("sheet-typed", sheet, cell)]
    assert "灶台有油污" in said(record.problems)


def test_text_on_the_list_of_a_marked_copy(of: OpenRound, genuine: Parts) -> None:
    at = entry_cell(of, "A1.x")
    wrong = in_a_cell(SHEET, at)(genuine, "几处")  # type: ignore[operator]
    problems = read(packed(wrong), of).problems
    copy = parts_of(marked(packed(wrong), problems, ["0" * 64]))
    assert [it.code for it in read(packed(copy), of).problems] == [it.code for it in problems]
    (listed,) = (
        name for name, part in copy.items() if "请先看这里".encode() in part and b"<row" in part
    )
    for cell in ("A1", "A2", "B4", "D4", "E4", "F4", "A30"):
        record = read(packed(in_a_cell(listed, cell)(copy, "已经改好")), of)  # type: ignore[operator]
        assert ("sheet-typed", "请先看这里", cell) in told(record)


def test_most_texts_printed_otherwise_are_told_as_another_edition(
    of: OpenRound, genuine: Parts
) -> None:
    parts = genuine
    addresses = ("A1", "A2", "A3", "A4", "A5", "A6", "A7", "J1")
    for address in addresses:
        for column in (Column.TITLE, Column.HOW):
            parts = in_a_cell(SHEET, entry_cell(of, address, column))(parts, f"补记{address}")  # type: ignore[operator]
    record = read(packed(parts), of)
    assert told(record) == [("texts-other", TITLE, "")]
    assert record.problems[0].severity is Severity.NOTE
    assert f"{2 * len(addresses)} 格" in said(record.problems)
    assert "补记A1" in said(record.problems)


def test_another_sheet_is_told_with_what_stands_on_it(of: OpenRound, genuine: Parts) -> None:
    book = genuine["xl/workbook.xml"].decode()
    for state in ("visible", "hidden", "veryHidden"):
        rows = "".join(
            f'<row r="{n}"><c r="C{n}" t="inlineStr"><is><t>第{n}条</t></is></c></row>'
            for n in range(1, 10)
        )
        sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        parts = related(genuine, "xl/workbook.xml", "worksheet", "xl/worksheets/sheet9.xml", sheet)
        link = re.search(r'Id="(z\d+)"', parts["xl/_rels/workbook.xml.rels"].decode())
        assert link is not None
        line = f'<sheet name="草稿" sheetId="9" state="{state}" r:id="{link[1]}"/></sheets>'
        record = read(
            packed(parts | {"xl/workbook.xml": book.replace("</sheets>", line).encode()}), of
        )
        assert told(record) == [("sheet-unknown", "草稿", "")]
        assert "C1“第1条”" in said(record.problems)
        assert "9 格" in said(record.problems)


@pytest.mark.parametrize("hidden", ['hidden="1"', 'hidden="true"', 'ht="0"', 'ht="0.0"'])
def test_hidden_rows_that_were_left_blank(of: OpenRound, hidden: str, tmp_path: Path) -> None:
    filled, blank = entry_cell(of, "A6")[1:], entry_cell(of, "J1")[1:]
    parts = parts_of(write(of, tmp_path / "表.xlsx", spec()).read_bytes())
    sheet = parts[SHEET].decode()
    for row in (filled, blank):
        sheet = re.sub(
            rf'<row r="{row}"([^>]*)>',
            lambda it: re.sub(r' ht="[^"]*"', "", it[0])[:-1] + f" {hidden}>",
            sheet,
        )
    record = read(packed(parts | {SHEET: sheet.encode()}), of)
    assert told(record) == [("rows-hidden", TITLE, f"A{blank}")]
    assert f"第 {blank} 行" in said(record.problems)
    visit = record.sheets[0].visit
    assert visit is not None
    assert any(it.owner == "A6" and it.values for it in visit.observations)


def test_a_hidden_column_of_entries(of: OpenRound, genuine: Parts) -> None:
    sheet = re.sub(
        rb'<col min="13" max="13"', rb'<col hidden="1" min="13" max="13"', genuine[SHEET]
    )
    record = read(packed(genuine | {SHEET: sheet}), of)
    assert told(record) == [("columns-hidden", TITLE, "")]
    assert "M 列" in said(record.problems)


def test_what_is_said_about_secrets_is_withheld(of: OpenRound, genuine: Parts) -> None:
    """A box on a row of a secret item is told without its text, as its cells are."""
    secret = rubric(KITCHEN.replace("title: 开餐,", "title: 开餐, confidential: true,"))
    closed = replace(of, rubrics={**of.rubrics, "kitchen": secret})
    row = int(entry_cell(of, "A7")[1:])
    parts = related(
        genuine, SHEET, "drawing", "xl/drawings/drawing1.xml",
        text_box("某人反映").replace("<xdr:row>8<", f"<xdr:row>{row - 1}<"),
    )  # fmt: skip
    record = read(packed(parts), closed)
    assert ("workbook-unread", TITLE, f"D{row}") in told(record)
    assert "某人反映" not in said(record.problems)


by_program = pytest.mark.parametrize("program", PROGRAMS, ids=lambda it: it.__name__)


@by_program
@pytest.mark.parametrize(
    "put", [drawn, noted, headed, unheard_of, kept_as_xml], ids=lambda it: it.__name__
)
def test_whoever_wrote_the_file(of: OpenRound, genuine: Parts, program: Writer, put) -> None:  # type: ignore[no-untyped-def]
    record = read(program(put(genuine, "灶台有油污")), of)
    assert [code for code, _, _ in told(record)] == ["workbook-unread"]
    assert "灶台有油污" in said(record.problems)


BOOK = "xl/workbook.xml"
KSO = (
    '<Properties><property name="KSOProductBuildVer"><l>2052-12.1</l></property>'
    '<property name="ICV"><l>0AF3</l></property></Properties>'
)
OF_WPS = '<s:a xmlns:s="http://www.wps.cn/officeDocument/2013/wpsCustomData"><s:b>1</s:b></s:a>'
LIST = f'<xml {VML}><v:shape><x:ClientData ObjectType="Drop"/></v:shape></xml>'
OWN_PARTS = {
    "打印机": (SHEET, "printerSettings", "xl/printerSettings/printerSettings1.bin", "x"),
    "人员": (BOOK, "person", "xl/persons/person.xml", "<p><person displayName='甲'/></p>"),
    "元数据": (BOOK, "sheetMetadata", "xl/metadata.xml", "<metadata><t>XLDAPR</t></metadata>"),
    "属性": (BOOK, "extended-properties", "docProps/app.xml", "<P><Company>某局</Company></P>"),
    "WPS": (BOOK, "custom-properties", "docProps/custom.xml", KSO),
    "WPS 数据": (BOOK, "customXml", "customXml/item1.xml", OF_WPS),
    "缩略图": (BOOK, "thumbnail", "docProps/thumbnail.jpeg", "x"),
    "下拉框": (SHEET, "vmlDrawing", "xl/drawings/vmlDrawing1.vml", LIST),
    "计算链": (BOOK, "calcChain", "xl/calcChain.xml", "<calcChain/>"),
}


@pytest.mark.parametrize("part", OWN_PARTS)
def test_what_programs_add_of_their_own_is_nobodys(
    of: OpenRound, genuine: Parts, part: str
) -> None:
    owner, kind, name, content = OWN_PARTS[part]
    assert told(read(packed(related(genuine, owner, kind, name, content)), of)) == []


@pytest.mark.parametrize(
    "header",
    [
        "&amp;C&amp;A",
        "&amp;C&amp;&quot;Times New Roman,Regular&quot;&amp;12&amp;A",
        "&amp;CPage &amp;P",
        "&amp;C第 &amp;P 页，共 &amp;N 页&amp;R&amp;D &amp;T",
        "&amp;L&amp;&quot;宋体,常规&quot;&amp;9&amp;K000000第一小学&amp;R食堂细则 2",
    ],
)
def test_headers_that_programs_write(of: OpenRound, genuine: Parts, header: str) -> None:
    for part in (SHEET, GUIDE):
        body = f"<headerFooter><oddHeader>{header}</oddHeader></headerFooter>"
        sheet = re.sub(r"<headerFooter>.*</headerFooter>", "", genuine[part].decode())
        before = re.search(r"<rowBreaks|</worksheet>", sheet)
        assert before is not None
        made = sheet[: before.start()] + body + sheet[before.start() :]
        assert told(read(packed(genuine | {part: made.encode()}), of)) == []


PLACES = [
    *OBJECTS, *OF_THE_FILE,
    *(in_a_cell(GUIDE, it) for it in ("A1", "C6", "B14", "H90")),
    *(in_a_cell(LISTED, it) for it in ("A2", "B1", "C7")),
    *(in_a_cell(SHEET, it) for it in ("A5", "B5", "K2", "N9", "Z3", "B90", "J9", "T12")),
]  # fmt: skip
WORDS = st.text(
    st.sampled_from("灶台油污，。！“”<>&'abcXYZ019 " + string.ascii_letters),
    min_size=1,
    max_size=30,
).map(lambda it: f"记{it.strip()}完")


@given(st.sampled_from(PLACES), WORDS)
@settings(max_examples=150, deadline=None)
def test_wherever_it_is_written_a_text_is_in_the_list(
    of: OpenRound,
    genuine: Parts,
    put,
    text: str,  # type: ignore[no-untyped-def]
) -> None:
    record = read(packed(put(genuine, escape(text, {'"': "&quot;"}))), of)
    # Quotes within quotes are single ones.
    typed, told_of = (
        "".join(it.split()).translate(str.maketrans("“”", "‘’"))
        for it in (text, said(record.problems))
    )
    assert typed in told_of, put.__name__


@pytest.fixture(scope="module")
def saved(
    of: OpenRound, tmp_path_factory: pytest.TempPathFactory, in_office: InOffice
) -> dict[str, dict[str, Path]]:
    """What was added in LibreOffice -> format -> the file that it saved."""
    folder = tmp_path_factory.mktemp("office")
    source = write(of, folder / "表.xlsx", spec())
    files = {}
    for name in ("", "box", "rectangle", "header", "note", "column", "row", "about"):
        paths = {kind: folder / f"{name or 'same'}.{kind}" for kind in FILTERS}
        save = [[str(path), FILTERS[kind]] for kind, path in paths.items()]
        add = [name] if name else []
        in_office(SCRIPT, {"source": str(source), "sheet": TITLE, "add": add, "save": save}, folder)
        files[name] = paths
    return files


@pytest.mark.parametrize("kind", FILTERS)
def test_merely_saved_by_libreoffice_nothing_is_told(
    of: OpenRound, saved: dict[str, dict[str, Path]], kind: str
) -> None:
    assert told(read(saved[""][kind].read_bytes(), of)) == []


@pytest.mark.parametrize("kind", FILTERS)
@pytest.mark.parametrize(
    ("added", "text"),
    [
        ("box", "文本框里写的"), ("rectangle", "形状里写的"), ("header", "页眉里写的"),
        ("note", "批注里写的"), ("about", "属性里写的"),
    ],
)  # fmt: skip
def test_what_libreoffice_added_is_told(
    of: OpenRound, saved: dict[str, dict[str, Path]], kind: str, added: str, text: str
) -> None:
    if (kind, added) == ("xls", "about"):
        pytest.skip("the summary of an .xls is not looked at")
    record = read(saved[added][kind].read_bytes(), of)
    assert {code for code, _, _ in told(record)} == {"workbook-unread"}
    assert text in said(record.problems)


@pytest.mark.parametrize("kind", FILTERS)
def test_what_libreoffice_hid_is_told(
    of: OpenRound, saved: dict[str, dict[str, Path]], kind: str
) -> None:
    assert [it[0] for it in told(read(saved["column"][kind].read_bytes(), of))] == [
        "columns-hidden"
    ]
    assert [it[0] for it in told(read(saved["row"][kind].read_bytes(), of))] == ["rows-hidden"]


@pytest.mark.parametrize("kind", FILTERS)
def test_a_blank_workbook_saved_anew_says_that_it_is_blank(
    of: OpenRound, soffice: Convert, tmp_path: Path, kind: str
) -> None:
    source = write(of, tmp_path / "表.xlsx", replace(spec(), entries=SheetEntries()))
    (path,) = soffice(source, to=kind, into=tmp_path / "saved")
    record = read(path.read_bytes(), of)
    assert [code for code, *_ in told(record)] == ["workbook-blank"]
    assert record.sheets == ()
