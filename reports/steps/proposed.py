"""What the rules of accountability propose now, and what of that was decided and holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inspections.accountability.states import Decided, in_force, proposal_standings
from inspections.ledger.accountability import Proposal, proposal_cases
from inspections.ledger.of_round import has_ledger, ledger_of
from inspections.ledger.rectification import all_cases
from inspections.round.opened import OpenRound
from inspections.voices.complaints import complaints
from rubrics.messages.problems import Place, Problem, problem
from scoring.accountability.earlier import read_earlier
from scoring.accountability.loading import FILE, load_rules
from scoring.accountability.places import Tie
from scoring.accountability.proposing import Earlier, open_basis, propose
from scoring.accountability.rules import Rule, Rules
from scoring.accountability.standing import standings, to_put_right
from scoring.results.scores import Scores


@dataclass(frozen=True, slots=True)
class ProposedNow:
    """What the rules propose by the records that count now, and the scores that they look at.

    ``ties``: those who are equal at the edge of the places that a rule gives, by its title.
    """

    proposals: tuple[Proposal, ...]
    scores: Scores
    ties: Mapping[str, Sequence[Tie]]


def proposed_now(opened: OpenRound, day: date) -> tuple[ProposedNow | None, list[Problem]]:
    """Returns what the rules propose on a day; None where they cannot.

    Codes: those of ``load_rules``, of scoring, results-outdated, accountability-previous, -tie,
    -unseen, -basis-open, -no-complaints.
    """
    from reports.steps.reporting import scored_now

    rules, problems = load_rules(opened.folder.root / FILE, opened.rubrics, FILE, opened.own)
    if rules is None:
        return None, problems
    scores, doubts, _, other = scored_now(opened)
    if scores is None:
        return None, [*problems, *doubts]
    if other:
        return None, [*problems, *other]
    made, met = _proposed(opened, rules, scores, day)
    return made, [*problems, *met, *basis_problems(rules)]


def decided_now(opened: OpenRound, scores: Scores) -> tuple[list[Decided], list[Problem]]:
    """Returns what was decided and holds, by the rules as they are now and these scores.

    Items overdue are counted as on the day of the last proposing, so that a bulletin that is
    written again says the same. Codes: those of ``load_rules``, accountability-previous.
    """
    if not has_ledger(opened):
        return [], []
    with ledger_of(opened) as held:
        cases = proposal_cases(held)
    ruled = [one for one in cases if one.ruling is not None]
    if not ruled:
        return [], []
    rules, problems = load_rules(opened.folder.root / FILE, opened.rubrics, FILE, opened.own)
    if rules is None:
        return [], problems
    day = max(one.day for case in cases for one in case.versions if one.day is not None)
    made, met = _proposed(opened, rules, scores, day)
    problems += (one for one in met if one.code == "accountability-previous")
    return in_force(proposal_standings(ruled, made.proposals)), problems


def basis_problems(rules: Rules) -> Iterator[Problem]:
    """Yields what nobody has verified yet. Code: accountability-basis-open."""
    if found := [rule.title for rule in open_basis(rules)]:
        said = {"count": len(found), "rules": "、".join(found)}
        yield problem("accountability-basis-open", Place(FILE), **said)


def _proposed(
    opened: OpenRound, rules: Rules, scores: Scores, day: date
) -> tuple[ProposedNow, list[Problem]]:
    problems: list[Problem] = []
    schools = opened.roster.schools
    earlier: list[Earlier] = []
    for name in rules.previous:
        one, more = read_earlier(opened.folder.root / name, schools, name)
        problems += more
        if one is None:
            # What was before it is not the round before.
            break
        earlier.append(one)
    with ledger_of(opened) as held:
        late = to_put_right(all_cases(held), day, opened.round.id)
        asked = any(it.complaints for rule in rules.rules for it in rule.conditions)
        called = complaints(held) if asked else None
    if asked and called is None:
        problems.append(problem("accountability-no-complaints", Place(FILE)))
    done = propose(rules, standings(scores, schools.values(), late, called), earlier)
    problems += (_tie(rule, tie) for rule, tie in done.ties)
    problems += (
        problem("accountability-unseen", Place(FILE), rule=rule.title) for rule in done.unseen
    )
    ties: dict[str, list[Tie]] = {}
    for rule, tie in done.ties:
        ties.setdefault(rule.title, []).append(tie)
    return ProposedNow(done.proposals, scores, ties), problems


def _tie(rule: Rule, tie: Tie) -> Problem:
    return problem(
        "accountability-tie",
        Place(FILE),
        rule=rule.title,
        group=tie.group,
        count=len(tie.names),
        names="、".join(tie.names),
        sure=tie.sure,
        taken="全部列入" if tie.taken else "全部不列入",
    )
