"""Numbers that lead to a person, and numbers that do not."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rubrics.messages.outgoing import outgoing
from rubrics.messages.private_numbers import masked, private_numbers


@pytest.mark.parametrize(
    ("typed", "shown", "kinds"),
    [
        ("家长13912345678反映", "家长139****5678反映", "手机号"),
        ("139-1234-5678", "139-****-5678", "手机号"),
        ("139 1234 5678", "139 **** 5678", "手机号"),
        ("1391 234 5678", "139* *** 5678", "手机号"),
        ("+8613912345678", "+86139****5678", "手机号"),
        ("+86 139 1234 5678", "+86 139 **** 5678", "手机号"),
        ("１３９１２３４５６７８", "１３９****５６７８", "手机号"),
        ("13912345678@163.com", "139****5678@163.com", "手机号"),
        ("Tel.13912345678。", "Tel.139****5678。", "手机号"),
        ("IMG_13912345678.jpg", "IMG_139****5678.jpg", "手机号"),
        ("13912345678、13812345679", "139****5678、138****5679", "手机号"),
        ("0571-87654321", "0571-****4321", "座机号"),
        ("（010）62345678", "（010）****5678", "座机号"),
        ("0512 6234567", "0512 ***4567", "座机号"),
        ("电话：87654321", "电话：****4321", "座机号"),
        ("传真 057187654321", "传真 0571****4321", "座机号"),
        ("11010519491231002X", "110105********002X", "身份证号"),
        ("110105 19491231 002x", "110105 ******** 002x", "身份证号"),
        ("学籍号G11010519491231002X", "学籍号G110105********002X", "身份证号"),
        ("110101900307123", "110101******123", "身份证号"),
        ("4111 1111 1111 1111", "4111 **** **** 1111", "银行卡号"),
        ("6222021234567890128", "6222***********0128", "银行卡号"),
        # A wrong check digit leads to a person too.
        ("110105194912310021", "110105********0021", "身份证号"),
        ("6222021234567890123", "6222***********0123", "银行卡号"),
        ("联系方式：\n139  1234\n5678", "联系方式：\n139  ****\n5678", "手机号"),
        ("致电013912345678", "致电0139****5678", "手机号"),
        ("057187654321", "0571****4321", "座机号"),
        ("1101 0519 4912 3100 2X", "1101 05** **** **00 2X", "身份证号"),
        ("1.1E+17", "*.*E+17", "身份证号"),
        ("微信：zhang_1987", "微信：z*********", "微信号"),
        ("QQ：123456789", "QQ：12*****89", "QQ号"),
        ("zhang.san@example.com", "z********@example.com", "电子邮箱"),
        ("浙A·12D45", "浙A·***45", "车牌号"),
        ("家住文一路12号3幢2单元501室", "家住文一路**号*幢*单元***室", "住址"),
        ("阳光小区5栋", "阳光小区*栋", "住址"),
    ],
)
def test_found_and_masked(typed: str, shown: str, kinds: str) -> None:
    assert masked(typed) == shown
    assert private_numbers(typed) == (kinds,)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-10-12 8:20 到校，14:05 离校",
        "20261012",
        "2026年10月12日10时30分",
        "扣 2.5 分，得 97.5 分，共 100 分",
        "学校代码 330106000012",
        "学校代码 3142001234",
        "统一社会信用代码 12330106470000001X",
        "东教督〔2026〕3号",
        "教基〔2021〕13号附件 15 第 4 条",
        "经费 15000000000 元",
        "温度 13.912345678 度",
        "mmexport1696123456789.jpg",
        "IMG_20261012_083015.jpg",
        "第 15 20 18 22 16 30 组",
        "330106202613450021",  # no such day
        "号码 23912345678 不存在",
        "139123456789",
        "a13912345678b0c4d5e6f7a8",
    ],
)
def test_no_number_of_a_person(typed: str) -> None:
    assert masked(typed) == typed
    assert private_numbers(typed) == ()


MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
WORDS = st.text(st.sampled_from("食堂家长反映，。、（）：校长微信 \n是"), max_size=12)


@given(WORDS, MOBILE, WORDS)
def test_a_mobile_number_among_words(before: str, number: str, after: str) -> None:
    shown = masked(f"{before}{number}{after}")
    assert number not in shown
    assert shown == f"{before}{number[:3]}****{number[7:]}{after}"


@given(WORDS, MOBILE, st.sampled_from(["\u200b", "\u2060", "\ufeff", "\u202e", "\x00"]))
def test_what_cannot_be_seen_hides_no_number(before: str, number: str, unseen: str) -> None:
    assert outgoing(f"{before}{number[:5]}{unseen}{number[5:]}") == masked(f"{before}{number}")


def _identity(area: str, day: str, order: str) -> str:
    digits = area + day + order
    total = sum(int(digit) * (1 << (17 - at)) for at, digit in enumerate(digits))
    return digits + "0123456789X"[(12 - total) % 11]


@given(
    st.sampled_from(["110105", "330106", "440304", "650102"]),
    st.dates(date(1930, 1, 1), date(2026, 12, 31)),
    st.integers(0, 999),
)
def test_identity_numbers_whatever_their_check_digit(area: str, day: date, order: int) -> None:
    number = _identity(area, f"{day:%Y%m%d}", f"{order:03}")
    assert masked(f"身份证{number}。") == f"身份证{number[:6]}********{number[14:]}。"
    wrong = number[:17] + ("1" if number[17] != "1" else "2")
    # Codes hold days of these years: there the check digit tells.
    told = day.year < 2024
    assert masked(wrong) == (f"{wrong[:6]}********{wrong[14:]}" if told else wrong)


# A code begins with its province, from 11 upward; 0571 is an area.
@given(st.integers(11 * 10**10, 10**12 - 1), st.dates(), st.decimals(-999, 999, places=4))
def test_codes_days_and_points_stay(code: int, day: date, points: Decimal) -> None:
    for text in (f"{code:012}", f"{day}", f"{points}", f"{code:012} {day} {points}分"):
        assert masked(text) == text


@given(st.binary(max_size=8))
@example(b"\x00")
def test_digests_stay(data: bytes) -> None:
    digest = hashlib.sha256(data).hexdigest()
    assert masked(digest) == digest
    assert masked(f"SHA-256 {digest}；{digest[:16]}") == f"SHA-256 {digest}；{digest[:16]}" or (
        digest[:16].isdigit()
    )


@given(st.text(st.sampled_from("0123456789１２ -.+()（）Xx电话一"), max_size=60))
def test_only_digits_change_and_once(typed: str) -> None:
    shown = masked(typed)
    assert len(shown) == len(typed)
    pairs = zip(shown, typed, strict=True)
    assert all(new == old or (new == "*" and re.match(r"[\dXx]", old)) for new, old in pairs)
    assert (shown == typed) == (private_numbers(typed) == ())
    assert masked(shown) == shown


def test_long_texts_are_read_once() -> None:
    """Nearly a number, again and again: a search that looks back would not come to an end."""
    text = "1391-" * 40_000 + "86 139 123" * 40_000 + "电话：(0" * 40_000
    assert masked(f"{text} 13912345678").endswith("139****5678")
