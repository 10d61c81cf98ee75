"""Whether a key and its certificate belong together, found out by signing something once.

A token may hold a key under the name of another one's certificate; every signature with it would
be invalid, and whoever receives the letters would be the first to see.
"""

from __future__ import annotations

import asyncio
from typing import Final

from reports.signing.key import Key, signer
from rubrics.messages.problems import Place, Problem, problem

_TRIED: Final = b"school-inspection-scoring"


def tried(key: Key, place: Place) -> list[Problem]:
    """Returns why signatures with a key are of no use. Codes: signing-unsuited, signing-token."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.x509 import load_der_x509_certificate
    from pkcs11.exceptions import PKCS11Error

    made = signer(key)
    assert made.signing_cert is not None
    public = load_der_x509_certificate(made.signing_cert.dump()).public_key()
    try:
        signature = asyncio.run(made.async_sign_raw(_TRIED, "sha256"))
        match public:
            case RSAPublicKey():
                public.verify(signature, _TRIED, PKCS1v15(), SHA256())
            case EllipticCurvePublicKey():
                public.verify(signature, _TRIED, ECDSA(SHA256()))
    except (InvalidSignature, ValueError, TypeError):
        return [problem("signing-unsuited", place, reason="私钥和证书不是一对")]
    except PKCS11Error as error:
        return [problem("signing-token", place, detail=f"试签没有成功（{type(error).__name__}）")]
    return []
