"""An explanation as lines for a terminal: figures in columns, then what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from rich.cells import cell_len
from rich.text import Text

from inspections.records.record import State
from rubrics.language.basis import Basis
from rubrics.values.points import to_units
from scoring.explaining.explanation import Explanation, RubricPart
from scoring.explaining.item import Item
from scoring.explaining.records import RecordStep
from scoring.explaining.step import Step
from scoring.explaining.steps import lossy
from scoring.results.ballots import BESIDE, WAITING
from scoring.results.published import points_text, share_text
from scoring.results.tables import BESIDE_FEW, FEW

INDENT = "  "


def lines(told: Explanation) -> Iterator[Text]:
    """Yields the explanation line by line, with styles that a pipe leaves out."""
    yield Text(f"{told.name}（{told.school}）", "bold")
    if told.composite:
        yield Text()
        yield from _steps(told.composite)
    for part in told.rubrics:
        yield Text()
        yield Text(f"《{part.title}》{part.version} 版", "bold cyan")
        yield from _steps(part.steps)
        if part.item:
            yield Text()
            yield from _item(part.item)
        else:
            yield from _parts(part, told.full)


def _steps(steps: Sequence[Step]) -> Iterator[Text]:
    names = max(cell_len(step.name) for step in steps)
    values = max(min(cell_len(step.value), 16) for step in steps)
    for step in steps:
        line = Text(INDENT)
        line.append(_padded(step.name, names), "dim")
        line.append(INDENT + _padded(step.value, values), "bold")
        line.append(INDENT + step.because if step.because else "")
        line.rstrip()
        yield line


def _parts(part: RubricPart, full: bool) -> Iterator[Text]:
    """Dimensions, and under each its indicators: all of them, or those that want a look."""
    if not part.dimensions:
        return
    demerits = part.scale == "demerits"
    yield Text()
    yield from _table(
        ("一级指标", "记分" if demerits else "实得", "应得", "得分率", "组中位数"),
        [
            (
                f"{it.dimension} {part.titles[it.dimension]}",
                BESIDE if it.untold else _n(earned),
                _n(it.applicable),
                _percent(it.share),
                _percent(it.median),
            )
            for it, earned in zip(part.dimensions, part.printed, strict=True)
        ],
    )
    shown = [it for it in part.indicators if full or lossy(it, demerits)]
    if shown:
        yield Text()
        yield from _table(
            ("二级指标" if full else "失分、未查、缺项的二级指标", "分值", "得分", "说明"),
            [
                (
                    f"{it.indicator} {part.titles[it.indicator]}",
                    _n(it.points),
                    it.band or (_n(it.earned) if it.state is State.CHECKED else it.state.value),
                    it.reason + ("【关键项不符】" if it.key_failed else ""),
                )
                for it in shown
            ],
        )


def _item(item: Item) -> Iterator[Text]:
    points = "" if item.points is None else f"（{_points(item.points)} 分）"
    yield Text(f"{INDENT}{item.id} {item.title}{points}", "bold")
    earned = item.state if item.earned is None else f"{_points(item.earned)} 分"
    if item.band == BESIDE:
        earned = BESIDE_FEW
    elif item.band == WAITING:
        earned = FEW
    elif item.band:
        earned = f"得分{item.band}（{FEW}）"
    if item.pending:
        earned += "（待核）"
    told = [
        ("所属", item.section),
        ("结果", earned),
        ("保密", "填写的内容不出教育局，请勿外传" if item.confidential else ""),
        ("说明", item.reason),
        ("改好可得回", f"{_points(item.gain)} 分" if item.gain else ""),
        ("规则", item.rule),
        ("适用", item.applies),
        ("标准", item.threshold),
        *(("依据", _basis_text(basis)) for basis in item.basis),
        ("核实", _verified(item)),
        ("佐证", item.evidence),
        ("关键项", item.key + ("（不符）" if item.key_failed else "") if item.key else ""),
        *(("红线", line) for line in item.red_lines),
        ("屡查屡犯", item.repeat),
        *(("以前", text) for text in item.again),
        ("合成", item.combining),
    ]
    yield from _named([pair for pair in told if pair[1]], INDENT * 2)
    for number, record in enumerate(item.records, 1):
        yield Text()
        yield from _record(number, record)
    if not item.records:
        yield Text(f"{INDENT * 2}没有检查记录", "dim")


def _basis_text(basis: Basis) -> str:
    title = basis.marked_title
    number = f"（{basis.number}）" if basis.number and basis.number not in title else ""
    clause = f" {basis.clause}" if basis.clause else ""
    return f"{basis.code} {title}{number}{clause}，{_mark(basis.verified)}"


def _verified(item: Item) -> str:
    return _mark(item.verified)


def _mark(verified: bool) -> str:
    return "已核实" if verified else "待核实"


def _record(number: int, record: RecordStep) -> Iterator[Text]:
    head = f"{INDENT * 2}检查表 {number}  {record.inspector}"
    yield Text(head, "bold")
    when = " ".join(part for part in (record.occasion, record.day, record.hours) if part)
    earned = record.state.value if record.points is None else f"{_points(record.points)} 分"
    told = [
        ("检查", when + (f"，同行 {record.company}" if record.company else "")),
        ("结果", earned + ("（待核）" if record.pending else "")),
        ("说明", record.reason),
        ("文件", record.file),
        ("SHA-256", record.digest),
        ("工作表", record.sheet),
        *(("待定", f"另有不同的记录 {file}") for file in record.disputed),
        *(("决定", said) for said in record.decided),
        *(("答卷", said) for said in record.heard),
    ]
    yield from _named([pair for pair in told if pair[1]], INDENT * 3)
    if record.entries:
        rows = [(it.place, it.label, it.value) for it in record.entries]
        yield from _table(("单元格", "填写项", "内容"), rows, INDENT * 3)


def _named(pairs: Sequence[tuple[str, str]], indent: str) -> Iterator[Text]:
    width = max((cell_len(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        line = Text(indent)
        line.append(_padded(name, width), "dim")
        line.append(f"{INDENT}{value}")
        yield line


def _table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], indent: str = INDENT
) -> Iterator[Text]:
    """Columns as wide as they need; numbers to the right, the last column as it is."""
    held = [tuple(row) for row in rows]
    widths = [
        max(cell_len(row[n]) for row in [tuple(headings), *held]) for n in range(len(headings))
    ]
    yield _row(headings, widths, indent, "dim")
    for row in held:
        yield _row(row, widths, indent, "")


def _row(row: Sequence[str], widths: Sequence[int], indent: str, style: str) -> Text:
    cells = [
        cell if n == len(row) - 1 and n else _padded(cell, width)
        for n, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return Text((indent + INDENT.join(cells)).rstrip(), style)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def _percent(share: int | None) -> str:
    return "—" if share is None else share_text(share)


def _n(units: int) -> str:
    return points_text(units)


def _points(points: Decimal) -> str:
    return points_text(to_units(points))
