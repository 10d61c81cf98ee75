"""Proposals and rulings in the ledger: numbered without gaps, made again, flagged, erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from inspections.accountability.states import State, in_force, proposal_standings
from inspections.ledger.accountability import (
    Proposal,
    Ruling,
    Verdict,
    add_rulings,
    keep_proposals,
    proposal_cases,
)
from inspections.ledger.chain import By
from inspections.ledger.erasing import erase_school
from inspections.ledger.of_round import ledger_of
from inspections.ledger.verifying import verify
from inspections.round.opened import OpenRound
from tests.inspections.small_round import SCHOOLS

BY = By("李科长", "按规则提出")
DAY = date(2026, 12, 1)
ONE = Proposal(
    SCHOOLS[0].id, "kitchen", "甲", "食堂不合格", "约谈", "总分 51.00", "某办法", "安全股"
)
OTHER = replace(ONE, school=SCHOOLS[1].id)


def test_proposals_are_numbered_once_and_made_again_where_figures_change(
    on_both: OpenRound,
) -> None:
    with ledger_of(on_both) as ledger:
        assert [one.number for one in keep_proposals(ledger, [ONE, OTHER], DAY, BY)] == [1, 2]
        assert keep_proposals(ledger, [ONE, OTHER], DAY, BY) == []
        changed = replace(ONE, figures="总分 58.00")
        added = keep_proposals(ledger, [changed], DAY, BY)
        assert [(one.number, one.withdrawn) for one in added] == [(1, False), (2, True)]
        assert [one.number for one in keep_proposals(ledger, [changed, OTHER], DAY, BY)] == [2]
        assert [len(case.versions) for case in proposal_cases(ledger)] == [2, 3]


def test_a_ruling_falls_with_the_figures_it_rests_on(on_both: OpenRound) -> None:
    with ledger_of(on_both) as ledger:
        keep_proposals(ledger, [ONE, OTHER], DAY, BY)
        first, second = proposal_cases(ledger)
        ruled = Ruling(1, first.latest.fact, Verdict.ACCEPTED, DAY, "局长办公会")
        turned = Ruling(
            2, second.latest.fact, Verdict.CHANGED, DAY, "分管副局长", "首次", "谈话提醒"
        )
        assert add_rulings(ledger, [ruled, turned], BY) == [ruled, turned]
        assert add_rulings(ledger, [ruled, turned], BY) == []
        cases = proposal_cases(ledger)
    holds = proposal_standings(cases, [ONE, OTHER])
    assert [one.state for one in holds] == [State.ACCEPTED, State.CHANGED]
    assert [one.kind for one in in_force(holds)] == ["约谈", "谈话提醒"]
    moved = proposal_standings(cases, [replace(ONE, figures="总分 58.00")])
    assert [(one.state, one.flagged) for one in moved] == [
        (State.OUTDATED, True),
        (State.GONE, True),
    ]
    assert in_force(moved) == []


def test_erasing_a_school_leaves_the_numbers_taken(on_both: OpenRound) -> None:
    with ledger_of(on_both) as ledger:
        keep_proposals(ledger, [ONE, OTHER], DAY, BY)
        erase_school(ledger, ONE.school, By("李科长", "学校撤并"))
        assert [case.number for case in proposal_cases(ledger)] == [2]
        third = replace(OTHER, rule="乙")
        assert [one.number for one in keep_proposals(ledger, [OTHER, third], DAY, BY)] == [3]
        assert verify(ledger).broken is None
