"""What people typed, made plain."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rubrics.messages import plain_text
from rubrics.messages.json_text import json_part, json_text
from rubrics.messages.outgoing import WITHHELD, marked_confidential, outgoing
from rubrics.messages.plain_text import one_line, plain, unseen

ANY = st.text(st.characters(codec=None))
"""Every code point, halves of characters among them."""


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("食堂后厨未分区", "食堂后厨未分区"),
        ("\u202e改过的\u202c", "改过的"),
        ("零\u200b宽\u2060\ufeff", "零宽"),
        ("\x1b[31m红\x1b[0m", "[31m红[0m"),
        ("一行\r\n二行\r三行\u2028四行\x0b五行", "一行\n二行\n三行\n四行\n五行"),
        ("左\t右", "左 右"),
        ("半个\ud83d字", "半个字"),
        ("不是字\uffff\ufdd0\U0010ffff", "不是字"),
        ("\U000e0041\U000e0042暗语", "暗语"),
        ("✔\ufe0f 葛\U000e0100城", "✔ 葛城"),
        ("生僻字𠮷与私用\ue000", "生僻字𠮷与私用\ue000"),
        ("换\ufffd过的", "换\ufffd过的"),
    ],
)
def test_plain(typed: str, shown: str) -> None:
    assert plain(typed) == shown


@given(ANY)
def test_nothing_that_acts_is_left(typed: str) -> None:
    made = plain(typed)
    assert plain(made) == made
    made.encode()
    for char in made:
        kind = unicodedata.category(char)
        assert char == "\n" or kind not in ("Cc", "Cs", "Zl", "Zp"), hex(ord(char))
        assert unicodedata.bidirectional(char) not in (
            *("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"),
        )
        assert ord(char) & 0xFFFE != 0xFFFE


@given(ANY)
def test_what_can_be_seen_stays(typed: str) -> None:
    seen = [char for char in typed if unicodedata.category(char)[0] in "LNPS"]
    kept = [char for char in plain(typed) if unicodedata.category(char)[0] in "LNPS"]
    # The braille blank and the fillers of Hangul are letters and signs by name only.
    assert [char for char in seen if plain(char)] == kept


def test_what_was_taken_out_has_a_name() -> None:
    assert unseen("一\u202e二\u200b三\u202e") == ("U+202E", "U+200B")
    # Line ends and how a sign is drawn are nobody's trick.
    assert unseen("一\r\n二\t✔\ufe0f") == ()


@given(ANY)
@example("一\u202e二\ud800\U000e0041")
def test_json_says_the_same_and_does_nothing(typed: str) -> None:
    text = json_text({typed: [typed]}, indent=1)
    text.encode()
    assert plain(text) == text
    # Two halves in a row are one character to whoever reads JSON.
    whole = typed.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert json.loads(text) == {whole: [whole]}


@given(ANY)
@example("\x7f甲\u2028")
def test_json_in_parts_is_the_same(typed: str) -> None:
    data = {"of": [{typed: [typed, 1, 2.5, None, True]}, {}, []]}
    in_parts = {"of": [json_part(one) for one in data["of"]]}
    assert json_text(in_parts, indent=1) == json_text(data, indent=1)
    if not re.search("[\ud800-\udfff]", typed):
        plainly = json.dumps(data, ensure_ascii=False, indent=1)
        assert json_text(data, indent=1) == plain_text.ODD.sub(
            lambda odd: json.dumps(odd[0])[1:-1], plainly
        )


def test_whatever_is_odd_is_met() -> None:
    odd = re.compile(f"[{plain_text._UNSEEN}{plain_text._BREAKS}\t]")
    every = "".join(map(chr, range(0x110000)))
    assert plain_text.ODD.findall(every) == odd.findall(every)


@pytest.mark.parametrize(
    "typed",
    [
        "【保密】举报人是后勤老师",
        " [保密] 说了食堂的事",
        "［ 保密 ］",
        "保密：党员甲反映",
        "保密:党员甲反映",
        "台账缺页。【保密】甲说是故意的",
        "【保\u200b密】甲",
        "台账缺页\n保密：甲说是故意的",
    ],
)
def test_what_is_marked_stays_inside(typed: str) -> None:
    assert marked_confidential(typed)
    assert outgoing(typed) == WITHHELD


@pytest.mark.parametrize("typed", ["保密制度未上墙", "未签保密协议：3 人", "试卷保密室无监控"])
def test_to_write_of_secrecy_is_no_secret(typed: str) -> None:
    assert outgoing(typed) == typed


def test_one_line() -> None:
    assert one_line(" 一 \n\n 二　三 ") == "一 二 三"
