"""What is said under a ranking's title of how sure its ranks are."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.results.certainty import Certainty


def certainty_notes(certainty: Certainty | None, *, here: bool, sheet: str) -> Iterator[str]:
    """Yields what the column of true ranks means, or why there is none and what would make it
    known; nothing where the round does not ask. ``here``: whether there is one; ``sheet``: which
    one tells more.
    """
    if certainty is None:
        return
    if here:
        caveat = f"；{certainty.caveat}" if certainty.caveat else ""
        yield (
            f"“真实名次”{certainty.by}，有{certainty.level}把握在所列范围{caveat}；"
            f"谁和谁分不出先后，见“{sheet}”。只供参考，不改变得分和名次"
        )
    elif not certainty.known and certainty.left_out:
        yield f"名次有多大把握无从知道：{certainty.left_out}"
