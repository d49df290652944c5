"""Phones that sign what they write, as the field app does."""

import base64
import json
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from field.phones import Phone

PARTS = ("id", "kind", "seq", "at", "mono", "boot", "officer", "body")


def _text(content):
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _pair():
    return ec.generate_private_key(ec.SECP256R1())


@dataclass
class SigningPhone(Phone):
    """One phone and the one officer who writes on it."""

    officer: object = None
    pair: object = field(default_factory=_pair)

    @property
    def public(self):
        key = self.pair.public_key()
        return _text(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def forget_key(self):
        """The browser loses its store, and the app makes another key."""
        self.pair = _pair()

    def sign(self, envelope):
        """Return what is sent of an envelope."""
        said = {"officer": self.officer.pk, **envelope}
        return self.signed(json.dumps({name: said[name] for name in PARTS}), envelope["id"])

    def signed(self, text, id_):
        r, s = decode_dss_signature(self.pair.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
        signature = _text(r.to_bytes(32) + s.to_bytes(32))
        return {"id": id_, "signed": text, "signature": signature}

    def parcel(self, *envelopes):
        sent = super().parcel(*(envelopes or map(self.sign, self.queue)))
        return {**sent, "key": self.public, "key_of": self.officer.pk}
