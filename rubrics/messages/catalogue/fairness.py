"""Messages: how fair the figures of a round are."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "fairness-unknown-person": (
        "error",
        "没有代码是“{inspector}”的人填的表",
        "填过表的有：{known}",
    ),
    "severity-unknown": (
        "warning",
        "本轮没有按督学宽严校正得分：{why}",
        "{remedy}",
    ),
    "severity-alike": (
        "note",
        "《{rubric}》没有校正得分：{why}",
        "不需要处理",
    ),
    "severity-islands": (
        "warning",
        "《{rubric}》有 {count} 个组没有按督学宽严校正：{groups}，查这些组的督学不能都互相比较",
        "请让查这些组的督学至少各有一次和另一名督学一起去一所学校，各填各的检查表，连成一片",
    ),
    "severity-moved": (
        "warning",
        "重新测定督学的宽严以后，{count} 名督学的校正变了，最多变了 {most} 分",
        "已经发出的意见书、通报不改；要按新的校正，请重新出",
    ),
    "fairness-edited": (
        "warning",
        "这份分析写出以后有人改过，没有重写",
        "要重写的，请先移走它或改个名，再运行 scoring fairness",
    ),
}
