"""Write `signed_codes.json`: codes with what every reader must say of them, in any language.

    python tests/kit/make_signed_codes.py

Keys and serials are drawn from a fixed seed, so the file stays the same.
"""

import base64
import json
import random
from datetime import date
from pathlib import Path

from jembol.kit.ids import IdKind, PublicId
from jembol.kit.signed_code import (
    SERIALS,
    Kind,
    PublicKey,
    SignedCode,
    key_id,
    public_of,
    sign,
    verify,
)

FILE = Path(__file__).with_name("signed_codes.json")
ON = date(2026, 3, 2)


def build():
    drawn = random.Random(20260302)
    current, former, stranger = (drawn.randbytes(32) for _key in range(3))
    keys = {
        key_id(public_of(current)): PublicKey(
            public_of(current), date(2026, 1, 1), date(2031, 12, 31)
        ),
        key_id(public_of(former)): PublicKey(public_of(former), date(2020, 1, 1), date(2026, 3, 1)),
    }

    def made(kind=Kind.TICKET, private=current, days=(date(2026, 2, 1), date(2026, 5, 1)), **more):
        code = SignedCode(
            **{
                "kind": kind,
                "key_id": key_id(public_of(private)),
                "serial": PublicId.new(SERIALS[kind], drawn.randbytes).compact,
                "subject": PublicId.new(IdKind.CLASS, drawn.randbytes).compact,
                "holder": drawn.randbytes(8),
                "valid_from": days[0],
                "valid_until": days[1],
                **more,
            }
        )
        return sign(code, private)

    ticket = made()
    cases = [
        ("a ticket", ticket, "ticket"),
        ("a ticket on its first day", made(days=(ON, date(2026, 5, 1))), "ticket"),
        ("a ticket on its last day", made(days=(date(2026, 2, 1), ON)), "ticket"),
        ("a card without a subject", made(Kind.CARD, subject=""), "card"),
        ("a certificate", made(Kind.CERTIFICATE), "certificate"),
        ("a card where any code will do", made(Kind.CARD, subject=""), None),
        ("small letters and blanks", f" {ticket.lower()[:40]} {ticket.lower()[40:]}\r\n", "ticket"),
        ("O for 0, I for 1", ticket[:4] + ticket[4:].replace("0", "O").replace("1", "I"), "ticket"),
        ("a ticket where a card is asked for", ticket, "card"),
        ("not yet valid", made(days=(date(2026, 3, 3), date(2026, 5, 1))), "ticket"),
        ("expired yesterday", made(days=(date(2026, 2, 1), date(2026, 3, 1))), "ticket"),
        ("signed by a key that has run out", made(private=former), "ticket"),
        ("signed by a stranger's key", made(private=stranger), "ticket"),
        ("one sign changed in the holder", _changed(ticket, 30), "ticket"),
        ("one sign changed in the signature", _changed(ticket, 100), "ticket"),
        ("the end is missing", ticket[:-1], "ticket"),
        ("half is missing", ticket[:80], "ticket"),
        ("only the prefix", "JB1.", "ticket"),
        ("too long", ticket + "0", "ticket"),
        ("a sign that is none", ticket[:20] + "U" + ticket[21:], "ticket"),
        ("another prefix", "JB2." + ticket[4:], "ticket"),
        ("bits left over", ticket[:-1] + _next(ticket[-1]), "ticket"),
        ("a kind that does not exist", "JB1.F" + ticket[5:], "ticket"),
        ("an address", "https://example.com/", "ticket"),
        ("nothing", "", "ticket"),
    ]
    return {
        "about": "Signed codes and what a reader must say of them on the day `on`.",
        "on": ON.isoformat(),
        "domain": "jembol.code.1:",
        "keys": [
            {
                "id": name,
                "public": base64.urlsafe_b64encode(key.public).rstrip(b"=").decode(),
                "from": key.valid_from.isoformat(),
                "until": key.valid_until.isoformat(),
            }
            for name, key in keys.items()
        ],
        "cases": [_case(name, text, kind, keys) for name, text, kind in cases],
    }


def _case(name, text, kind, keys):
    verdict = verify(text, keys, on=ON, kind=Kind[kind.upper()] if kind else None)
    code = verdict.code
    says = None
    if code is not None:
        says = {
            "kind": code.kind.name.lower(),
            "key": code.key_id,
            "serial": code.serial,
            "subject": code.subject,
            "holder": code.holder.hex(),
            "from": code.valid_from.isoformat(),
            "until": code.valid_until.isoformat(),
        }
    return {"name": name, "text": text, "kind": kind, "fault": verdict.fault, "says": says}


def _changed(text, place):
    return text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]


def _next(sign):
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    return alphabet[alphabet.index(sign) | 1]


if __name__ == "__main__":
    FILE.write_text(json.dumps(build(), indent=1) + "\n", encoding="utf-8")
