"""How long inspectors were at schools: where two records of a school overlap it counts once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from inspections.records.record_list import Head


def times_on_site(heads: Iterable[Head]) -> dict[str, list[tuple[datetime, datetime]]]:
    """Returns arrivals and departures by school, of the records that tell both."""
    times: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for head in heads:
        if head.arrived and head.left and head.left > head.arrived:
            times[head.key.school].append((head.arrived, head.left))
    return dict(times)


def length(spans: Iterable[tuple[datetime, datetime]]) -> timedelta:
    """Returns how long spans of time are together, what they share counted once."""
    whole, end = timedelta(), datetime.min
    for start, stop in sorted(spans):
        whole += max(stop - max(start, end), timedelta())
        end = max(end, stop)
    return whole


def minutes_on_site(heads: Iterable[Head]) -> int:
    """Returns the whole minutes at all schools together."""
    whole = sum((length(spans) for spans in times_on_site(heads).values()), timedelta())
    return int(whole.total_seconds() // 60)
