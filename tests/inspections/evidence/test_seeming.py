"""What is told of pictures with other bytes that seem to be one, and where it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspections.collecting.collecting import collect
from inspections.evidence.alike import alike
from inspections.evidence.binding import bind
from inspections.evidence.likeness import UNLIKE, likeness
from inspections.ledger.bodies import forms, office
from inspections.ledger.finding import known_contents
from inspections.ledger.of_round import ledger_of
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from rubrics.messages.problems import Problem
from tests.inspections.evidence.test_alike import saved, scene
from tests.inspections.evidence.test_binding import ONE, TWO, file, held, seen, visit
from tests.inspections.small_round import ROWS, small_round, spec, write

FIRST, OTHER = likeness(scene(1)), likeness(scene(2))
AGAIN = likeness(saved(scene(1).crop((20, 15, 620, 465)), 60))
RESAVED = likeness(saved(scene(1), 90))


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    return small_round(tmp_path)


def told(problems: list[Problem]) -> list[tuple[str, str, str]]:
    return [
        (item.code, item.severity.value, item.place.file)
        for item in problems
        if item.code.startswith("evidence-alike")
    ]


def test_two_schools_are_warned_and_both_keep_their_evidence(of: OpenRound) -> None:
    files = [
        file(f"{ONE}/a.jpg", likeness=FIRST),
        file(f"{TWO}/b.jpg", likeness=AGAIN),
        file(f"{TWO}/c.jpg", likeness=OTHER),
    ]
    visits = [
        visit(seen("A1", "a.jpg")),
        visit(seen("A1", "b.jpg", "c.jpg"), school=TWO, rubric="party"),
    ]
    (one, two), problems = bind(visits, files, of)
    assert held(one)[0] == ("a.jpg",)
    assert held(two)[0] == ("b.jpg", "c.jpg")
    assert told(problems) == [
        ("evidence-alike", "warning", f"evidence/{ONE}/a.jpg"),
        ("evidence-alike", "warning", f"evidence/{TWO}/b.jpg"),
    ]
    names = [of.roster.schools[code].name for code in (ONE, TWO)]
    for item in problems:
        assert all(name in item.message for name in names)
        assert "相似 9" in item.message
    assert f"evidence/{TWO}/b.jpg" in problems[0].message
    assert bind(visits, files[::-1], of)[1] == problems


def test_other_facts_of_one_school_are_noted_where_it_is_the_same_file_saved_again(
    of: OpenRound,
) -> None:
    def problems(of_second: str, *owners: str) -> list[tuple[str, str, str]]:
        files = [
            file(f"{ONE}/a.jpg", likeness=FIRST),
            file(f"{ONE}/b.jpg", likeness=of_second),
        ]
        seen_there = (
            [seen("A1", "a.jpg", "b.jpg")]
            if not owners
            else [seen("A1", "a.jpg"), seen("A2", "b.jpg")]
        )
        return told(bind([visit(*seen_there)], files, of)[1])

    noted = ("evidence-alike-here", "note", f"evidence/{ONE}/a.jpg")
    assert problems(RESAVED, "A1", "A2") == [noted]
    assert problems(RESAVED) == []  # of one fact there may be several
    assert problems(OTHER, "A1", "A2") == []


@pytest.mark.parametrize("nothing", ["", UNLIKE])
def test_what_cannot_be_compared_is_like_nothing(of: OpenRound, nothing: str) -> None:
    files = [file(f"{ONE}/a.jpg", likeness=nothing), file(f"{TWO}/b.jpg", likeness=nothing)]
    visits = [visit(seen("A1", "a.jpg")), visit(seen("A1", "b.jpg"), school=TWO, rubric="party")]
    assert told(bind(visits, files, of)[1]) == []


def photographed(of: OpenRound) -> None:
    rows = ROWS | {"A1": RowEntry(fault="灶台有油污", evidence="1.jpg")}
    write(of, of.folder.returned / "表.xlsx", spec(rows=rows))
    path = of.folder.evidence / ONE / "1.jpg"
    path.parent.mkdir(parents=True)
    scene(1).save(path)


def kept(of: OpenRound) -> list[str]:
    with ledger_of(of) as ledger:
        return [item.likeness for item in known_contents(ledger).values()]


def test_a_ledger_of_an_earlier_version_is_read_and_the_picture_looked_at_once_more(
    of: OpenRound, monkeypatch: pytest.MonkeyPatch, opened: list[object]
) -> None:
    of.folder.returned.mkdir()
    photographed(of)
    with monkeypatch.context() as before:
        before.setitem(forms.CURRENT, "evidence", 1)
        before.setitem(forms.CURRENT, "pictures", 1)
        before.setattr("inspections.evidence.appearance.likeness", lambda picture: "")
        collect(of, workers=0)
    assert kept(of) == [""]
    opened.clear()
    for _ in range(3):
        found = collect(of, workers=0)
        assert not [item for item in found.problems if item.code.startswith("ledger")]
    assert len(opened) == 1
    (now,) = kept(of)
    assert [pair[:2] for pair in alike([now, FIRST])] == [(0, 1)]


def test_the_first_form_of_evidence_is_read_forever() -> None:
    body = '{"path":"evidence/1/a.jpg","school":"1","contents":"x","size":1,"kind":"jpeg",'
    body += '"width":2,"height":3,"taken":"","flaw":"","detail":""}'
    meant = office.Evidence("evidence/1/a.jpg", "1", "x", 1, "jpeg", 2, 3, "", "", "")
    assert forms.decode("evidence", 1, body) == meant
    pictures = forms.decode("pictures", 1, '{"sheet":1,"pictures":[["A1","p","d",""]]}')
    assert pictures.likenesses == []
