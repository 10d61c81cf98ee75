"""Names as inspectors type them, and the files that they mean."""

from __future__ import annotations

import unicodedata
from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inspections.evidence.looking import EvidenceFile
from inspections.evidence.typed_names import Outcome, Shelf, matches
from inspections.records.entries import read_names

FOUND, PAPER, MISSING = Outcome.FOUND, Outcome.PAPER, Outcome.MISSING
UNCLEAR, OUTSIDE = Outcome.UNCLEAR, Outcome.OUTSIDE


def shelf(*names: str) -> Shelf:
    """Files of one school; those of one content have one digest, written ``name=content``."""
    made = []
    for name in names:
        path, _, content = name.partition("=")
        made.append(EvidenceFile(f"evidence/S1/{path}", content or path))
    return Shelf(made)


def meant(typed: str, *names: str) -> list[tuple[str, list[str]]]:
    found = [match for name in read_names(typed) for match in matches(name, shelf(*names))]
    return [
        (m.outcome.value, [f.path.removeprefix("evidence/S1/") for f in m.files]) for m in found
    ]


ONE = [
    ("IMG_1.jpg", "IMG_1.jpg"),
    ("img_1.JPG", "IMG_1.jpg"),
    ("IMG_1", "IMG_1.jpg"),
    ("ＩＭＧ＿１．ｊｐｇ", "IMG_1.jpg"),
    ("IMG_1。jpg", "IMG_1.jpg"),
    (" IMG_1.jpg ", "IMG_1.jpg"),
    ("《留样.jpg》", "留样.jpg"),
    ("【A3】灶台.jpg", "【A3】灶台.jpg"),
    ("“留样.jpg”", "留样.jpg"),
    ("C5  留样.png", "C5 留样.png"),
    ("留样（1）.jpg", "留样(1).jpg"),
    ("IMG_1.heic", "IMG_1.jpg"),
    ("IMG_1.jpeg", "IMG_1.jpg"),
    ("é.jpg", "e\u0301.jpg"),
    ("二楼/a.jpg", "二楼/a.jpg"),
    ("evidence\\s1\\二楼\\a.jpg", "二楼/a.jpg"),
    ("./a.jpg", "a.jpg"),
    ("IMG_1-3.jpg", "IMG_1-3.jpg"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "file"), ONE)
def test_one_file_is_meant(typed: str, file: str) -> None:
    assert meant(typed, file, "别的.jpg") == [("found", [file])]


MANY = [
    ("a.jpg、b.jpg，c.jpg", ["a.jpg", "b.jpg", "c.jpg"]),
    ("a.jpg b.jpg", ["a.jpg", "b.jpg"]),
    ("a.jpg和b.PNG", ["a.jpg", "b.png"]),
    ("a.jpg\nb.jpg", ["a.jpg", "b.jpg"]),
    ("IMG_1-3.jpg", ["IMG_1.jpg", "IMG_2.jpg", "IMG_3.jpg"]),
    ("IMG_009～011.jpg", ["IMG_009.jpg", "IMG_010.jpg", "IMG_011.jpg"]),
    ("IMG_8至IMG_10.jpg", ["IMG_8.jpg", "IMG_9.jpg", "IMG_10.jpg"]),
    ("IMG_8.jpg—IMG_9.jpg", ["IMG_8.jpg", "IMG_9.jpg"]),
    ("a-1-2.jpg", ["a-1.jpg", "a-2.jpg"]),
]


@pytest.mark.parametrize(("typed", "files"), MANY)
def test_several_files_are_meant(typed: str, files: list[str]) -> None:
    assert meant(typed, *files) == [("found", [file]) for file in files]


def test_of_a_range_what_is_not_there_is_missing() -> None:
    assert meant("IMG_1-3.jpg", "IMG_1.jpg", "IMG_3.jpg") == [
        ("found", ["IMG_1.jpg"]), ("missing", []), ("found", ["IMG_3.jpg"]),
    ]  # fmt: skip


OTHER = [
    ("询问笔录第3号", [], "paper"),
    ("会议记录 3.15", [], "paper"),
    ("照片3张", [], "missing"),
    ("照片3张", ["照片3张.jpg"], "found"),
    ("IMG_1.jpg等", ["IMG_2.jpg"], "missing"),
    ("IMG_1.jpg等", ["IMG_1.jpg"], "found"),
    ("IMG_1.jpg等3张", ["IMG_1.jpg"], "found"),
    ("IMG_2031", ["IMG_2031.jfif"], "found"),
    ("IMG_2031.jpg", ["IMG_2031.jfif"], "found"),
    ("IMG_1.jpg", [], "missing"),
    ("IMG_1.jpg", ["IMG_11.jpg", "MG_1.jpg"], "missing"),
    ("IMG_20261012-083015.jpg", [], "missing"),
    ("IMG_1-900.jpg", ["IMG_1.jpg"], "missing"),
    ("通知.pdf", ["通知.jpg"], "missing"),
    ("通知.jpg", ["通知.pdf"], "missing"),
    ("二楼/a.jpg", ["三楼/a.jpg"], "missing"),
    ("S2/a.jpg", ["a.jpg"], "missing"),
    ("a.jpg", ["二楼/a.jpg", "三楼/a.jpg"], "unclear"),
    ("a", ["a.jpg", "a.png"], "unclear"),
    ("a.heic", ["a.jpg", "a.png"], "unclear"),
    ("../S2/a.jpg", ["a.jpg"], "outside"),
    ("..\\a.jpg", ["a.jpg"], "outside"),
    ("/etc/passwd", [], "outside"),
    ("C:\\照片\\a.jpg", ["a.jpg"], "outside"),
    ("\\\\server\\a.jpg", ["a.jpg"], "outside"),
    ("..", [], "outside"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "files", "outcome"), OTHER)
def test_nothing_is_guessed(typed: str, files: list[str], outcome: str) -> None:
    assert [found for found, _ in meant(typed, *files)] == [outcome]


PROMISES = [
    "IMG_1.jfif", "IMG_1.webp", "IMG_1.HEIF", "IMG_1.livp", "IMG_1.dng", "灶台.jpe",
    "灶台.webm", "IMG_1.jpg等", "IMG_1.jpg（共3张）", "见IMG_1.jpg和另外几张", "灶台。jpg等",
    "灶台. jpg", "灶台jpg", "台账.pdf第3页", "会议记录.docx 签字页", "灶台.jpg2", "IMG_2031",
    "img 2031", "IMG-20261012-WA0003", "IMG_E2031", "ＩＭＧ＿２０３１", "A3 IMG_2031",
    "DSC01234", "DSC_0001", "_DSC0001", "DSCN0001", "mmexport1700000000",
    "wx_camera_1700000000", "Screenshot_20261012", "Screenshot 2", "VID_20261012_083015",
    "MTXX_2026", "PXL_2026", "20261012_083015", "P1010001", "0123456789abcdef0123456789abcdef",
    "photo", "photo1", "照片", "照片1", "照片（2）", "现场照片", "灶台照片3张", "照片1-3",
    "照片一", "见照片", "台账照片", "图片1", "微信图片_20261012083015", "视频", "视频2",
    "监控截图", "截图 3", "录像", "监控录像1段", "图1", "见图2", "附图1-3", "WechatIMG12",
    "2026-10-12 083015", "2026-10-12_08-30-15", "2026-10-12 08.30.15", "影像资料", "视频材料",
    "现场照片资料2份", "合影", "现场拍照", "师生合照1",
]  # fmt: skip
ON_PAPER = [
    "检查记录", "会议记录第3页", "台账复印件", "询问笔录第3号", "会议记录 3.15", "视频会议记录",
    "视频监控登记表", "照片复印件", "监控录像调阅记录", "校舍平面图", "晨检记录2026-10-12",
    "资产台账", "食堂留样登记表第20261012页", "纸质照片2张", "教育局文件第3号", "合格证", "A3",
    "见台账", "学生名册", "教师座谈会签到表", "IMGX", "视频会议材料", "影像资料登记表",
    "拍照记录", "2026-10-12 08:30 询问笔录", "照片资料目录",
]  # fmt: skip


@pytest.mark.parametrize("typed", PROMISES)
def test_a_photograph_that_is_nowhere_is_missing(typed: str) -> None:
    (match,) = matches(typed, shelf("别的那一张.jpg"))
    assert match.outcome is MISSING


@pytest.mark.parametrize("typed", ON_PAPER)
def test_a_record_on_paper_needs_no_file(typed: str) -> None:
    (match,) = matches(typed, shelf("别的那一张.jpg"))
    assert match.outcome is PAPER


LONG = [
    "a", "1", "1-", ".", ".jpg", ".jpg ", "a.jp", "照片", "照片表", "_", "img", "img_ ", "- ",
    " ", "0a", "20261012", "图1", "/", "../", "。jpg", "等", "至1",
]  # fmt: skip


@pytest.mark.parametrize("part", LONG)
@pytest.mark.parametrize("end", ["", "!", ".jpg", "9"])
def test_names_of_any_length_are_read_in_linear_time(part: str, end: str) -> None:
    text = (part * (100_000 // len(part))) + end
    began = process_time()
    found = matches(text, shelf("别的那一张.jpg"))
    assert found
    assert process_time() - began < 2


def test_two_copies_of_one_file_are_one() -> None:
    assert meant("a.jpg", "二楼/a.jpg=x", "三楼/a.jpg=x") == [("found", ["二楼/a.jpg"])]


def test_the_own_ending_goes_before_another() -> None:
    assert meant("a.jpg", "a.jpg", "a.png") == [("found", ["a.jpg"])]


NAMES = st.text(
    st.characters(codec="utf-8", categories=["L", "N"], max_codepoint=0x9FFF),
    min_size=1,
    max_size=12,
)
SPELLINGS = [
    lambda name: name,
    str.upper,
    lambda name: f"  {name} ",
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name),
]


@given(NAMES, st.sampled_from(["jpg", "png", "pdf"]), st.sampled_from(range(len(SPELLINGS))))
def test_any_name_is_found_in_any_spelling(stem: str, ending: str, how: int) -> None:
    name = f"{stem}.{ending}"
    assume(name.upper().casefold() == name.casefold())  # but for a few Turkish letters
    (found,) = matches(SPELLINGS[how](name), shelf(name, "别的那一张.jpg"))
    assert (found.outcome, [item.name for item in found.files]) == (FOUND, [name])


@given(st.text(max_size=30), st.lists(NAMES.map(lambda name: f"{name}.jpg"), max_size=4))
def test_whatever_is_typed_gets_an_answer_and_no_file_of_another_name(
    typed: str, names: list[str]
) -> None:
    for match in matches(typed, shelf(*names)):
        if match.outcome is FOUND:
            stems = {unicodedata.normalize("NFKC", f.name).casefold()[:-4] for f in match.files}
            spelled = unicodedata.normalize("NFKC", match.name).casefold()
            assert all(" ".join(stem.split()) in " ".join(spelled.split()) for stem in stems)
        if match.outcome in (PAPER, MISSING, OUTSIDE):
            assert match.files == ()
