"""That the scores are corrected for the severity of inspectors; with it all that is corrected."""

from __future__ import annotations

from collections.abc import Iterator

from reports.bulletin.subject import Part, Subject
from reports.bulletin.told import Figure, Told
from scoring.engine.scale import turned
from scoring.results.corrected_words import again_text, corrected_note, correction_text, left_out
from scoring.results.zeroed import zeroed

_SOURCE = "按台账里的检查表测得，见排名表的“宽严校正”"


def corrections(subject: Subject) -> Iterator[Told]:
    """Yields a paragraph where scores are corrected; its figures are the corrections in use."""
    note = corrected_note(subject.scores)
    said, figures = [], []
    for part in subject.parts:
        if part.held.correction is None:
            continue
        own = list(_figures(part))
        amounts = [units for units, _ in own]
        figures += [figure for _, figure in own]
        low, high = correction_text(min(amounts)), correction_text(max(amounts))
        corrected = sum(
            school.correction is not None and not zeroed(part.rubric, school)
            for school in part.visited
        )
        count = Figure(f"{part.name}校正的学校", str(corrected), _SOURCE)
        figures.append(count)
        each = f"每份检查表校正{low}分至{high}分" if low != high else f"每份检查表校正{low}分"
        groups = left_out(part.held)
        apart = f"，{'、'.join(groups)}没有校正" if groups else ""
        given = part.held.correction
        late = (
            f"，另有{len(given.late)}名督学在校正定下以后才有检查表，不校正" if given.late else ""
        )
        again = again_text(given.held)
        said.append(f"{part.name}{again}校正{corrected}所，{each}{apart}{late}")
    if said:
        yield Told(f"{note}：{'；'.join(said)}。", tuple(figures))


def _figures(part: Part) -> Iterator[tuple[int, Figure]]:
    held = part.held.correction
    assert held is not None
    for number, code in sorted((number, code) for code, number in held.numbers.items()):
        units = turned(part.rubric, held.inspectors[code])
        yield units, Figure(f"{part.name}{number}号督学", correction_text(units), _SOURCE)
