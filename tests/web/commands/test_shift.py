"""Examples do not age: the première is always in the fifth week from now."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from filage.facts.calendar import Event
from filage.facts.dossier import Dossier
from filage.facts.employer import Employer
from filage.facts.people import PersonPrivate
from filage.facts.scenario import Scenario
from filage_web.commands.shift import first_day, shifted, weeks_to_shift
from support.generated_facts import crowd, dossiers

THURSDAY = date(2026, 11, 5)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def with_premiere(day: date) -> Dossier:
    events = [
        Event.model_validate({"id": "filage", "type": "rehearsal", "day": day - timedelta(days=9)}),
        Event.model_validate({"id": "premiere", "type": "performance", "day": day, "premiere": True}),
        Event.model_validate({"id": "avant", "type": "performance", "day": day - timedelta(days=1)}),
    ]
    return Dossier.of_facts(events)


def test_the_premiere_falls_in_the_fifth_week_after_this_one():
    assert weeks_to_shift(with_premiere(THURSDAY), date(2026, 11, 22)) == 7  # Sunday: Monday 16 + 5 weeks
    assert weeks_to_shift(with_premiere(THURSDAY), date(2026, 11, 23)) == 8  # the Monday after
    assert weeks_to_shift(with_premiere(THURSDAY), date(2026, 10, 1)) == 0


@given(premiere=DAYS, today=DAYS)
def test_whole_weeks_keep_the_weekday_and_the_distance(premiere, today):
    dossier = with_premiere(premiere)
    moved = shifted(dossier, weeks_to_shift(dossier, today))
    day = first_day(moved)
    assert day.weekday() == premiere.weekday()
    assert 29 <= (day - today).days <= 41
    assert moved.get("event/filage").day == day - timedelta(days=9)


@given(dossier=dossiers(), weeks=st.integers(-100, 100))
def test_there_and_back_is_the_same_dossier(dossier, weeks):
    assert shifted(shifted(dossier, weeks), -weeks) == dossier


def test_what_leads_there_without_a_premiere():
    plain = with_premiere(THURSDAY).get("event/premiere").model_copy(update={"premiere": False})
    assert first_day(with_premiere(THURSDAY).with_facts([plain])) == date(2026, 11, 4)
    shoot = Event.model_validate({"id": "j1", "type": "shoot", "day": "2026-05-04"})
    meeting = Event.model_validate({"id": "r1", "type": "meeting", "day": "2026-05-01"})
    assert first_day(Dossier.of_facts([shoot, meeting])) == date(2026, 5, 4)
    assert first_day(Dossier.of_facts([meeting])) == date(2026, 5, 1)
    assert weeks_to_shift(Dossier.of_facts([]), THURSDAY) == 0


def test_births_and_notified_rates_stay_licences_and_scenarios_move():
    rate = {"parameter": "paie.x", "value": "0.01", "starts_on": "2026-01-01", "source": "Lettre"}
    licence = {"category": "2", "number": "1", "expires_on": "2026-11-30"}
    change = {"op": "set", "about": "event/a", "values": {"day": "2026-11-05", "label": "Le 2026-11-05"}}
    facts = [
        Employer.model_validate({"id": "fil", "label": "Fil", "rates": [rate], "licences": [licence]}),
        PersonPrivate.model_validate({"id": "a", "person": "person/a", "born_on": "1980-02-03"}),
        Scenario.model_validate({"id": "b", "label": "B", "changes": [change]}),
    ]
    moved = shifted(Dossier.of_facts(facts), 1)
    assert moved.employer.rates[0].starts_on == date(2026, 1, 1)
    assert moved.employer.licences[0].expires_on == date(2026, 12, 7)
    assert moved.get("person_private/a").born_on == date(1980, 2, 3)
    assert moved.get("scenario/b").changes[0].values == {"day": "2026-11-12", "label": "Le 2026-11-05"}


def test_nothing_moves_by_no_week():
    assert shifted(crowd(), 0) == crowd()
