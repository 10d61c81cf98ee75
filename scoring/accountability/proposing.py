"""Rules over standings -> proposals. Pure arithmetic: the same results give the same proposals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inspections.ledger.accountability import Proposal
from rubrics.values.conditions import holds
from scoring.accountability.meeting import figures_met, joined_figures
from scoring.accountability.places import Tie, placed
from scoring.accountability.rules import Conditions, Rule, Rules
from scoring.accountability.standing import Standing


@dataclass(frozen=True, slots=True)
class Proposed:
    """``ties``: (rule, tie) at the edge of a rank. ``unseen``: rules that ask for rounds running,
    of which too few earlier ones are given.
    """

    proposals: tuple[Proposal, ...]
    ties: tuple[tuple[Rule, Tie], ...]
    unseen: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier round: its title, and its standings."""

    title: str
    standings: Sequence[Standing]


def propose(
    rules: Rules, standings: Sequence[Standing], earlier: Sequence[Earlier] = ()
) -> Proposed:
    """Returns what the rules propose, rule by rule and school by school as they stand.

    ``earlier``: earlier rounds, the latest first.
    """
    found: list[Proposal] = []
    ties: list[tuple[Rule, Tie]] = []
    unseen: list[Rule] = []
    for rule in rules.rules:
        own = _meant(rule, standings)
        before = [Earlier(one.title, _meant(rule, one.standings)) for one in earlier]
        met: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        for asked in rule.conditions:
            if asked.running is not None and asked.running - 1 > len(before):
                unseen += [] if rule in unseen else [rule]
                continue
            figures, edge = _met(asked, own, before)
            ties += ((rule, tie) for tie in edge)
            for key, told in figures.items():
                met.setdefault(key, []).append(told)
        found += (
            _proposal(rule, one, joined_figures(met[one.school, one.rubric]))
            for one in own
            if (one.school, one.rubric) in met
        )
    return Proposed(tuple(found), tuple(ties), tuple(unseen))


def _meant(rule: Rule, standings: Sequence[Standing]) -> list[Standing]:
    """The standings that a rule is about."""
    return [one for one in standings if _of_rubric(rule, one) and holds(rule.when, one.traits)]


def _of_rubric(rule: Rule, one: Standing) -> bool:
    if rule.rubric is not None:
        return one.rubric == rule.rubric
    if rule.of_school:
        return one.rubric == ""
    return one.rubric not in ("", "composite")


_Met = dict[tuple[str, str], tuple[str, ...]]


def _met(
    asked: Conditions, own: Sequence[Standing], before: Sequence[Earlier]
) -> tuple[_Met, list[Tie]]:
    """Figures of those who meet one set of conditions, by (school, rubric)."""
    figures, ties = _now(asked, own)
    for one in before[: (asked.running or 1) - 1]:
        then, _ = _now(asked, one.standings)
        figures = {
            key: (*told, f"“{one.title}”也是：{'，'.join(then[key])}")
            for key, told in figures.items()
            if key in then
        }
    return figures, ties


def _now(asked: Conditions, own: Sequence[Standing]) -> tuple[_Met, list[Tie]]:
    """The same, of one round."""
    told = [figures_met(asked, one) for one in own]
    found: _Met = {
        (one.school, one.rubric): figures
        for one, figures in zip(own, told, strict=True)
        if figures is not None
    }
    ties: list[Tie] = []
    if asked.rank is not None:
        ranked: dict[tuple[str, str], str] = {}
        for rubric in dict.fromkeys(one.rubric for one in own):
            rows = [at for at, one in enumerate(own) if one.rubric == rubric]
            done = placed(
                asked.rank, [own[at] for at in rows], [told[at] is not None for at in rows]
            )
            ranked |= {(school, rubric): text for school, text in done.figures.items()}
            ties += done.ties
        found = {key: (ranked[key], *text) for key, text in found.items() if key in ranked}
    return found, ties


def _proposal(rule: Rule, one: Standing, figures: str) -> Proposal:
    about = f"{one.title}：" if one.rubric else ""
    still = f"（暂定，{one.open}）" if one.open else ""
    return Proposal(
        school=one.school,
        rubric=one.rubric,
        rule=rule.id,
        title=rule.title,
        kind=rule.kind,
        figures=f"{about}{figures}{still}",
        basis="；".join(it.told for it in rule.basis),
        office=rule.office,
        measure=rule.measure,
        to=rule.to,
        years=rule.years or 0,
        days=rule.days or 0,
    )


def open_basis(rules: Rules) -> Iterator[Rule]:
    """Yields the rules that rest on something that nobody has verified."""
    return (rule for rule in rules.rules if any(it.verified != "V" for it in rule.basis))
