"""Why there is no plan, in words: which rules collide, for whom, and what would make room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor

import numpy as np

from inspections.planning.assigning import Assigned, partners_at
from inspections.planning.calendar import Stretch, fits_in_day
from inspections.planning.drawing import too_few
from inspections.planning.inputs import Inputs
from inspections.planning.needs import needs_of
from inspections.planning.rules import BUSY, SKILL, People
from inspections.planning.solving import colliding
from inspections.planning.strata import Layer
from inspections.planning.trips import Visit
from inspections.round.folder import SETTINGS
from rubrics.messages.problems import Place, Problem, problem

_NAMED = 5


def before(
    inputs: Inputs,
    held: Sequence[Layer],
    spans: Sequence[Stretch],
    visits: Sequence[Visit],
    people: People,
) -> list[Problem]:
    """Returns what can be counted before anything is tried; none of it can be helped by luck.

    Codes: plan-nothing, plan-days-past, plan-times, plan-days-none,
    plan-people-few, plan-day-short, plan-skill-none, plan-avoided, plan-room.
    """
    if not visits:
        return [problem("plan-nothing", Place())]
    if not spans and inputs.after:
        said = {"day": inputs.after, "until": inputs.round.window.until}
        return [problem("plan-days-past", Place(SETTINGS, "", "window"), **said)]
    found = too_few(inputs, held)
    size, there = inputs.drawing.team.size, len(people.own)
    if there < size:
        found.append(problem("plan-people-few", Place(), size=size, there=there))
        return found
    found += _long(inputs, visits)
    found += _skills(inputs, people, visits)
    found += _avoided(inputs, people, visits)
    if found:
        return found
    return list(_room(inputs, spans, visits, people))


def _long(inputs: Inputs, visits: Sequence[Visit]) -> Iterator[Problem]:
    day = inputs.drawing.day
    too_long = [one for one in visits if not fits_in_day([one.minutes], day)]
    if too_long:
        one = max(too_long, key=lambda it: it.minutes)
        named = _names(inputs, [it.school for it in too_long])
        yield problem(
            "plan-day-short", Place(), schools=named, minutes=one.minutes, day=day.minutes
        )


def _skills(inputs: Inputs, people: People, visits: Sequence[Visit]) -> Iterator[Problem]:
    for need in sorted({it for one in visits for it in one.needs}):
        if not people.able[need].any():
            own = [one.school for one in visits if need in one.needs]
            titles = [
                rubric.title
                for name, rubric in inputs.rubrics.items()
                if need in needs_of(inputs.drawing.team, name)
            ]
            said = {"need": need, "rubrics": "》《".join(titles), "count": len(set(own))}
            yield problem("plan-skill-none", Place(), **said)


def _avoided(inputs: Inputs, people: People, visits: Sequence[Visit]) -> Iterator[Problem]:
    """Schools to which too few may go at all, whoever else goes where."""
    for one in {it.school: it for it in visits}.values():
        out = np.zeros(len(people.own), dtype=bool)
        out[people.avoiding.get(one.school, [])] = True
        free = int((~out).sum())
        lacking = [it for it in sorted(one.needs) if people.able[it].any()
                   and not (people.able[it] & ~out).any()]  # fmt: skip
        if free < people.size or lacking:
            why = f"{lacking[0]}都要回避" if lacking else f"不用回避的只有 {free} 名"
            name = inputs.roster.schools[one.school].name
            yield problem("plan-avoided", Place(), school=name, detail=why, size=people.size)


def _room(
    inputs: Inputs, spans: Sequence[Stretch], visits: Sequence[Visit], people: People
) -> Iterator[Problem]:
    """More visits of one occasion, of all or of those that need one skill, than there is room."""
    drawing = inputs.drawing
    at_once = len(people.own) // people.size
    for occasion in inputs.round.occasions:
        days = sum(len(one.days) for one in spans if one.occasion == occasion)
        own = [one for one in visits if one.occasion == occasion]
        if not own:
            continue
        if not days:
            yield problem("plan-days-none", Place(), occasion=occasion)
            continue
        shortest = min(one.minutes for one in own)
        fits = floor((drawing.day.minutes + drawing.day.travel) / (shortest + drawing.day.travel))
        a_day = min(drawing.day.visits, max(fits, 1))
        whole = days * at_once * a_day
        if len(own) > whole:
            said = {
                "occasion": occasion, "visits": len(own), "days": days, "teams": at_once,
                "a_day": a_day, "room": whole, "needed": -(-len(own) // (days * at_once)),
            }  # fmt: skip
            yield problem("plan-room", Place(), **said)
            continue
        for need in sorted({it for one in own for it in one.needs}):
            able = int(people.able[need].sum())
            asking = sum(need in one.needs for one in own)
            most = days * min(able, at_once) * a_day
            if asking > most:
                said = {
                    "occasion": occasion, "visits": asking, "need": need, "able": able,
                    "days": days, "a_day": a_day, "room": most,
                }  # fmt: skip
                yield problem("plan-skill-room", Place(), **said)


def left_over(
    inputs: Inputs, spans: Sequence[Stretch], people: People, assigned: Assigned
) -> list[Problem]:
    """Returns, for what is left over, which rules would have to give way. Code: plan-collision."""
    found: dict[tuple[str, tuple[str, ...], bool], list[str]] = {}
    for trip in assigned.left[:_NAMED]:
        rules: set[str] = set()
        proven = True
        for at, span in enumerate(spans):
            if span.occasion != trip.occasion or len(trip.days) > len(span.days):
                continue
            beside = [made for made in assigned.sent if made.stretch == at]
            partners = partners_at(assigned.sent, at) if people.rotate else {}
            asked = [made.asked for made in beside]
            told = colliding(people, [*asked, people.asked(trip)], partners)
            proven &= bool(told)
            rules.update(told)
        if not rules:
            rules, proven = {BUSY}, False
        if SKILL in rules and trip.needs:
            rules.discard(SKILL)
            rules.add(f"要有{'、'.join(sorted(trip.needs))}")
        key = trip.occasion, tuple(sorted(rules)), proven
        found.setdefault(key, []).extend(one.school for one in trip.visits)
    return [
        problem(
            "plan-collision", Place(), occasion=occasion, schools=_names(inputs, schools),
            rules="；".join(rules), count=sum(len(it.visits) for it in assigned.left),
            how="" if proven else "（在限定的时间里没有找到，不一定排不出）",
        )
        for (occasion, rules, proven), schools in found.items()
    ]  # fmt: skip


def _names(inputs: Inputs, codes: Sequence[str]) -> str:
    names = [inputs.roster.schools[code].name for code in dict.fromkeys(codes)]
    more = f"等 {len(names)} 所" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more
