"""What a bulletin says of what there is, and leaves out of what there is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from inspections.accountability.states import Decided
from inspections.round.bulletin_settings import BulletinSettings
from inspections.round.contact import Contact
from reports.bulletin.findings import measured_fact
from reports.bulletin.subject import Subject
from reports.faults import Fault
from scoring.results.scores import SchoolScore
from tests.reports.bulletin.test_sizes import changed, first, paper, text_of


def ruled(whole: Subject, kinds: Sequence[str]) -> Subject:
    schools = list(whole.roster.schools)
    decided = [
        Decided(
            n, schools[n], "", kind, "规则", "数", "据", "股", measure=kind, to="", years=1, days=0,
            decided_by="局长办公会", day=date(2026, 12, 1), document="",
        )
        for n, kind in enumerate(kinds)
    ]  # fmt: skip
    small = changed(whole, first(6), "party")
    return replace(small, decided=decided)


@pytest.mark.parametrize(
    ("kinds", "title", "attached"),
    [
        (["表彰"], "五、表彰决定", "表彰名单"),
        (["通报批评", "取消评优评先资格"], "五、处理决定", "处理名单"),
        (["表彰", "通报批评"], "五、表彰和处理决定", "表彰和处理名单"),
        ([], "", ""),
        (["约谈"], "", ""),
    ],
)
def test_the_section_is_called_by_what_was_decided(
    whole: Subject, kinds: list[str], title: str, attached: str
) -> None:
    _, document, _ = paper(ruled(whole, kinds))
    lines = text_of(document).splitlines()
    if title:
        assert title in lines and attached in lines
    else:
        assert "五、整改要求" in lines
        assert not any("表彰" in line or "处理决定" in line for line in lines)
    assert ("注：取消评优评先资格的年限从决定之日起算。" in lines) == ("取消评优评先资格" in kinds)


def spotless(schools: Iterable[SchoolScore]) -> Iterable[SchoolScore]:
    return [
        replace(one, indicators=(), key_failed=(), red_lines=(), red_lines_pending=(), extras=(),
                award_eligible=True, pending=0, disputed=0, group_open=0)
        for one in first(4)(schools)
    ]  # fmt: skip


def test_a_single_attachment_has_no_number(whole: Subject) -> None:
    texts, document, _ = paper(changed(whole, spotless, "party"))
    text = text_of(document)
    assert "附件1" not in text + "".join(texts)
    assert "各组成绩见附件。" in "".join(texts)
    assert "附件" in text.splitlines()


def test_notes_are_of_what_stands_in_the_table(whole: Subject) -> None:
    _, document, _ = paper(changed(whole, spotless, "party"))
    assert "暂列" not in text_of(document)


def test_equal_counts_have_equal_shares(whole: Subject) -> None:
    def six(schools: Iterable[SchoolScore]) -> Iterable[SchoolScore]:
        grades = ["优秀", "良好", "合格", "合格", "合格", "合格"]
        return [
            replace(one, grade=grade) for one, grade in zip(first(6)(schools), grades, strict=True)
        ]

    _, document, _ = paper(changed(whole, six, "canteen"))
    table = next(it for it in document.tables if it.rows[0].cells[0].text == "等次")
    shares = {row.cells[1].text: set() for row in table.rows[1:-1]}  # type: ignore[var-annotated]
    for row in table.rows[1:-1]:
        shares[row.cells[1].text].add(row.cells[2].text)
    assert shares == {"4": {"66.7%"}, "1": {"16.7%"}}
    assert "占比四舍五入，相加可能不等于100%" in text_of(document)


def test_whom_to_ask_and_who_else_receives_it_is_set_or_left_to_write(whole: Subject) -> None:
    small = changed(whole, first(3), "party")
    unset = {"contact": Contact(), "bulletin": BulletinSettings()}
    _, document, _ = paper(replace(small, round=whole.round.model_copy(update=unset)))
    assert "（联系人：　　　　　　　　电话：　　　　　　　　）" in text_of(document)
    assert "抄送：　" in text_of(document)
    said = whole.round.model_copy(
        update={
            "contact": Contact(person="督导室", phone="0000-1234567"),
            "bulletin": BulletinSettings(
                copies=("驻局纪检组", "各镇人民政府"), class_visits=12, interviews=30
            ),
        }
    )
    texts, document, _ = paper(replace(small, round=said))
    text = text_of(document)
    assert "（联系人：督导室，电话：0000-1234567）" in text
    assert "抄送：驻局纪检组、各镇人民政府。" in text
    assert "检查中随堂看课12节、访谈30人次。" in texts
    assert "问卷" not in "".join(texts[:5])


@pytest.mark.parametrize(
    ("title", "measured", "told"),
    [
        ("师生家长满意度测评", "本学期满意度测评不符合要求", ""),
        ("家校沟通", "家访记录、约谈台账不符合要求", "家访记录、约谈台账不符合要求"),
        ("留样", "留样 40 小时，应不少于 48 小时", "留样 40 小时，应不少于 48 小时"),
    ],
)
def test_a_fact_that_only_repeats_its_title_is_none(title: str, measured: str, told: str) -> None:
    assert measured_fact(Fault("A1", title, "A", "", measured=measured)) == told
