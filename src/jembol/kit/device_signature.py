"""Signatures that a browser made, checked without a store: values in, a verdict out.

ECDSA on P-256 with SHA-256 (FIPS 186-5), because WebCrypto has it on every phone, cheap ones too. A
public key is its point (65 bytes, uncompressed), a signature r and s (64 bytes), as WebCrypto gives
them; both travel as base64url without padding.
"""

import base64
import binascii
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

_CURVE: Final = ec.SECP256R1()
_POINT_BYTES: Final = 65
_NUMBER_BYTES: Final = 32


def is_public_key(text: str) -> bool:
    """Whether this text is a point of the curve."""
    return _public(text) is not None


def is_signed_by(public: str, text: str, signature: str) -> bool:
    """Whether whoever has the private half of this key signed exactly this text."""
    key, proof = _public(public), _bytes(signature)
    if key is None or len(proof) != 2 * _NUMBER_BYTES:
        return False
    r, s = (int.from_bytes(half) for half in (proof[:_NUMBER_BYTES], proof[_NUMBER_BYTES:]))
    try:
        key.verify(encode_dss_signature(r, s), text.encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _public(text: str) -> ec.EllipticCurvePublicKey | None:
    point = _bytes(text)
    if len(point) != _POINT_BYTES:
        return None
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point)
    except ValueError:
        return None


def _bytes(text: str) -> bytes:
    """Return what this base64url says; nothing when it says nothing."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
