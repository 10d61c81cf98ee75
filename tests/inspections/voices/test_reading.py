"""Tables as people make them: own headings, several editions, hurried and hostile files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
import yaml

from inspections.records.voices import Kind, Rule
from inspections.voices.reading import Reader, Reading, read_voices
from inspections.voices.settings import VoicesSettings
from inspections.voices.tallying import Voices
from tests.inspections.voices.exports import written
from tests.inspections.voices.figures import figures

NAMES: Final = {"99010101": "第一小学", "99010102": "第十一小学", "99010103": "实验中学"}


def read(path: Path, settings: dict[str, Any] | None = None, **said: str) -> Reading:
    made = VoicesSettings.model_validate(settings or {})
    return read_voices(path, Reader(made, NAMES), **said)


def table(
    folder: Path, rows: Sequence[Sequence[Any]], name: str = "表.csv", encoding: str = "utf-8"
) -> Path:
    return written(folder / name, map(list, rows), encoding)


def codes(made: Reading) -> list[tuple[str, str]]:
    return [(one.code, one.place.cell) for one in made.problems]


PLAIN: Final = [["学校", "满意吗"], *[["第一小学", "满意"], ["实验中学", "一般"], ["一小", ""]]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["表.csv", "表.tsv"])
def test_plain_tables_in_every_encoding(tmp_path: Path, encoding: str, name: str) -> None:
    made = read(table(tmp_path, PLAIN, name, encoding))
    assert made.file is not None and codes(made) == []
    assert figures(Voices(made.file.answers)) == {
        "满意吗": {
            "99010101": ({"满意": 1}, 1, 0),
            "99010103": ({"一般": 1}, 1, 0),
        }
    }


def test_blank_answers_come_back_and_do_not_count(tmp_path: Path) -> None:
    made = read(table(tmp_path, PLAIN))
    assert made.file is not None
    returns = Voices(made.file.answers).returns()
    at = returns.schools.index("99010101")
    assert (returns.returned[at], returns.empty[at], returns.valid[at]) == (2, 1, 1)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("99010101", "99010101"),
        ("第一小学", "99010101"),
        ("第 1 小学", "99010101"),
        ("一小", "99010101"),
        ("11小", "99010102"),
        ("实验中学（99010103）", "99010103"),
        ("实中", "99010103"),
        ("老校区", "99010101"),
        ("第一", ""),  # fits, and is no short name of a school
        ("邻县第一小学", ""),
        ("小学", ""),
        ("99010101 或 99010102", ""),
    ],
)
def test_schools_are_recognised_and_never_guessed(tmp_path: Path, said: str, code: str) -> None:
    path = table(tmp_path, [["学校", "满意吗"], [said, "满意"], *[["第一小学", "一般"]] * 3])
    made = read(path, {"aliases": {"老校区": "99010101"}})
    assert made.file is not None
    first = made.file.answers.school[0]
    assert made.file.answers.schools[first] == code
    assert made.unknown == ({} if code else {said: 1})
    assert [one.code for one in made.problems] == ([] if code else ["voices-school-unknown"])
    assert ("学校" in made.file.private.get(0, {})) == (not code)


def test_two_schools_of_one_name_are_told_by_their_codes(tmp_path: Path) -> None:
    path = table(tmp_path, [["学校", "满意吗"], ["中心小学", "满意"], *[["88", "一般"]] * 3])
    twins = {"77": "中心小学", "88": "中心小学"}
    made = read_voices(path, Reader(VoicesSettings(), twins))
    assert made.file is not None and made.unknown == {"中心小学": 1}


def test_a_link_says_the_school(tmp_path: Path) -> None:
    rows = [
        ["序号", "提交答卷时间", "所用时间", "来源详情", "来自IP", "1、满意吗"],
        ["1", "2026/10/1 8:00:00", "50秒", "https://x/y?sojumpparm=99010103", "1.1.1.1", "满意"],
        ["2", "2026/10/1 8:00:00", "50秒", "https://x/y?sojumpparm=404", "1.1.1.2", "满意"],
    ]
    made = read(table(tmp_path, rows))
    assert made.file is not None
    assert [made.file.answers.schools[at] for at in made.file.answers.school] == ["99010103", ""]


def test_without_schools_nothing_is_taken(tmp_path: Path) -> None:
    made = read(table(tmp_path, [["学校的环境", "食堂"], ["满意", "满意"]]))
    assert made.file is None and [one.code for one in made.problems] == ["voices-school-column"]


def test_an_unknown_table_gives_a_draft_that_reads_it(tmp_path: Path) -> None:
    rows = [["单位", "评分", "姓名"], *[["第一小学", "满意", "张某某"]] * 3]
    path = table(tmp_path, rows, "街道.csv")
    made = read(path)
    assert made.file is None and [one.code for one in made.problems] == ["voices-unrecognised"]
    assert made.draft
    settings = yaml.safe_load(made.draft)
    settings["surveys"]["街道"]["school"] = "单位"
    settings["surveys"]["街道"]["questions"].pop("Q1")
    again = read(path, settings)
    assert again.file is not None and again.file.answers.name == "街道"
    assert figures(Voices(again.file.answers)) == {"Q2": {"99010101": ({"满意": 3}, 3, 0)}}
    assert again.file.private[0] == {"姓名": "张某某"}


def test_codes_of_answers_mean_what_voices_yaml_says(tmp_path: Path) -> None:
    rows = [
        ["id", "submitdate", "lastpage", "school", "Q1", "Q2[SQ001]", "Q2[SQ002]", "Q3"],
        ["1", "2026-10-01 08:00:00", "3", "99010101", "A1", "Y", "", "9"],
        ["2", "2026-10-01 08:00:00", "3", "99010101", "A2", "Y", "Y", "10"],
        ["3", "", "1", "99010101", "A1", "", "", ""],
    ]
    settings = {
        "surveys": {
            "家长": {
                "school": "school",
                "questions": {
                    "Q1": {"columns": ["Q1"], "scale": "满意度",
                           "options": {"A1": "非常满意", "A2": "一般"}},
                    "Q2": {"columns": ["Q2[SQ001]", "Q2[SQ002]"],
                           "options": {"SQ001": "体育", "SQ002": "书法"}},
                    "Q3": {"columns": ["Q3"], "scale": "十分"},
                },
            }
        }
    }  # fmt: skip
    made = read(table(tmp_path, rows), settings)
    assert made.file is not None and [one.code for one in made.problems] == ["voices-unsubmitted"]
    assert figures(Voices(made.file.answers)) == {
        "Q1": {"99010101": ({"非常满意": 1, "一般": 1}, 2, 0)},
        "Q2": {"99010101": ({"体育": 2, "书法": 1}, 2, 0)},
        "Q3": {"99010101": ({"9": 1, "10": 1}, 2, 0)},
    }


def test_numbers_alone_are_on_no_scale(tmp_path: Path) -> None:
    rows = [["学校", "1、满意吗"], *[["第一小学", str(1 + at % 5)] for at in range(40)]]
    made = read(table(tmp_path, rows))
    assert made.file is not None
    (question,) = made.file.answers.questions
    assert question.scale == "" and question.options == ("1", "2", "3", "4", "5")
    scaled = {"surveys": {"甲": {"school": "学校", "questions": {
        "Q1": {"columns": ["1、满意吗"], "scale": "五分"}}}}}  # fmt: skip
    again = read(table(tmp_path, rows), scaled)
    assert again.file is not None
    tally = Voices(again.file.answers).tally("Q1")
    assert (tally.satisfied.tolist(), tally.opinions.tolist()) == ([16], [40])


def test_names_and_numbers_are_never_options(tmp_path: Path) -> None:
    rows = [["学校", "家长姓名", "联系方式", "您想说的话", "班主任"]]
    rows += [
        ["第一小学", "王某某", "13812345678", "很好，谢谢", f"李某{at // 5}"] for at in range(20)
    ]
    rows += [
        ["第一小学", "赵某某", "13912345678", "很好，谢谢", f"单独的人{at}"] for at in range(4)
    ]
    made = read(table(tmp_path, rows))
    assert made.file is not None
    told = {one.id: one.options for one in made.file.answers.questions}
    assert told == {"您想说的话": ("其他",), "班主任": ("其他",)}


def test_what_is_written_beside_an_option_is_private(tmp_path: Path) -> None:
    rows = [["学校", "1、谁来接"], *[["第一小学", "其他〖邻居张三〗"], ["第一小学", "家长"]] * 5]
    made = read(table(tmp_path, rows))
    assert made.file is not None
    assert figures(Voices(made.file.answers)) == {
        "Q1": {"99010101": ({"其他": 5, "家长": 5}, 10, 0)}
    }
    assert made.file.private[0] == {"Q1": "邻居张三"}


def test_options_in_columns_of_their_own(tmp_path: Path) -> None:
    rows = [
        [
            "学校",
            *(f"1、活动({it})" for it in ("体育", "书法", "其他", "绘画")),
            "2、排队:进",
            "2、排队:出",
        ]
    ]
    rows += [["第一小学", "1", "0", "跟着张三学琴", "0", "是", "否"]]
    rows += [
        ["第一小学", "1", "1", "", "0", "否", "是"],
        ["第一小学", "0", "0", "0", "", "是", "是"],
    ]
    made = read(table(tmp_path, rows))
    assert made.file is not None
    assert figures(Voices(made.file.answers)) == {
        "Q1": {"99010101": ({"体育": 2, "书法": 1, "其他": 1}, 2, 1)},
        "Q2.1": {"99010101": ({"是": 2, "否": 1}, 3, 0)},
        "Q2.2": {"99010101": ({"是": 2, "否": 1}, 3, 0)},
    }
    assert made.file.private == {0: {"Q1": "跟着张三学琴"}}
    assert [one.text for one in made.file.answers.questions] == ["活动", "排队—进", "排队—出"]


def test_editions_of_a_form(tmp_path: Path) -> None:
    asked = {"Q1": {"columns": ["1、食堂", "1、对食堂满意吗"]}, "Q2": {"columns": ["2、作业"]}}
    settings = {"surveys": {"家长": {"files": ["*.csv"], "school": "学校", "questions": asked}}}
    old = read(table(tmp_path, [["学校", "1、食堂"], ["第一小学", "满意"]], "旧.csv"), settings)
    rows = [["学校", "1、对食堂满意吗", "2、作业"], ["第一小学", "一般", "满意"]]
    new = read(table(tmp_path, rows, "新.csv"), settings)
    assert [one.code for one in old.problems] == ["voices-columns-missing"]
    assert new.file is not None and new.problems == []
    assert old.file is not None and [it.id for it in old.file.answers.questions] == ["Q1"]


def _merged(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["家长问卷汇总表", "", "", "", ""])
    sheet.append(["学校", "满意度", "", "满意度", "备注"])
    sheet.append(["", "食堂", "作业", "食堂", ""])
    sheet.append(["第一小学", "满意", "一般", "满意", "=1/0"])
    sheet.append(["合计", "", "", "", ""])
    sheet.append(["实验中学", "一般"])
    for span in ("A1:E1", "A2:A3", "B2:C2", "E2:E3"):
        sheet.merge_cells(span)
    path = folder / "汇总.xlsx"
    book.save(path)
    return path


def test_merged_heads_half_rows_and_sums(tmp_path: Path) -> None:
    made = read(_merged(tmp_path))
    assert made.file is not None
    assert {id: sorted(held) for id, held in figures(Voices(made.file.answers)).items()} == {
        "满意度—食堂": ["99010101", "99010103"],
        "满意度—作业": ["99010101", "99010103"],
        "满意度—食堂（2）": ["99010101", "99010103"],
    }
    assert made.file.answers.row.tolist() == [4, 6]
    assert codes(made) == [("voices-heading-twice", "A2"), ("voices-cells-lost", "E4")]


def _garbled(folder: Path) -> Path:
    path = folder / "乱码.csv"
    path.write_bytes("学校,满意吗\n第一小学,满意\n".encode().decode("latin-1").encode("utf-8"))
    return path


def _torn(folder: Path) -> Path:
    path = folder / "引号.csv"
    path.write_text('学校,满意吗\n第一小学,"满意\n', encoding="utf-8")
    return path


def _picture(folder: Path) -> Path:
    path = folder / "图.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    return path


def _empty(folder: Path) -> Path:
    return table(folder, [["学校", "满意吗"]])


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_garbled, "voices-unrecognised"),
        (_torn, "table-quote"),
        (_picture, "table-unreadable"),
        (_empty, "voices-no-answers"),
        (lambda folder: folder / "没有.csv", "file-missing"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, make: Any, code: str) -> None:
    made = read(make(tmp_path))
    assert made.file is None and [one.code for one in made.problems] == [code]


def test_huge_cells_are_cut_and_told(tmp_path: Path) -> None:
    rows = [["学校", "建议"], ["第一小学", "字" * 40_000], ["第一小学", "好"]]
    made = read(table(tmp_path, rows))
    assert made.file is not None and codes(made) == [("cell-too-long", "B2")]
    assert len(made.file.private[0]["建议"]) == 32_767


def test_complaints_interviews_and_what_was_sent(tmp_path: Path) -> None:
    calls = [
        ["来电时间", "学校", "反映类别", "反映内容", "来电人", "是否答复"],
        *[["2026-10-01", "第一小学", "食堂", "饭凉了", "某某", "已答复"]] * 3,
        *[["2026-10-02", "实验中学", "收费", "多收了", "某某", "未答复"]] * 2,
    ]
    made = read(table(tmp_path, calls, "热线.csv"))
    assert made.file is not None and made.file.answers.kind is Kind.COMPLAINT
    told = figures(Voices(made.file.answers))
    assert told["反映类别"]["99010101"] == ({"食堂": 3}, 3, 0)
    assert told["是否答复"]["99010103"] == ({"未答复": 2}, 2, 0)
    assert made.file.private[0] == {"来电人": "某某", "反映内容": "饭凉了"}

    spoken = [["访谈时间", "学校", "满意吗"], ["2026-10-01", "第一小学", "满意"]]
    made = read(table(tmp_path, spoken, "访谈.csv"))
    assert made.file is not None and made.file.answers.kind.unit == "人次"

    sent = [["学校", "发放份数"], ["第一小学", "120"], ["实验中学", "很多"], ["合计", "120"]]
    made = read(table(tmp_path, sent, "发放.csv"))
    assert made.file is not None and made.file.answers.kind is Kind.SENT
    assert made.file.answers.weight.tolist() == [120, 0]
    assert codes(made) == [("voices-count", "B3")]


def test_ballots_as_rows_and_as_counts_are_the_same(tmp_path: Path) -> None:
    rows = [["学校", "测评结果"]]
    rows += [["第一小学", "优秀"]] * 5 + [["第一小学", "合格"]] * 3 + [["第一小学", "不合格"]]
    one_by_one = read(table(tmp_path, rows, "票.csv"))
    heads = ["学校", "测评项目", "优秀", "合格", "基本合格", "不合格"]
    counts = read(table(tmp_path, [heads, ["第一小学", "班子", 5, 3, 0, 1]], "票数.csv"))
    for made in (one_by_one, counts):
        assert made.file is not None and made.file.answers.kind is Kind.BALLOT
        voices = Voices(made.file.answers)
        tally = voices.tally(made.file.answers.questions[0].id)
        held = dict(zip(tally.question.options, tally.counts[0].tolist(), strict=True))
        assert {key: count for key, count in held.items() if count} == {
            "优秀": 5, "合格": 3, "不合格": 1,
        }  # fmt: skip
        assert voices.returns().valid.tolist() == [9] and tally.satisfied.tolist() == [8]


def _timed(rows: Iterator[tuple[str, str, str, str]]) -> list[list[str]]:
    heads = ["序号", "提交答卷时间", "所用时间", "来自IP", "1、学校"]
    heads += [f"{at}、满意吗" for at in range(2, 12)]
    return [
        heads,
        *(
            [str(at), f"2026/10/{moment}", f"{seconds}秒", ip, "第一小学", *levels.split()]
            for at, (moment, seconds, ip, levels) in enumerate(rows, 1)
        ),
    ]


def test_each_rule_flags_what_it_says(tmp_path: Path) -> None:
    mixed = "满意 一般 满意 满意 一般 满意 满意 一般 满意 不满意"
    same = " ".join(["满意"] * 10)
    rows = [
        ("10 8:00:00", "100", "1.1.1.1(某省)", mixed),
        ("10 8:09:59", "100", "1.1.1.1(某市)", mixed),  # doubled
        ("10 8:19:58", "100", "1.1.1.1", mixed),  # soon after the one before
        ("10 8:31:00", "100", "1.1.1.1", mixed),  # too late for that
        ("10 8:00:00", "100", "1.1.1.2", mixed),
        ("10 8:00:00", "29", "1.1.1.3", mixed),  # fast
        ("10 8:00:00", "30", "1.1.1.4", mixed),  # just at the limit
        ("10 8:00:00", "100", "1.1.1.5", same),  # straight
        ("09 23:59:59", "100", "1.1.1.6", mixed),  # before
        ("12 0:00:00", "100", "1.1.1.7", mixed),  # after the last day
        ("11 23:59:59", "100", "1.1.1.8", mixed),
        ("10 8:00:00", "100", "1.1.1.9", mixed.replace("不满意", "测试")),
    ]
    settings = {"surveys": {"问": {
        "files": ["*.csv"], "school": "1、学校", "period": {"since": "2026-10-10",
                                                       "until": "2026-10-11"}}}}  # fmt: skip
    made = read(table(tmp_path, _timed(iter(rows))), settings)
    assert made.file is not None
    flags = made.file.answers.flags
    found = {rule: [at + 1 for at, on in enumerate(flags[rule]) if on] for rule in flags}
    # A question with a word that is on no scale is not sure to be one; its words are private then.
    assert found == {
        Rule.DOUBLED: [2, 3],
        Rule.FAST: [6],
        Rule.STRAIGHT: [8],
        Rule.OUTSIDE: [9, 10],
        Rule.TEST: [12],
    }
    assert made.file.rules[Rule.FAST] == "用时不到中位数（100 秒）的 30% 的"
