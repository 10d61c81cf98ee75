"""Messages: what is looked at again, and what was found."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "followup-nothing": (
        "error",
        "没有可以抽的整改事项：都已销号，或已抽出还没有复查",
        "已销号的也要抽（查反弹），请加 --closed；抽出的用 scoring followup send 再发一次",
    ),
    "followup-drawn": (
        "error",
        "{day}已经用种子 {seed} 这样抽过，是第 {number} 次回头看，没有再抽",
        "发复查记录请用 scoring followup send；确要再抽一次，换一个种子（--seed），或不写种子",
    ),
    "followup-days": (
        "error",
        "复查的日期不对：{day}抽取，写的是 {since} 至 {until}",
        "--from 不能早于抽取的日期，--until 不能早于 --from；没有抽，请改好再抽",
    ),
    "followup-nobody": (
        "error",
        "{school}的 {count} 条没有人可以复查：{detail}",
        "请在督学名册里加人或调整检查组（每组至少有一人没有查过这所学校），再抽一次",
    ),
    "followup-none": (
        "error",
        "还没有抽过“回头看”",
        "请先运行 scoring followup draw",
    ),
    "followup-alone": (
        "error",
        "{item} 的复查人 {who} 都是原检查人，不能单独复查自己查出的问题，结论没有记入",
        "请由没有查过这所学校的人一起复查，在“复查人”写上他（她）的姓名",
    ),
    "followup-odd": (
        "error",
        "{item} 学校没有报送过，结论不能是“{verdict}”，没有记入",
        "没有改的选“未改”",
    ),
    "followup-again": (
        "error",
        "{item} 已有复查结论“{verdict}”，这一份不同，没有记入",
        "请核对以哪一份为准；确要改的，先用 scoring rectify decide 重新立项，再收一次",
    ),
    "followup-differs": (
        "error",
        "{item} 在几份复查记录里填得不一样，都没有记入：{files}",
        "请核对以哪一份为准，把其余的移出 followup/returned",
    ),
    "followup-withdrawn": (
        "warning",
        "{item} 更正后已不再是问题，结论没有记入",
        "不用处理",
    ),
    "followup-edited": (
        "warning",
        "这份回头看的文书有人改过，内容后来又变了，因此没有重写",
        "要新的一份：移走或改名，再运行 scoring followup report（通知和抽取记录是 send），抄过去",
    ),
    "followup-photo": (
        "warning",
        "{item} 的{detail}；结论照常记入",
        "请把照片放进 evidence 下该校的“整改”文件夹，文件名和表里写的一致",
    ),
}
