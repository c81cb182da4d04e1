"""What this machine has: Chromium, LibreOffice, PostgreSQL. A test never guesses, it asks here."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LIBREOFFICE_NAMES = ("soffice", "libreoffice")
POSTGRES_FOLDERS = (
    Path("/usr/lib/postgresql"),
    Path("/usr/local/pgsql"),
    Path("/opt/homebrew/opt/postgresql"),
)


@dataclass(frozen=True, slots=True)
class Absence:
    """Something the machine does not have, and what to type to get it on Debian."""

    name: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.name} is not here (Debian: apt-get install {self.remedy})"


NO_CHROMIUM = Absence("Chromium", "chromium")
NO_LIBREOFFICE = Absence("LibreOffice Calc", "--no-install-recommends libreoffice-calc")
NO_POSTGRES = Absence("PostgreSQL", "postgresql")


def chromium() -> str | None:
    """The path of a Chromium, or None."""
    return os.environ.get("FILAGE_TEST_CHROMIUM") or _first(CHROMIUM_NAMES)


def libreoffice() -> str | None:
    """The path of LibreOffice, or None."""
    return _first(LIBREOFFICE_NAMES)


def postgres_programs() -> Path | None:
    """The folder that holds `initdb` and `postgres`, newest version first, or None."""
    for folder in POSTGRES_FOLDERS:
        versions = sorted(
            folder.glob("*/bin/initdb"), key=lambda path: _version(path.parts[-3]), reverse=True
        )
        for initdb in [folder / "bin" / "initdb", *versions]:
            if initdb.exists() and (initdb.parent / "postgres").exists():
                return initdb.parent
    found = shutil.which("initdb")
    real = Path(found).resolve().parent if found else None
    return real if real and (real / "postgres").exists() else None


def all_required() -> bool:
    """Whether an absence must fail instead of being named at the end (set by .ci/run)."""
    return os.environ.get("FILAGE_REQUIRE_ALL", "") not in {"", "0"}


def on_postgres() -> bool:
    """Whether this run's database is PostgreSQL."""
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def _first(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _version(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split(".") if part.isdigit())
