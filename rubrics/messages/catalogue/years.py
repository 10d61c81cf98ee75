"""Messages: several rounds as a year, and months."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "year-few": (
        "error",
        "只有一个批次，合不成一年",
        "请按时间先后写两个以上批次的文件夹（scoring year 上半年 下半年），或写装着它们的文件夹",
    ),
    "year-again": (
        "error",
        "{first} 和 {second} 是同一个批次（{id}）",
        "每个批次只写一次；复制出来的文件夹请去掉一个",
    ),
    "year-order": (
        "error",
        "{later} 的检查从 {since} 开始，写在它前面的 {earlier} 却从 {then} 开始",
        "请按时间先后写批次的文件夹，升降从前往后比；日期写错的，改 round.yaml 的 window",
    ),
    "year-county": (
        "error",
        "{first} 和 {second} 没有一所相同的学校（按学校代码对照）",
        "请确认是同一个县的批次；换过学校代码的，请在名册里改回原来的代码，重新计分",
    ),
    "year-apart": (
        "warning",
        "各批次没有一项相同的细则，只列各自的成绩，没有可以比较的",
        "请确认要合在一起的是这几个批次；细则换了代码（id）的，请用原来的代码",
    ),
    "year-unscored": (
        "error",
        "{name} 还没有公布过结果，不能计入年度",
        "请先对它运行 scoring score，再运行一次",
    ),
    "year-rubric-lost": (
        "error",
        "结果依据的细则“{rubric}”（{version} 版）在文件夹和台账里都找不到了，无法比较",
        "请把当时的细则文件放回去；细则已改、结果要跟着变的，再运行一次 scoring score",
    ),
    "year-weights": (
        "error",
        "各批次的权重不对：{detail}",
        "请按批次的先后各写一个，合计 1 或 100，如 --weights 0.4,0.6；都一样重就不写",
    ),
    "year-value": (
        "error",
        "年度设置写得不对：{detail}",
        "year.yaml 可以写 title、weights、slide、red_line，照 scoring/README.md 的样子改",
    ),
    "year-scale": (
        "warning",
        "“{rubric}”各批次的满分或计分方向不同，没有合计年度分",
        "各轮成绩照列，只比较没有变的指标；要合计的，请先统一细则",
    ),
    "year-changed": (
        "note",
        (
            "“{rubric}”各批次的版本不同（{versions}），只比较没有变的 {count} 项指标；"
            "没有比较的：{left}"
        ),
        "不用处理；年度成绩表的“细则变动”逐条列出",
    ),
    "year-edited": (
        "warning",
        "这个文件有人改过，内容后来又变了，因此没有重写",
        "要新的一份：把它移走或改名，再运行一次 scoring year；把改过的地方抄过去",
    ),
    "year-left": (
        "warning",
        "这一页是以前写的，学校现在不在年度成绩里；有人改过，因此没有删除",
        "不再用的请移走",
    ),
    "month-edited": (
        "warning",
        "这份月报有人改过，内容后来又变了，因此没有重写",
        "要新的一份：把它移走或改名，再运行一次 scoring monthly；把改过的地方抄过去",
    ),
    "month-none": (
        "warning",
        "到 {month} 月底还没有检查记录，也没有整改事项，月报里都是“—”",
        "请核对月份（--month 2026-11）和批次文件夹；检查表没有收的，先运行 scoring collect",
    ),
    "month-late": (
        "note",
        "{month}和以前的整改事项、进展，有 {count} 条是月底以后才记入台账的，已按写明的日期计入",
        "月底已出过这个月月报的，请核对两次的数；不用处理的就留着",
    ),
}
