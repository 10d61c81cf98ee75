"""Keys that stay in a token (PKCS#11): the PIN opens a session, and the token signs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from inspections.round.signing import Signing
from reports.signing.certificate import unusable
from reports.signing.key import Key, signer
from reports.signing.trial import tried
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import in_chinese

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

_MANY_OR_NONE = "令牌里找不到可以签名的证书和私钥，或有几对；用 token、key 写明令牌和密钥的标签"


def from_token(
    signing: Signing, folder: Path, password: Callable[[], tuple[str, list[Problem]]]
) -> tuple[Key | None, list[Problem]]:
    """Returns the key in the token that ``signing`` names; its library counts from ``folder``.

    ``password``: is asked for the PIN. Codes: those of ``password``, signing-token,
    signing-password-wrong, and those of ``unusable``.
    """
    from cryptography.x509 import load_der_x509_certificate
    from pkcs11.exceptions import PinIncorrect, PinLenRange, PKCS11Error

    module = str(folder / Path(signing.module).expanduser())
    place = Place(module)
    if not Path(module).is_file():
        return None, [problem("signing-token", place, detail="没有这个程序库文件")]
    pin, problems = password()
    if problems:
        return None, problems
    key = Key(pin, b"", module, signing.token, signing.key, signing.timestamp)
    try:
        certificate = signer(key).signing_cert
    except (PinIncorrect, PinLenRange):
        return None, [problem("signing-password-wrong", place)]
    except (PKCS11Error, OSError, RuntimeError) as error:
        return None, [problem("signing-token", place, detail=_told(error))]
    if certificate is None:
        return None, [problem("signing-token", place, detail=_MANY_OR_NONE)]
    problems = unusable(load_der_x509_certificate(certificate.dump()), place) or tried(key, place)
    return (None if problems else key), problems


def token_signer(key: Key) -> Signer:
    """Returns what has the token sign; raises what its library raises.

    The session stays open while the signer is there. A key belongs to the certificate with the
    same id, as PKCS#11 has it.
    """
    from pkcs11 import Attribute, ObjectClass
    from pkcs11.exceptions import PKCS11Error, UserAlreadyLoggedIn
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

    wanted = TokenCriteria(label=key.token) if key.token else None
    try:
        session = open_pkcs11_session(key.module, token_criteria=wanted, user_pin=key.secret)
    except UserAlreadyLoggedIn:  # in another session of this process, which holds for all of them
        session = open_pkcs11_session(key.module, token_criteria=wanted)
    found = {
        kind: {one[Attribute.ID]: one[Attribute.LABEL] for one in session.get_objects(asked)}
        for kind, asked in (
            ("keys", {Attribute.CLASS: ObjectClass.PRIVATE_KEY}),
            ("certificates", {Attribute.CLASS: ObjectClass.CERTIFICATE}),
        )
    }
    ids = [
        id
        for id, label in found["certificates"].items()
        if id in found["keys"] and key.label in ("", label, found["keys"][id])
    ]
    if len(ids) != 1:
        raise PKCS11Error(_MANY_OR_NONE)
    return PKCS11Signer(session, cert_id=ids[0], key_id=ids[0])


def _told(error: Exception) -> str:
    if str(error) == _MANY_OR_NONE:
        return _MANY_OR_NONE
    name = type(error).__name__
    return _KNOWN.get(name, f"{name}: {in_chinese(error)}".removesuffix(": "))


_KNOWN = {
    "PinLocked": "PIN 输错次数太多，令牌已锁定",
    "TokenNotPresent": "令牌没有插好",
    "TokenNotRecognised": "令牌认不出来",
    "NoSuchToken": "没有插这个令牌",
    "DeviceRemoved": "令牌拔掉了",
}
