"""What a headmaster or a clerk hands to ``scoring verify``: each file gets one clear answer."""

from __future__ import annotations

import subprocess
import zlib
from pathlib import Path

import docx
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader, PdfWriter
from typer.testing import CliRunner

from inspections.ledger.letters import all_letters
from inspections.ledger.of_round import ledger_of
from inspections.round.opened import OpenRound
from reports.letter.mark import SHOWN
from reports.steps.reporting import report_round
from reports.steps.verifying import Verdict, verify_letter
from scoring.__main__ import app
from tests.reports.numbered_round import FIRST_OPINION, LETTER, number, numbered, setting


@pytest.fixture(scope="module")
def of(tmp_path_factory: pytest.TempPathFactory) -> OpenRound:
    return numbered(tmp_path_factory.mktemp("verify") / "春季")


def said(file: Path, of: OpenRound) -> tuple[Verdict | None, list[str], int]:
    """The verdict, the codes of what is told, and the exit status."""
    found, problems = verify_letter(file, of.folder.root)
    done = CliRunner().invoke(app, ["verify", str(file), str(of.folder.root)])
    assert "Traceback" not in done.output
    return found and found.verdict, [one.code for one in problems], done.exit_code


def test_the_code_on_the_last_page_is_read_at_300_dpi_and_nothing_is_printed_over_it(
    of: OpenRound, pdftoppm: Path, pdftotext: Path, tmp_path: Path
) -> None:
    file = of.folder.root / LETTER
    subprocess.run([pdftoppm, "-r", "300", "-gray", "-png", file, tmp_path / "p"], check=True)
    found = [
        (code, page)
        for page in sorted(tmp_path.glob("p*.png"))
        for code in zxingcpp.read_barcodes(Image.open(page))
    ]
    [(code, page)] = found
    with ledger_of(of) as ledger:
        [one] = all_letters(ledger)
    assert code.text == f"{one.number}\n{one.digest[:SHOWN]}"
    at = code.position
    box = (at.top_left.x, at.top_left.y, at.bottom_right.x, at.bottom_right.y)
    left, top, right, bottom = (round(edge * 72 / 300) for edge in box)
    area = ["-x", left, "-y", top, "-W", right - left, "-H", bottom - top]
    n = page.stem.rpartition("-")[2]
    command = [pdftotext, "-f", n, "-l", n, *map(str, area), file, "-"]
    within = subprocess.run(command, capture_output=True, check=True).stdout
    assert not within.strip()


def test_a_scan_is_told_kindly(of: OpenRound, pdftoppm: Path, tmp_path: Path) -> None:
    page = tmp_path / "p"
    subprocess.run(
        [pdftoppm, "-r", "60", "-singlefile", "-png", of.folder.root / LETTER, page], check=True
    )
    Image.open(f"{page}.png").convert("RGB").save(tmp_path / "扫描.pdf")
    assert said(tmp_path / "扫描.pdf", of) == (Verdict.SCANNED, ["letter-scanned"], 1)


def test_a_letter_of_another_round_with_the_same_number_is_not_called_altered(
    of: OpenRound, tmp_path: Path
) -> None:
    other = numbered(tmp_path / "秋季", day="2026-04-21")
    file = other.folder.root / LETTER
    assert said(file, other) == (Verdict.GENUINE, [], 0)
    assert said(file, of) == (Verdict.OTHER, ["letter-other"], 1)
    apart = numbered(tmp_path / "外县", numbers="另县督意〔{year}〕{n}号")
    assert said(apart.folder.root / LETTER, of) == (Verdict.UNKNOWN, ["letter-unknown"], 1)


def test_a_draft_is_a_draft_before_any_letter_has_a_number(tmp_path: Path) -> None:
    of = numbered(tmp_path / "春季", sheets=1)
    file = of.folder.root / LETTER
    assert said(file, of) == (Verdict.DRAFT, ["letter-draft"], 1)


def test_what_is_no_pdf_or_cannot_be_opened_gets_its_own_words(
    of: OpenRound, tmp_path: Path
) -> None:
    word, empty, locked = (tmp_path / name for name in ("意见书.docx", "空.pdf", "加密.pdf"))
    docx.Document().save(str(word))
    empty.write_bytes(b"")
    writer = PdfWriter(clone_from=PdfReader(of.folder.root / LETTER))
    writer.encrypt("打开密码", algorithm="AES-256")
    writer.write(locked)
    assert said(word, of) == said(empty, of) == (None, ["pdf-unreadable"], 2)
    assert said(locked, of) == (None, ["pdf-encrypted"], 2)
    texts = [verify_letter(one, of.folder.root)[1][0].message for one in (word, empty)]
    assert "Word" in texts[0] and "0 字节" in texts[1]
    assert said(tmp_path, of)[2] == 2


def test_saved_anew_it_is_altered_even_where_it_says_the_same(
    of: OpenRound, tmp_path: Path
) -> None:
    PdfWriter(clone_from=PdfReader(of.folder.root / LETTER)).write(tmp_path / "另存.pdf")
    assert said(tmp_path / "另存.pdf", of) == (Verdict.ALTERED, ["letter-altered"], 1)


def bomb(path: Path) -> Path:
    """A page whose contents unpack to half a gigabyte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 0 m " * 170_000) for _ in range(512)) + packer.flush()
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    from pypdf.generic import EncodedStreamObject, NameObject

    stream = EncodedStreamObject()
    stream._data = packed
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.write(path)
    return path


def test_a_bomb_is_answered_within_limits(of: OpenRound, tmp_path: Path) -> None:
    found, codes, status = said(bomb(tmp_path / "炸弹.pdf"), of)
    assert (found, codes, status) in (
        (None, ["pdf-unreadable"], 2),
        (Verdict.UNKNOWN, ["letter-unknown"], 1),
    )
    forged = tmp_path / "假签名.pdf"
    forged.write_bytes((of.folder.root / LETTER).read_bytes() + b"/ByteRange [0 1 2 99999999999]")
    assert said(forged, of)[0] is Verdict.ALTERED


@pytest.mark.parametrize("kind", ["first", "final", "replaced"])
def test_papers_of_every_kind_have_title_language_parts_and_text(
    kind: str, tmp_path: Path, pdftotext: Path
) -> None:
    of = numbered(tmp_path / "春季", first_day="2026-04-10")
    if kind == "replaced":
        setting(of.folder.root, "day", "2026-04-21")
        CliRunner().invoke(app, ["score", str(of.folder.root)])
    report_round(of.folder.root, stage="初步" if kind == "first" else "正式")
    file = of.folder.root / (FIRST_OPINION if kind == "first" else LETTER)
    reader = PdfReader(file)
    assert reader.metadata is not None and "第一小学" in str(reader.metadata.title)
    assert str(reader.root_object["/Lang"]) == "zh-CN" and reader.outline
    read = subprocess.run([pdftotext, file, "-"], capture_output=True, check=True).stdout.decode()
    own = "".join(page.extract_text() for page in reader.pages)
    for text in (read, own):
        plain = "".join(text.split())
        assert "第一小学" in plain and "校验码" in plain and "（cid" not in plain
        assert kind != "replaced" or f"替换{number(1)}" in plain
