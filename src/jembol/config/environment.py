"""Read settings from the environment; a secret may also come from a file (`NAME_FILE`)."""

import json
import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on", "ya"})
FALSE = frozenset({"0", "false", "no", "off", "tidak"})


def text(name: str, default: str = "") -> str:
    """Return the variable, or the content of the file that `NAME_FILE` names, or the default."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as problem:
            raise ImproperlyConfigured(
                f"{name}_FILE names {path}, which cannot be read ({problem.strerror}). "
                f"Give it a readable file, or set {name} itself."
            ) from problem
    return os.environ.get(name, default)


def number(name: str, default: int) -> int:
    """Return the variable as a whole number.

    Raises:
        ImproperlyConfigured: it is something else.
    """
    given = text(name, str(default))
    try:
        return int(given)
    except ValueError as problem:
        raise ImproperlyConfigured(
            f"{name} must be a whole number, but is {given!r}. For example {name}={default}."
        ) from problem


def flag(name: str, *, default: bool) -> bool:
    """Return the variable as yes or no.

    Raises:
        ImproperlyConfigured: it is neither.
    """
    given = text(name, "yes" if default else "no").lower()
    if given in TRUE:
        return True
    if given in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, but is {given!r}.")


def words(name: str, default: str) -> list[str]:
    """Return the variable as a list of comma-separated words."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def kept_secrets(folder: Path) -> dict[str, str]:
    """Return this deployment's own keys, made on the first start and kept in `folder`.

    The embedded default must start by itself, and its keys must outlive a restart: sealed
    identifiers are worthless without them. A server takes them from the environment instead.
    """
    path = folder / "secrets.json"
    if path.exists():
        kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        return kept
    folder.mkdir(parents=True, exist_ok=True)
    fresh = {
        "secret_key": secrets.token_urlsafe(50),
        "vault_key": secrets.token_hex(32),
        "digest_key": secrets.token_hex(32),
    }
    # Written aside, forced to the disk and then linked: server and worker start at once, and the
    # slower one must find whole keys, never half a file.
    unfinished = folder / f".secrets-{os.getpid()}-{secrets.token_hex(4)}"
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(fresh, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:  # another process of the same first start was quicker
        return kept_secrets(folder)
    finally:
        unfinished.unlink()
    return fresh


def postgresql(address: str) -> dict[str, object]:
    """Return Django's settings for a `postgresql://user:password@host:port/name?option=…` address.

    Raises:
        ImproperlyConfigured: the address is not one of PostgreSQL.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(
            "JEMBOL_DATABASE_URL must start with postgresql://. "
            "Leave it empty for the embedded SQLite file."
        )
    # Compiling a query for its width costs the board more than running it: 1.7 s against 0.6 s.
    options: dict[str, object] = {"options": "-c jit=off", **dict(parse_qsl(parts.query))}
    host = str(options.pop("host", "") or parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
