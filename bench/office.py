"""The office: the pages of a production with 200 events and 60 people, beside one with 3 of each.

Run in its own process (`python -m bench.office`) with FILAGE_DATA naming an empty folder: Django keeps its settings for
life.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import django

from bench.dossier import generated
from bench.result import Result, at_most
from bench.size import Size

if TYPE_CHECKING:
    from django.test import Client

    from filage.facts.dossier import Dossier

LARGE = Size(lines=120, engagements=60, events=200, people=60)
SMALL = Size(lines=5, engagements=3, events=3, people=3)
TIMES = 7
CPU_MS, FIRST_SCREEN_MS = 100, 50
INSIDE = (
    "budget/presentations/", "budget/recapitulatif/", "budget/risque/", "budget/cote-a-cote/",
    "financement/dispositifs/", "financement/credits/", "financement/point/",
    "prix/offres/", "recettes/creneaux/", "suivi/a-affecter/",
)  # fmt: skip
"""Pages of the money reached from the page of their area."""


def main() -> int:
    """Measure and print the results as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "filage_web.settings")
    os.environ.setdefault("FILAGE_SECRET_KEY", "a key for the measures only, long enough for Django")
    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    sys.stdout.write(json.dumps([asdict(result) for result in measured()]))
    return 0


def measured() -> list[Result]:
    """The processor time of each page, and the pages whose queries grow with the facts."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    large, small = prepared("grande", generated(LARGE)), prepared("petite", generated(SMALL))
    results, growing = [], []
    for name in pages():
        seconds, queries = visited(*large, name)
        if queries != visited(*small, name)[1]:
            growing.append(name)
        limit = FIRST_SCREEN_MS if name == pages()[0] else CPU_MS
        results.append(
            at_most(
                f"page_{name or 'first'}",
                f"page « {name or 'first screen'} », warm",
                seconds * 1000,
                limit,
                "ms",
            )
        )
    named = f" ({', '.join(growing)})" if growing else ""
    results.append(
        at_most("page_queries", f"pages with more queries than with 3 of each{named}", len(growing), 0, "")
    )
    return results


def prepared(name: str, dossier: Dossier) -> tuple[Client, str]:
    """A structure with one production, and its owner's browser."""
    from django.test import Client

    from filage_web.accounts import services
    from filage_web.accounts.models import User
    from filage_web.store.imports import import_dossier

    owner = User.objects.create_user(f"{name}@lefil.test", "une phrase de passe", name="Alice")
    structure = services.create_structure(name.title(), owner, slug=name)
    production = import_dossier(structure, dossier, actor=owner)
    client = Client()
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    return client, f"/s/{name}/p/{production}/"


def pages() -> list[str]:
    """The address of each page of a production, its first screen first, then those inside the areas of money."""
    from filage_web import navigation

    return [*(f"{area.path}/" if area.path else "" for area in navigation.present()), *INSIDE]


def visited(client: Client, base: str, page: str) -> tuple[float, int]:
    """The least processor time of a page once warm, and its number of queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    get(client, base + page)
    times = []
    for _ in range(TIMES):
        start = time.process_time()
        get(client, base + page)
        times.append(time.process_time() - start)
    with CaptureQueriesContext(connection) as queries:
        get(client, base + page)
    return min(times), len(queries)


def get(client: Client, address: str) -> Any:
    """The page, which must answer."""
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return response


if __name__ == "__main__":
    sys.exit(main())
