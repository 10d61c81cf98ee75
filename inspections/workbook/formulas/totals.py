"""The running totals on top of a visit sheet."""

from __future__ import annotations

from inspections.records.record import State
from inspections.workbook.form.layout import Block, Column, SheetLayout
from inspections.workbook.formulas.weighed import weighed_total
from rubrics.language.bonuses import capped_by
from rubrics.language.rubric import Extra, Indicator, RedLine, Rubric
from rubrics.language.worth import by_points_alone
from rubrics.rules.composite import ALL_DROPPED
from rubrics.rules.formulas import EXCUSED_WORDS, literal, quoted, settled


def total_formulas(layout: SheetLayout, rubric: Rubric) -> dict[str, str]:
    """Returns the running totals by name (``layout.TOTALS``), with their ``=``.

    得分 and 应得 are sums over what is checked, weighed where the rubric has weights (out of all
    points then); 标化分 is published to the rubric's places. As in the engine, items are added
    exactly, or rounded first where the rubric says so, and the sum is rounded once.
    """
    first, last = layout.indicator_rows
    scores, points = (
        f"{column.at(first)}:{column.at(last)}" for column in (Column.SCORE, Column.POINTS)
    )
    earned = _added(layout, rubric)
    applicable = f"SUMPRODUCT(ISNUMBER({scores})*1,{points})"
    weighed = None if by_points_alone(rubric) else weighed_total(layout, rubric)
    normalised = _published(earned, rubric.places)
    if rubric.scale == "merits":
        whole = _published(f"({earned})*{literal(rubric.points)}/{applicable}", rubric.places)
        if weighed is not None:
            whole = _published(weighed, rubric.places)
        normalised = f'IF({applicable}=0,"标化 —",{whole})'
    due = sum(
        block.first.kind != "inapplicable"
        for block in layout.blocks
        if isinstance(block.item, Indicator)
    )
    states = f"{Column.STATE.at(first)}:{Column.STATE.at(last)}"
    words = ",".join(quoted(word) for word in (*EXCUSED_WORDS, ALL_DROPPED))
    excused = f"COUNTIF({states},{quoted(State.EXCUSED)})+SUMPRODUCT(COUNTIF({scores},{{{words}}}))"
    keys, lines = (_gathered(layout, column) for column in (Column.KEY, Column.LINE))
    return {
        "得分": f"={_published(earned, 4)}"
        if weighed is None
        else f"=IF({applicable}=0,0,{_published(weighed, 4)})",
        "应得": f"=ROUND({applicable},4)"
        if weighed is None
        else f"=IF({applicable}=0,0,{literal(rubric.points)})",
        "标化分": f"={normalised}",
        "加减分": f"={_extras(layout, rubric)}",
        "已查": f'="已查 "&COUNT({scores})&" / 应查 "&({due}-({excused}))',
        "提示": f'=IF({keys}="","","★关键项未达标："&{keys})&IF({lines}="","","◆红线："&{lines})',
    }


def _added(layout: SheetLayout, rubric: Rubric) -> str:
    """What the items come to, each or each dimension rounded first where the rubric says so."""
    column = Column.SCORE
    if rubric.rounding == "total":
        first, last = layout.indicator_rows
        return f"SUM({column.at(first)}:{column.at(last)})"
    rows = {block.owner: block.first.number for block in layout.blocks}
    addends = []
    for dimension in rubric.dimensions:
        own = [rows[item.id] for item in dimension.indicators]
        if rubric.rounding == "items":
            addends += [_published(f"N({column.at(row)})", rubric.places) for row in own]
        else:
            span = f"SUM({column.at(min(own))}:{column.at(max(own))})"
            addends.append(_published(span, rubric.places))
    return "+".join(addends)


def _published(value: str, places: int) -> str:
    return f"ROUND({settled(value)},{places})"


def _gathered(layout: SheetLayout, column: Column) -> str:
    """The names that stand in a hidden column, one after another."""
    cells = [
        column.at(block.first.number)
        for block in layout.blocks
        if block.first.kind != "inapplicable" and _may_alert(block, column)
    ]
    return f"({'&'.join(cells)})" if cells else '""'


def _may_alert(block: Block, column: Column) -> bool:
    item = block.item
    if isinstance(item, RedLine):
        return column is Column.LINE
    if isinstance(item, Indicator):
        return bool(item.key) if column is Column.KEY else bool(item.red_lines)
    return False


def _extras(layout: SheetLayout, rubric: Rubric) -> str:
    """Bonus less penalty, each family's highest and each section's cap observed."""
    rows = {block.owner: block.first.number for block in layout.blocks}
    sums = []
    for section in (rubric.bonus, rubric.penalty):
        families: dict[str, list[Extra]] = {}
        for extra in section.items if section else ():
            family = getattr(extra.rule, "family", None) or f"{extra.id} alone"
            families.setdefault(family, []).append(extra)
        highest: dict[str, list[str]] = {}
        for items in families.values():
            under = capped_by(rubric, items[0])
            best = f"MAX({','.join(Column.SCORE.at(rows[extra.id]) for extra in items)})"
            highest.setdefault(under.id if under else "", []).append(best)
        caps = {item.id: item.bonus_cap for item in rubric.dimensions}
        added = [
            f"MIN({literal(cap)},{'+'.join(each)})" if (cap := caps.get(name)) else "+".join(each)
            for name, each in highest.items()
        ]
        sums.append(f"MIN({literal(section.cap)},{'+'.join(added)})" if section else "0")
    return f"ROUND({sums[0]}-{sums[1]},4)"
