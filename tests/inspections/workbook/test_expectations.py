"""What workbooks are read against goes to reading processes at any time."""

from __future__ import annotations

import pickle
from pathlib import Path

from inspections.workbook.form.expectations import expectations
from tests.inspections.small_round import SCHOOLS, small_round


def test_it_pickles_before_and_after_it_was_used(tmp_path: Path) -> None:
    opened = small_round(tmp_path)
    expected = expectations(opened)
    assert pickle.loads(pickle.dumps(expected)) == expected
    [*rubrics] = opened.rubrics.values()
    used = [expected.sheet(rubric, school) for rubric in rubrics for school in SCHOOLS]
    sent = pickle.loads(pickle.dumps(expected))
    met = [sent.sheet(rubric, school) for rubric in rubrics for school in SCHOOLS]
    assert [sheet.index for sheet in met] == [sheet.index for sheet in used]
    assert [len(sheet.owners) for sheet in met] == [len(sheet.owners) for sheet in used]
