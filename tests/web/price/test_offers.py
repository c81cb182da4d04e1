"""The offers side by side: tried in one house, written, explained, retained; none of it without the right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from filage.facts.contract import Contract
from filage.facts.deal import Deal
from filage.kernel.changes import add, set_
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet
from filage_web.store.outcomes import forget_outcomes
from filage_web.store.queries import dossier_of
from support.cast import Cast

OFFER = {
    "type": "corealisation", "events": ["event/annecy-1", "event/annecy-2"], "venue": "venue/auditorium-du-thiou",
    "capacity": "400", "fill": "0.6", "average_price": "21.10", "vat_rate": "0.055", "rights_rate": "0.1",
    "tax_rate": "0.035", "producer_share": "0.6", "date_cost": "1000", "travel": "0",
}  # fmt: skip


@pytest.fixture
def office(world: Cast, django_db_blocker) -> Iterator[Cast]:
    """Le Fil with its Woyzeck; what the test writes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world
        transaction.set_rollback(True)
    forget_outcomes()


@pytest.fixture
def offered(office: Cast) -> Cast:
    """The same with a coréalisation of its own."""
    write(office, add("deal/essai", label="Essai à 60 %", **OFFER))
    return office


def write(office: Cast, *changes) -> None:
    apply(office.structure, office.production, changes, actor=office.alice, label="essai")


def column(office: Cast, query: str = "", ident: str = "essai"):
    page = office.browser("rene").get(office.address(f"prix/offres/{query}"))
    return next(one for one in page.context["columns"] if one.deal.id == ident)


def deal(office: Cast, ident: str) -> Deal | None:
    return dossier_of(office.structure, office.production).find(f"deal/{ident}", Deal)


def test_an_offer_is_worked_out_for_its_dates(offered: Cast) -> None:
    # 240 × 20 = 4800 an evening, 4152 left, 2491.20 for us; twice, less 2000
    found = column(offered).found
    assert (found.income.value, found.result.value) == (Decimal("4982.40"), Decimal("2982.40"))


def test_the_offers_of_the_example_are_those_worked_by_hand(office: Cast) -> None:
    # 16 924.58 of box office; 10.5 % of rights, 3.5 % of tax, 9 400 of price and 2 936 of travel paid by the venue
    sold = column(office, ident="annecy-cession")
    assert (sold.found.venue.value, sold.found.vat.value) == (Decimal("2219.14"), Decimal("678.48"))
    assert sold.terms[-1] == "voyages, hébergement, repas refacturés en plus : 2\u202f936,00\xa0€"
    # 4 946.21 a date, less its floor and half of the travel, which is ours there
    shared = column(office, ident="annecy-corealisation").found
    floor = shared.offer.floor.value.quantize(Decimal("0.01"))
    assert shared.above_floor == Decimal("4946.21") - floor - 1468


def test_a_house_is_tried_for_every_offer_and_nothing_is_saved(offered: Cast) -> None:
    before = ChangeSet.objects.count()
    tried = column(offered, "?jauge=100&remplissage=50&billet=10,55").found
    assert tried.evening.box_office.value == 500
    assert ChangeSet.objects.count() == before


def test_a_house_that_is_no_number_says_so_and_keeps_the_rest(offered: Cast) -> None:
    page = offered.browser("rene").get(
        offered.address("prix/offres/?jauge=beaucoup&remplissage=150&billet=20")
    )
    assert sorted(page.context["house"].errors) == ["jauge", "remplissage"]
    assert "beaucoup" in page.content.decode()


def test_the_queries_do_not_grow_with_the_offers(offered: Cast) -> None:
    browser = offered.browser("rene")
    address = offered.address("prix/offres/")
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        browser.get(address)
    write(offered, *(add(f"deal/autre-{n}", label=f"Autre {n}", **OFFER) for n in range(3)))
    browser.get(address)
    with CaptureQueriesContext(connection) as several:
        browser.get(address)
    assert len(several) == len(one)


def test_an_offer_is_written_with_its_nature_and_its_order(office: Cast) -> None:
    browser, address = office.browser("agnes"), office.address("prix/offres/nouvelle/box_office/")
    form = browser.get(address).context["form"]
    sent = {name: form.initial.get(name) for name in form.fields if form.initial.get(name) is not None}
    answer = browser.post(
        address, sent | {"label": "Part de recette", "producer_share": "55", "order": "tax"}
    )
    assert answer.status_code == 302
    found = deal(office, "part-de-recette")
    assert (found.type, found.producer_share, found.deduction_order) == (
        "box_office",
        Decimal("0.55"),
        ("tax", "rights"),
    )


def test_a_new_cession_starts_from_the_price_computed(office: Cast) -> None:
    form = office.browser("agnes").get(office.address("prix/offres/nouvelle/cession/")).context["form"]
    assert form.initial["fee"] not in ("", None)
    assert form.initial["rights_rate"] == "10,5"


def test_an_offer_that_is_wrong_is_shown_again(office: Cast) -> None:
    answer = office.browser("agnes").post(
        office.address("prix/offres/nouvelle/cession/"), {"label": "", "fill": "beaucoup"}
    )
    assert answer.status_code == 422
    assert {"label", "fill"} <= set(answer.context["form"].errors)


def test_the_order_alone_may_be_corrected_and_is_not_lost_by_another_correction(offered: Cast) -> None:
    browser, address = offered.browser("agnes"), offered.address("prix/offres/essai/")
    form = browser.get(address).context["form"]
    sent = {name: form.initial.get(name) for name in form.fields if form.initial.get(name) is not None}
    sent["events"] = list(OFFER["events"])
    browser.post(address, sent | {"order": "tax"})
    assert deal(offered, "essai").deduction_order == ("tax", "rights")
    page = browser.get(address)
    assert page.context["first"] == "tax"


def test_a_nature_nobody_knows_is_not_found(office: Cast) -> None:
    assert office.browser("agnes").get(office.address("prix/offres/nouvelle/troc/")).status_code == 404


def test_an_amount_explains_itself(offered: Cast) -> None:
    page = offered.browser("rene").get(offered.address("prix/offres/essai/pourquoi/income/"))
    assert "4\u202f982,40" in page.content.decode()
    assert "Part du producteur" in page.content.decode()
    assert (
        offered.browser("rene").get(offered.address("prix/offres/essai/pourquoi/secret/")).status_code == 404
    )


def test_retaining_shows_the_effect_and_writes_nothing_before_it_is_confirmed(offered: Cast) -> None:
    before = ChangeSet.objects.count()
    browser, address = offered.browser("agnes"), offered.address("prix/offres/essai/retenir/")
    page = browser.get(address)
    assert [part["amount"] for part in page.context["parts"]] == ["4982,40"]
    sent = {"on-0": page.context["parts"][0]["on"], "amount-0": "4 982,40"}
    effect = browser.post(address, sent)
    assert "Retenir l’offre" in effect.content.decode()
    assert ChangeSet.objects.count() == before


def confirmed(office: Cast, effect) -> None:
    draft = effect.context["draft"]
    address = reverse("preview:confirm", args=[office.structure.slug, office.production])
    assert office.browser("agnes").post(address, dict(draft)).status_code == 302


def test_a_retained_offer_becomes_a_draft_contract_with_its_schedule(offered: Cast) -> None:
    browser, address = offered.browser("agnes"), offered.address("prix/offres/essai/retenir/")
    effect = browser.post(address, {"on-0": "2027-03-01", "amount-0": "4000"})
    confirmed(offered, effect)
    contract = dossier_of(offered.structure, offered.production).find("contract/annecy", Contract)
    assert (contract.type, contract.state, contract.deal) == ("corealisation", "option_2", "deal/essai")
    assert [(part.on, part.amount) for part in contract.instalments] == [(date(2027, 3, 1), 4000)]
    assert deal(offered, "essai").state == "chosen"
    assert column(offered).contract is not None


def test_dates_sold_by_a_signed_contract_are_not_sold_again(offered: Cast) -> None:
    write(offered, set_("deal/essai", events=["event/dole-1"]))
    browser, address = offered.browser("agnes"), offered.address("prix/offres/essai/retenir/")
    page = browser.get(address).content.decode()
    assert "vend déjà ces dates" in page
    assert "Voir l’effet" not in page
    assert browser.post(address).status_code == 422


def test_dates_nobody_holds_make_a_new_contract(offered: Cast) -> None:
    write(offered, set_("deal/essai", events=[], performances="2"))
    confirmed(offered, offered.browser("agnes").post(offered.address("prix/offres/essai/retenir/")))
    contract = dossier_of(offered.structure, offered.production).find("contract/essai-a-60", Contract)
    assert (contract.state, contract.deal, contract.instalments) == ("draft", "deal/essai", ())


def test_a_schedule_that_is_no_amount_is_refused_under_its_field(offered: Cast) -> None:
    answer = offered.browser("agnes").post(
        offered.address("prix/offres/essai/retenir/"), {"on-0": "2027-03-01", "amount-0": "beaucoup"}
    )
    assert answer.status_code == 422
    assert "beaucoup" in answer.context["parts"][0]["errors"][0]


def test_who_may_only_read_writes_no_offer(offered: Cast) -> None:
    reader = offered.browser("rene")
    assert reader.get(offered.address("prix/offres/nouvelle/cession/")).status_code == 403
    assert reader.post(offered.address("prix/offres/essai/retenir/")).status_code == 403
    assert "Retenir" not in reader.get(offered.address("prix/offres/")).content.decode()


def test_without_any_offer_the_page_says_what_to_do(office: Cast) -> None:
    from filage.kernel.changes import remove

    write(office, *(remove(one.about) for one in dossier_of(office.structure, office.production).all(Deal)))
    page = office.browser("agnes").get(office.address("prix/offres/")).content.decode()
    assert "Aucune offre pour l’instant" in page
    assert office.address("prix/offres/nouvelle/cession/") in page


def test_two_minima_that_cannot_be_kept_are_told(offered: Cast) -> None:
    write(offered, set_("deal/essai", producer_minimum="4000", venue_minimum="2000"))
    page = offered.browser("agnes").get(offered.address("prix/offres/")).content.decode()
    assert "les deux minimums garantis font 6000 €" in page
    assert "contrat intenable" in page


def test_an_offer_retained_in_a_scenario_leaves_the_reference_alone(offered: Cast) -> None:
    asked = "?scenario=decor-plie"
    effect = offered.browser("agnes").post(
        offered.address(f"prix/offres/essai/retenir/{asked}"), {"on-0": "2027-03-01", "amount-0": "4000"}
    )
    confirmed(offered, effect)
    contract = dossier_of(offered.structure, offered.production).find("contract/annecy", Contract)
    assert (contract.type, contract.deal) == ("cession", None)
    assert column(offered, asked).contract is not None


def test_an_offer_written_in_a_scenario_is_seen_there_only(office: Cast) -> None:
    browser, address = (
        office.browser("agnes"),
        office.address("prix/offres/nouvelle/cession/?scenario=decor-plie"),
    )
    form = browser.get(address).context["form"]
    sent = {name: form.initial.get(name) for name in form.fields if form.initial.get(name) is not None}
    browser.post(address, sent | {"label": "Au pli", "scenario": "decor-plie"})
    assert deal(office, "au-pli") is None
    assert column(office, "?scenario=decor-plie", "au-pli").deal.type == "cession"
