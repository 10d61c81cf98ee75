"""Messages: what schools say of themselves before the visit."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "selfassess-none": (
        "error",
        "本批次没有一份细则要学校自评",
        "要自评的，在细则里写 self_assessment: true（见 rubrics/README.md），再运行这个命令",
    ),
    "selfassess-changed": (
        "error",
        "{name}的自评表是按改动以前的细则发的（自评的指标或分值不同），没有读取",
        "请重新发一份（scoring selfassess send），请学校誊进去再交",
    ),
    "selfassess-reason": (
        "error",
        "{item} 填了“不适用”，没有写理由，这一项没有记入",
        "请在“自评说明”里写明为什么不涉及，再交一份；做到一部分的，填分",
    ),
    "selfassess-empty": (
        "error",
        "{school}的自评表没有一项记入，这份表不算交了",
        "请学校填好或改正以后再交一份",
    ),
    "selfassess-differs": (
        "error",
        "{school}交来几份自评表，填得不一样，哪一份都没有记入：{files}",
        "请学校说明以哪一份为准，把其余的移出 selfassess/returned，再收一次",
    ),
    "selfassess-late": (
        "warning",
        "{school}的自评表在检查表收回以后才交，检查时没有见到；照样记入，算自评与复评的相差",
        "请核对；不是检查以前填的，请向学校问明情况",
    ),
}
