"""Who does something to the ledger, and why: both are kept with what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from inspections.ledger.chain import By

Why = Annotated[str, typer.Option("--why", metavar="理由", help="为什么，记入台账")]
Who = Annotated[str, typer.Option("--by", metavar="姓名", help="经手人，不写就记电脑的登录名")]


def by_whom(who: str, why: str) -> By:
    """Returns who acts, and why; without a reason it is bad usage."""
    from inspections.ledger.chain import By, by_user

    if not why.strip():
        raise typer.BadParameter("请写明理由")
    return By(who.strip() or by_user().who, why.strip())
