"""Letters as Word files: the same words as in print, and whose files they are."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from inspections.round.folder import Folder
from inspections.round.own_files import LIST
from reports.letter import in_word
from reports.letter.content import letter_blocks, texts
from reports.letter.due import about_of
from reports.letter.in_word import write_word
from reports.letter.subject import Letter
from reports.letter.writing import letter_pdf, write_letters
from reports.type import paper
from reports.type.blocks import BarChart, Block, NewPage, Paragraph, Table
from reports.type.paper import MM, OFFICIAL
from reports.word.document import word_document
from reports.word.styles import NAMES
from tests.conftest import Convert
from tests.inspections.evidence.photographs import photograph
from tests.reports.letter.inspected import (
    ROUND,
    SCHOOL,
    faulty,
    letter,
    rubric,
    scored,
    with_faults,
)
from tests.reports.letter.test_photographs import proven

CANTEEN = rubric("canteen")
FIRST = "reports/word/canteen/青禾县第一小学.docx"
Pages = Callable[[bytes], list[str]]


def made(of: Letter) -> bytes:
    return word_document(letter_blocks(of), about_of(of))


def opened(of: Letter) -> Document:
    return docx.Document(BytesIO(made(of)))


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != LIST)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def said(document: Document) -> list[str]:
    """All texts of paragraphs and cells from top to bottom; merged cells once."""

    def inside(item: WordParagraph | WordTable) -> Iterator[str]:
        if isinstance(item, WordParagraph):
            yield item.text
            return
        for row in item.rows:
            for cell in dict.fromkeys(cell._tc for cell in row.cells):
                yield "\n".join(WordParagraph(p, item).text for p in cell.p_lst)

    return [
        text.strip("\t　")
        for item in document.iter_inner_content()
        for text in inside(item)
        if text
    ]


def words(blocks: list[Block]) -> list[str]:
    """What the blocks say, in the order of a Word document."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Paragraph():
                found.append(block.lead + block.text)
            case BarChart():
                rows = (text for b in block.bars for text in (b.label, b.text, b.marker_text))
                found += [block.caption, block.bar_name, block.marker_name, *rows]
                found.append("\t".join(block.scale))
            case _:
                found += texts(block)
    return [text.strip("\t　") for text in found if text]


@pytest.mark.parametrize("faults", [0, 9])
@pytest.mark.parametrize("name", ["canteen", "shuangjian", "party"])
def test_it_says_what_the_letter_says_in_the_same_order(name: str, faults: int) -> None:
    of = letter(rubric(name), with_faults(rubric(name), faults))
    assert said(opened(of)) == words(letter_blocks(of))


@pytest.mark.parametrize("name", ["canteen", "party"])
def test_an_office_program_prints_every_paragraph_of_the_letter(
    writer: None, soffice: Convert, pages: Pages, tmp_path: Path, name: str
) -> None:
    of = letter(rubric(name), with_faults(rubric(name), 12))
    path = tmp_path / "意见书.docx"
    path.write_bytes(made(of))
    (pdf,) = soffice(path, to="pdf", into=tmp_path / "pdf")
    blocks = letter_blocks(of)
    both = [pages(pdf.read_bytes()), pages(letter_pdf(of))]
    for texts_of_pages in both:
        assert all(f"—{n}—" in text for n, text in enumerate(texts_of_pages, 1))
    from_word, printed = (plain(found, blocks) for found in both)
    for text in words(blocks):
        bare = re.sub(r"\s", "", text)
        assert bare in from_word, text
        assert from_word.count(bare) == printed.count(bare), text
    # The line to cut along is made of hyphens here, and drawn in print.
    assert sorted(re.sub("-{9,}", "", from_word)) == sorted(printed)


def plain(found: list[str], blocks: list[Block]) -> str:
    """A printed text without page numbers, and without heads that pages repeat."""
    text = "".join(re.sub(rf"—{n}—$", "", page) for n, page in enumerate(found, 1))
    for block in blocks:
        if isinstance(block, Table):
            head = re.sub(r"\s", "", "".join(column.head for column in block.columns))
            if head:
                first = text.find(head) + len(head)
                text = text[:first] + text[first:].replace(head, "")
    return text


def test_its_page_is_the_official_one() -> None:
    document = opened(letter(CANTEEN, with_faults(CANTEEN, 3)))
    (section,) = document.sections
    measures = [section.page_width, section.page_height, section.top_margin, section.left_margin]
    measures += [section.right_margin, section.bottom_margin]
    assert [round((it or 0) / 36000) for it in measures] == [210, 297, 37, 28, 26, 35]
    assert "PAGE" in section.footer._element.xml
    assert "PAGE" in section.even_page_footer._element.xml
    faces = {
        style: document.styles[style].element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        for style in ("Body Text", "Heading 1", "Heading 2")
    }
    assert {name: found.get(qn("w:eastAsia")) for name, found in faces.items()} == {
        "Body Text": "仿宋",
        "Heading 1": "黑体",
        "Heading 2": "楷体",
    }


def test_tables_are_as_wide_as_in_print_and_no_row_is_torn() -> None:
    of = letter(CANTEEN, with_faults(CANTEEN, 9))
    document = opened(of)
    for table in document.tables:
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst]
        assert abs(sum(widths) / 20 - OFFICIAL.measure) < 0.1
        assert all(
            row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows
        )
    headed = [b for b in letter_blocks(of) if isinstance(b, Table) and b.columns[0].head]
    heads = [
        table.rows[0].cells[0].text
        for table in document.tables
        if table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    ]
    assert [text for text in heads if text] == [block.columns[0].head for block in headed]
    assert OFFICIAL.measure == pytest.approx(156 * MM)


def test_it_says_what_it_is_and_nothing_of_the_clock() -> None:
    of = letter(CANTEEN, with_faults(CANTEEN, 3))
    data = made(of)
    assert made(of) == data
    told = docx.Document(BytesIO(data)).core_properties
    assert (told.author, told.last_modified_by, told.language) == (
        ROUND.bureau,
        ROUND.bureau,
        "zh-CN",
    )
    assert told.title == f"{CANTEEN.letter_title}（{SCHOOL.name}）"
    assert told.comments == ""
    day = datetime(2026, 11, 16)
    assert [it and it.replace(tzinfo=None) for it in (told.created, told.modified)] == [day, day]
    with ZipFile(BytesIO(data)) as parts:
        assert {part.date_time[:3] for part in parts.infolist()} == {(2026, 11, 16)}
        assert not [name for name in parts.namelist() if "thumbnail" in name or "app.xml" in name]


def test_odd_texts_are_written_as_they_are_printed() -> None:
    fact = "第一行\n第二行\x07\ufffe<w:t>&\ud800㸆肉" + "长" * 3000
    of = letter(CANTEEN, [replace(faulty(CANTEEN, "C1"), fault=fact)])
    assert said(opened(of)) == words(letter_blocks(of))


def test_a_page_begins_where_blocks_say_so() -> None:
    blocks: list[Block] = [Paragraph("甲"), NewPage(), Paragraph("乙")]
    document = docx.Document(BytesIO(word_document(blocks, about_of(letter(CANTEEN)))))
    breaks = [item.paragraph_format.page_break_before for item in document.paragraphs]
    assert breaks == [None, True]


def test_photographs_stand_in_it_and_a_lost_one_does_not(tmp_path: Path) -> None:
    for name in ("C1", "C2"):
        photograph(tmp_path / "evidence" / "S01" / f"{name}.jpg", ord(name[1]))
    changes = [proven(tmp_path, name, f"S01/{name}.jpg") for name in ("C1", "C2")]
    county = (ROUND, *scored(CANTEEN, changes))
    assert write_word(Folder(tmp_path), *county) == []
    whole = (tmp_path / FIRST).read_bytes()
    with ZipFile(BytesIO(whole)) as parts:
        assert len([name for name in parts.namelist() if name.endswith(".jpg")]) == 2
    assert "佐证1：C1" in "".join(said(docx.Document(BytesIO(whole))))
    (tmp_path / "evidence/S01/C2.jpg").unlink()
    assert write_word(Folder(tmp_path), *county) == []  # the letter in print says so
    with ZipFile(tmp_path / FIRST) as parts:
        assert len([name for name in parts.namelist() if name.endswith(".jpg")]) == 1


def test_a_second_run_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    county = (ROUND, *scored(CANTEEN, [faulty(CANTEEN, "C1")]))
    folder = Folder(tmp_path)
    write_letters(folder, *county)
    printed = files(tmp_path)
    assert write_word(folder, *county) == []
    before = files(tmp_path)
    names = [
        f"reports/word/canteen/青禾县{name}小学.docx" for name in ("S02", "S03", "S04", "第一")
    ]
    assert sorted(set(before) - set(printed)) == names
    assert all(before[name] == data for name, data in printed.items())
    monkeypatch.setattr(in_word, "word_document", None)
    assert write_word(folder, *county) == []
    assert files(tmp_path) == before


def test_one_school_s_alone_and_those_that_are_due_no_more(tmp_path: Path) -> None:
    folder, county = Folder(tmp_path), (ROUND, *scored(CANTEEN))
    write_word(folder, *county, schools=["S02"])
    assert list(files(tmp_path)) == ["reports/word/canteen/青禾县S02小学.docx"]
    write_word(folder, *county)
    assert len(files(tmp_path)) == 4
    write_word(folder, ROUND, *scored(CANTEEN, others={"S02": 0.95}))
    assert len(files(tmp_path)) == 2


def test_what_somebody_changed_is_never_written_over(tmp_path: Path) -> None:
    folder, county = Folder(tmp_path), (ROUND, *scored(CANTEEN))
    write_word(folder, *county)
    (tmp_path / FIRST).write_bytes(b"changed")
    # Its letter is still the same: there is nothing to say.
    assert write_word(folder, *county) == []
    other = (ROUND, *scored(CANTEEN, [faulty(CANTEEN, "C1")]))
    for _ in range(2):
        problems = write_word(folder, *other)
        assert [(item.code, item.place.file) for item in problems] == [("word-edited", FIRST)]
        assert (tmp_path / FIRST).read_bytes() == b"changed"
    (tmp_path / FIRST).unlink()
    assert write_word(folder, *other) == []
    assert (tmp_path / FIRST).read_bytes() == made(letter(CANTEEN, [faulty(CANTEEN, "C1")]))


def test_one_that_fails_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = in_word.letter_blocks

    def failing(of: Letter) -> list[Block]:
        if of.score.school.id == "S03":
            raise ZeroDivisionError("oops")
        return whole(of)

    monkeypatch.setattr(in_word, "letter_blocks", failing)
    (problem,) = write_word(Folder(tmp_path), ROUND, *scored(CANTEEN))
    assert (problem.code, problem.place.file) == (
        "letter-failed",
        "reports/word/canteen/青禾县S03小学.docx",
    )
    assert len(files(tmp_path)) == 3


def test_a_note_of_the_round_stands_below_the_title() -> None:
    of = letter(CANTEEN, with_faults(CANTEEN, 1))
    noted = replace(of, round=of.round.model_copy(update={"note": "数据均为编造。"}))
    assert "（数据均为编造）" in said(opened(noted))


def test_every_style_of_the_page_has_a_name_in_word() -> None:
    """But the page number's, which Word draws itself."""
    held = [*vars(paper).values(), *paper.HEADINGS]
    styles = {one for one in held if isinstance(one, paper.Style)} - {paper.FOLIO}
    assert styles == NAMES.keys()


def test_no_figure_is_torn_over_two_lines(
    tmp_path: Path, soffice: Convert, pdftotext: Path
) -> None:
    text = "二级指标中，22项得满分，依据2026.1版，得98.94分。"
    blocks: list[Block] = [Paragraph("一" * n + text) for n in range(2, 30)]
    path = tmp_path / "a.docx"
    path.write_bytes(word_document(blocks, about_of(letter(CANTEEN))))
    (pdf,) = soffice(path, to="pdf", into=tmp_path / "pdf")
    done = subprocess.run([pdftotext, "-layout", pdf, "-"], capture_output=True, check=True)
    for line in done.stdout.decode().splitlines():
        assert not re.search(r"(?<![0-9.])(2|202|2026|98|98.|9|98.9|2026.)$", line.rstrip()), line
