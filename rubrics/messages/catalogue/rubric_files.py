"""Messages: reading a rubric from its file."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "file-missing": ("error", "找不到文件 {name}", "请检查路径和文件名"),
    "file-folder": (
        "error",
        "{name} 是文件夹，这里要写一个文件",
        "请在后面接着写里面那个文件的文件名",
    ),
    "rubric-missing": (
        "error",
        "没有细则“{name}”",
        "自带的细则有 {known}；自己的细则请写 YAML 文件的路径",
    ),
    "file-too-big": ("error", "文件太大，不像是细则", "请确认选对了文件"),
    "file-too-much": ("error", "项数太多：{detail}", "请删去多余的，或分成几份"),
    "file-encoding": (
        "error",
        "文件编码是 {encoding}，不是 UTF-8",
        "请用记事本打开，另存为，编码选 UTF-8",
    ),
    "file-not-text": (
        "error",
        "这不是文本文件",
        "细则是 YAML 文本；Excel 里的细则请先用 scoring rubric import 转换",
    ),
    "yaml-syntax": ("error", "YAML 写法有误：{detail}", "请{write}"),
    "yaml-duplicate-key": ("error", "“{key}”写了两次", "请删去或改名其中一个"),
    "yaml-empty": ("error", "文件里没有内容", "请写上细则，或换一个文件"),
    "rubric-missing-key": ("error", "缺少“{key}”", "请补上 {key}：{meaning}"),
    "rubric-unknown-key": ("error", "不认识“{key}”", "这里可以写：{known}"),
    "rubric-value": ("error", "“{value}”不对：{detail}", "请按细则写法说明修改"),
}
