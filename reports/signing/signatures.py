"""Whose signatures a PDF bears, and whether it is still as they found it.

Whether the authority that issued a certificate can be trusted is nothing that the program could
know: it says who issued it, and whether a file is genuine is for the ledger to say. Nothing is
fetched from the internet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from rubrics.apart.limits import BeyondLimitsError
from rubrics.apart.once import within_limits
from rubrics.messages.extras import missing_extra
from rubrics.messages.plain_text import one_line, plain
from rubrics.messages.problems import Place, Problem, problem

if TYPE_CHECKING:
    from asn1crypto.x509 import Name
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus

_MARK = b"/ByteRange"
"""Stands in clear in every signed PDF: a signature could not be made otherwise."""

_MOST = 20
"""Signatures that are looked at."""

_CHANGED = "签名之后，文件的内容被改过"
_ADDED = "签名之后，文件又添了内容"
_TERM = "签名的时间不在证书的有效期内"
_UNREAD = "签名读不出来"


@dataclass(frozen=True, slots=True)
class Signature:
    """``by``: the name in the certificate; ``issuer``: who issued it, empty for nobody else.

    ``fingerprint``: SHA-256 (hex) of the certificate. ``at``: local time, by the clock of whoever
    signed; ``stamped``: by that of a time-stamp server. ``reason``: why it is not valid.
    """

    by: str
    issuer: str = ""
    fingerprint: str = ""
    at: str = ""
    stamped: bool = False
    valid: bool = False
    reason: str = ""


def signatures(data: bytes, place: Place) -> tuple[tuple[Signature, ...], list[Problem]]:
    """Returns the signatures of a PDF, in the order of signing.

    Codes: signature-broken; signature-unchecked where that cannot be told here.
    """
    if _MARK not in data:
        return (), []
    if missing := missing_extra("signing"):
        reason = f"{missing[0].message}；{missing[0].remedy}"
        return (), [problem("signature-unchecked", place, reason=reason)]
    try:
        found: tuple[Signature, ...] = within_limits(looked_at, data)
    except BeyondLimitsError as error:
        return (), [problem("signature-unchecked", place, reason=error)]
    return found, [
        problem("signature-broken", place, by=one.by, reason=one.reason)
        for one in found
        if not one.valid
    ]


def looked_at(data: bytes) -> tuple[Signature, ...]:
    """Returns the same, in this process; what cannot be read is no valid signature."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        held = PdfFileReader(BytesIO(data), strict=False).embedded_regular_signatures[:_MOST]
        return tuple(_one(one) for one in held) or (Signature("（不明）", reason=_UNREAD),)
    except Exception:  # anybody's bytes
        return (Signature("（不明）", reason=_UNREAD),)


def _one(held: EmbeddedPdfSignature) -> Signature:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    own = held.signer_cert
    issuer = "" if own.issuer == own.subject else _name(own.issuer)
    by = _name(own.subject)
    try:
        within = ValidationContext(trust_roots=[own], allow_fetching=False)
        status = validate_pdf_signature(held, within)
    except Exception:  # the same
        return Signature(by, issuer, own.sha256.hex(), reason=_UNREAD)
    stamp = status.timestamp_validity
    stamped = bool(stamp and stamp.valid and stamp.intact)
    at = stamp.timestamp if stamp and stamped else status.signer_reported_dt
    reason = _wrong(held, status, at)
    told = f"{at.astimezone():%Y-%m-%d %H:%M}" if at else ""
    return Signature(by, issuer, own.sha256.hex(), told, stamped, not reason, reason)


def _wrong(held: EmbeddedPdfSignature, status: PdfSignatureStatus, at: datetime | None) -> str:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if not (status.intact and status.valid):
        return _CHANGED
    if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        return _ADDED
    own = held.signer_cert
    if at is None or not own.not_valid_before <= at <= own.not_valid_after:
        return _TERM
    return ""


def _name(of: Name) -> str:
    """The name that people know it by."""
    native = of.native
    said = native.get("common_name") or native.get("organization_name") or of.human_friendly
    return one_line(plain(said if isinstance(said, str) else "，".join(map(str, said))))
