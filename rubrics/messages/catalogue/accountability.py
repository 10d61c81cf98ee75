"""Messages: rules of accountability and awards, proposals, and what was decided on them."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "accountability-missing": (
        "error",
        "没有问责和表彰规则，什么也没有提出",
        "请用 scoring accountability example 写一份样例，逐条核定以后再提",
    ),
    "accountability-there": (
        "error",
        "这里已经有问责和表彰规则，没有改动",
        "要用样例的，请先把原来的移走或改名",
    ),
    "accountability-value": ("error", "问责和表彰规则写得不对：{detail}", "{remedy}"),
    "accountability-previous": (
        "error",
        "读不到往轮的结果“{name}”，“连续几轮”的规则没有算它",
        "请核对 accountability.yaml 的 previous；往轮的文件夹里要有 results/result.json",
    ),
    "accountability-former": (
        "warning",
        "以前的批次“{name}”打不开，“一年内已被问责几次”没有算上它",
        "请把那个批次的文件夹放回原处，或在 round.yaml 的 follows 里改正",
    ),
    "accountability-unseen": (
        "warning",
        "规则“{rule}”要看连续几轮，往轮给得不够，没有算",
        "请在 accountability.yaml 的 previous 里写上往轮的批次文件夹，从近到远",
    ),
    "accountability-no-complaints": (
        "warning",
        "规则写了投诉几件（complaints），台账里没有收过热线来访，都按没有符合算",
        "请用 scoring voices import 收热线来访的登记表",
    ),
    "accountability-tie": (
        "note",
        "规则“{rule}”：{group}名额边上{count}所同分（{names}），前面已有 {sure} 所，按规则{taken}",
        "要改的请在 accountability.yaml 这条规则的 rank 里改 tie 或 by",
    ),
    "accountability-basis-open": (
        "note",
        "有 {count} 条规则的依据还没有核对原文：{rules}",
        "请核对以后把 verified 改为 V；没有核对的，文书上会注明",
    ),
    "accountability-none": (
        "error",
        "台账里还没有问责和表彰的建议",
        "请先运行 scoring accountability propose，决定填好以后放进 accountability/returned",
    ),
    "accountability-ruling-lacks": (
        "error",
        "{proposal} 的决定没有记入：{what}",
        "请在这一行补填或改正，再收一次",
    ),
    "accountability-not-printed": (
        "warning",
        "{proposal} 的{what}，通报和名单里不印，免得印出个人姓名",
        "请只写职务或会议，如 局长办公会；文号写成 某教〔2026〕3号，没有文号的不填",
    ),
    "accountability-ruling-differs": (
        "error",
        "{proposal} 在几份表里决定得不一样，都没有记入：{files}",
        "请问明以哪一份为准，把其余的移出 accountability/returned",
    ),
    "accountability-paper-edited": (
        "warning",
        "这份文书有人改过，现在的数据又不一样了，没有改动",
        "请核对以后自己改；要重新写的，请先把它移走或改名，再运行一次",
    ),
    "accountability-flagged": (
        "warning",
        "{proposal} {school}“{measure}”{why}，以前的决定留在台账里，不再有效",
        "请运行 scoring accountability propose 重新提出；已经发出的文书请收回或更正",
    ),
    "accountability-undecided": (
        "note",
        "还有 {count} 条建议没有决定，没有写文书",
        "请把填好的表放进 accountability/returned，运行 scoring accountability collect",
    ),
}
