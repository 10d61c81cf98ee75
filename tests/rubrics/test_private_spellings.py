"""One number in hundreds of spellings, all of them masked; and what looks alike and stays."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from rubrics.messages.private_numbers import MAYBE, masked, private_numbers

SEPARATORS = [
    "",
    " ",
    "   ",
    "-",
    " - ",
    "－",
    "—",
    "_",
    "/",
    "、",
    "，",
    "：",
    "\n",
    "\r\n",
    " \n ",
    "\u3000",
]
CONTEXTS = [
    "{}",
    "家长 {} 反映",
    "联系方式：{}。",
    "致电{}",
    "电话是（{}）",
    "食堂负责人（{}）未到岗",
]
MOBILES = [("139", "1234", "5678"), ("1391", "234", "5678"), ("1391", "2345", "678")]
ODD_MOBILES = [
    ("13", "912", "345", "678"),
    ("139123", "45678"),
    ("1", "3912345678"),
    tuple("13912345678"),
]
PREFIXES = ["0", "00", "86", "+86 ", "0086-"]
IDENTITIES = [
    ("110105", "19491231", "0021"),
    ("1101", "0519", "4912", "3100", "2X"),
    ("110", "105", "194", "912", "310", "021"),
    ("11010519491231", "0021"),
    tuple("11010519491231002X"),
]
CARDS = [
    ("6222", "0212", "3456", "7890", "123"),
    ("6222", "0212", "3456", "7891"),
    ("4111", "1111", "1111", "1112"),
]
LINES = [("0571", "87654321"), ("0571", "8765", "4321"), ("010", "62345678"), ("0512", "6234567")]
SOFT = [" ", "    ", "-", " - ", "\n", ".", "\u3000", "－"]


def _spellings() -> Iterator[tuple[str, str]]:
    for context in CONTEXTS:
        for separator in SEPARATORS:
            for parts in MOBILES:
                yield context.format(separator.join(parts)), "手机号"
            for parts in IDENTITIES:
                if separator != "：":
                    yield context.format(separator.join(parts)), "身份证号"
        for prefix in PREFIXES:
            yield context.format(prefix + "13912345678"), "手机号"
        for separator in SOFT:
            for parts in ODD_MOBILES:
                if separator != "." or len(parts) > 2:
                    yield context.format(separator.join(parts)), "手机号"
            for parts in CARDS:
                yield context.format(separator.join(parts)), "银行卡号"
            for parts in LINES:
                if separator != ".":
                    yield context.format(separator.join(parts)), "座机号"
        for parts in (*CARDS, *LINES):
            yield context.format("".join(parts)), "银行卡号" if parts in CARDS else "座机号"
        for typed, kind in OTHERS:
            yield context.format(typed), kind


OTHERS = [
    ("139.1234.5678", "手机号"),
    ("(139)1234-5678", "手机号"),
    ("139**1234**5678", "手机号"),
    ("139转1234转5678", "手机号"),
    ("110105 1949-12-31 0021", "身份证号"),
    ("110101900307123", "身份证号"),
    ("1101 0190 0307 123", "身份证号"),
    ("1.1E+17", "身份证号"),
    ("1.10105194912E+17", "身份证号"),
    ("1.39E+10", "手机号"),
    ("6.22202E+18", "银行卡号"),
    ("微信号zhangsan", "微信号"),
    ("微信 zhang1987", "微信号"),
    ("VX：abc-12345", "微信号"),
    ("WeChat: wxid_a1b2c3", "微信号"),
    ("加v abc12345", "微信号"),
    ("加我V：zhang1987", "微信号"),
    ("加微 13700137", "微信号"),
    ("请加薇zhang_1987", "微信号"),
    ("ＶＸ：ａｂｃ１２３４５", "微信号"),
    ("QQ12345", "QQ号"),
    ("ＱＱ：１２３４５６７８", "QQ号"),
    ("QQ号 123 456 789", "QQ号"),
    ("zhang@qq.com", "电子邮箱"),
    ("zhang.san＠example．com．cn", "电子邮箱"),
    ("zhang (at) example.com", "电子邮箱"),
    ("浙A12345", "车牌号"),
    ("京A·D12345", "车牌号"),
    ("粤B 1234学", "车牌号"),
    ("文一路12号501室", "住址"),
    ("文一路 12 号 3 幢 2 单元 501 室", "住址"),
    ("解放街十二号三单元二〇一室", "住址"),
    ("家住幸福路12号3单元402", "住址"),
    ("幸福路 12 号 3 单元 402", "住址"),
    ("家住幸福路12号", "住址"),
    ("住址：幸福里 5 栋 402", "住址"),
    ("家庭地址：城关镇十二号三单元四〇二", "住址"),
    ("阳光小区5栋2单元", "住址"),
    ("丽景花苑 12 幢 301 室", "住址"),
    ("西湖新村3号楼201", "住址"),
    ("١٣٩١٢٣٤٥٦٧٨", "手机号"),
]

SPELLINGS = sorted(set(_spellings()))

STAYING = [
    "2026-10-12 8:20 到校，14:05 离校",
    "2026/10/12",
    "2026.10.12",
    "1998-09-01 建校",
    "2025年9月1日至2026年1月20日",
    "8:20—14:05",
    "13:30-15:40 125 人就餐",
    "12:00:30",
    "20261012 083015",
    "共 1200 人，其中男生 630 人、女生 570 人",
    "一至六年级 150、2000、3000 人",
    "分别为 1500 2000 180 份",
    "第 13 15 18 22 16 30 组",
    "13 14 15 16 17 18",
    "18 17 16 15 14 13 12",
    "三年级 45、46、44、45、47 人",
    "150人2000元3000斤",
    "经费 15000000000 元",
    "经费 13,912,345,678.00 元",
    "金额 138 1234 5678 元",
    "面积 1391234.5678 平方米",
    "大米 1500 公斤，油 200 升，面粉 3500 公斤",
    "温度 13.912345678 度",
    "98.5% 97.25% 100%",
    "合格率 13.9%，12.3%，45.6%",
    "得 1.5、2.0、3.25、4.75 分",
    "教基〔2021〕3号",
    "教基一〔2015〕13号、教督〔2019〕12号",
    "教基〔2021〕13号附件 15 第 4 条",
    "国务院令第624号",
    "GB 14934-2016",
    "GB/T 15834-2011",
    "GB 31654-2021 第 5.3.2.1 条",
    "第 13.2.1 至 13.2.4 条",
    "批号20261012001",
    "批号 13912345678",
    "批次：2026101208301234",
    "生产批号 330106202610120012",
    "生产批号LOT2026101201",
    "追溯码 6222021234567890123",
    "条形码 6901234567892",
    "许可证 JY13301060012345",
    "学校代码 3133010600",
    "学校代码 330106000012",
    "学校代码 21068101",
    "学校代码 013912345678",
    "21068101、21068102、21068103",
    "统一社会信用代码 12330106470000001X",
    "a13912345678b0c4d5e6f7a8",
    "摘要 13912345678",
    "22a6ffca6cfc41692b825d8a25b7828fe2467e9f9d2470ebb4d0dc8e2f76e5f5",
    "00112233445566778899aabbccddeeff",
    "A1.2.3、B2.1、C13.4",
    "指标 A1、A2、B10 未查",
    "IMG_20261012_083015.jpg",
    "mmexport1696123456789.jpg",
    "DSC01234.JPG、DSC01235.JPG",
    "photo@2x.png",
    "@组",
    "postgresql://postgres@db.example.com/base",
    "文一路12号",
    "学院路小学3号楼201室",
    "文一路小学",
    "文一路12号第一小学教学楼201室",
    "实验楼 201 室",
    "学生宿舍3栋204室",
    "学生公寓3栋",
    "教学楼 3 号楼",
    "花园小学 2 栋",
    "家住 5 公里以外的 12 人",
    "家住学校宿舍 3 号楼",
    "家住地铁 3 号线附近",
    "家住镇上，2026年转入",
    "家庭住址 3 人未填",
    "住址栏 12 处空白",
    "幸福路12号，一单元检查 402 人",
    "加V标记的 20260305 批次",
    "加微生物检测 3 次",
    "加 v 字样",
    "追加vaccine记录",
    "阳光小区幼儿园",
    "微信群通知家长",
    "微信公众号每周公布",
    "用微信 Android 版打卡",
    "QQ群里通知",
    "电话 20261012 已核",
    "致电家长 3 次，2026-10-12 再访",
    "联系 300 名家长，收回 4000 份",
    "热线 12345、12315",
    "电话访谈 120 人",
    "号码 23912345678 不存在",
    "139123456789",
    "1E5、2E3",
    "新A1、新B2 两栋",
    "138****5678",
]


def _kept_back(typed: str, kind: str) -> bool:
    shown = masked(typed)
    return (
        private_numbers(typed) == (kind,)
        and shown != typed
        and shown.count("*") - typed.count("*") >= min(3, 1 + (kind not in ("住址", "身份证号")))
        and masked(shown) == shown
        and len(shown) == len(typed)
        and re.search(MAYBE, typed) is not None
    )


@pytest.mark.parametrize("kind", sorted({kind for _, kind in SPELLINGS}))
def test_every_spelling_is_masked_and_told(kind: str) -> None:
    assert not [typed for typed, of in SPELLINGS if of == kind and not _kept_back(typed, kind)]


def test_what_leads_to_nobody_stays() -> None:
    found = [(masked(typed), private_numbers(typed)) for typed in STAYING]
    assert found == [(typed, ()) for typed in STAYING]


def test_there_are_many() -> None:
    assert len(SPELLINGS) > 600
    assert len(STAYING) > 60


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "0",
        "1 ",
        "0 5 7 1 ",
        "1x",
        "1391-",
        "86 139 123",
        "电话：(0",
        "电话 2 ",
        "6222 ",
        "13912345678 ",
        "1949-1-1 ",
        "19490101",
        "1.1E+17 ",
        "1\n",
        " ",
        "a@",
        "a.b@c.d.",
        "@a.",
        "微信a",
        "qq1 ",
        "浙A",
        "-1",
        *["路1号", "小区1栋", "小区", "路一", "身份证1 ", "*1", "zhang@example.com "],
    ],
)
def test_work_on_a_hostile_text_grows_no_faster_than_the_text(piece: str) -> None:
    def steps(length: int) -> int:
        """Lines of Python that are run; what patterns do is counted in tests/patterns."""
        text = (piece * length)[:length]
        count = 0

        def line(*_: object) -> Any:
            nonlocal count
            count += 1
            return line

        before = sys.gettrace()
        sys.settrace(line)
        try:
            masked(text)
        finally:
            sys.settrace(before)
        return count

    # Four times as long; a search that begins again and again would take sixteen times the steps.
    assert steps(6_000) < 6 * (steps(1_500) + 500)
