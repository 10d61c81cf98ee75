"""Invented items for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from inspections.ledger.chain import By
from inspections.records.rectification import Item, Term
from tests.inspections.small_round import SCHOOLS

OPENED = date(2026, 9, 21)
BY = By("李科长", "督导意见已发出")

ITEM = Item(
    SCHOOLS[0].id,
    "kitchen/A1",
    "补齐留样记录",
    OPENED,
    kind=Term.DAYS,
    days=15,
    due=date(2026, 10, 6),
    rubric="kitchen",
    owner="A1",
    title="食品留样",
    described="留样缺 3 天",
    quantity="3 天",
    evidence=("照片1.jpg", "留样本"),
    basis="《学校食品安全与营养健康管理规定》第四十条",
    office="安全股",
)


def other(key: str, **changed: object) -> Item:
    """Returns the item under another key."""
    return replace(ITEM, key=key, **changed)  # type: ignore[arg-type]
