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
        "{scope}没有按督学宽严校正得分：{why}",
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
        "请让查这些组的督学至少各有一次与别的督学同去一所学校，各填各的检查表，连成一片",
    ),
    "severity-none": (
        "note",
        "《{rubric}》{day} 定为不校正，照旧不校正：{why}",
        "现在测得出来、要校正的，运行 scoring round severity 并加 --yes --why 理由",
    ),
    "severity-late": (
        "warning",
        (
            "《{rubric}》的宽严校正已于 {day} 定下，{who}督学那时没有检查表："
            "这 {count} 人的检查表不校正（按 0 分计），别人的校正不变，免得已经发出的得分跟着变"
        ),
        (
            "不用处理；要测定他们的宽严的，运行 scoring round severity 并加 --yes --why 理由，"
            "人人的校正重新测定，内容变了的意见书换新编号"
        ),
    ),
    "severity-drifted": (
        "warning",
        "《{rubric}》用的是 {day} 定下的宽严校正，同按现有检查表测定的不同：{what}",
        (
            "已经发出的以定下的为准，不用处理；确有必要按现有检查表重新测定的，"
            "运行 scoring round severity 并加 --yes --why 理由，内容变了的意见书换新编号"
        ),
    ),
    "severity-elsewhere": (
        "error",
        "这期间别人给意见书编了号，或重新测定了宽严校正，同这次计分用的不同；这次没有编号",
        "请重新运行 scoring run",
    ),
    "severity-not-asked": (
        "error",
        "{settings} 没有写 severity_correction，这个批次不按督学宽严校正得分",
        "要校正的，请先在 {settings} 写上",
    ),
    "severity-nothing": (
        "error",
        "没有可以测定的：这些细则没有收到计分的检查表，或没有要求校正",
        "请核对 --rubric 和 severity_correction.rubrics",
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
