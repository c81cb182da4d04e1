"""The page of the cash plan: months, readings, movements, what may go wrong, files."""

from __future__ import annotations

import pytest

from filage.kernel.changes import add, set_
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet
from support.cast import Cast

pytestmark = pytest.mark.django_db

PHASES = [
    {"id": "creation", "label": "Création", "starts_on": "2026-08-31", "ends_on": "2026-10-24"},
    {
        "id": "tournee",
        "label": "Tournée",
        "starts_on": "2026-11-01",
        "ends_on": "2026-12-20",
        "budget": "exploitation",
    },
]
FACTS = (
    set_("production/woyzeck", phases=PHASES),
    add("budget_line/decor", label="Décor", post="30", unit_price="4000"),
    add("event/dole", type="performance", day="2036-12-05"),
    add("event/annecy", type="performance", day="2036-12-06"),
    add("contract/dole", label="Dole", type="cession", events=["event/dole", "event/annecy"], unit_price="1500",
        state="confirmed"),
    add("funding/ville", label="Ville de Besançon", nature="public", amount="2000", state="granted",
        instalments=[{"on": "2036-11-20", "amount": "2000"}]),
    add("funding/adami", label="Adami", nature="collective", amount="600", state="to_ask", decision_on="2036-10-01"),
    add("cash_item/relais", label="Relais", on="2026-12-01", amount="500", nature="loan"),
)  # fmt: skip


@pytest.fixture
def fil(cast: Cast) -> Cast:
    """Le Fil with a line, a sale of two dates and two fundings."""
    apply(cast.structure, cast.production, FACTS, actor=cast.alice)
    return cast


def read(cast: Cast, query: str = "") -> str:
    answer = cast.browser("alice").get(cast.address(f"tresorerie/{query}"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_production_says_where_the_plan_comes_from(cast: Cast) -> None:
    assert "Aucun mouvement prévu" in read(cast)


def test_the_plan_shows_its_lowest_point_and_the_bridge(fil: Cast) -> None:
    page = read(fil)
    assert "Point bas" in page
    assert "Relais à trouver" in page


def test_three_readings_give_three_plans(fil: Cast) -> None:
    ends = {
        read(fil, f"?lecture={word}").split("À la fin")[1][:60] for word in ("plein", "pondere", "certain")
    }
    assert len(ends) == 3


def test_a_month_opens_its_movements_with_their_reasons(fil: Cast) -> None:
    page = read(fil, "?voir=2036-11")
    assert "Mouvements de novembre 2036" in page
    assert "échéancier" in page
    assert "Mouvements de" not in read(fil, "?voir=1999-01")


def test_what_may_go_wrong_is_shown_side_by_side_and_writes_nothing(fil: Cast) -> None:
    before = ChangeSet.objects.count()
    page = read(fil, "?retard=funding/ville&mois=4&annulee=event/dole&refusee=funding/adami")
    assert "rien n’est enregistré" in page
    assert "Ville de Besançon : 4 mois de retard" in page
    assert "Adami refusé" in page
    assert ChangeSet.objects.count() == before


def test_a_source_late_and_refused_at_once_is_refused(fil: Cast) -> None:
    assert "rien n’est enregistré" in read(fil, "?retard=funding/ville&refusee=funding/ville")


def test_an_imagined_source_that_does_not_exist_is_said(fil: Cast) -> None:
    assert "n’existe pas ici" in read(fil, "?retard=funding/villle")


def test_a_balance_opens_the_plan_and_typed_movements_are_listed(fil: Cast) -> None:
    wanted = [add("cash_balance/b", on="2026-01-05", amount="1234.56")]
    apply(fil.structure, fil.production, wanted, actor=fil.alice)
    page = read(fil)
    assert "solde du" in page
    assert 'id="cash_item-relais"' in page


def test_files_are_handed_over_in_the_reading_asked(fil: Cast) -> None:
    alice = fil.browser("alice")
    assert alice.get(fil.address("tresorerie/exporter/xlsx/?lecture=certain")).content[:2] == b"PK"
    assert alice.get(fil.address("tresorerie/exporter/pdf/")).content[:5] == b"%PDF-"
    assert alice.get(fil.address("tresorerie/exporter/doc/")).status_code == 404


def test_a_scenario_has_its_own_plan(fil: Cast) -> None:
    changes = [{"op": "set", "about": "contract/dole", "values": {"state": "cancelled"}}]
    wanted = [add("scenario/sans-dole", label="Sans Dole", changes=changes)]
    apply(fil.structure, fil.production, wanted, actor=fil.alice)
    assert "Dole, acompte" not in read(fil, "?scenario=sans-dole&voir=2036-11")
    assert "Dole, acompte" in read(fil, "?voir=2036-11")


def test_queries_do_not_grow_with_the_movements(fil: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(number: int) -> int:
        wanted = [
            add(f"cash_item/{number}-{i}", label="M", on="2026-12-01", amount="1") for i in range(number)
        ]
        apply(fil.structure, fil.production, wanted, actor=fil.alice)
        read(fil, "?voir=2026-12")
        with CaptureQueriesContext(connection) as found:
            read(fil, "?voir=2026-12")
        return len(found)

    assert asked(1) == asked(5)
