"""A production begun from the template of its kind, or copied from another."""

import pytest

from filage.budget.template import template_facts
from filage.facts.budget import BudgetLine, Variable
from filage.facts.funding import Funding
from filage.facts.people import Person
from filage.facts.script import Need
from filage.facts.task import Task
from filage.facts.team import Engagement, Position
from filage_web.creation.forms import FORMS
from filage_web.creation.templates import brings
from filage_web.store.models import Production
from filage_web.store.outcomes import outcome_of
from filage_web.store.queries import dossier_of
from support.cast import load_example

PLACE = "/s/le-fil/nouvelle/modele/"
COPY = "/s/le-fil/nouvelle/copie/"
START = "2027-01-04"


@pytest.fixture
def alice(cast):
    return cast.browser("alice")


def every(kind):
    from datetime import date

    return [item.key for part in brings(kind, date.fromisoformat(START)) for item in part.items]


def test_the_doors_are_four_and_two_more_ways(cast, alice):
    page = alice.get("/s/le-fil/nouvelle/")
    assert [door.url_name for door in page.context["ways_in"]] == [
        "new_from_template",
        "new_from_script",
        "new_from_spreadsheet",
        "new_from_dossier",
    ]
    assert [way.url_name for way in page.context["other_ways"]] == ["new_from_copy", "new_production"]


@pytest.mark.parametrize("kind", [kind for kind, _ in FORMS])
def test_every_kind_has_a_template_that_can_be_created_whole(cast, alice, kind):
    assert alice.get(PLACE, {"genre": kind}).status_code == 200
    alice.post(PLACE, {"genre": kind, "label": "Neuve", "start_on": START, "fait": every(kind)})
    dossier = dossier_of(cast.structure, "neuve")
    assert dossier.production.form == kind
    assert len(dossier.production.phases) > 1
    kept = {fact.about for fact in dossier}
    brought = {fact.about for fact in template_facts(kind, dossier.production.phases[0].starts_on)}
    assert {about for about in brought - kept if not about.startswith("variable/")} == set()
    assert outcome_of(cast.structure, "neuve").count("blocking") == 0


def test_what_is_unticked_is_not_created_and_variables_follow_what_uses_them(cast, alice):
    chosen = ["position/interpretes", "need/loges"]
    alice.post(PLACE, {"genre": "theatre", "label": "Neuve", "start_on": START, "fait": chosen})
    dossier = dossier_of(cast.structure, "neuve")
    assert [one.id for one in dossier.all(Position)] == ["interpretes"]
    assert [one.id for one in dossier.all(Need)] == ["loges"]
    assert (dossier.all(BudgetLine), dossier.all(Task), dossier.production.phases) == ((), (), ())
    assert {one.name_text for one in dossier.all(Variable)} == {
        "services",
        "service_brut",
        "dates_prevues",
        "cachet",
    }


def test_without_a_title_nothing_is_created_and_the_ticks_stay(cast, alice):
    before = Production.objects.count()
    answer = alice.post(PLACE, {"genre": "theatre", "label": "", "start_on": START, "fait": ["need/loges"]})
    assert answer.status_code == 422
    assert answer.context["ticked"] == {"need/loges"}
    assert Production.objects.count() == before


def test_an_unknown_kind_is_nowhere(cast, alice):
    assert alice.get(PLACE, {"genre": "cuisine"}).status_code == 404


def test_a_copy_brings_the_team_and_lines_without_anybody(cast, alice):
    load_example(cast)
    page = alice.get(COPY, {"de": "woyzeck"})
    assert page.status_code == 200
    parts = [name for name, *_ in page.context["parts"]]
    answer = alice.post(COPY, {"de": "woyzeck", "label": "Woyzeck 2", "form": "theatre", "part": parts})
    assert answer.status_code == 302
    first, second = dossier_of(cast.structure, "woyzeck"), dossier_of(cast.structure, "woyzeck-2")
    assert len(second.all(Position)) == len(first.all(Position))
    assert len(second.all(BudgetLine)) == len(first.all(BudgetLine))
    assert {line.committed for line in second.all(BudgetLine)} == {None}
    assert {one.state for one in second.all(Funding)} == {"to_ask"}
    assert (second.all(Engagement), second.all(Person)) == ((), ())
    assert {task.due_on for task in second.all(Task)} == {None}
    assert second.production.phases == ()


def test_a_copy_moves_dates_by_whole_weeks(cast, alice):
    load_example(cast)
    before = dossier_of(cast.structure, "woyzeck").production.phases
    year_after = before[0].starts_on.replace(year=before[0].starts_on.year + 1)
    values = {"de": "woyzeck", "label": "Woyzeck 2", "form": "theatre", "part": ["tasks"]}
    alice.post(COPY, {**values, "start_on": year_after.isoformat()})
    after = dossier_of(cast.structure, "woyzeck-2").production.phases
    moved = {(new.starts_on - old.starts_on).days for old, new in zip(before, after, strict=True)}
    assert moved == {364}


def test_an_unknown_production_cannot_be_copied(cast, alice):
    assert alice.get(COPY, {"de": "ailleurs"}).status_code == 404


def test_a_copy_proposes_the_first_day_a_year_of_weeks_later(monkeypatch):
    from datetime import date

    from filage_web.creation.copy_views import _a_year_later

    monkeypatch.setattr("filage_web.clock.today", lambda: date(2026, 11, 23))
    assert _a_year_later(date(2026, 4, 27)) == date(2027, 4, 26)
    assert _a_year_later(date(2023, 4, 24)) == date(2027, 4, 19)
    assert _a_year_later(date(2027, 9, 6)) == date(2028, 9, 4)
    assert _a_year_later(None) is None
