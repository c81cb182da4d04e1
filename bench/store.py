"""The store: importing, loading and reviewing a dossier of 7,500 facts.

Run in its own process (`python -m bench.store`) with FILAGE_DATA naming an empty folder; prints, judges nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import django

from bench.dossier import Size, generated

SIZE = Size(lines=5_000, engagements=500, events=2_000, people=60)


def timed(label: str, work: Callable[[], object], times: int = 1) -> None:
    """Print how long some work takes, the best of a few times."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    print(f"{label:<48}{best * 1000:10.1f} ms")


def main() -> None:
    """Import once, then load, change and open again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "filage_web.settings")
    django.setup()
    from django.core.management import call_command

    from filage.kernel.changes import set_
    from filage_web.accounts import services
    from filage_web.accounts.models import User
    from filage_web.store.changes import apply
    from filage_web.store.imports import import_dossier
    from filage_web.store.outcomes import open_production
    from filage_web.store.queries import load_production

    call_command("migrate", verbosity=0)
    owner = User.objects.create_user("bench@lefil.test", name="Alice")
    structure = services.create_structure("Bench", owner)
    dossier = generated(SIZE)
    slug, line = dossier.production.id, next(iter(dossier.by_kind["budget_line"]))
    print(f"{len(dossier)} facts")
    timed("import", lambda: import_dossier(structure, dossier, actor=owner))
    timed("load, one query", lambda: load_production(structure, slug), times=5)
    timed("open: load and review", lambda: open_production(structure, slug))
    timed("open again, nothing moved", lambda: open_production(structure, slug), times=5)
    prices = iter(range(1, 100))
    change = lambda: [set_(f"budget_line/{line}", unit_price=str(next(prices)))]  # noqa: E731  made anew each time
    timed("one fact changed", lambda: apply(structure, slug, change(), actor=owner), times=5)


if __name__ == "__main__":
    main()
