"""What a result rests on that was corrected since: by the inspectors, or by the bureau."""

from __future__ import annotations

from reports.letter import sentences
from reports.letter.subject import Letter


def corrections(letter: Letter) -> str:
    """Returns that records were corrected, and which items by the bureau; empty where none was.

    A school may have been told another figure before. Who corrected it is the bureau's affair.
    """
    told = []
    if letter.corrected:
        told.append(sentences.CORRECTED_SHEETS.format(count=letter.corrected))
    if letter.decided:
        seen = {
            item.owner
            for visit in letter.score.visits
            for item in visit.observations
            if item.decided
        }
        items = "、".join(name for name in letter.indicators if name in seen)
        told.append(sentences.CORRECTED_ITEMS.format(items=f"（{items}）" if items else ""))
    if not told:
        return ""
    return sentences.CORRECTED.format(what="，".join(told), paper=letter.paper)
