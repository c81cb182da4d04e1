"""The ceiling of a slip at its edges."""

from datetime import date
from decimal import Decimal

import pytest

from filage.kernel.step import recompute
from filage.payroll.ceiling import Presence, ceiling
from payroll.samples import LAW, lines_of, slip, terms

ARTIST, TECHNICIAN, PERMANENT = terms(), terms("technicien"), terms("permanent")


def cachets(number: int, days: int, *, isolated: bool) -> Presence:
    return Presence(days=days, cachets=Decimal(number), isolated=isolated)


@pytest.mark.parametrize(
    ("of", "presence", "expected"),
    [
        (ARTIST, cachets(1, 1, isolated=True), "360"),
        (ARTIST, cachets(10, 10, isolated=True), "3600"),
        (ARTIST, cachets(4, 4, isolated=False), "1440"),
        (ARTIST, cachets(5, 5, isolated=False), "667.50"),
        (ARTIST, cachets(3, 4, isolated=False), "1440"),
        (ARTIST, cachets(2, 1, isolated=False), "360"),
        (ARTIST, Presence(), "4005"),
        (ARTIST, Presence(days=30), "4005"),
        (TECHNICIAN, Presence(days=1), "133.50"),
        (TECHNICIAN, Presence(days=4), "534.00"),
        (TECHNICIAN, Presence(days=5), "667.50"),
        (TECHNICIAN, Presence(days=29), "3871.50"),
        (TECHNICIAN, Presence(days=31), "4005"),
        (PERMANENT, Presence(hours=Decimal("151.67")), "4005"),
        (PERMANENT, Presence(hours=Decimal("151.6")), "4005"),
        (PERMANENT, Presence(hours=Decimal("151.5")), "4000.60"),
        (PERMANENT, Presence(hours=Decimal("75.83")), "2002.41"),
        (PERMANENT, Presence(weekly_hours=Decimal(35)), "4005"),
        (PERMANENT, Presence(weekly_hours=Decimal(39)), "4005"),
        (PERMANENT, Presence(weekly_hours=Decimal("17.5")), "2002.50"),
        (PERMANENT, Presence(days=15, weekly_hours=Decimal("17.5")), "1001.25"),
        (TECHNICIAN, Presence(hours=Decimal(20)), "4005"),
        (terms("figurant"), Presence(days=2), "720"),
        (terms("realisateur"), Presence(days=7), "934.50"),
    ],
)
def test_the_ceiling_follows_the_days(of, presence, expected):
    found = ceiling(of, presence, LAW)
    assert (found.value, recompute(found)) == (Decimal(expected), Decimal(expected))


def test_the_ceiling_of_2025_is_lower():
    assert ceiling(terms(day=date(2025, 12, 31)), Presence(), LAW).value == 3925


def test_old_age_stops_at_the_ceiling_and_the_rest_does_not():
    found = slip("800", ARTIST, cachets(1, 1, isolated=True))
    bases = {line.id: line.base for line in found.lines if line.payer == "employer"}
    assert (bases["vieillesse_plafonnee"], bases["vieillesse_deplafonnee"], bases["fnal"]) == (360, 800, 360)
    assert (bases["agirc_arrco"], bases["prevoyance"]) == (800, 800)


def test_pay_above_the_ceiling_opens_the_second_tranche():
    found = slip("5000", terms("permanent", cadre=True))
    tranches = {(line.id, line.tranche): line.base for line in found.lines if line.payer == "employee"}
    assert tranches[("agirc_arrco", "T1")] == 4005
    assert tranches[("agirc_arrco", "T2")] == 995
    assert tranches[("cet", None)] == 5000


def test_pay_at_the_ceiling_has_no_second_tranche():
    found = slip("4005", terms("permanent", cadre=True))
    assert [line.id for line in found.lines if line.tranche == "T2" or line.id == "cet"] == []


def test_csg_is_on_all_that_exceeds_four_ceilings():
    [line] = lines_of(slip("20000", terms("permanent")), "csg_deductible", "employee")
    assert line.base == Decimal(16020) * Decimal("0.9825") + Decimal(3980)
