"""A participant's private link: made, opened, revoked; it shows one person's dates and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from filage.facts.people import Person
from filage.facts.reading import read_dossier
from filage_web.accounts import services
from filage_web.participants.sheet import sheet_of
from support.cast import EXAMPLE, Cast, load_example


@pytest.fixture(scope="module")
def woyzeck():
    return read_dossier(EXAMPLE.read_bytes())


def test_the_sheet_holds_the_persons_roles_and_calls_in_order(woyzeck) -> None:
    sheet = sheet_of(woyzeck, "dana", date(2026, 11, 7))
    days = [day.day for day in (*sheet.past, *sheet.coming)]
    assert sheet.person == "Dana Morel"
    assert days == sorted(set(days))
    assert max(day.day for day in sheet.past) < date(2026, 11, 7) <= min(day.day for day in sheet.coming)


def test_the_sheet_of_somebody_unknown_is_empty(woyzeck) -> None:
    sheet = sheet_of(woyzeck, "nobody", date(2026, 11, 7))
    assert (sheet.person, sheet.roles, sheet.coming, sheet.past) == ("", (), (), ())


def test_the_page_names_no_other_person_and_no_money(cast: Cast, woyzeck) -> None:
    load_example(cast)
    page = Client().get(f"/lien/{cast.dana_token}/").content.decode()
    others = [person.name() for person in woyzeck.all(Person) if person.id != "dana"]
    shown_as_director = [woyzeck.production.director]
    assert [name for name in others if name in page and name not in shown_as_director] == []
    assert "€" not in page


def test_a_link_is_made_once_seen_and_revoked(cast: Cast) -> None:
    load_example(cast)
    bob = cast.browser("bob")
    made = bob.post(cast.address("liens/creer/"), {"person": "karim"})
    where = made.context["address"].removeprefix("http://testserver")
    assert Client().get(where).status_code == 200
    link = made.context["made"]
    assert made.context["address"] not in bob.get(cast.address("liens/")).content.decode()
    bob.post(cast.address(f"liens/{link.pk}/retirer/"))
    assert Client().get(where).status_code == 404


def test_a_link_lasts_to_the_end_of_its_last_day(cast: Cast) -> None:
    load_example(cast)
    made = cast.browser("bob").post(cast.address("liens/creer/"), {"person": "karim", "until": "2026-12-31"})
    assert made.context["made"].expires_at.isoformat() == "2027-01-01T00:00:00+01:00"


def test_a_link_is_for_someone_of_the_team(cast: Cast) -> None:
    load_example(cast)
    answer = cast.browser("bob").post(cast.address("liens/creer/"), {"person": "zorro"})
    assert answer.status_code == 422
    assert "Cette personne n’est pas dans l’équipe" in answer.content.decode()


def test_a_link_is_revoked_from_its_own_production_only(cast: Cast) -> None:
    elsewhere = services.create_structure("Autre", cast.bob, slug="autre")
    link, token = services.make_private_link(elsewhere, "woyzeck", "dana", label="Dana")
    assert cast.browser("bob").post(cast.address(f"liens/{link.pk}/retirer/")).status_code == 404
    assert services.open_private_link(token) == link


def test_the_sheet_reads_in_the_same_number_of_queries_however_full(
    cast, django_assert_max_num_queries
) -> None:
    load_example(cast)
    with django_assert_max_num_queries(4):
        Client().get(f"/lien/{cast.dana_token}/")


@pytest.mark.parametrize(("who", "shown"), [("bob", True), ("rene", False)])
def test_the_links_are_in_the_navigation_of_those_who_may_see_them(cast: Cast, who: str, shown: bool) -> None:
    html = cast.browser(who).get(cast.address("")).content.decode()
    assert ('href="' + cast.address("liens/") + '"' in html) is shown
