"""What was done on the spot: understood, and never taken for more than it says."""

from __future__ import annotations

import pytest

from inspections.records.at_once import put_right, understood


@pytest.mark.parametrize(
    ("text", "done", "known"),
    [
        ("当场改正", True, True),
        ("已当场改正。", True, True),
        ("当场整改到位", True, True),
        ("当场已改正；抽样 单号 AB-17 待检", True, True),
        ("封存 3 箱", False, True),
        ("停用，抽样 单号 17", False, True),
        ("已下架", False, True),
        ("退回 2 箱", False, True),
        ("已当场拒收", False, True),
        ("销毁", False, True),
        ("拒绝改正", False, False),
        ("当场改正一部分", False, False),
        ("当场改正；还有两处没有改", False, False),
        ("未当场改正", False, False),
        ("将当场改正", False, False),
        ("部分改正", False, False),
        ("已批评教育", False, False),
        ("", False, False),
    ],
)
def test_what_was_done(text: str, done: bool, known: bool) -> None:
    assert (put_right(text), understood(text)) == (done, known)
