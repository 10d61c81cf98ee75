"""Messages: what schools have to put right, and what they say of it."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "rectify-report-edited": (
        "warning",
        "这份整改报告有人改过，内容后来又变了，因此没有重写",
        "要新的一份：移走或改名，再运行一次 scoring rectify report，把改过的地方抄过去",
    ),
    "rectify-undated": (
        "error",
        "没有写意见书的成文日期，算不出整改期限，什么也没有立",
        "请在 round.yaml 的 letters.day 写明成文日期，或加 --day 写明从哪一天起算",
    ),
    "rectify-early": (
        "warning",
        "整改期限从 {day} 起算，而有的检查在这以后（最晚的是 {found}），期限短了",
        "请核对 --day 或 round.yaml 的 letters.day；个别期限要改的，用 scoring rectify extend",
    ),
    "rectify-holidays": (
        "note",
        "{years} 年的放假安排还没有收入，其中的工作日按周一至周五计",
        "放假安排公布以后请更新程序；个别期限要改的，用 scoring rectify extend",
    ),
    "rectify-none": (
        "error",
        "整改台账里还没有事项",
        "请先运行 scoring rectify open，把意见书里的问题列入台账",
    ),
    "rectify-returned": (
        "warning",
        "{item} 的报送不完整，已退回：{reason}",
        "请通知学校补齐，重新报送；再发一次整改清单（scoring rectify send），退回的理由写在上面",
    ),
    "rectify-reply-finished": (
        "warning",
        "{item} 已经是“{state}”，这一行没有读入",
        "确有新情况的，先用 scoring rectify decide 重新立项，再收一次",
    ),
    "rectify-reply-differs": (
        "error",
        "{item} 在几份表里填得不一样，都没有读入：{files}",
        "请问明学校以哪一份为准，把其余的移出 rectify/returned",
    ),
    "rectify-proof-unused": (
        "note",
        "这份整改佐证没有写进任何一条整改清单",
        "请学校在“佐证”一栏写上它的文件名；不用的可以删去",
    ),
    "rectify-item-unknown": (
        "error",
        "台账里没有第 {item} 号整改事项",
        "请写整改台账里的编号，如 {example}；只写最后的数字也行",
    ),
    "rectify-not-now": (
        "error",
        "{item} 现在是“{state}”，不能{verb}，没有记入",
        "{remedy}",
    ),
    "rectify-day-wrong": (
        "error",
        "延期的日期 {until} 不晚于现在的期限 {due}，没有记入",
        "请写一个更晚的日期（--until，或“新期限”一栏）；补记、更正批准人的，日期不变，批准人要写",
    ),
    "rectify-decision-lacks": (
        "error",
        "{item} 的结论是“{verb}”，{what}，没有记入",
        "请补填后再读一次；用命令的，加上 --why、--until、--approved 再运行一次",
    ),
    "rectify-term-unknown": (
        "error",
        "{item}：限期的要写整改期限，这一行没有列入",
        "请在“整改期限”填日期；长期整改的，类别选“长期”",
    ),
}
