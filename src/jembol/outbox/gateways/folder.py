"""The folder on this machine: what is used while no other way is set up."""

import json
import os
from pathlib import Path

from django.conf import settings

from jembol.outbox.gateways.letter import Letter


def put(letter: Letter) -> str:
    """Write the message as one JSON file, whole or not at all; return the file's name."""
    folder = Path(settings.MESSAGES_FOLDER)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    said = {
        "id": letter.id,
        "to": letter.to,
        "subject": letter.subject,
        "body": letter.text,
        "asked_at": letter.asked_at,
    }
    unfinished = folder / f".{letter.id}.{os.getpid()}"
    unfinished.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    unfinished.chmod(0o600)
    unfinished.replace(folder / f"{letter.id}.json")
    return f"{letter.id}.json"
