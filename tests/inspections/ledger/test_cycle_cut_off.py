"""Two computers hear, open, draw and propose at once while the server cuts their connections."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import uuid
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import create_engine, text

from inspections.ledger.accountability import proposal_cases
from inspections.ledger.follow_up import all_draws
from inspections.ledger.objections import all_objections
from inspections.ledger.of_round import ledger_of, open_round
from inspections.ledger.opening import shared_url
from inspections.ledger.rectification import all_cases
from inspections.ledger.verifying import verify
from inspections.rectification.elsewhere import blank_list
from inspections.round.opened import OpenRound
from inspections.row_workbook import Row, rows_data
from inspections.steps.collecting import collect_round
from reports.steps.rectifying import write_rectification
from tests.inspections.ledger.test_cut_off import _CUT
from tests.inspections.small_round import SCHOOLS
from tests.inspections.started_round import started

EACH, CUTS = 3, 12
DAY = date(2026, 4, 21)

WORK = """
import sys
from datetime import date
from pathlib import Path
from inspections.ledger.accountability import Proposal, keep_proposals
from inspections.ledger.chain import By
from inspections.ledger.objections import Outcome
from inspections.ledger.of_round import ledger_of, open_round
from inspections.ledger.stopping import stopped
from inspections.steps.following_up import draw_follow_up
from inspections.steps.objecting import add_objection, decide_objection
from inspections.steps.rectifying import add_rectification

root, mine, each = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
day, by = date(2026, 4, 21), By(mine, "同时做")
proposals = [
    Proposal(school, "kitchen", f"规则{n}", "食堂不合格", "约谈", "总分 51.00", "某办法", "安全股")
    for school in ("21068101", "21068102") for n in range(3)
]

def again(work):
    '''As a person does it whose command told that the ledger was not reached.'''
    while True:
        try:
            made, problems = work()
            if not {"ledger-unreachable", "ledger-busy"} & {item.code for item in problems}:
                return made
        except Exception as error:
            if stopped(error) is None:
                raise

def propose():
    opened, problems = open_round(root)
    if opened is not None:
        with ledger_of(opened) as ledger:
            keep_proposals(ledger, proposals, day, by)
    return opened, problems

for n in range(each):
    number = again(lambda: add_objection(
        root, "第一小学", "kitchen", f"{mine}的第{n}条", by, received=day))
    again(lambda: decide_objection(root, number, Outcome.REJECTED, "照片可见", by))
    again(lambda: add_rectification(root, root / f"{mine}{n}.xlsx", day, by))
    again(lambda: draw_follow_up(root, day, by, seed=f"{mine}{n}", share=50))
    again(propose)
"""
"""What is cut off is done again until it is done."""


def _lists(of: OpenRound, mine: str) -> None:
    """Lists of items from elsewhere: one is on both lists, one is new."""
    for n in range(EACH):
        rows = [
            Row(f"新{at}", {}, {
                "source": "巡察", "found": DAY, "school": SCHOOLS[0].name, "kind": "限期",
                "described": said, "demand": "补齐", "due": date(2026, 5, 1),
            })
            for at, said in enumerate((f"共同的{n}", f"{mine}的{n}"), 1)
        ]  # fmt: skip
        data = rows_data(replace(blank_list(of), rows=tuple(rows), spare=0))
        (of.folder.root / f"{mine}{n}.xlsx").write_bytes(data)


def _opened(root: Path) -> OpenRound:
    of, problems = open_round(root)
    assert of is not None, problems
    return of


def test_numbers_have_no_gaps_and_nothing_comes_twice(tmp_path: Path, postgresql: str) -> None:
    name = "cut" + uuid.uuid4().hex
    mark = "&" if "?" in postgresql else "?"
    a, b = tmp_path / "A", tmp_path / "B"
    started(a, id=name, ledger=f"{postgresql}{mark}application_name={name}")
    shutil.copytree(a, b)
    for root in (a, b):
        assert collect_round(root)[0] is not None
        _lists(_opened(root), root.name)
    url = shared_url(postgresql)
    assert url is not None
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    both = [
        subprocess.Popen(
            [sys.executable, "-c", WORK, str(root), root.name, str(EACH)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for root in (a, b)
    ]
    cut = 0
    with server.connect() as connection:
        # As long as it cuts, hardly anything gets through.
        while cut < CUTS and any(one.poll() is None for one in both):
            cut += len(connection.execute(text(_CUT), {"name": name}).all())
            time.sleep(0.1)
    for one in both:
        told = one.communicate(timeout=240)[0].decode("utf-8", "replace")
        assert one.returncode == 0, told
    server.dispose()
    assert cut
    with ledger_of(_opened(a)) as ledger:
        assert verify(ledger).broken is None
        objections, cases = all_objections(ledger), all_cases(ledger)
        draws, proposals = all_draws(ledger), proposal_cases(ledger)
    assert [one.number for one in objections] == list(range(1, 2 * EACH + 1))
    assert len({one.text for one in objections}) == 2 * EACH
    assert all(one.answer for one in objections)
    assert [one.number for one in cases] == list(range(1, 3 * EACH + 1))
    assert len({one.item.described for one in cases}) == 3 * EACH
    assert [one.number for one in draws] == list(range(1, len(draws) + 1))
    # What one has given out and nobody has looked at yet, the other does not give out again.
    assert set(Counter(number for one in draws for number in one.teams).values()) == {1}
    assert [one.number for one in proposals] == list(range(1, 7))
    assert all(len(one.versions) == 1 for one in proposals)
    for root in (a, b):
        made, problems = write_rectification(root, DAY)
        assert made is not None, problems
    books = [sorted((root / "reports").glob("整改台账*.xlsx")) for root in (a, b)]
    assert len(books[0]) == 2
    assert [it.read_bytes() for it in books[0]] == [it.read_bytes() for it in books[1]]
