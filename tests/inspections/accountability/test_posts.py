"""Who decided, as papers for everybody may say it: posts and meetings, never a name."""

from __future__ import annotations

import pytest

from inspections.accountability.posts import document_of, post_of

BUREAU = "青禾县教育局（样例）"


@pytest.mark.parametrize(
    "text",
    [
        "局长办公会", "2026年第3次局长办公会", "县教育局党组会", "青禾县教育局（样例）党组会",
        "分管副局长", "青禾县人民政府教育督导委员会", "局党组会 第十二次会议",
    ],
)  # fmt: skip
def test_posts_and_meetings_are_printed(text: str) -> None:
    assert post_of(text, BUREAU) == text.replace(" ", "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "王建国",
        "局长王建国",
        "王局长",
        "局长（王建国）",
        "局长 李 明",
        "office",
        "局长13912345678x",
    ],
)
def test_what_may_hold_a_name_is_not(text: str) -> None:
    assert post_of(text, BUREAU) == ""


def test_a_long_text_is_gone_through_once() -> None:
    assert post_of("党组会" * 50_000 + "王", BUREAU) == ""
    assert post_of("1" * 100_000 + "王", BUREAU) == ""


def test_numbers_of_documents() -> None:
    assert document_of("青教[2026]18号") == "青教〔2026〕18号"
    assert document_of("青教〔2026〕第18号") == "青教〔2026〕18号"
    assert document_of("会议纪要（2026）3期") == "会议纪要〔2026〕3期"
    for text in ("", "18号", "见王建国处分决定", "青教〔2026〕18号王建国"):
        assert document_of(text) == ""
