"""Several processes write at once: nobody's save is lost, nobody waits for ever."""

from __future__ import annotations

from .scenes import OPEN

TURNS = 25
ADD_ONE = f"""
from filage.kernel.changes import set_
from filage_web.accounts.models import Structure
from filage_web.store.changes import apply
from filage_web.store.errors import Conflict
from filage_web.store.queries import load_production
structure = Structure.objects.get(slug="le-fil")
conflicts = done = 0
while done < {TURNS}:
    loaded = load_production(structure, "woyzeck")
    value = int(loaded.dossier.get("variable/compte").value) + 1
    try:
        apply(structure, "woyzeck", [set_("variable/compte", value=str(value))], actor=None, seen=loaded.revisions)
        done += 1
    except Conflict as conflict:
        conflicts += 1
        assert conflict.moved[0].about == "variable/compte"
print(done, conflicts)
"""
LENZ = """
apply(structure, "lenz", [
    add("production/lenz", label="Lenz", form="theatre"),
    add("position/lenz", label="Comédien"),
    add("engagement/lenz", position="position/lenz", person="person/marie", starts_on="2026-11-01",
        ends_on="2026-12-31", unit="cachet", unit_pay="200"),
], actor=alice)
"""
CITIES = f"""
from filage.kernel.changes import set_
from filage_web.accounts.models import Structure
from filage_web.store.changes import apply
structure = Structure.objects.get(slug="le-fil")
for number in range({TURNS}):
    apply(structure, None, [set_("person/marie", city=f"Ville {{number}}")], actor=None)
"""
PAYS = f"""
from filage.kernel.changes import set_
from filage_web.accounts.models import Structure
from filage_web.store.changes import apply
structure = Structure.objects.get(slug="le-fil")
for number in range({TURNS}):
    change = set_("engagement/lenz", person="person/marie", unit_pay=str(300 + number))
    apply(structure, "lenz", [change, set_("person/marie", trade=f"Métier {{number}}")], actor=None)
"""
AFTER = """
from filage_web.accounts.models import Structure
from filage_web.store.models import ChangeSet, Production
from filage_web.store.queries import load_production
structure = Structure.objects.get(slug="le-fil")
last = ChangeSet.objects.latest("pk").pk
print(load_production(structure, "lenz").dossier.get("person/marie").city)
print(set(Production.objects.values_list("revision", flat=True)) == {last})
"""


def ended(running) -> str:
    done = running.wait()
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_two_people_who_save_the_same_fact_never_overwrite_each_other(office):
    office.python(OPEN)
    both = [office.start(ADD_ONE), office.start(ADD_ONE)]
    done = [int(ended(one).split()[0]) for one in both]
    assert done == [TURNS, TURNS]
    value = office.python(
        "from filage_web.store.models import Row\nprint(Row.objects.get(ident='compte').body['value'])"
    )
    assert int(value) == 2 * TURNS


def test_editing_shared_facts_and_productions_at_once_ends_and_bumps_both(office):
    office.python(OPEN + LENZ)
    both = [office.start(CITIES), office.start(PAYS)]
    for one in both:
        ended(one)
    assert office.python(AFTER).split("\n")[:2] == [f"Ville {TURNS - 1}", "True"]
