"""The rounds before: what was found there, as their ledgers have it, and what it may count for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from inspections.ledger.of_round import has_ledger, ledger_of, open_round
from inspections.ledger.rectification import all_cases
from inspections.records.rectification import Case, Verb
from inspections.rectification.numbers import label
from inspections.rectification.opening import OWN
from inspections.round.folder import SETTINGS
from inspections.round.opened import OpenRound
from rubrics.language.digest import rule_digest
from rubrics.language.repeat import Finding
from rubrics.language.repeating import asks_for_repeats, repeat_of, rounds_back
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem, has_errors, problem, words_kept
from scoring.results.before import Before, FoundBefore

_VERDICTS: dict[Verb, Finding] = {Verb.RELAPSE: "relapse", Verb.FALSE: "misreport"}


@dataclass(frozen=True, slots=True)
class Former:
    """What was found before. ``digest``: of all that follows from it, empty where no rubric asks.

    ``problems``: with an error among them nothing may be scored.
    """

    found: FoundBefore = field(default_factory=dict)
    digest: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether it can be scored with."""
        return not has_errors(self.problems)


def former_of(opened: OpenRound, *, own: bool = True) -> Former:
    """Returns what the rounds that a round ``follows``, and its own follow-ups, have found.

    Without ``own``: what the rounds before have found alone.

    Only where a rubric has ``repeat``. What was withdrawn counts for nothing; of a rubric that
    changed, only indicators with the same points and rule are compared. Codes: repeat-former,
    repeat-unopened, repeat-changed.
    """
    asking = [rubric for rubric in opened.rubrics.values() if asks_for_repeats(rubric)]
    if not asking:
        return Former()
    wanted = opened.round.follows[: max(map(rounds_back, asking))]
    problems: list[Problem] = []
    found: dict[str, dict[tuple[str, str], list[Before]]] = {one.id: {} for one in asking}
    now = _cases(opened) if own else []
    for rubric in asking:
        _take(found[rubric.id], rubric, "", opened.round.id, now, 0)
    for back, name in enumerate(wanted, 1):
        former, met = _former(opened, name)
        problems += met
        if former is None:
            continue
        cases = _cases(former)
        if not any(case.item.source == OWN for case in cases):
            told = {"round": former.round.title}
            problems.append(problem("repeat-unopened", _place(), name=name, **told))
        for rubric in asking:
            if back > rounds_back(rubric):
                continue
            changed = _changed(rubric, former.rubrics.get(rubric.id))
            if changed:
                left = "、".join(changed)
                told = {"rubric": rubric.title, "round": former.round.title, "left": left}
                problems.append(problem("repeat-changed", _place(), **told))
            title, id = former.round.title, former.round.id
            _take(found[rubric.id], rubric, title, id, cases, back, frozenset(changed))
    made = {
        name: {key: tuple(held) for key, held in by_key.items()} for name, by_key in found.items()
    }
    return Former(made, _digest(made), tuple(problems))


def _place() -> Place:
    return Place(SETTINGS, "", "follows")


def _former(opened: OpenRound, name: str) -> tuple[OpenRound | None, list[Problem]]:
    """The round in a folder that ``follows`` names, or why it is none that came before."""
    with words_kept():
        former, met = open_round(opened.folder.root / name)
    if former is None:
        why = next((one.message for one in met), "打不开")
        return None, [problem("repeat-former", _place(), name=name, detail=why)]
    if former.round.id == opened.round.id:
        why = f"它就是本批次（{former.round.id}），或批次代码相同"
    elif former.round.window.since >= opened.round.window.since:
        why = f"它从 {former.round.window.since} 起，不早于本批次"
    else:
        return former, []
    return None, [problem("repeat-former", _place(), name=name, detail=why)]


def _cases(opened: OpenRound) -> list[Case]:
    if not has_ledger(opened):
        return []
    with ledger_of(opened) as ledger:
        return all_cases(ledger)


def _changed(rubric: Rubric, before: Rubric | None) -> list[str]:
    """The ids of indicators that ask for repeats and were not there, or were scored otherwise."""
    then = {item.id: rule_digest(item) for item in before.indicators} if before else {}
    return [
        item.id
        for item in rubric.indicators
        if repeat_of(rubric, item) is not None and then.get(item.id) != rule_digest(item)
    ]


def _take(
    found: dict[tuple[str, str], list[Before]],
    rubric: Rubric,
    title: str,
    round_id: str,
    cases: Iterable[Case],
    back: int,
    changed: frozenset[str] = frozenset(),
) -> None:
    """Adds what the cases of one round, so many ``back``, say of the indicators that ask for it."""
    asked = {item.id: repeat_of(rubric, item) for item in rubric.indicators}
    own = [case for case in cases if case.item.source == OWN and case.item.rubric == rubric.id]
    for case in own:
        item, repeat = case.item, asked.get(case.item.owner)
        if repeat is None or back > repeat.rounds or item.owner in changed or _withdrawn(case):
            continue
        # In this round the item is what was found now; only what a follow-up found was before.
        said = [Before(title, label(round_id, case.number), "found", item.found)] if back else []
        said += _verdicts(case, title, round_id)
        if counted := [one for one in reversed(said) if one.kind in repeat.after]:
            found.setdefault((item.school, item.owner), []).extend(counted)


def _verdicts(case: Case, title: str, round_id: str) -> Iterator[Before]:
    for move in case.moves:
        if move.verb in _VERDICTS:
            yield Before(title, label(round_id, case.number), _VERDICTS[move.verb], move.day)


def _withdrawn(case: Case) -> bool:
    last = case.last(Verb.WITHDRAW, Verb.REOPEN)
    return last is not None and last.verb is Verb.WITHDRAW


def _digest(found: FoundBefore) -> str:
    told: Sequence[object] = [
        [name, *key, [[one.round, one.item, one.kind, str(one.day)] for one in held]]
        for name, by_key in sorted(found.items())
        for key, held in sorted(by_key.items())
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
