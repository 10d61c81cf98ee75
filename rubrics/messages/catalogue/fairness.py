"""Messages: how fair the figures of a round are."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "fairness-unknown-person": (
        "error",
        "没有代码是“{inspector}”的人填的表",
        "填过表的有：{known}",
    ),
    "fairness-edited": (
        "warning",
        "这份分析写出以后有人改过，没有重写",
        "要重写的，请先移走它或改个名，再运行 scoring fairness",
    ),
}
