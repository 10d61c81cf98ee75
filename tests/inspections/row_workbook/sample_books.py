"""An invented list of things to put right, as a school gets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from inspections.row_workbook import Kind, Row, RowBook, RowColumn

KEY = "2-0123456789abcdef0123456789abcdef"
OTHER_KEY = "2-fedcba9876543210fedcba9876543210"

COLUMNS = (
    RowColumn("fact", "问题", width=26),
    RowColumn("demand", "整改要求", width=20),
    RowColumn("done", "整改措施", Kind.TEXT, 24, "做了什么，谁做的", required=True, longest=300),
    RowColumn(
        "day", "完成日期", Kind.DATE, 11, "如 2026-11-20", required=True,
        window=(date(2026, 9, 1), date(2027, 7, 31)),
    ),
    RowColumn("progress", "进度（%）", Kind.WHOLE, 7, "0—100", most=100, unit="%"),
    RowColumn(
        "state", "结果", Kind.CHOICE, 9, choices=("已完成", "正在整改", "长期坚持"),
        words={"完成": "已完成"},
    ),
    RowColumn("proof", "佐证文件名", Kind.FILES, 16),
    RowColumn(
        "points", "自评分", Kind.POINTS, 8, choices=("不适用",), words={"无": "不适用"},
        step=Decimal("0.5"),
    ),
)  # fmt: skip

ROWS = (
    Row(
        "Z-0001", {"fact": "更衣室没有紫外线灯，3 人未穿工作服。", "demand": "5 天内改正"},
        points=Decimal(4),
    ),
    Row(
        "Z-0002", {"fact": "留样 2 种，不足 125 克。", "demand": "立行立改"}, due=True,
        points=Decimal(2),
    ),
    Row(
        "Z-0007", {"fact": "=1+1 开头的字也是字", "demand": "15 天内改正"},
        {"done": "已联系厂家", "progress": 40,
          "day": date(2026, 11, 20), "proof": ("甲.jpg", "乙.jpg")},
        points=Decimal(3),
    ),
)  # fmt: skip

BOOK = RowBook(
    "2026a", KEY, "rectify", "330101001", "青石镇中心小学", 1, "青石镇中心小学整改事项",
    ("请逐条填写措施、完成日期和佐证文件名，填好后交回这份表；佐证文件另附。",
     "2026年12月18日前交回；联系人：督导科，电话 000-0000000。"),
    COLUMNS, ROWS, ("校长（签字）：", "填表人：", "日期："),
)  # fmt: skip

BLANK = replace(
    BOOK, kind="elsewhere", to="督导科", to_name="督导科", title="其他来源的问题",
    columns=COLUMNS[2:], rows=(), spare=20, signatures=(),
)  # fmt: skip


def issued(book: RowBook, issue: int) -> RowBook:
    return replace(book, issue=issue)
