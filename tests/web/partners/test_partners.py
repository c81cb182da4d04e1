"""The area of partners: the board, what is wanted beside who brings it, one organisation and its history."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from filage.kernel.changes import add, set_
from filage_web.store.changes import apply
from filage_web.store.outcomes import forget_outcomes, outcome_of
from support.cast import Cast


@pytest.fixture
def office(world: Cast, django_db_blocker) -> Iterator[Cast]:
    """Le Fil with its Woyzeck; what the test writes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world
        transaction.set_rollback(True)
    forget_outcomes()


def write(cast: Cast, *changes) -> None:
    apply(cast.structure, cast.production, list(changes), actor=cast.alice)


def read(cast: Cast, path: str = "") -> str:
    return cast.browser("bob").get(cast.address(f"partenaires/{path}")).content.decode()


def test_an_empty_board_says_what_to_do(cast: Cast) -> None:
    page = cast.browser("bob").get(cast.address("partenaires/")).content.decode()
    assert "Aucun partenaire pour l’instant" in page
    assert "Ajouter un organisme" in page


def test_each_organisation_stands_under_its_last_answer(office: Cast) -> None:
    write(
        office,
        add("company/neuve", label="Scène Neuve", role="venue", brings=["space"]),
        add("approach/un", company="company/neuve", on="2026-09-01", text="Courriel envoyé."),
        add("approach/deux", company="company/neuve", on="2026-09-20", text="Oui.", answer="agreed",
            next_step="Convention", next_on="2026-10-30"),
    )  # fmt: skip
    page = read(office)
    agreed = page.split('id="pile-agreed"')[1].split("</section>")[0]
    assert "Scène Neuve" in agreed
    assert "Convention" in page
    assert "Courriel envoyé." in read(office, "neuve/")


def test_the_next_step_is_among_the_deadlines_until_another_exchange_replaces_it(office: Cast) -> None:
    def steps() -> list[str]:
        outcome = outcome_of(office.structure, office.production)
        return [one.label for one in outcome.deadlines if one.about.startswith("approach/")]

    before = len(steps())
    write(office, add("company/neuve", label="Scène Neuve"),
          add("approach/un", company="company/neuve", on="2026-09-01", text="Appel.", next_step="Relancer",
              next_on="2026-12-01"))  # fmt: skip
    assert "Relancer : Scène Neuve" in steps()
    write(
        office, add("approach/deux", company="company/neuve", on="2026-09-02", text="Non.", answer="declined")
    )
    assert len(steps()) == before


def test_what_is_wanted_names_its_reason_and_who_says_they_bring_it(office: Cast) -> None:
    write(office, set_("company/la-fabrique", brings=["space"]))
    row = read(office).split("Espace de travail")[1].split("</tr>")[0]
    assert "d’après le compte 6132" in row
    assert "La Fabrique" in row


def test_an_organisation_becomes_a_funding_through_a_form_that_knows_it(office: Cast) -> None:
    page = read(office, "la-fabrique/")
    assert "funding/?company=company%2Fla-fabrique" in page
    assert "state=to_ask" in page
    where = page.split('href="')[1:]
    href = next(one.split('"')[0] for one in where if "funding/?company" in one).replace("&amp;", "&")
    form = office.browser("bob").get(href).content.decode()
    assert 'value="La Fabrique"' in form
    assert "À demander" in form
    answer = office.browser("bob").post(href, {
        "label": "La Fabrique", "company": "company/la-fabrique", "nature": "coproduction", "state": "to_ask",
        "amount": "1 500", "phase": "production", "contribution": "cash",
    })  # fmt: skip
    assert "Rien n’est enregistré tant que vous n’avez pas confirmé." in answer.content.decode()


def test_an_unknown_organisation_is_not_found(office: Cast) -> None:
    assert office.browser("bob").get(office.address("partenaires/personne/")).status_code == 404


def test_the_board_asks_the_same_queries_for_one_more_organisation_and_for_three(office: Cast) -> None:
    def asked() -> int:
        read(office)
        with CaptureQueriesContext(connection) as counted:
            read(office)
        return len(counted)

    write(office, add("company/c0", label="C0", brings=["money"]))
    before = asked()
    write(office, *(add(f"company/c{n}", label=f"C{n}", brings=["money"]) for n in (1, 2)))
    assert asked() == before


def test_a_list_is_shown_row_by_row_before_it_is_written_and_can_be_undone(office: Cast) -> None:
    bob, where = office.browser("bob"), office.address("partenaires/importer/")
    text = "Nom;Rôle\nScène Neuve;Lieu\n;Lieu\nAdami;Financeur\n"
    shown = bob.post(where, {"pasted": text}).content.decode()
    assert "Ajouter 1 organisme" in shown
    assert "pas de nom" in shown
    assert "Scène Neuve" not in read(office)
    bob.post(where, {"pasted": text, "ecrire": "1"})
    assert "Scène Neuve" in read(office)
    assert bob.post(where, {"pasted": ""}).status_code == 422


def test_the_nature_proposed_for_its_money_is_the_one_it_already_has_here(office: Cast) -> None:
    assert "state=to_ask&amp;nature=collective" in read(office, "adami/")
    assert "state=to_ask&amp;nature=public" in read(office, "drac/")
