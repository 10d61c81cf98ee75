"""Verifying a letter: whether a PDF is one of the round's, as its ledger has it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Engine

from inspections.ledger.letters import FINAL, FIRST, Numbered, all_letters
from inspections.ledger.of_round import ledger_of
from inspections.ledger.publishing import digests_published, published_since
from inspections.round.folder import SETTINGS
from inspections.round.opened import OpenRound
from inspections.steps.opening import open_with_ledger
from reports.letter.mark import SHOWN
from reports.letter.on_demand import LETTERS
from reports.letter.read_back import Claim, read_claim
from reports.signing.signatures import Signature
from rubrics.messages.printed_commands import quoted
from rubrics.messages.problems import Place, Problem, problem


class Verdict(StrEnum):
    """What a file is; its value is what it is called in Chinese."""

    GENUINE = "真实有效"
    REPLACED = "已被替换"
    ALTERED = "被改过"
    PENDING = "还没有登记"
    OTHER = "编号相同，不是同一份"
    SCANNED = "扫描件，不能核验"
    DRAFT = "草稿"
    UNNUMBERED = "原件，没有编号"
    UNKNOWN = "查不到"


@dataclass(frozen=True, slots=True)
class Verified:
    """A file's verdict; ``letter``: the letter whose number it bears, if the ledger knows it.

    ``replaced_by``: the number that holds in its place. ``final``: of a first opinion, the number
    of the letter that followed it. ``school``: empty where it was erased. ``signatures``: those
    in the file; ``to_be_signed``: whether the round has its letters signed now.
    """

    file: str
    verdict: Verdict
    number: str = ""
    stage: str = ""
    school: str = ""
    rubric: str = ""
    day: str = ""
    replaced_by: str = ""
    final: str = ""
    signatures: tuple[Signature, ...] = ()
    to_be_signed: bool = False


def round_of(file: Path) -> Path | None:
    """Returns the folder of the round in which a file lies; None where it lies in none."""
    found = (above for above in file.absolute().parents if (above / SETTINGS).is_file())
    return next(found, None)


def verify_letter(
    file: Path, folder: Path | None = None, *, ledger: str = ""
) -> tuple[Verified | None, list[Problem]]:
    """Returns whether a PDF is a letter of the round in ``folder`` as it was written.

    Without ``folder`` it is that in which the file lies, or else the working folder. From the file
    and the ledger alone: neither reports nor scores are looked at. None where the file cannot be
    read, or there is no ledger to ask. Codes: those of ``read_claim`` and ``open_with_ledger``,
    verify-where, letter-altered, letter-pending, letter-other, letter-replaced, letter-unknown,
    letter-scanned, letter-draft, letter-unnumbered.
    """
    claim, problems = read_claim(file)
    if claim is None:
        return None, problems
    folder = folder or round_of(file) or round_of(Path(SETTINGS))
    if folder is None:
        return None, [problem("verify-where", Place(str(file)), file=quoted(file))]
    opened, more = open_with_ledger(folder, ledger, to_look=True)
    if opened is None:
        return None, more
    problems += more
    with ledger_of(opened) as held:
        letters = all_letters(held)
        names = digests_published(held).get(claim.digest)
        unfinished = _unfinished(opened, held, letters, claim)
    scheme = bool(opened.round.letters.numbers)
    found, held_digest = _verdict(file, claim, letters, names, scheme)
    if unfinished and found.verdict is Verdict.ALTERED:
        found = replace(found, verdict=Verdict.PENDING)
    school = opened.roster.schools.get(found.school)
    rubric = opened.rubrics.get(found.rubric)
    told = replace(
        found,
        school=school.name if school else found.school,
        rubric=rubric.title if rubric else found.rubric,
        signatures=claim.signatures,
        to_be_signed=opened.round.letters.signing is not None,
    )
    return told, [*problems, *_told(told, claim, held_digest)]


def _unfinished(opened: OpenRound, ledger: Engine, letters: list[Numbered], claim: Claim) -> bool:
    """Whether the run that gave the letter its number was broken off before it had kept what it
    wrote: nobody can tell then whether the file is as it was written.
    """
    one = next((it for it in letters if it.number == claim.number), None)
    if one is None:
        return False
    home = opened.folder.name(opened.folder.reports / LETTERS[one.stage])
    return not any(name.startswith(f"{home}/") for name in published_since(ledger, one.fact))


def _verdict(
    file: Path, claim: Claim, letters: list[Numbered], names: set[str] | None, scheme: bool
) -> tuple[Verified, str]:
    """The verdict, and the digest that the ledger has of the letter's words.

    ``names``: of the files that were written with these very bytes; None for none. ``scheme``:
    whether letters of the round are given numbers.
    """
    name = str(file)
    one = next((it for it in letters if it.number == claim.number), None)
    if one is None:
        if names is None:
            unknown = Verdict.SCANNED if claim.pictures else Verdict.UNKNOWN
            return Verified(name, unknown, claim.number), ""
        draft = not claim.number and (bool(letters) or scheme)
        return Verified(name, Verdict.DRAFT if draft else Verdict.UNNUMBERED, claim.number), ""
    later = next((it.number for it in letters if it.replaces == one.number), "")
    finals = [it.number for it in letters if it.whose == (FINAL, one.rubric, one.school)]
    same = one.digest.startswith(claim.said)
    own = names is not None and same
    verdict = Verdict.GENUINE if own else Verdict.ALTERED if same else Verdict.OTHER
    found = Verified(
        name,
        Verdict.REPLACED if own and later else verdict,
        one.number,
        one.stage,
        one.school,
        one.rubric,
        one.day,
        later,
        finals[-1] if one.stage == FIRST and finals and one.school else "",
    )
    return found, one.digest


def _told(found: Verified, claim: Claim, held_digest: str) -> list[Problem]:
    code = {
        Verdict.REPLACED: "letter-replaced",
        Verdict.ALTERED: "letter-altered",
        Verdict.PENDING: "letter-pending",
        Verdict.OTHER: "letter-other",
        Verdict.SCANNED: "letter-scanned",
        Verdict.UNKNOWN: "letter-unknown",
        Verdict.DRAFT: "letter-draft",
        Verdict.UNNUMBERED: "letter-unnumbered",
    }.get(found.verdict)
    if code is None:
        return []
    unknown = found.verdict is Verdict.UNKNOWN
    number = (f"编号{found.number}" if found.number else "它的编号") if unknown else found.number
    told = {"number": number, "by": found.replaced_by}
    told |= {"said": claim.said[:SHOWN], "held": held_digest[:SHOWN]}
    return [problem(code, Place(found.file), **told)]
