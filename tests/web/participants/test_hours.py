"""A person's own hours, from their private link: theirs alone, validated, taken back, contested, signed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from filage.kernel.changes import add, set_
from filage_web.accounts import services
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet
from filage_web.store.queries import dossier_of, history_of
from support.cast import Cast

BASE = (
    add("position/marie", label="Marie"),
    add("person/dana", given_name="Dana", family_name="Morel"),
    add("person/karim", given_name="Karim", family_name="Benali"),
    *(
        add(f"engagement/{who}", position="position/marie", person=f"person/{who}", phase="exploitation",
            starts_on="2026-11-05", ends_on="2026-11-12", unit="cachet", unit_pay="160")
        for who in ("dana", "karim")
    ),
    *(
        add(f"event/p{number}", type="performance", day=day, start="20:00", end="22:00")
        for number, day in ((1, "2026-11-05"), (2, "2026-11-06"), (3, "2026-11-12"), (4, "2126-11-12"))
    ),
    *(add(f"participation/dana-{n}", event=f"event/p{n}", engagement="engagement/dana") for n in (1, 2, 3, 4)),
    add("participation/karim-1", event="event/p1", engagement="engagement/karim"),
)  # fmt: skip


@pytest.fixture
def told(cast: Cast, monkeypatch) -> Cast:
    """Le Fil with Dana and Karim engaged, on 20 November 2026."""
    from datetime import date

    monkeypatch.setattr("filage_web.clock.today", lambda: date(2026, 11, 20))
    apply(cast.structure, "woyzeck", BASE, actor=cast.alice)
    return cast


def address(cast: Cast, path: str = "") -> str:
    return f"/lien/{cast.dana_token}/heures/{path}"


def say(cast: Cast, ident: str = "dana-1", **values: str):
    return Client(enforce_csrf_checks=True).post(address(cast, f"{ident}/dire/"), values, follow=True)


def part(cast: Cast, ident: str = "dana-1"):
    return dossier_of(cast.structure, "woyzeck").get(f"participation/{ident}")


def test_the_sheet_leads_to_ones_hours(told: Cast) -> None:
    html = Client().get(f"/lien/{told.dana_token}/").content.decode()
    assert "Valider mes heures (3)" in html
    assert f'href="{address(told)}"' in html


def test_the_page_names_nobody_else_and_no_money(told: Cast) -> None:
    html = Client().get(address(told)).content.decode()
    assert "Semaine du lun. 2 nov." in html.replace("\u00a0", " ")
    assert ("Karim" in html, "karim-1" in html, "€" in html) == (False, False, False)


def test_saying_that_the_plan_was_right_validates_it(told: Cast) -> None:
    html = say(told).content.decode()
    assert "Vos heures sont validées." in html
    kept = part(told)
    assert (str(kept.validated_on), kept.validated_as, str(kept.actual_end)[:5]) == (
        "2026-11-20", "2026-11-05 20:00-22:00", "22:00",
    )  # fmt: skip


def test_what_a_person_writes_is_signed_with_their_name_in_the_history(told: Cast) -> None:
    say(told)
    [last, *_] = history_of(told.structure, "woyzeck")
    assert (last.who, last.label) == ("Dana Morel, par son lien", "Heures validées : Représentation")


def test_other_hours_are_written_and_validated_in_one_write(told: Cast) -> None:
    before = ChangeSet.objects.count()
    typed = {
        "dana-1-start": "19:00",
        "dana-1-end": "01:00",
        "dana-1-pause_start": "00:10",
        "dana-1-pause_end": "00:20",
    }
    say(told, done="1", **typed)
    kept = part(told)
    assert (kept.validated_as, ChangeSet.objects.count() - before) == (
        "2026-11-05 19:00-01:00, pause 00:10-00:20", 1,
    )  # fmt: skip


def test_hours_that_cannot_be_are_refused_and_kept_on_the_page(told: Cast) -> None:
    answer = say(told, done="1", **{"dana-1-start": "19:00", "dana-1-end": "dix heures"})
    assert answer.status_code == 422
    assert "Cette heure ne se lit pas" in answer.content.decode()
    assert part(told).validated_on is None


def test_a_validation_is_taken_back(told: Cast) -> None:
    say(told)
    say(told, withdraw="1")
    kept = part(told)
    assert (kept.validated_on, kept.validated_as) == (None, None)


def test_a_disagreement_needs_words_and_reaches_production(told: Cast) -> None:
    assert "Dites en quelques mots" in say(told, contest="1", message="  ").content.decode()
    say(told, contest="1", message="Fini à 23 h 30.")
    assert part(told).contested == "Fini à 23 h 30."
    html = told.browser("bob").get(told.address("paie/heures/?mois=2026-11&vue=issue")).content.decode()
    assert "Fini à 23 h 30." in html


def test_a_later_change_by_production_asks_for_validation_again(told: Cast) -> None:
    say(told)
    apply(told.structure, "woyzeck", [set_("participation/dana-1", actual_end="23:00")], actor=told.bob)
    assert "à revalider" in Client().get(address(told)).content.decode()
    assert (
        "à revalider" in told.browser("bob").get(told.address("paie/heures/?mois=2026-11")).content.decode()
    )


def test_a_week_is_validated_at_once_and_what_is_contested_is_left(told: Cast) -> None:
    say(told, "dana-2", contest="1", message="Non.")
    Client().post(address(told, "semaine/"), {"semaine": "2026-11-02"})
    assert [part(told, ident).validated_on is not None for ident in ("dana-1", "dana-2", "dana-3")] == [
        True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("week", ["", "hier", "2026-11-03"])
def test_a_week_that_is_none_validates_nothing(told: Cast, week: str) -> None:
    assert Client().post(address(told, "semaine/"), {"semaine": week}).status_code == 302
    assert part(told).validated_on is None


def test_a_day_to_come_cannot_be_validated(told: Cast) -> None:
    assert "pas encore passé" in say(told, "dana-4").content.decode()
    assert part(told, "dana-4").validated_on is None


@pytest.mark.parametrize("ident", ["karim-1", "nobody"])
def test_somebody_elses_hours_are_not_found(told: Cast, ident: str) -> None:
    assert say(told, ident).status_code == 404
    assert part(told, "karim-1").validated_on is None


def test_a_revoked_or_unknown_link_opens_and_writes_nothing(told: Cast) -> None:
    services.revoke_private_link(told.dana_link)
    assert Client().get(address(told)).status_code == 404
    assert say(told).status_code == 404
    assert Client().get("/lien/inconnu/heures/").status_code == 404
    assert part(told).validated_on is None


def test_the_link_of_another_production_writes_nothing_here(told: Cast) -> None:
    apply(
        told.structure, "leonce", [add("production/leonce", label="Léonce", form="theatre")], actor=told.alice
    )
    _link, token = services.make_private_link(told.structure, "leonce", "dana", label="Dana Morel")
    assert Client().post(f"/lien/{token}/heures/dana-1/dire/").status_code == 404


def test_hours_that_moved_meanwhile_are_to_be_read_again(told: Cast) -> None:
    html = say(told, _seen="1").content.decode()
    assert "La production vient de changer cet horaire" in html
    assert part(told).validated_on is None


def test_before_the_first_day_the_page_says_what_will_come(cast: Cast) -> None:
    assert "Pas encore d’heures à valider" in Client().get(address(cast)).content.decode()


def test_the_page_takes_the_same_number_of_queries_however_full(told: Cast) -> None:
    counts = []
    for number in (5, 6, 7):
        with CaptureQueriesContext(connection) as queries:
            Client().get(address(told))
        counts.append(len(queries))
        more = [
            add(f"event/p{number}", type="performance", day="2026-11-10", start="20:00", end="22:00"),
            add(f"participation/dana-{number}", event=f"event/p{number}", engagement="engagement/dana"),
        ]
        apply(told.structure, "woyzeck", more, actor=told.alice)
    assert counts[0] == counts[1] == counts[2]
