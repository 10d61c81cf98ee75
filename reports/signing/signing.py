"""Signs a PDF: PAdES B-B, or B-T where a time-stamp server confirms the time (ETSI EN 319 142-1).

What was drawn stays as it is, byte for byte, and the signature follows it; so a signed letter is
known by its beginning (``is_signed``). The signature shows nothing on the page: GB/T 9704-2012 has
a seal there and no other mark, and what is printed on paper carries no signature to speak of.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from reports.signing.key import Key, signer
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import in_chinese

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

FIELD: Final = "Signature"


def is_signed(there: bytes, pdf: bytes) -> bool:
    """Whether ``there`` is this very ``pdf``, with a signature behind it."""
    return len(there) > len(pdf) and there.startswith(pdf) and b"/ByteRange" in there[len(pdf) :]


def signed(pdf: bytes, key: Key, place: Place) -> tuple[bytes | None, list[Problem]]:
    """Returns a PDF with a signature that covers all of it, and allows no change.

    A signature holds the time when it was made: no two are the same. None where the token or the
    time-stamp server failed; code: signing-failed, at ``place``.
    """
    from pkcs11.exceptions import PKCS11Error
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

    about = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    stamper = HTTPTimeStamper(key.timestamp) if key.timestamp else None
    out = BytesIO()
    try:
        signing = PdfSigner(
            about, signer(key), timestamper=stamper, new_field_spec=SigFieldSpec(FIELD)
        )
        signing.sign_pdf(_writer()(BytesIO(pdf)), output=out)
    except (TimestampRequestError, PKCS11Error, SigningError, PdfError, OSError) as error:
        detail = f"{type(error).__name__}: {in_chinese(error)}".removesuffix(": ")
        if key.timestamp and isinstance(error, OSError):
            detail = f"时间戳服务器 {key.timestamp} 没有给时间戳（{detail}）"
        return None, [problem("signing-failed", place, detail=detail)]
    return out.getvalue(), []


def _writer() -> type[IncrementalPdfFileWriter]:
    """What adds to a PDF and leaves what it says of itself alone: the letter is the same one."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class Adding(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """Keeps title, number and day as they are, alike in both places (PDF/A)."""

    return Adding
