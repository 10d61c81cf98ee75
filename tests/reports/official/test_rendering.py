"""Papers from templates: what a template may say, and what is told of one that says it wrong."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from reports.official.remaking import drafts
from reports.official.rendering import render
from reports.official.shelf import shipped
from reports.official.values import Context, Own, Picture
from reports.type.archival import About
from rubrics.apart import limits
from tests.reports.official.drafted import VALUES, draft, edited

ABOUT = About("通报", "青禾县教育局", day=date(2026, 11, 16))


def lines(template: Path, values: Context = VALUES) -> list[str]:
    made, problems = render(template, values, ABOUT)
    assert problems == ()
    assert made is not None
    return [said.text for said in docx.Document(BytesIO(made)).paragraphs]


def codes(template: Path, values: Context = VALUES) -> list[tuple[str, str]]:
    made, problems = render(template, values, ABOUT)
    assert made is None
    return [(item.code, dict(item.params).get("tag", "")) for item in problems]


def test_the_same_bytes_twice(tmp_path: Path) -> None:
    template = tmp_path / "通报.docx"
    template.write_bytes(draft().content())
    assert draft().content() == template.read_bytes()
    assert render(template, VALUES, ABOUT) == render(template, VALUES, ABOUT)


def test_templates_that_ship_are_those_that_the_drafts_make() -> None:
    for path, content in drafts():
        with ZipFile(path) as held, ZipFile(BytesIO(content)) as made:
            assert held.namelist() == made.namelist(), path
            for name in made.namelist():
                assert held.read(name) == made.read(name), (path, name)


def test_text_of_others_is_text(tmp_path: Path) -> None:
    said = "<w:p/>&{{ 标题 }}{% x %}"
    assert lines(edited(tmp_path, "{{ 标题 }}"), {"标题": said}) == [said]


def test_private_numbers_are_masked_and_the_bureaus_own_are_not(tmp_path: Path) -> None:
    template = edited(tmp_path, "{{ 他人 }}", "{{ 本局 }}")
    told = lines(template, {"他人": "电话13812345678", "本局": Own("电话13812345678")})
    assert "13812345678" not in told[0]
    assert told[1] == "电话13812345678"


def test_lists_and_tables(tmp_path: Path) -> None:
    template = tmp_path / "表.docx"
    template.write_bytes(draft().content())
    made, _ = render(template, VALUES, ABOUT)
    assert made is not None
    table = docx.Document(BytesIO(made)).tables[0]
    assert [cell.text for cell in table.rows[-1].cells] == ["59", "第59<小>学"]
    assert len(table.rows) == 60
    head = table.rows[0]._tr.trPr
    assert head is not None
    assert head.find(qn("w:tblHeader")) is not None


def test_pictures(tmp_path: Path) -> None:
    file = BytesIO()
    Image.new("L", (40, 20), 128).save(file, "PNG")
    made, problems = render(
        edited(tmp_path, "{{ 图 }}"), {"图": Picture(file.getvalue(), 30, "图")}, ABOUT
    )
    assert problems == ()
    assert made is not None
    shape = docx.Document(BytesIO(made)).inline_shapes[0]
    assert shape.width.mm == pytest.approx(30, abs=0.1)
    assert shape._inline.docPr.get("descr") == "图"


@pytest.mark.parametrize(
    ("text", "code", "tag"),
    [
        ("{{ 标提 }}", "template-name", "{{ 标提 }}"),
        ("{{ 标题.名 }}", "template-name", "{{ 标题.名 }}"),
        ("{{ 标题", "template-tag", "{{ 标题"),
        ("{ 标题 }", "template-tag", "{ 标题 }"),
        ("｛｛ 标题 ｝｝", "template-tag", "｛｛ 标题 ｝｝"),
        ("{{ 标题 文号 }}", "template-tag", "{{ 标题 文号 }}"),
        ("{% fro 段 in 段落 %}", "template-tag", "{% fro 段 in 段落 %}"),
        ("{%p for 段 in 段落 %}", "template-tag", "{% for 段 in 段落 %}"),
        ("{%p endfor %}", "template-tag", "{% endfor %}"),
        ("一、{%p if 标题 %}", "template-tag", "一、{%p if 标题 %}"),
        ("{{ 标题|nosuch }}", "template-tag", "{{ 标题|nosuch }}"),
        ("{{ 标题 + 1 }}", "template-tag", "{{ 标题 + 1 }}"),
        ("{{ 标题.__class__ }}", "template-name", "{{ 标题.__class__ }}"),
        ("{{ 标题() }}", "template-tag", "{{ 标题() }}"),
        ("{{ range(9) }}", "template-name", "{{ range(9) }}"),
    ],
)
def test_a_wrong_tag_is_named(text: str, code: str, tag: str, tmp_path: Path) -> None:
    assert codes(edited(tmp_path, "前面", text, "后面")) == [(code, tag)]


def test_every_unknown_name_is_told_at_once(tmp_path: Path) -> None:
    told = codes(edited(tmp_path, "{{ 甲 }}", "{{ 标题 }}", "{{ 乙 }}"))
    assert sorted(told) == [("template-name", "{{ 乙 }}"), ("template-name", "{{ 甲 }}")]


def test_a_wrong_tag_in_the_foot_of_the_page_is_named(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].text = "{{ 页脚 }}"
    document.save(str(tmp_path / "页脚.docx"))
    assert codes(tmp_path / "页脚.docx") == [("template-name", "{{ 页脚 }}")]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0 an old .doc"])
def test_what_is_no_word_file(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(content)
    assert codes(path) == [("template-unreadable", "")]


def test_an_old_word_file_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "模板.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0 an old .doc")
    _, (told,) = render(path, VALUES, ABOUT)
    assert "旧格式" in str(dict(told.params)["detail"])
    assert told.place.file == "模板.doc"


@pytest.mark.parametrize("paper", ["月报", "通报", "移送函"])
def test_a_template_of_another_paper_is_told_in_one_message(paper: str) -> None:
    (path,) = (one.path for one in shipped() if one.name == paper)
    made, problems = render(path, {"文号": "", "附件": []}, ABOUT)
    assert made is None
    assert [(one.code, dict(one.params).get("paper")) for one in problems] == [
        ("template-other", paper)
    ]


def test_a_loop_that_was_deleted_leaves_a_name_that_is_told(tmp_path: Path) -> None:
    document = docx.Document(BytesIO(draft().content()))
    for said in list(document.paragraphs):
        if "段 in 段落" in said.text or said.text == "{%p endfor %}":
            said._p.getparent().remove(said._p)  # type: ignore[union-attr]
    document.save(str(tmp_path / "改坏.docx"))
    told = codes(tmp_path / "改坏.docx")
    assert told[0][0] in ("template-name", "template-tag")
    assert all(tag for _, tag in told)


def test_a_workbook_is_no_template(tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "模板.docx")
    assert codes(tmp_path / "模板.docx") == [("template-unreadable", "")]


def test_no_template_at_all(tmp_path: Path) -> None:
    assert codes(tmp_path / "没有.docx") == [("file-missing", "")]
    assert codes(tmp_path) == [("file-folder", "")]


def test_a_template_that_never_ends_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_SECONDS", 2.0)
    nested = "".join(f"{{% for {name} in 段落 %}}" for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳")
    template = edited(tmp_path, nested + "字" + "{% endfor %}" * 16)
    values: Context = {"段落": ["长"] * 60}
    assert [code for code, _ in codes(template, values)] == ["template-heavy"]
