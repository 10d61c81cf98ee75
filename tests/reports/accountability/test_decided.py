"""Only what was decided is told: in the bulletin, in papers for everybody, to one school."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
from docx.document import Document

from inspections.accountability.states import in_force
from reports.accountability.papers import unused_templates
from reports.official.shelf import copy_shipped
from reports.steps.accountability import (
    accountability_status,
    propose_measures,
    write_accountability_papers,
)
from reports.steps.reporting import report_round
from tests.reports.accountability.ruled import BY, DAY

PUBLIC = ("通报批评", "表彰", "取消评优清单.docx", "表彰名单.docx")
PERSONS = re.compile(r"王建国|13912345678|139[\d*＊×xX•_]|态度恶劣")
"""Also a telephone number of which a part is masked; 139 alone may be a count."""
WHOLE = re.compile(r"王建国|13912345678")


def words(document: Document) -> str:
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(said.text for said in document.paragraphs), *cells])


def papers(folder: Path) -> Iterator[tuple[str, str]]:
    top = folder / "reports" / "问责"
    for path in sorted(top.rglob("*.docx")):
        yield str(path.relative_to(top)), words(docx.Document(str(path)))


def bulletin(folder: Path) -> Document:
    _, problems = report_round(folder, only=["bulletin"])
    assert "bulletin-edited" not in {one.code for one in problems}
    return docx.Document(str(folder / "reports" / "通报.docx"))


def test_each_measure_that_was_decided_has_its_papers(written: Path) -> None:
    made, _ = accountability_status(written, DAY)
    assert made is not None
    held = in_force(made.standings)
    count = {kind: sum(one.kind == kind for one in held) for kind in {one.kind for one in held}}
    found: dict[str, int] = {}
    for name, _ in papers(written):
        found[name.partition("/")[0]] = found.get(name.partition("/")[0], 0) + 1
    assert len(count) == 8
    assert found == {
        "约谈通知": count["约谈"],
        "约谈记录": count["约谈"],
        "谈话提醒记录": count["谈话提醒"],
        "移送函": count["移送"],
        "通报批评": count["通报批评"],
        "限期整改通知": count["限期整改"],
        "提请问责": count["提请问责"],
        "表彰": len({one.title for one in held if one.kind == "表彰"}),
        "取消评优清单.docx": 1,
        "表彰名单.docx": 1,
    }


def test_no_person_is_named_in_any_paper(written: Path) -> None:
    for name, text in papers(written):
        assert not WHOLE.search(text), name
        if name.partition("/")[0] in PUBLIC:
            assert not PERSONS.search(text), name
    text = words(docx.Document(str(written / "reports" / "通报.docx")))
    assert not PERSONS.search(text)


def test_the_bulletin_tells_what_was_decided_and_nothing_else(written: Path) -> None:
    made, _ = accountability_status(written, DAY)
    assert made is not None
    held = in_force(made.standings)
    document = docx.Document(str(written / "reports" / "通报.docx"))
    names = made.opened.roster.schools
    tables = {
        said.text: table
        for said, table in zip(
            [one for one in document.paragraphs if one.style.name == "表题"],  # type: ignore[union-attr]
            document.tables,
            strict=True,
        )
    }
    for kind in ("表彰", "通报批评", "取消评优评先资格"):
        rows = [[cell.text for cell in row.cells] for row in tables[kind].rows][1:]
        own = [one for one in held if one.kind == kind]
        assert [row[1] for row in rows] == [names[one.school].name for one in own]
        if kind == "取消评优评先资格":
            assert [row[4].partition("年")[0] for row in rows] == [str(one.years) for one in own]
            assert {one.years for one in own} == {1, 2}
    lost = {one.school for one in held if one.kind == "取消评优评先资格"}
    (longest,) = (
        names[one.school].name for one in held if one.kind == "取消评优评先资格" and one.years == 2
    )
    (said,) = (p.text for p in document.paragraphs if re.match(r"取消\d+所学校", p.text))
    assert f"取消{len(lost)}所学校评优评先资格：期限1年的" in said
    assert f"期限2年的1所，{longest}" in said
    assert "五、表彰和处理决定" in [p.text for p in document.paragraphs]
    assert "六、整改要求" in [p.text for p in document.paragraphs]


def test_the_bulletin_says_nothing_of_what_is_only_proposed(county: Path) -> None:
    document = bulletin(county)
    assert "五、整改要求" in [p.text for p in document.paragraphs]
    assert "表彰" not in words(document)


def test_a_bulletin_follows_its_rulings_when_rules_change(decided: Path) -> None:
    assert "予以通报批评" in words(bulletin(decided))
    rules = decided / "accountability.yaml"
    text = rules.read_text("utf-8")
    rules.write_text(text.replace("kind: 通报批评", "kind: 约谈"), "utf-8")
    # Decided on as something else, so that it holds no more until somebody decides again.
    assert "予以通报批评" not in words(bulletin(decided))
    rules.write_text(text, "utf-8")
    assert "予以通报批评" in words(bulletin(decided))


def test_decided_figures_name_the_rulings(written: Path) -> None:
    held = json.loads((written / "results" / "bulletin.json").read_bytes())
    told = [one for one in held["paragraphs"] if one["section"] == "表彰和处理决定"]
    assert told
    for paragraph in told:
        for figure in paragraph["figures"]:
            assert figure["text"] in paragraph["text"]
            assert figure["source"].startswith("台账里的决定 0")


def test_a_case_tells_facts_rules_measures_and_the_day(written: Path) -> None:
    cases = {name: text for name, text in papers(written) if name.startswith("通报批评")}
    assert cases
    checked = set()
    for name, text in cases.items():
        school = name.partition("/")[2].partition("_")[0]
        of = "食堂" if "《学校食堂饮食卫生管理细则》" in text else "校外配餐"
        checked.add(of)
        order = [
            f"关于对{school}{of}考核不合格问题的通报", "一、查实的事实", "二、违反的规定",
            "三、处理决定", "予以通报批评", "四、整改要求", f"责令{school}", "日内报送整改报告",
        ]  # fmt: skip
        places = [text.index(said) for said in order]
        assert places == sorted(places)
    assert checked == {"食堂", "校外配餐"}


def test_commended_branches_stand_by_place_and_the_tie_is_told(written: Path) -> None:
    told = dict(papers(written))
    text = told["表彰/党建考核前十名党支部.docx"]
    assert "名额为前10名，同分全部列入" in text
    rows = [
        [cell.text for cell in row.cells]
        for row in docx.Document(str(written / "reports" / "问责" / "表彰名单.docx"))
        .tables[0]
        .rows[1:]
    ]
    assert [f"全县第{number}名" in row[2] for number, row in enumerate(rows, 1)] == [True] * 10


def test_what_was_filled_in_by_hand_stays_and_the_rest_is_the_same(
    written: Path, tmp_path: Path
) -> None:
    written = Path(shutil.copytree(written, tmp_path / "county"))
    top = written / "reports" / "问责"
    before = {path: path.read_bytes() for path in top.rglob("*.docx")}
    path = next((written / "reports" / "问责" / "约谈通知").glob("*.docx"))
    document = docx.Document(str(path))
    document.add_paragraph("时间：2026年12月8日9时")
    document.save(str(path))
    before[path] = path.read_bytes()
    # Looked at on a later day.
    _, problems = write_accountability_papers(written, date(2027, 1, 5))
    assert {path: path.read_bytes() for path in top.rglob("*.docx")} == before
    assert "accountability-paper-edited" not in {one.code for one in problems}


def test_templates_of_the_bureau_and_those_that_are_none(decided: Path, tmp_path: Path) -> None:
    own = tmp_path / "模板"
    own.mkdir()
    assert copy_shipped("约谈通知", own / "约谈通知.docx") == ()
    document = docx.Document(str(own / "约谈通知.docx"))
    document.paragraphs[-1].text = "本局自己加的一句"
    document.save(str(own / "约谈通知.docx"))
    (own / "约谈通知.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (own / "谈话.docx").write_bytes(b"")
    broken = docx.Document()
    broken.add_paragraph("{{ 校名 }}")
    broken.save(str(own / "谈话提醒记录.docx"))
    made, problems = write_accountability_papers(decided, DAY, templates=own)
    assert made is not None
    told = dict(papers(decided))
    assert all("本局自己加的一句" in text for name, text in told.items() if "约谈通知" in name)
    unused = [one for one in problems if one.code == "template-unused"]
    assert [Path(one.place.file).name for one in unused] == ["约谈通知.doc", "谈话.docx"]
    # Told once, and it costs only its papers.
    wrong = [one for one in problems if one.code in ("template-name", "template-tag")]
    assert [(one.code, dict(one.params)["unknown"]) for one in wrong] == [("template-name", "校名")]
    assert not [name for name in told if name.startswith("谈话提醒记录")]
    assert [name for name in told if name.startswith("约谈记录")]


def test_no_folder_of_templates(tmp_path: Path) -> None:
    (told,) = unused_templates(tmp_path / "没有")
    assert told.code == "template-folder"


def test_proposing_again_leaves_what_was_decided(decided: Path) -> None:
    before = words(bulletin(decided))
    propose_measures(decided, DAY, BY)
    assert words(bulletin(decided)) == before
