"""What every test shares: the database's kind, what the machine lacks, Hypothesis' pace."""

from __future__ import annotations

import os
import tempfile
from collections import Counter

import django
import pytest
from hypothesis import HealthCheck, settings

from support import machine

ABSENT = "absent: "
NEEDS = {
    "browser": (machine.chromium, machine.NO_CHROMIUM),
    "libreoffice": (machine.libreoffice, machine.NO_LIBREOFFICE),
}

settings.register_profile(
    "filage", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("filage")

# the office of the tests keeps nothing where the office of the person who runs them does
_OFFICE = tempfile.TemporaryDirectory(prefix="filage-tests-")
os.environ["FILAGE_DATA"] = _OFFICE.name
os.environ["FILAGE_SECRET_KEY"] = "a key for the tests only, long enough for Django to accept it as one"
os.environ["DJANGO_SETTINGS_MODULE"] = "filage_web.settings"
# a folder named on the command line has its conftest read before pytest-django starts Django
django.setup()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the other database's tests; skip, by name, what the machine has no program for."""
    other = "sqlite" if machine.on_postgres() else "postgres"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker(other)]
    if machine.all_required():
        return
    for marker, (find, absence) in NEEDS.items():
        if find() is None:
            for item in items:
                if item.get_closest_marker(marker):
                    item.add_marker(pytest.mark.skip(reason=f"{ABSENT}{absence}"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Where everything is required (FILAGE_REQUIRE_ALL), an absence is a failure that names itself."""
    for marker, (find, absence) in NEEDS.items():
        if item.get_closest_marker(marker) and find() is None:
            pytest.fail(str(absence), pytrace=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """End by naming what did not run."""
    reasons = Counter(
        str(report.longrepr[2]).split(ABSENT, 1)[1]
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple) and ABSENT in report.longrepr[2]
    )
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"NOT RUN: {count} tests, {reason}", yellow=True)
