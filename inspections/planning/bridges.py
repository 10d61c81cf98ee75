"""Without whom on a team others would be cut off from each other."""

from __future__ import annotations

from collections.abc import Sequence


def bridges(teams: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    """Returns (place of a team, member) of those who are the only link of that team with all else
    that they are linked with: the bridges of the graph of teams and people (R. E. Tarjan, A note
    on finding the bridges of a graph, 1974).

    >>> sorted(bridges([(1, 2), (2, 3)])), sorted(bridges([(1, 2), (2, 3), (3, 1)]))
    ([(0, 1), (0, 2), (1, 2), (1, 3)], [])
    """
    everybody = dict.fromkeys(one for own in teams for one in own)
    node = {one: len(teams) + at for at, one in enumerate(everybody)}
    person = list(everybody)
    beside = [[node[one] for one in own] for own in teams] + [[] for _ in node]
    for at, own in enumerate(teams):
        for one in own:
            beside[node[one]].append(at)
    turn = [0] * len(beside)
    low = [0] * len(beside)
    found, now = set(), 0
    for start in range(len(beside)):
        if turn[start]:
            continue
        now += 1
        turn[start] = low[start] = now
        way = [(start, -1, iter(beside[start]))]
        while way:
            here, came, rest = way[-1]
            there = next(rest, None)
            if there is None:
                way.pop()
                if came >= 0:
                    low[came] = min(low[came], low[here])
                    if low[here] > turn[came]:
                        found.add((min(here, came), person[max(here, came) - len(teams)]))
            elif not turn[there]:
                now += 1
                turn[there] = low[there] = now
                way.append((there, here, iter(beside[there])))
            elif there != came:
                low[here] = min(low[here], turn[there])
    return found
