"""Evidence on its way through the ledger: kept, recalled, erased, followed up."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from inspections.collecting.collecting import Collected, collect, collected, differing
from inspections.ledger.bodies.forms import NOTHING
from inspections.ledger.chain import By
from inspections.ledger.erasing import erase_school
from inspections.ledger.finding import found_files
from inspections.ledger.leaves import NO_LEAVES
from inspections.ledger.of_round import ledger_of
from inspections.ledger.tables import acts, facts
from inspections.ledger.verifying import verify
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from tests.inspections.evidence.photographs import photograph
from tests.inspections.small_round import ROWS, SCHOOLS, spec, write

ONE = SCHOOLS[0].id


@pytest.fixture
def of(on_both: OpenRound) -> OpenRound:
    return on_both


def named(of: OpenRound, *names: str, **rows: RowEntry) -> None:
    entry = RowEntry(fault="灶台有油污", evidence="、".join(names))
    write(of, of.folder.returned / "表.xlsx", spec(rows=ROWS | {"A1": entry} | rows))


def here(of: OpenRound) -> Collected:
    return collect(of, workers=0)


def codes(found: Collected) -> list[str]:
    return [item.code for item in found.problems]


def evidence(found: Collected) -> tuple[str, ...]:
    (item,) = (visit.observation("A1") for visit in found.visits)
    assert item is not None
    return item.evidence


def counts(of: OpenRound) -> list[int]:
    with ledger_of(of) as ledger, ledger.connect() as connection:
        kinds = connection.execute(select(facts.c.kind)).scalars().all()
        done = len(connection.execute(select(acts)).all())
    return [done, kinds.count("look"), kinds.count("evidence")]


def test_a_file_that_comes_later_ends_the_problem(of: OpenRound) -> None:
    named(of, "1.jpg")
    found = here(of)
    assert (evidence(found), codes(found)) == ((), ["evidence-not-found"])
    assert collected(of).problems == found.problems
    photograph(of.folder.evidence / ONE / "1.jpg")
    assert codes(collected(of)) == ["evidence-not-found"]  # nobody has looked yet
    found = here(of)
    assert (evidence(found), codes(found)) == (("1.jpg",), [])
    assert collected(of).visits == found.visits


def test_to_collect_twice_adds_nothing_and_a_changed_file_is_a_find_of_its_own(
    of: OpenRound,
) -> None:
    named(of, "1.jpg")
    photograph(of.folder.evidence / ONE / "1.jpg")
    first = here(of)
    before = counts(of)
    assert here(of).visits == first.visits
    assert counts(of) == before
    photograph(of.folder.evidence / ONE / "1.jpg", 7)
    (again,) = here(of).visits
    (old,) = first.visits
    digests = [v.observation("A1").proof[0].digest for v in (old, again)]  # type: ignore[union-attr]
    assert digests[0] != digests[1]
    assert counts(of) == [before[0] + 1, before[1] + 1, before[2] + 1]
    (of.folder.evidence / ONE / "1.jpg").unlink()
    assert codes(here(of)) == ["evidence-not-found"]


def test_an_empty_folder_leaves_no_trace(of: OpenRound) -> None:
    named(of, "笔录第1号")
    here(of)
    assert counts(of)[1:] == [0, 0]


def test_a_name_of_no_alphabet_is_kept_and_the_chain_holds(of: OpenRound) -> None:
    named(of, "笔录第1号")
    photograph(of.folder.evidence / ONE / "a\u202eb.jpg")
    assert codes(here(of)) == ["evidence-name"]
    with ledger_of(of) as ledger:
        assert verify(ledger).broken is None


def test_a_file_named_after_the_code_ends_the_problem_of_no_evidence(of: OpenRound) -> None:
    named(of)
    assert codes(here(of)) == ["evidence-missing"]
    photograph(of.folder.evidence / "第一小学" / "A1 灶台.jpg")
    found = here(of)
    assert (evidence(found), codes(found)) == (("A1 灶台.jpg",), [])


def test_a_school_is_erased_with_its_files_once_they_are_gone(of: OpenRound) -> None:
    named(of, "1.jpg")
    path = photograph(of.folder.evidence / "第一小学" / "1.jpg")
    here(of)
    (of.folder.returned / "表.xlsx").unlink()
    here(of)
    with ledger_of(of) as ledger:
        refused = erase_school(ledger, ONE, By("某人", "撤并"))
        assert refused.files == ("evidence/第一小学/1.jpg",)
    path.unlink()
    here(of)
    with ledger_of(of) as ledger:
        assert erase_school(ledger, ONE, By("某人", "撤并")).count
        assert verify(ledger).broken is None
        assert found_files(ledger) == []
        with ledger.connect() as connection:
            of_evidence = select(facts).where(facts.c.kind == "evidence")
            (row,) = connection.execute(of_evidence).all()
        assert (row.body, row.salt, row.leaves) == (NOTHING, "", NO_LEAVES)


def test_a_photograph_that_was_exchanged_since_is_found_out(of: OpenRound) -> None:
    named(of, "1.jpg")
    path = photograph(of.folder.evidence / ONE / "1.jpg")
    here(of)
    assert differing(of) == []
    photograph(path, 9)
    assert [item.place.file for item in differing(of)] == [f"evidence/{ONE}/1.jpg"]
    path.unlink()
    assert [item.code for item in differing(of)] == ["file-differs"]
