"""What a cell shows, where its file says that it may not be what it holds."""

from __future__ import annotations

from inspections.records.numbers import exact
from inspections.workbook.reading.cell_facts import CellFacts
from inspections.workbook.reading.format_text import seen_text
from inspections.workbook.reading.number_formats import shows_percent
from inspections.workbook.reading.rich_text import Seen


def seen(facts: CellFacts, sheet: str, cell: str, raw: object) -> Seen | None:
    """Returns what is seen of ``raw`` in a cell; None where that is ``raw`` as it is."""
    found = facts.seen.get((sheet, cell))
    if found is not None:
        return found
    form = facts.forms.get((sheet, cell))
    if form is None or isinstance(raw, bool):  # no format changes a truth value
        return None
    text = seen_text(form, raw)
    return Seen("", why=f"数字格式“{form[:40]}”下认不出的样子") if text is None else Seen(text)


def is_percent(facts: CellFacts, sheet: str, cell: str, raw: object) -> bool:
    """Whether a cell shows its number, which is not zero, as a per cent."""
    if (sheet, cell) in facts.percents:
        return bool(raw)
    form = facts.forms.get((sheet, cell))
    return bool(form and raw and type(raw) is float and shows_percent(form, exact(raw)))
