"""Commands in messages name the folder that they are about, whatever it is called."""

from __future__ import annotations

import pytest

from rubrics.messages.printed_commands import runnable


@pytest.mark.parametrize(
    ("text", "folder", "ours"),
    [
        ("请运行 scoring collect", "2026秋", "请运行 scoring collect 2026秋"),
        ("scoring collect 2026秋", "2026秋", "scoring collect 2026秋"),
        ("scoring workbooks 我的 检查", "我的 检查", 'scoring workbooks "我的 检查"'),
        ("用 scoring ledger decisions DIR 查看", "d/a", "用 scoring ledger decisions d/a 查看"),
        ("scoring round replan 补排", "a", "scoring round replan a 补排"),
        ("scoring ledger decide accept DIR 表", "a", "scoring ledger decide accept a 表"),
        ("先用 scoring rubric export 导出", "a", "先用 scoring rubric export 导出"),
        ("请运行 scoring collect", "", "请运行 scoring collect"),
        ("先用 scoring rectify decide 重新立项", "a", "先用 scoring rectify decide a 重新立项"),
        ("scoring report --stage 初步", "a", "scoring report a --stage 初步"),
        ("scoring followup send a", "a", "scoring followup send a"),
        ("运行 scoring accountability propose", "a", "运行 scoring accountability propose a"),
        ("用 scoring objection list 可以看到", "a", "用 scoring objection list a 可以看到"),
    ],
)
def test_the_folder_is_named(text: str, folder: str, ours: str) -> None:
    assert runnable(text, folder) == ours
