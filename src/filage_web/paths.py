"""Where the office keeps what it must not lose: one folder, named by `FILAGE_DATA` or by the system's habit."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


def data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Say which folder holds the database, the files and the key, without creating it."""
    if named := environment.get("FILAGE_DATA"):
        return Path(named).expanduser()
    if shared := environment.get("XDG_DATA_HOME"):
        return Path(shared) / "filage"
    return Path.home() / ".local" / "share" / "filage"


def ready(folder: Path) -> Path:
    """Create the data folder, closed to other users of the machine, and return it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """Read the office's secret key, written once in the data folder for its owner alone."""
    file = ready(folder) / "secret-key"
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    key = secrets.token_urlsafe(64)
    with os.fdopen(handle, "w", encoding="ascii") as opened:
        opened.write(key)
    return key


def database(url: str, folder: Path) -> dict[str, object]:
    """Turn `DATABASE_URL` into Django's settings: SQLite in the data folder when it is empty."""
    parts = urlsplit(url)
    if not url or parts.scheme == "sqlite":
        name = unquote(parts.path)[1:] if url else ""
        return _sqlite(Path(name) if name else ready(folder) / "filage.sqlite3")
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": {"pool": True, **dict(parse_qsl(parts.query))},
        }
    message = (
        f"DATABASE_URL : « {parts.scheme} » n'est pas connu ; "
        "écrire sqlite:///chemin/filage.sqlite3 ou postgresql://utilisateur@hôte/base."
    )
    raise ValueError(message)


def _sqlite(file: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: a saved change survives a power cut, not only a killed process;
            # secure_delete: what is erased leaves the file too, not only the tables
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
        },
    }
