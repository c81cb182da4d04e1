"""Run the whole suite: once on SQLite, then what touches the database again on PostgreSQL.

Ends by naming what this machine could not run; with FILAGE_REQUIRE_ALL=1 that is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support import machine  # noqa: E402  (the tests' folder is not a package)
from support.postgres import temporary_server  # noqa: E402

PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile"]
DATABASE_TESTS = "tests/web"


def main() -> int:
    """Run both passes, say what is missing, return the exit code."""
    extra = sys.argv[1:]
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    failed = run("SQLite", [*PYTEST, *extra], environment)
    failed |= run_on_postgres(extra, environment)
    missing = absences()
    for absence in missing:
        print(f"NOT RUN: what needs it, because {absence}")
    if missing and machine.all_required():
        print("FILAGE_REQUIRE_ALL is set: what is missing is a failure.")
        failed = True
    return int(failed)


def run_on_postgres(extra: list[str], environment: dict[str, str]) -> bool:
    """Run the database tests on a temporary PostgreSQL; True when one failed."""
    if not any((ROOT / DATABASE_TESTS).rglob("test_*.py")):
        return False
    with temporary_server() as url:
        if url is None:
            return False
        command = [*PYTEST, "-m", "not browser", DATABASE_TESTS, *extra]
        return run("PostgreSQL", command, {**environment, "DATABASE_URL": url})


def run(title: str, command: list[str], environment: dict[str, str]) -> bool:
    """Run one pass; True when it failed."""
    print(f"== Tests on {title}", flush=True)
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0


def absences() -> list[machine.Absence]:
    """What this machine does not have."""
    postgres = os.environ.get("FILAGE_TEST_POSTGRES_URL") or machine.postgres_programs()
    found = (
        (machine.chromium(), machine.NO_CHROMIUM),
        (machine.libreoffice(), machine.NO_LIBREOFFICE),
        (postgres, machine.NO_POSTGRES),
    )
    return [absence for present, absence in found if not present]


if __name__ == "__main__":
    sys.exit(main())
