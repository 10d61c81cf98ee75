"""Messages: papers that are made from templates."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "bulletin-edited": (
        "warning",
        "这份通报有人改过，通报的内容后来又变了，因此没有重写",
        "要新的一份：把它移走或改名，再运行一次 report --only bulletin；把改过的地方抄过去",
    ),
    "bulletin-blanks": (
        "note",
        "通报的{what}没有设置，留了空行",
        (
            "在 Word 里填上；要每次都印上，写在 round.yaml 的 contact（联系人、电话）和"
            " bulletin.copies（抄送）里"
        ),
    ),
    "bulletin-missing": (
        "error",
        "还没有写过通报，说不出每段的数从哪里来",
        "请先运行 scoring report --only bulletin，再问一次",
    ),
    "monthly-missing": (
        "error",
        "还没有写过这个月的月报，说不出每段的数从哪里来",
        "请先运行 scoring monthly，再问一次",
    ),
    "bulletin-paragraph": (
        "error",
        "没有第 {number} 段，共 {count} 段",
        "请写 1 到 {count} 之间的段号；0 列出全部",
    ),
    "template-unknown": (
        "error",
        "没有叫“{name}”的模板",
        "可以写：{known}",
    ),
    "template-folder": (
        "error",
        "没有这个放模板的文件夹，用的是自带的模板",
        "请核对 --templates 后面写的路径",
    ),
    "template-unused": (
        "warning",
        "模板文件夹里的“{name}”没有用上：没有叫这个名称的模板",
        "要用它的，请在 Word 里另存为 .docx，文件名写成其中一个：{known}",
    ),
    "template-there": (
        "error",
        "这个文件已经有了，没有覆盖",
        "请换一个文件名，或先把它移走",
    ),
    "template-unreadable": (
        "error",
        "模板打不开，没有用它写文书：{detail}",
        "请用 Word 另存为 .docx；或用 scoring template copy 取一份原样的模板，重新改",
    ),
    "template-name": (
        "error",
        "模板里的标签“{tag}”用了没有的名称“{unknown}”，文书没有写成",
        "请改成有的名称（scoring template list 列出每个模板可以用的），或删掉这个标签",
    ),
    "template-other": (
        "error",
        "这是“{paper}”的模板，不能用来写这份文书，文书没有写成",
        "请核对模板文件；或用 scoring template copy 取一份对的模板",
    ),
    "template-tag": (
        "error",
        "模板里的标签写错了：“{tag}”；{reason}，文书没有写成",
        "请在 Word 里改好这个标签；改不好的，用 scoring template copy 取一份原样的模板对照",
    ),
    "template-heavy": (
        "error",
        "用这个模板写文书，{detail}，没有写成",
        "请删去模板里不用的图片和重复的标签；或用 scoring template copy 取一份原样的模板，重新改",
    ),
}
