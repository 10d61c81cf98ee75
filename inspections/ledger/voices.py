"""What many people said, as the ledger holds it: files of answers, and decisions on flagged ones.

A file is a fact of its own, and so are the answers of each school in it, so that a school can be
erased. A file that another one replaces stays and counts no more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, Engine, select

from inspections.ledger.bodies import voices as bodies
from inspections.ledger.chain import By, Said, act, acts_by_id, compact
from inspections.ledger.erasing import erased_facts
from inspections.ledger.facts import beside, bodies_of
from inspections.ledger.tables import facts
from inspections.records.voices import AnswerSet, Ints, Kind, Question, Rule, VoiceFile, joined

ERASED = "（已删除）"
"""What stands where a name was erased."""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file of answers in the ledger. ``survey``: its name; ``fact``: under which it stands.

    ``counts``: whether no later file replaces it; ``erased``: whether anything of it was erased.
    """

    fact: int
    number: int
    survey: str
    name: str
    kind: Kind
    program: str
    digest: str
    basis: str
    rows: int
    rules: Mapping[Rule, str]
    replaces: tuple[int, ...]
    who: str
    at: str
    counts: bool = True
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Sifting:
    """What was decided on the answers of a survey that a rule flags: whether they count."""

    survey: str
    rule: Rule
    counts: bool
    reason: str
    decided_by: str
    at: str


def add_file(ledger: Engine, read: VoiceFile, by: By, replaces: Sequence[int] = ()) -> int:
    """Adds a file of answers in an act of its own, whole or not at all; returns its number."""
    with act(ledger, "voices", by) as doing:
        numbers = [body.number for _, body, _ in bodies_of(doing.connection, "survey")]
        number = max(numbers, default=0) + 1
        answers = read.answers
        body = bodies.Survey(
            number,
            answers.kind.value,
            read.program,
            read.digest,
            read.basis,
            len(answers),
            [bodies.Asked(it.form, it.satisfied, list(it.levels)) for it in answers.questions],
            {rule.value: said for rule, said in read.rules.items()},
            list(replaces),
        )
        leaves = [("name", read.file), ("survey", answers.name)]
        leaves += [
            (f"question/{place}", compact([it.id, it.text, it.scale, it.group, *it.options]))
            for place, it in enumerate(answers.questions)
        ]
        (survey,) = doing.add("survey", [Said(body, leaves)])
        doing.add("answers", _by_school(read, survey))
    return number


def _by_school(read: VoiceFile, survey: int) -> Iterator[Said]:
    answers = read.answers
    order = np.argsort(answers.school, kind="stable")
    edges = np.searchsorted(answers.school[order], range(len(answers.schools) + 1))
    for place, code in enumerate(answers.schools):
        mine = order[edges[place] : edges[place + 1]]
        if not len(mine):
            continue
        part = answers.chosen(mine)
        flags = {rule.value: np.flatnonzero(on).tolist() for rule, on in part.flags.items()}
        body = bodies.Answers(
            survey,
            code,
            part.row.tolist(),
            [part.codes[question.id].tolist() for question in answers.questions],
            _known(part.serial),
            _known(part.submitted),
            _known(part.seconds),
            _known(part.source),
            [] if (part.weight == 1).all() else part.weight.tolist(),
            {rule: places for rule, places in flags.items() if places},
        )
        told = enumerate(read.private.get(at) for at in mine.tolist())
        yield Said(body, [(str(at), compact(texts)) for at, texts in told if texts])


def _known(column: Ints) -> list[int]:
    return [] if (column < 0).all() else column.tolist()


def held_files(ledger: Engine) -> list[HeldFile]:
    """Returns all files of answers by number, those that count no more too."""
    with ledger.connect() as connection:
        return _files(connection)


def _files(connection: Connection) -> list[HeldFile]:
    acts = acts_by_id(connection)
    wanted = select(facts.c.id, facts.c.act).where(facts.c.kind == "survey")
    act_of = {id: acts[act] for id, act in connection.execute(wanted)}
    # A file and its answers are all that its act adds.
    act_facts = {one.id: range(one.first, one.first + one.count) for one in act_of.values()}
    read = [it for it in bodies_of(connection, "survey") if it[1] is not None]
    gone = {number for _, body, _ in read for number in body.replaces}
    blanked = erased_facts(connection).keys()
    return [
        HeldFile(
            fact,
            body.number,
            texts.get("survey", f"{ERASED}{body.number}"),
            texts.get("name", ERASED),
            Kind(body.kind),
            body.program,
            body.digest,
            body.basis,
            body.rows,
            {Rule(rule): said for rule, said in body.rules.items()},
            tuple(body.replaces),
            act_of[fact].who,
            act_of[fact].at,
            body.number not in gone,
            not blanked.isdisjoint(act_facts[act_of[fact].id]),
        )
        for fact, body, texts in read
    ]


def held_survey(ledger: Engine, name: str, kind: Kind | None = None) -> AnswerSet:
    """Returns the answers of all files of a survey that count; none where there are none.

    ``kind``: of that kind; else of all that people said.
    """
    with ledger.connect() as connection:
        files = [
            one
            for one in _files(connection)
            if one.counts and one.survey == name and (one.kind is kind if kind else one.kind.heard)
        ]
        return joined([_answers(connection, one) for one in files], name)


def held_file(ledger: Engine, one: HeldFile) -> AnswerSet:
    """Returns the answers of one file."""
    with ledger.connect() as connection:
        return _answers(connection, one)


def private_of(ledger: Engine, one: HeldFile) -> dict[int, dict[str, str]]:
    """Returns what is private of the answers of a file, by row of the file. It never leaves."""
    found = {}
    with ledger.connect() as connection:
        for _, body, texts in beside(connection, "answers", [one.fact]):
            if body is not None:
                for place, text in texts.items():
                    found[body.row[int(place)]] = json.loads(text)
    return found


def _answers(connection: Connection, one: HeldFile) -> AnswerSet:
    held = ((body, texts) for id, body, texts in bodies_of(connection, "survey") if id == one.fact)
    asked, told = next(held)
    questions = tuple(_question(place, it, told) for place, it in enumerate(asked.questions))
    found = beside(connection, "answers", [one.fact])
    parts = [_part(body, questions, one) for _, body, _ in found if body is not None]
    empty = bodies.Answers(one.fact, "", [], [[] for _ in questions])
    whole = joined(parts or [_part(empty, questions, one)], one.survey, of_one_file=True)
    return whole.chosen(np.argsort(whole.row, kind="stable"))


def _question(place: int, asked: bodies.Asked, texts: Mapping[str, str]) -> Question:
    told = texts.get(f"question/{place}")
    if told is None:
        options = [f"{ERASED}{number}" for number in range(1, len(asked.levels) + 1)]
        said = [f"{ERASED}{place + 1}", ERASED, "", "", *options]
    else:
        said = json.loads(told)
    id, text, scale, group, *options = said
    return Question(
        id,
        text,
        asked.form,  # type: ignore[arg-type]  # one of its forms was written
        tuple(options),
        tuple(asked.levels),
        scale,
        asked.satisfied,
        group,
    )


def _part(body: bodies.Answers, questions: Sequence[Question], one: HeldFile) -> AnswerSet:
    count = len(body.row)

    def column(held: Sequence[int], absent: int = -1) -> Ints:
        return np.array(held, np.int64) if held else np.full(count, absent, np.int64)

    flags = {}
    for rule, places in body.flags.items():
        flags[Rule(rule)] = np.zeros(count, bool)
        flags[Rule(rule)][places] = True
    return AnswerSet(
        one.survey,
        one.kind,
        tuple(questions),
        (body.school,),
        np.zeros(count, np.int64),
        np.array(body.row, np.int64),
        column(body.serial),
        column(body.submitted),
        column(body.seconds),
        column(body.source),
        column(body.weight, 1),
        {it.id: column(held) for it, held in zip(questions, body.codes, strict=True)},
        flags,
    )


def add_sifting(ledger: Engine, survey: str, rule: Rule, counts: bool, reason: str, by: By) -> bool:
    """Adds what was decided on the answers of a survey that a rule flags.

    Returns False, and adds nothing, where the same holds already. The reason can be erased; the act
    does not repeat it.
    """
    held = {(it.survey, it.rule): it for it in siftings(ledger)}.get((survey, rule))
    if held and (held.counts, held.reason, held.decided_by) == (counts, reason, by.who):
        return False
    leaves = [("survey", survey), ("reason", reason), ("decided_by", by.who)]
    with act(ledger, "sift", By(by.who)) as doing:
        doing.add("sifting", [Said(bodies.Sifting(rule.value, counts), leaves)])
    return True


def siftings(ledger: Engine) -> list[Sifting]:
    """Returns all decisions on flagged answers in their order; the latest of a rule holds."""
    with ledger.connect() as connection:
        acts = acts_by_id(connection)
        wanted = select(facts.c.id, facts.c.act).where(facts.c.kind == "sifting")
        act_of = {id: acts[act] for id, act in connection.execute(wanted)}
        return [
            Sifting(
                texts.get("survey", ERASED),
                Rule(body.rule),
                body.counts,
                texts.get("reason", ERASED),
                texts.get("decided_by", ERASED),
                act_of[fact].at,
            )
            for fact, body, texts in bodies_of(connection, "sifting")
            if body is not None
        ]
