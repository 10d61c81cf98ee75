"""What one inspector proves of a fact is not asked of a colleague of the same visit."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspections.collecting.collecting import collect
from inspections.round.round import Combining
from inspections.workbook.form.contents import RowEntry
from scoring.steps.scoring import score_and_write
from tests.inspections.small_round import INSPECTORS, small_round, spec, write

FAULT = "灶台有油污"


@pytest.mark.parametrize(
    ("names", "combined", "owed"),
    [
        (("1号笔录", ""), False, []),
        (("", "1号笔录"), False, []),
        (("", ""), False, ["D01", "D02"]),
        (("1号笔录", ""), True, ["D02"]),
        # A file that was promised and has not come proves nothing to anybody.
        (("IMG_1.jpg", ""), False, ["D02"]),
    ],
)
def test_evidence_of_a_colleague_counts(
    tmp_path: Path, names: tuple[str, str], combined: bool, owed: list[str]
) -> None:
    combining = Combining(facts="combined" if combined else "agreed")
    of = small_round(tmp_path, raters="each", combining=combining)
    of.folder.returned.mkdir()
    for inspector, name in zip(INSPECTORS, names, strict=False):
        rows = {"A1": RowEntry(fault=FAULT, evidence=name)}
        path = of.folder.returned / f"{inspector.id}.xlsx"
        head = {"同行督学": "、".join(it.name for it in INSPECTORS[:2] if it is not inspector)}
        write(of, path, spec(head, rows, inspector=inspector))
    found = collect(of, workers=0)
    met = score_and_write(of, [], found).met
    for problems in (found.problems, met):
        asked = [Path(it.place.file).stem for it in problems if it.code == "evidence-missing"]
        assert sorted(asked) == owed
