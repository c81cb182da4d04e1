"""Who is free: asked by the production, answered from a private link, read as a table and by the calendar."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from filage.facts.calendar import Availability
from filage.kernel.changes import add
from filage_web import clock
from filage_web.accounts import services
from filage_web.jobs.models import Computation
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet
from filage_web.store.outcomes import forget_outcomes, open_production
from filage_web.store.queries import load_production
from filage_web.tasks import asking
from support.cast import Cast

FACTS = (
    add("position/marie", label="Marie"),
    add("person/dana", given_name="Dana", family_name="Morel", email="dana@lefil.test"),
    add("person/elie", given_name="Élie", family_name="Vasseur"),
    *(
        add(f"engagement/{who}", position="position/marie", person=f"person/{who}", starts_on="2026-11-02",
            ends_on="2026-11-14", unit="cachet", unit_pay="170")
        for who in ("dana", "elie")
    ),
    add("event/p1", type="performance", label="Première", day="2026-11-05", start="20:00", end="22:00"),
    add("participation/p1", event="event/p1", engagement="engagement/dana"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 10, 12))
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 12, 9, tzinfo=UTC))
    forget_outcomes()  # with time still, two tests’ productions have one stamp


@pytest.fixture
def woyzeck(cast: Cast) -> Cast:
    apply(cast.structure, cast.production, FACTS, actor=cast.alice)
    return cast


def ask(cast: Cast, **data: Any) -> Any:
    given = {"du": "2026-11-04", "au": "2026-11-06", "personne": ["dana", "elie"]} | data
    return cast.browser("bob").post(cast.address("taches/disponibilites/demander/"), given)


def table(cast: Cast, query: str = "") -> str:
    answer = cast.browser("bob").get(cast.address(f"taches/disponibilites/{query}"))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", unescape(answer.content.decode()).replace("\u00a0", " "))


def own(cast: Cast, **data: Any) -> Any:
    """Dana opens her page, or answers."""
    address = f"/lien/{cast.dana_token}/disponibilites/"
    browser = cast.browser("dana")
    return browser.post(f"{address}dire/", data) if data else browser.get(address)


def facts(cast: Cast) -> list[tuple[str, str, str, str, str | None]]:
    dossier = load_production(cast.structure, cast.production).dossier
    return sorted(
        (one.person[7:], one.starts_on.isoformat()[5:], one.ends_on.isoformat()[5:], one.answer, one.said)
        for one in dossier.all(Availability)
    )


def test_asking_writes_one_question_a_person_and_can_be_undone(woyzeck: Cast) -> None:
    assert ask(woyzeck).status_code == 302
    assert facts(woyzeck) == [
        ("dana", "11-04", "11-06", "asked", None), ("elie", "11-04", "11-06", "asked", None),
    ]  # fmt: skip
    written = ChangeSet.objects.latest("pk")
    assert written.label == "Disponibilités demandées à 2 personnes"
    woyzeck.browser("bob").post(woyzeck.address(f"effet/annuler/{written.pk}/"))
    assert facts(woyzeck) == []


def test_only_the_days_of_the_calendar_may_be_asked(woyzeck: Cast) -> None:
    ask(woyzeck, du="2026-11-01", au="2026-11-30", calendrier="1", personne="elie")
    assert facts(woyzeck) == [("elie", "11-05", "11-05", "asked", None)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"personne": []}, "personne n’est choisi"),
        ({"du": "jamais"}, "Premier jour"),
        ({"au": "2026-11-01"}, "le dernier jour précède le premier"),
        ({"au": "2027-11-01"}, "120 au plus"),
        ({"du": "9999-12-30", "au": "9999-12-31"}, "ce jour sort du calendrier"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why_and_keeps_what_was_typed(
    woyzeck: Cast, data: dict[str, Any], said: str
) -> None:
    answer = ask(woyzeck, **data)
    assert answer.status_code == 422
    assert said in unescape(answer.content.decode())
    assert facts(woyzeck) == []


def test_somebody_answers_day_by_day_from_their_link_and_signs(woyzeck: Cast) -> None:
    ask(woyzeck)
    html = own(woyzeck).content.decode()
    assert html.count("<fieldset") == 3
    assert "<script" not in html[html.index("<main") :]
    answer = own(
        woyzeck, **{"jour-2026-11-05": "busy", "mot-2026-11-05": "Tournage", "jour-2026-11-06": "free"}
    )
    assert answer.status_code == 302
    assert facts(woyzeck) == [
        ("dana", "11-04", "11-04", "asked", None),
        ("dana", "11-05", "11-05", "busy", "Tournage"),
        ("dana", "11-06", "11-06", "free", None),
        ("elie", "11-04", "11-06", "asked", None),
    ]
    written = ChangeSet.objects.latest("pk")
    assert (written.actor, written.signature) == (None, "Dana Morel, par son lien")


def test_one_button_answers_free_for_every_day_left(woyzeck: Cast) -> None:
    ask(woyzeck)
    own(woyzeck, **{"jour-2026-11-05": "busy"})
    own(woyzeck, tous="1")
    assert [one[1:4] for one in facts(woyzeck) if one[0] == "dana"] == [
        ("11-04", "11-04", "free"), ("11-05", "11-05", "busy"), ("11-06", "11-06", "free"),
    ]  # fmt: skip


def test_a_link_answers_for_its_person_alone_and_for_the_days_asked(woyzeck: Cast) -> None:
    ask(woyzeck, personne=["elie"])
    assert "Rien ne vous est demandé" in unescape(own(woyzeck).content.decode())
    own(woyzeck, **{"jour-2026-11-05": "busy"})
    assert facts(woyzeck) == [("elie", "11-04", "11-06", "asked", None)]


def test_a_day_past_is_neither_shown_nor_changed(woyzeck: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(woyzeck)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 6))
    assert own(woyzeck).content.decode().count("<fieldset") == 1
    own(woyzeck, **{"jour-2026-11-05": "busy", "jour-2026-11-06": "free"})
    assert [one[1:4] for one in facts(woyzeck) if one[0] == "dana"] == [
        ("11-04", "11-05", "asked"), ("11-06", "11-06", "free"),
    ]  # fmt: skip


def test_words_too_long_or_with_null_are_cut_and_kept(woyzeck: Cast) -> None:
    ask(woyzeck)
    own(woyzeck, **{"jour-2026-11-05": "maybe", "mot-2026-11-05": "a\x00" + "b" * 400})
    said = next(one[4] for one in facts(woyzeck) if one[3] == "maybe")
    assert said == "a" + "b" * 199


def test_a_closed_link_answers_nothing(woyzeck: Cast) -> None:
    ask(woyzeck)
    services.revoke_private_link(woyzeck.dana_link)
    assert own(woyzeck).status_code == 404
    assert own(woyzeck, tous="1").status_code == 404


def test_the_table_shows_people_by_days_and_who_to_remind(woyzeck: Cast) -> None:
    ask(woyzeck)
    own(woyzeck, **{"jour-2026-11-05": "busy", "mot-2026-11-05": "Tournage"})
    html = table(woyzeck)
    assert "2 personnes n’ont pas encore tout dit" in html
    assert re.search(r'Dana Morel<span class="source">2 jours attendus', html)
    assert 'title="Indisponible : Tournage"' in html
    assert "mailto:dana@lefil.test?subject=Woyzeck" in html
    assert "Copier le lien de Élie Vasseur" in html
    assert "0/2" in re.sub(r"<[^>]+>", "", html)


def test_no_longer_asking_somebody_keeps_their_answers(woyzeck: Cast) -> None:
    ask(woyzeck)
    own(woyzeck, **{"jour-2026-11-05": "free"})
    for who in ("dana", "elie"):
        woyzeck.browser("bob").post(woyzeck.address("taches/disponibilites/retirer/"), {"personne": who})
    assert facts(woyzeck) == [("dana", "11-05", "11-05", "free", None)]


def test_no_longer_asking_somebody_unknown_is_not_found(woyzeck: Cast) -> None:
    answer = woyzeck.browser("bob").post(woyzeck.address("taches/disponibilites/retirer/"), {"personne": "x"})
    assert answer.status_code == 404


def test_the_calendar_says_who_is_called_when_they_are_not_free(woyzeck: Cast) -> None:
    ask(woyzeck)
    own(woyzeck, **{"jour-2026-11-05": "busy"})
    found = open_production(woyzeck.structure, woyzeck.production).outcome.findings
    assert [one.about for one in found if one.code == "calendar.unavailable"] == ["person/dana"]


def test_the_number_of_queries_does_not_grow_with_people(woyzeck: Cast) -> None:
    ask(woyzeck, personne=["dana"])
    table(woyzeck)
    with CaptureQueriesContext(connection) as few:
        table(woyzeck)
    more = [
        change
        for n in range(3)
        for change in (
            add(f"person/p{n}", given_name="P", family_name=f"N{n}"),
            add(f"availability/p{n}", person=f"person/p{n}", starts_on="2026-11-04", ends_on="2026-11-20"),
        )
    ]
    apply(woyzeck.structure, woyzeck.production, more, actor=woyzeck.bob)
    table(woyzeck)
    with CaptureQueriesContext(connection) as many:
        table(woyzeck)
    assert len(many) == len(few)


def test_a_reader_sees_the_table_and_cannot_ask(woyzeck: Cast) -> None:
    assert woyzeck.browser("rene").get(woyzeck.address("taches/disponibilites/")).status_code == 200
    refused = woyzeck.browser("rene").post(
        woyzeck.address("taches/disponibilites/demander/"), {"personne": "dana"}
    )
    assert refused.status_code == 403


def test_asking_makes_links_writes_to_who_has_an_address_and_names_who_has_none(
    woyzeck: Cast, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        answer = woyzeck.browser("bob").post(
            woyzeck.address("taches/disponibilites/demander/"),
            {"du": "2026-11-04", "au": "2026-11-06", "personne": ["dana", "elie"]},
            follow=True,
        )
    html = unescape(answer.content.decode())
    assert "Sans courriel : Élie Vasseur" in html
    assert "1 courriel part." in html.replace("\u00a0", " ")
    (message,) = mail.outbox
    assert message.to == ["dana@lefil.test"]
    assert "3 jours attendent votre réponse" in message.body
    address = re.search(r"http://testserver(/lien/\S+)", message.body)
    assert address is not None
    assert Client().get(address[1]).status_code == 200
    home = unescape(Client().get(address[1].removesuffix("disponibilites/")).content.decode())
    assert "3 jours attendent votre réponse" in home.replace("\u00a0", " ")
    asking.send.func(Computation.objects.get(kind="asking").pk)
    Computation.objects.filter(kind="asking").update(state=Computation.RUNNING)
    asking.send.func(Computation.objects.get(kind="asking").pk)
    assert len(mail.outbox) == 1


def test_the_link_of_somebody_without_an_address_can_be_copied_and_stays_the_same(woyzeck: Cast) -> None:
    ask(woyzeck)
    address = woyzeck.address("taches/disponibilites/lien/")
    pages = [woyzeck.browser("bob").post(address, {"personne": "elie"}).content.decode() for _ in range(2)]
    shown = [re.findall(r'class="secret" href="http://testserver(/lien/[^"]+)"', one) for one in pages]
    assert shown[0] == shown[1]
    assert len(shown[0]) == 1
    assert Client().get(shown[0][0]).status_code == 200


def test_the_days_of_the_plan_and_those_concerned_are_proposed(woyzeck: Cast) -> None:
    plan = add("plan/tournage", label="Tournage", starts_on="2026-12-01", ends_on="2026-12-11")
    later = add("engagement/tard", position="position/marie", person="person/elie", starts_on="2026-12-02",
                ends_on="2026-12-03", unit="cachet", unit_pay="170")  # fmt: skip
    apply(woyzeck.structure, woyzeck.production, [plan, later], actor=woyzeck.alice)
    html = table(woyzeck)
    assert re.findall(r"name=\"(?:du|au)\" value=\"([^\"]*)\"", html) == ["2026-12-01", "2026-12-11"]
    assert 'value="elie" checked' in html
    assert 'value="dana" checked' not in html
