"""Any document that is typeset keeps to ISO 19005-2, level B."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from reports.type.archival import About
from reports.type.blocks import (
    Bar,
    BarChart,
    Block,
    Column,
    CutLine,
    NewPage,
    Paragraph,
    Picture,
    Pictures,
    Signature,
    Table,
    heading,
    title,
)
from reports.type.flow import typeset
from reports.type.fonts import Fonts, open_fonts
from tests.reports.archive.conformance import faults
from tests.reports.archive.metadata import properties
from tests.reports.type.test_fonts import licensed

ABOUT = About("督导反馈意见书", "东河县教育局", "2026年督导", date(2026, 5, 20))


def everything() -> list[Block]:
    """A block of every kind, on two pages."""
    picture = BytesIO()
    Image.new("RGB", (30, 20), "green").save(picture, "JPEG")
    return [
        title("关于“双减”工作的反馈意见书"),
        Paragraph("㴔溪乡𬭊庆小学：A9%\u200b\x07", lead="（一）"),
        heading("一、存在问题"),
        Table(
            (Column("序号", 1), Column("问题", 3, label=True)), (("1", "缺佐证"),), caption="清单"
        ),
        BarChart((Bar("课程", 0.8, "80%", 0.7, "70%"),), "得分率"),
        NewPage(),
        Pictures((Picture(picture.getvalue(), 30, 20, "图1"),) * 2, across=2, height=80),
        Signature(("东河县教育局",), "2026年5月20日"),
        CutLine("回执"),
    ]


def information(pdf: bytes) -> Any:
    return PdfReader(BytesIO(pdf)).trailer["/Info"]


@pytest.fixture(scope="module")
def whole() -> bytes:
    return typeset(everything(), open_fonts()[0], ABOUT)


def test_every_kind_of_block_is_fit_for_the_archive(whole: bytes) -> None:
    assert faults(whole) == []
    assert len(PdfReader(BytesIO(whole)).pages) == 2


def test_an_empty_document_is_fit_for_the_archive(fonts: Fonts) -> None:
    assert faults(typeset([], fonts, About(""))) == []


def test_a_bureaus_own_fonts_are_fit_for_the_archive(tmp_path: Path) -> None:
    licensed(tmp_path / "simfang.ttf", "仿宋_GB2312", "督导")
    licensed(tmp_path / "simkai.ttf", "楷体", "督")
    fonts, problems = open_fonts(tmp_path)
    assert not problems
    assert faults(typeset(everything(), fonts, ABOUT)) == []


ODD = ['<督导> & "意见" \']]>', "(\\) plain", "㴔𬭊", " 督 ", ""]


@pytest.mark.parametrize("text", ODD)
def test_both_descriptions_say_the_same_whatever_the_words(fonts: Fonts, text: str) -> None:
    pdf = typeset([], fonts, About(text, text, text))
    assert faults(pdf) == []
    assert information(pdf)["/Title"] == text


def test_what_xml_has_no_place_for_is_in_neither_description(fonts: Fonts) -> None:
    pdf = typeset([], fonts, About("督\x00导\ud800\r\n意\ufffe见\x1b书"))
    assert faults(pdf) == []
    assert information(pdf)["/Title"] == "督导\n意见书"


def test_a_document_says_its_title_language_and_day(whole: bytes) -> None:
    catalog: Any = PdfReader(BytesIO(whole)).root_object
    said = properties(catalog["/Metadata"].get_data())
    known = {name.split("}")[1]: value for name, value in said.items()}
    assert (known["title"], known["creator"]) == ("督导反馈意见书", "东河县教育局")
    assert known["CreateDate"] == "2026-05-20T00:00:00+08:00"
    assert catalog["/Lang"] == known["language"] == "zh-CN"


def test_neither_clock_nor_environment_dates_anything(
    whole: bytes, fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert typeset(everything(), fonts, ABOUT) == whole
    catalog: Any = PdfReader(BytesIO(whole)).root_object
    (intent,) = catalog["/OutputIntents"]
    profile = intent["/DestOutputProfile"].get_data()
    assert profile[24:36] == bytes.fromhex("07d0 0001 0001 0000 0000 0000")


def test_documents_of_other_contents_have_other_identifiers(fonts: Fonts) -> None:
    made = [typeset([Paragraph(text)], fonts, ABOUT) for text in ("督导", "导督")]
    first, second = (PdfReader(BytesIO(pdf)).trailer["/ID"] for pdf in made)
    assert first != second


# Each of the same length, so that everything else stays where it is.
BROKEN = [
    ("6.1.2", b"%PDF-1.5\n%\x93", b"%PDF-1.5\n% "),
    ("6.1.3", b"/ID ", b"/IX "),
    ("6.1.3", b"%%EOF\n", b"%%EOF."),
    ("6.1.4", b"xref\n0 ", b"xref 0 "),
    ("6.1.5", b"/Keywords ", b"/Keyworts "),
    ("6.1.7.1", b"\nendstream", b" endstream"),
    ("6.1.7.2", b"/DCTDecode", b"/LZWDecode"),
    ("6.1.9", b"\nendobj\n3 0 obj\n", b"\nendobj\n3 0 obj "),
    ("6.2.2", b"/T1 ", b"/T9 "),
    ("6.2.3", b"/GTS_PDFA1", b"/GTS_PDFX1"),
    ("6.2.3", b"/OutputIntents", b"/OutputIntentz"),
    ("6.2.3", b"/N 3", b"/N 4"),
    ("6.2.4.3", b"/ColorSpace /DeviceRGB", b"/ColorSpace /DeviceXYZ"),
    ("6.2.8", b"/BitsPerComponent 8", b"/BitsPerComponent 9"),
    ("6.2.10", b"/Height ", b"/SMask  "),
    ("6.2.11.2", b"/Identity-H", b"/Identity-V"),
    ("6.2.11.3.2", b"/CIDToGIDMap", b"/CIDToGIDMop"),
    ("6.2.11.4.1", b"/FontFile2", b"/FontFileX"),
    ("6.2.11.5", b"/W [0 [0 1000", b"/W [0 [0 1010"),
    ("6.3", b"/Rotate 0", b"/Annots 0"),
    ("6.5", b"/PageMode /UseNone ", b"/JavaScript /No    "),
    ("6.6.2.1", b"/Metadata", b"/Metabase"),
    ("6.6.2.1", b"<?xpacket begin", b"<?xpacket bytes"),
    ("6.6.2.1", b"</pdf:Producer>", b"</pdf:producer>"),
    ("6.6.2.3", b"ns.adobe.com/pdf/1.3/", b"ns.adobe.com/pdf/1.9/"),
    ("6.6.3", b"T00:00:00+08:00</xmp:M", b"T00:00:00+00:00</xmp:M"),
    ("6.6.4", b"<pdfaid:part>2", b"<pdfaid:part>3"),
    ("6.7.4", b"/Lang ", b"/Lung "),
]


@pytest.mark.parametrize(("clause", "right", "wrong"), BROKEN)
def test_whatever_breaks_a_clause_is_found(
    whole: bytes, clause: str, right: bytes, wrong: bytes
) -> None:
    assert len(right) == len(wrong)
    assert right in whole
    found = faults(whole.replace(right, wrong))
    assert any(fault.startswith(clause + " ") for fault in found), found
