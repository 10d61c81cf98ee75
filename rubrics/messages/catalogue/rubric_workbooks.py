"""Messages: a rubric as a workbook."""

from __future__ import annotations

from rubrics.messages.catalogue.message import Message

MESSAGES: dict[str, Message] = {
    "rubric-sheet-missing": (
        "error",
        "工作簿里没有“{sheet}”表",
        "请在 scoring rubric export 导出的工作簿上修改，不要删改表名",
    ),
    "rubric-sheet-unknown": ("warning", "不认识工作表“{sheet}”，没有读取", "多余的工作表请删去"),
    "rubric-heading-missing": ("error", "缺少“{heading}”一列", "请补上这一列；表头写在第一行"),
    "rubric-heading-unknown": (
        "warning",
        "不认识“{heading}”，没有读取",
        "请不要改动表头；说明可写在备注里",
    ),
    "rubric-row-orphan": (
        "error",
        "“{value}”在“{sheet}”表里没有，这一行没有读取",
        "请改为已有的编号，或在那张表里补上",
    ),
    "rubric-cell-unused": ("error", "“{heading}”不用于{what}", "请清空这一格，或改规则种类"),
    "rubric-id-made": (
        "error",
        "编号 {value} 是日期、逻辑值或日期的序号，多半是电子表格把原来的编号（如 1-1）改成了这样",
        "请把这一列设为文本格式，重新填写编号",
    ),
    "rubric-rule-twice": ("error", "{id} 有两行“规则”", "请删去一行"),
}
