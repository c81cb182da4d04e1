"""Plans beside the reference: made from the calendar, edited in their own calendar, never behind anybody's back."""

from __future__ import annotations

from datetime import date

from filage.facts.calendar import Event
from filage.facts.scenario import Scenario
from filage.facts.scenarios import resolve
from filage.kernel.changes import remove, set_
from filage_web.store.models import ChangeSet

from .conftest import Office


def made(office: Office, **more: str) -> Scenario:
    answer = office.post("calendrier/plan-b/", label="Pluie", purpose="S’il pleut le 14", base="", **more)
    assert answer.status_code == 302
    assert "scenario=pluie" in answer.headers["Location"]
    found = office.dossier.find("scenario/pluie", Scenario)
    assert found is not None
    return found


def under(office: Office, event: str) -> Event:
    found = resolve(office.dossier, "pluie")[0].find(f"event/{event}", Event)
    assert found is not None
    return found


def test_a_plan_b_is_made_from_the_calendar_with_the_date_it_loses(office: Office) -> None:
    plan = made(office, lost="event/p1")
    assert (plan.use, plan.purpose) == ("plan_b", "S’il pleut le 14")
    assert under(office, "p1").option == "cancelled"
    assert office.event("p1").option == "option_1"


def test_the_calendar_of_a_plan_marks_what_differs(office: Office) -> None:
    made(office, lost="event/p1")
    html = office.html("calendrier/?vue=mois&du=2026-11-01&scenario=pluie")
    assert "1 date autre que la référence" in html
    assert "annulé dans ce plan" in html
    assert '?avec=pluie">' in html
    assert "dans ce plan" not in office.html("calendrier/?vue=mois&du=2026-11-01")


def test_moving_inside_a_plan_leaves_the_reference_alone(office: Office) -> None:
    made(office, lost="")
    before = ChangeSet.objects.count()
    answer = office.post("calendrier/date/p1/deplacer/", days="1", scenario="pluie")
    assert "la référence ne bouge pas" in answer.content.decode()
    office.confirm(answer)
    assert office.event("p1").day == date(2026, 11, 14)
    assert under(office, "p1").day == date(2026, 11, 15)
    assert ChangeSet.objects.count() == before + 1
    office.confirm(office.post("calendrier/date/p1/deplacer/", days="1", scenario="pluie"))
    assert under(office, "p1").day == date(2026, 11, 16)
    assert len(office.dossier.all(Scenario)[0].changes) == 1


def test_a_date_put_in_a_plan_is_there_only(office: Office) -> None:
    made(office, lost="")
    typed = {
        "type": "performance",
        "day": "2026-11-21",
        "option": "option_2",
        "start": "19:00",
        "end": "21:00",
    }
    office.confirm(office.post("calendrier/poser/", **typed, parts=["engagement/dana"], scenario="pluie"))
    assert "performance-2026-11-21" not in office.days()
    assert under(office, "performance-2026-11-21").option == "option_2"
    assert "ajouté dans ce plan" in office.html("calendrier/?vue=mois&du=2026-11-01&scenario=pluie")


def test_a_block_moves_inside_a_plan(office: Office) -> None:
    made(office, lost="")
    answer = office.post("calendrier/bloc/", first="14/11/2026", last="17/11/2026", action="shift", days="7",
                         scenario="pluie")  # fmt: skip
    office.confirm(answer)
    assert office.event("p1").day == date(2026, 11, 14)
    assert under(office, "p1").day == date(2026, 11, 21)


def test_a_new_venue_belongs_to_the_structure_and_is_refused_inside_a_plan(office: Office) -> None:
    made(office, lost="")
    typed = {"type": "performance", "day": "2026-11-21", "option": "option_2", "new_venue": "Le Préau"}
    answer = office.post("calendrier/poser/", **typed, scenario="pluie")
    assert answer.status_code == 422
    assert "revenez à la référence" in answer.content.decode().lower()


def test_the_conflicts_said_are_those_of_the_plan(office: Office) -> None:
    made(office, lost="")
    office.confirm(office.post("calendrier/date/m1/deplacer/", jour="2026-11-20", scenario="pluie"))
    asked = "calendrier/date/p1/verifier/?jour=2026-11-16&debut=08:00"
    assert "à la fois" in office.get(asked).json()["words"]
    assert "à la fois" not in office.get(f"{asked}&scenario=pluie").json()["words"]


def test_the_plan_lives_on_while_the_reference_changes_and_says_what_is_lost(office: Office) -> None:
    made(office, lost="event/p1")
    office.write(set_("event/m1", day="2026-11-18"))
    assert under(office, "m1").day == date(2026, 11, 18)
    parts = [remove("participation/p1"), remove("participation/p1-elie")]
    office.write(*parts, remove("event/p1"))
    codes = [finding.code for finding in resolve(office.dossier, "pluie")[1]]
    assert codes == ["scenario.change_lost"]
    assert "ne s’applique plus" in office.html("calendrier/?vue=mois&scenario=pluie")


def test_an_unknown_plan_is_not_found(office: Office) -> None:
    office.get("calendrier/?scenario=nulle-part", status=404)


def test_a_plan_asks_for_a_name(office: Office) -> None:
    answer = office.post("calendrier/plan-b/", label="", base="", lost="")
    assert answer.status_code == 422
    assert "Donnez-lui un nom" in answer.content.decode()
