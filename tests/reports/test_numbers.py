"""Numbers, digests and codes of letters; what is a draft; what verifying says of a file."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader, PdfWriter
from typer.testing import CliRunner

from inspections.ledger.letters import Numbered, all_letters
from inspections.ledger.of_round import ledger_of
from inspections.round.opened import OpenRound
from inspections.steps.collecting import collect_round
from reports.steps.reporting import report_round
from reports.steps.running import run_round
from reports.steps.verifying import Verdict, round_of, verify_letter
from scoring.__main__ import app
from scoring.steps.scoring import write_scores
from tests.inspections.small_round import INSPECTORS
from tests.reports.numbered_round import LETTER, come, number, numbered, setting

Pages = Callable[[bytes], list[str]]
DRAFT = "草稿（未编号，不作为正式文书）"


def letters(of: OpenRound) -> list[Numbered]:
    with ledger_of(of) as ledger:
        return all_letters(ledger)


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    return numbered(tmp_path / "春季")


def test_a_letter_bears_number_code_and_digest(of: OpenRound, pages: Pages) -> None:
    file = of.folder.root / LETTER
    [one] = letters(of)
    assert one.number == number(1)
    first, *_, last = ("", *pages(file.read_bytes()))[1:]
    assert number(1) in first
    assert f"编号：{number(1)}" in last and f"校验码：{one.digest[:16]}" in last
    assert f"（{number(1)}）" in last  # the receipt says which
    info = PdfReader(file).metadata
    assert info is not None
    assert str(info["/Keywords"]) == f"编号：{number(1)}；校验码：{one.digest}"


def test_nothing_is_given_anew_while_nothing_changes(of: OpenRound) -> None:
    before = (of.folder.root / LETTER).read_bytes()
    run_round(of.folder.root)
    report_round(of.folder.root, together=True, envelopes=True, word=True)
    (of.folder.root / LETTER).unlink()
    report_round(of.folder.root)
    assert (of.folder.root / LETTER).read_bytes() == before
    assert [one.number for one in letters(of)] == [number(1)]


def test_bound_letters_and_word_files_bear_the_same(of: OpenRound, pages: Pages) -> None:
    report_round(of.folder.root, together=True, envelopes=True, word=True)
    reports = of.folder.reports
    for name in ("envelopes/全部意见书.pdf", "envelopes/第一小学.pdf"):
        assert f"编号：{number(1)}" in "".join(pages((reports / name).read_bytes()))
    word = docx.Document(str(reports / "word/kitchen/第一小学.docx"))
    assert number(1) in [one.text for one in word.paragraphs]
    [cell] = [c.text for c in word.tables[-2].row_cells(0) if "校验码" in c.text]
    assert f"编号：{number(1)}" in cell
    assert number(1) in word.core_properties.keywords
    code = word.element.body.xpath(".//*[local-name()='custGeom']")
    assert len(code) == 1 and len(code[0].xpath(".//*[local-name()='close']")) > 100


def test_a_changed_letter_gets_the_next_number_and_names_the_one_before(
    of: OpenRound, pages: Pages
) -> None:
    setting(of.folder.root, "day", "2026-04-21")
    run_round(of.folder.root)
    assert [(it.number, it.replaces) for it in letters(of)] == [
        (number(1), ""),
        (number(2), number(1)),
    ]
    text = "".join(pages((of.folder.root / LETTER).read_bytes()))
    assert f"替换{number(1)}，该号作废" in text


def test_what_is_open_or_undated_stays_a_draft_and_uses_no_number(
    tmp_path: Path, pages: Pages
) -> None:
    of = numbered(tmp_path / "甲", sheets=1)  # the other inspector's sheet has not come
    read = pages((of.folder.root / LETTER).read_bytes())
    assert all(DRAFT in page for page in read) and "校验码" not in "".join(read)
    undated = numbered(tmp_path / "乙", day=None)
    assert letters(of) == letters(undated) == []
    # Clerks run it daily; the last day counts.
    come(of, "D02", INSPECTORS[1])
    run_round(of.folder.root)
    assert [it.number for it in letters(of)] == [number(1)]
    setting(undated.folder.root, "day", "2026-04-21")
    write_scores(undated.folder.root)
    report_round(undated.folder.root)
    assert [it.day for it in letters(undated)] == ["2026-04-21"]


def test_a_draft_on_demand_and_one_that_goes_out_as_it_is(tmp_path: Path, pages: Pages) -> None:
    of = numbered(tmp_path / "春季", sheets=1)
    made, problems = report_round(of.folder.root, together=True)
    assert made is not None and "letters-drafts" in [one.code for one in problems]
    _, problems = report_round(of.folder.root, issue=True)
    assert "letters-drafts" not in [one.code for one in problems]
    assert [it.number for it in letters(of)] == [number(1)]
    come(of, "D02", INSPECTORS[1])
    collect_round(of.folder.root)
    write_scores(of.folder.root)
    report_round(of.folder.root, draft=True)
    text = "".join(pages((of.folder.root / LETTER).read_bytes()))
    assert DRAFT in text and f"编号后替换{number(1)}" in text
    # Looking first does not stand in the way of writing afterwards.
    report_round(of.folder.root)
    assert [(it.number, it.replaces) for it in letters(of)][1:] == [(number(2), number(1))]


def test_a_round_without_a_scheme_is_as_it_was(tmp_path: Path, pages: Pages) -> None:
    of = numbered(tmp_path / "春季", numbers="", number="某教督〔2026〕3号")
    text = "".join(pages((of.folder.root / LETTER).read_bytes()))
    assert "某教督〔2026〕3号" in text and "校验码" not in text and "草稿" not in text
    found, _ = verify_letter(of.folder.root / LETTER, of.folder.root)
    assert found is not None and found.verdict is Verdict.UNNUMBERED


def verdict(file: Path, of: OpenRound) -> tuple[Verdict | None, str]:
    found, _ = verify_letter(file, of.folder.root)
    return (found.verdict, found.replaced_by) if found else (None, "")


def test_verifying_tells_genuine_altered_replaced_and_unknown(
    of: OpenRound, tmp_path: Path
) -> None:
    file, held = of.folder.root / LETTER, tmp_path / "收到的.pdf"
    held.write_bytes(file.read_bytes())
    assert verdict(held, of) == (Verdict.GENUINE, "")
    assert round_of(file) == of.folder.root and round_of(held) is None
    altered = tmp_path / "改过.pdf"
    altered.write_bytes(held.read_bytes().replace(b"%%EOF", b"%%eof"))
    assert verdict(altered, of) == (Verdict.ALTERED, "")
    again = PdfWriter(clone_from=PdfReader(held))  # as another program saves it, without our words
    again.metadata = None
    again.root_object.pop("/Metadata", None)
    again.write(tmp_path / "另存.pdf")
    assert verdict(tmp_path / "另存.pdf", of) == (Verdict.ALTERED, "")
    setting(of.folder.root, "day", "2026-04-21")
    run_round(of.folder.root)
    assert verdict(held, of) == (Verdict.REPLACED, number(2))
    assert verdict(file, of) == (Verdict.GENUINE, "")
    blank = PdfWriter()
    blank.add_blank_page(100, 100)
    blank.write(tmp_path / "别的.pdf")
    assert verdict(tmp_path / "别的.pdf", of) == (Verdict.UNKNOWN, "")


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "pdf-missing"), (b"PK\3\4", "pdf-unreadable"), (b"", "pdf-unreadable")],
)
def test_what_is_no_pdf_is_told_so(
    of: OpenRound, tmp_path: Path, content: bytes | None, code: str
) -> None:
    file = tmp_path / "文件.pdf"
    if content is not None:
        file.write_bytes(content)
    found, problems = verify_letter(file, of.folder.root)
    assert found is None and [one.code for one in problems] == [code]


@pytest.mark.parametrize("content", [b"%PDF-1.7\n" + b"x" * 500, b"%PDF-1.7\n1 0 obj<</A 1 0 R>>"])
def test_a_damaged_pdf_is_unknown(of: OpenRound, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "坏.pdf"
    file.write_bytes(content)
    assert verdict(file, of) == (Verdict.UNKNOWN, "")


def test_the_command_says_it_and_its_status_too(of: OpenRound, tmp_path: Path) -> None:
    file = str(of.folder.root / LETTER)
    done = CliRunner().invoke(app, ["verify", file])
    assert done.exit_code == 0 and f"真实有效：{number(1)}" in done.output
    other = tmp_path / "改过.pdf"
    other.write_bytes(Path(file).read_bytes() + b"\n")
    done = CliRunner().invoke(app, ["verify", str(other), str(of.folder.root), "--json"])
    assert done.exit_code == 1 and '"被改过"' in done.output and "letter-altered" in done.output
    assert CliRunner().invoke(app, ["verify", str(other), str(tmp_path)]).exit_code == 2


def test_a_letter_tells_title_language_and_parts_and_its_text_comes_out(
    of: OpenRound, pdftotext: Path
) -> None:
    file = of.folder.root / LETTER
    told = subprocess.run(
        [pdftotext.with_name("pdfinfo"), file], capture_output=True, check=True
    ).stdout.decode()
    assert "督导反馈意见书（第一小学）" in told or "意见书（第一小学）" in told
    reader = PdfReader(file)
    assert str(reader.root_object["/Lang"]) == "zh-CN"
    titled, parts = reader.outline
    assert not isinstance(titled, list) and isinstance(parts, list)
    named = [one.title for one in parts if not isinstance(one, list)]
    assert [name[0] for name in named if name] == list("一二三四五")
    first = [
        reader.get_destination_page_number(one) or 0 for one in parts if not isinstance(one, list)
    ]
    assert first == sorted(first) and first[0] == 0
    assert "某局" in "".join(page.extract_text() for page in reader.pages)
