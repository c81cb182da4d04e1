"""Which VAT: the cession, the tickets of the 140 first performances, Corsica and overseas, who is out of VAT."""

from datetime import date
from decimal import Decimal

import pytest

from filage.facts.venue import Venue
from filage.kernel.changes import add, set_
from filage.law import load_law
from filage.rights.vat import counter, rank_of, sale_vat, ticket_vat
from support.dossiers import TODAY, small

LAW = load_law()


def venue(city):
    return Venue(id="x", label="x", city=city)


def tickets(*changes, event=None, where=None):
    return ticket_vat(small(*changes), LAW, TODAY, event=event, venue=where)


def pricing(**values):
    return set_("production/petite", pricing=values)


def test_a_cession_bears_the_rate_of_shows_even_before_the_141st():
    assert sale_vat(small(), LAW, TODAY).rate.value == Decimal("0.055")


@pytest.mark.parametrize(
    ("city", "sale", "first"),
    [("Besançon", "0.055", "0.021"), ("Ajaccio", "0.021", "0.009"), ("Fort-de-France", "0.021", "0.0105")],
)
def test_corsica_and_three_islands_have_their_own_rates(city, sale, first):
    assert sale_vat(small(), LAW, TODAY, venue(city)).rate.value == Decimal(sale)
    assert tickets(where=venue(city)).rate.value == Decimal(first)


@pytest.mark.parametrize(("played", "rate"), [(0, "0.021"), (137, "0.021"), (138, "0.055")])
def test_the_140th_performance_is_the_last_at_the_particular_rate(played, rate):
    # event/dole-2 is the third of the calendar
    found = tickets(pricing(played=played), event="event/dole-2")
    assert found.rate.value == Decimal(rate)
    assert found.why == (
        f"{played + 3}e représentation sur 140 d’une création"
        if played < 138
        else "141e représentation, après les 140 premières"
    )


def test_a_cancelled_date_is_not_counted():
    dossier = small(set_("event/premiere", option="cancelled"))
    assert rank_of(dossier, "event/dole-1") == 1
    assert rank_of(dossier, None) == 3


def test_the_counter_tells_what_was_given_and_what_is_left():
    found = counter(small(pricing(played=10)), date(2026, 11, 13))
    assert (found.before, found.given, found.planned, found.whole, found.left) == (10, 1, 2, 13, 127)


def test_a_work_that_is_not_new_bears_the_usual_rate():
    assert tickets(pricing(admission="usual")).rate.value == Decimal("0.055")


def test_a_hall_where_one_drinks_leaves_the_first_rate():
    assert tickets(pricing(admission="drinks")).rate.value == Decimal("0.055")
    concert = tickets(pricing(admission="drinks"), set_("production/petite", form="concert"))
    assert (concert.rate.value, "à vérifier" in concert.doubt) == (Decimal("0.055"), True)
    event = tickets(pricing(admission="drinks"), set_("production/petite", form="event"))
    assert event.rate.value == Decimal("0.2")


def test_a_circus_is_told_to_be_checked():
    found = tickets(set_("production/petite", form="circus"))
    assert (found.rate.value, found.doubt != "") == (Decimal("0.021"), True)


def test_a_structure_out_of_vat_bears_none():
    out = set_("employer/fil", vat_regime="exempt")
    assert tickets(out).rate.value == 0
    assert sale_vat(small(out), LAW, TODAY).rate.value == 0


def test_the_rate_of_a_town_two_departments_share_is_the_usual_one():
    assert ticket_vat(
        small(add("venue/z", label="z")), LAW, TODAY, venue=venue("Nulle-Part")
    ).rate.value == Decimal("0.021")
