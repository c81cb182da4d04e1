"""Issuing a sheet: frozen, sent once to each, read from a private link, out of date when a fact moves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from smtplib import SMTPRecipientsRefused
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.test import Client

from filage.kernel.changes import add, remove, set_
from filage_web.accounts.models import PrivateLink
from filage_web.jobs import computations
from filage_web.jobs.models import Computation
from filage_web.sheets import jobs, sending, services
from filage_web.store.changes import apply
from filage_web.store.issued import UnchangedError, versions_of
from filage_web.store.models import Delivery, Issued
from filage_web.store.outcomes import forget_outcomes
from filage_web.store.queries import dossier_of
from filage_web.store.sheets import CURRENT, GONE, STALE, states_of
from support.cast import Cast

DAY = "2026-11-05"
PAPER = ("call_sheet", DAY)
OFFICE = "https://bureau.test/"
NOW = datetime(2026, 11, 2, 18, 20, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(autouse=True)
def _on_the_second_of_november() -> Iterator[None]:
    forget_outcomes()  # with time still, two tests' productions have one stamp
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _done_at_once(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def day(cast: Cast) -> Cast:
    """A performance on the fifth, with Dana (in French) and Paul (in English)."""
    apply(
        cast.structure, cast.production,
        [
            add("venue/ecluse", label="Théâtre de l’Écluse", city="Besançon", address="4 quai des Tanneurs"),
            add("person/dana", given_name="Dana", family_name="Morel", email="dana@lefil.test"),
            add("person/paul", given_name="Paul", family_name="Okoye", email="paul@lefil.test", languages=["en"]),
            add("person/zoe", given_name="Zoé", family_name="Roux"),
            add("event/p1", type="performance", day=DAY, start="20:00", end="21:40", venue="venue/ecluse",
                option="confirmed"),
            *(
                add(f"participation/{who}-p1", event="event/p1", person=f"person/{who}", call="15:45")
                for who in ("dana", "paul", "zoe")
            ),
        ],
        actor=cast.alice,
    )  # fmt: skip
    return cast


def issue(cast: Cast, *people: str, **more):
    wanted = [f"person/{who}" for who in people or ("dana", "paul", "zoe")]
    return services.issue(
        cast.structure, cast.production, *PAPER, wanted, actor=cast.alice, address=OFFICE, **more
    )


def move(cast: Cast, **values) -> None:
    apply(cast.structure, cast.production, [set_("participation/dana-p1", **values)], actor=cast.alice)


def state(cast: Cast) -> str | None:
    dossier = dossier_of(cast.structure, cast.production)
    return states_of(cast.structure, cast.production, dossier, NOW.date()).get(PAPER)


def address_in(message) -> str:
    return re.search(r"https://bureau\.test(/lien/\S+)", message.body).group(1)


def test_each_reader_has_their_own_copy_and_paper_in_one_version(day: Cast) -> None:
    done = issue(day)
    kept = Issued.objects.order_by("recipient")
    assert [(one.recipient, one.version) for one in kept] == [
        ("", 1), ("department/artistic", 1), ("person/dana", 1), ("person/paul", 1), ("person/zoe", 1),
        ("team", 1),
    ]  # fmt: skip
    assert [bytes(one.data[:5]) for one in kept] == [b"%PDF-"] * 6
    assert {one.content["language"] for one in kept if one.recipient == "person/paul"} == {"en"}
    assert (done.version, done.new, versions_of(day.structure, day.production)[0].actor) == (
        1, True, "Alice Ferrand",
    )  # fmt: skip


def test_each_is_written_to_once_with_their_own_link_and_the_others_are_not_lost(day: Cast) -> None:
    issue(day)
    assert sorted(one.to[0] for one in mail.outbox) == ["dana@lefil.test", "paul@lefil.test"]
    assert len({address_in(one) for one in mail.outbox}) == 2
    sent = {one.person: bool(one.sent_at) for one in Delivery.objects.all()}
    assert sent == {"dana": True, "paul": True, "zoe": False}
    everything = [pk for (pk,) in Delivery.objects.values_list("pk")]
    sending.send.func(everything, OFFICE)  # the job is given back: nothing leaves twice
    assert len(mail.outbox) == 2


def test_a_message_speaks_the_language_of_its_reader(day: Cast) -> None:
    issue(day)
    said = {one.to[0]: one for one in mail.outbox}
    assert said["dana@lefil.test"].subject == ("Feuille de service du jeu. 5 nov., 15:45, Besançon, Woyzeck")
    assert said["paul@lefil.test"].subject == "Call sheet for Thu 5 Nov, 15:45, Besançon, Woyzeck"
    assert (
        "Votre rendez-vous : jeu. 5 nov., 15:45, Théâtre de l’Écluse, 4 quai des Tanneurs, Besançon."
        in said["dana@lefil.test"].body
    )
    assert "Hello Paul Okoye," in said["paul@lefil.test"].body
    assert "Il s’arrête le jeu. 12 nov. 2026." in said["dana@lefil.test"].body


def test_an_address_that_is_refused_stops_nobody_else(day: Cast, monkeypatch) -> None:
    def refuse(message, post) -> None:
        if message.to == ["dana@lefil.test"]:
            raise SMTPRecipientsRefused({})
        post.send_messages([message])

    monkeypatch.setattr("filage_web.sheets.mail.leave", refuse)
    issue(day)
    failed = {one.person: (one.failed, bool(one.sent_at)) for one in Delivery.objects.exclude(email="")}
    assert failed == {
        "dana": ("le serveur de courriel refuse cette adresse", False), "paul": ("", True),
    }  # fmt: skip
    monkeypatch.undo()
    day.browser("bob").post(day.address(f"feuilles/call_sheet/{DAY}/renvoyer/"))
    assert [one.to[0] for one in mail.outbox].count("dana@lefil.test") == 1
    assert Delivery.objects.get(person="dana").failed == ""


def test_a_server_that_does_not_answer_is_said(day: Cast, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    issue(day)
    assert {one.failed for one in Delivery.objects.exclude(email="")} == {
        "le serveur de courriel ne répond pas"
    }


def test_what_has_not_changed_is_refused_then_a_change_makes_it_stale_and_version_2(day: Cast) -> None:
    issue(day)
    assert state(day) == CURRENT
    with pytest.raises(UnchangedError):
        issue(day)
    move(day, call="16:30")
    assert state(day) == STALE
    mail.outbox.clear()
    assert issue(day).version == 2
    assert state(day) == CURRENT
    told = {one.to[0]: one.body for one in mail.outbox}
    assert "15:45" in told["dana@lefil.test"]
    assert "16:30" in told["dana@lefil.test"]
    assert address_in(mail.outbox[0]) != ""


def test_a_change_that_the_sheet_does_not_show_makes_nothing_stale(day: Cast) -> None:
    issue(day)
    apply(day.structure, day.production, [set_("production/woyzeck", concept="Une note.")], actor=day.alice)
    assert state(day) == CURRENT


def test_what_one_person_alone_reads_makes_it_stale_too(day: Cast) -> None:
    issue(day)
    apply(day.structure, day.production, [set_("participation/paul-p1", pickup="14:30")], actor=day.alice)
    assert state(day) == STALE


def test_a_day_taken_out_of_the_calendar_is_said(day: Cast) -> None:
    issue(day)
    gone = [remove(f"participation/{who}-p1") for who in ("dana", "paul", "zoe")]
    apply(day.structure, day.production, [*gone, remove("event/p1")], actor=day.alice)
    assert state(day) == GONE
    html = day.browser("bob").get(day.address(f"feuilles/call_sheet/{DAY}/")).content.decode()
    assert "Plus rien au calendrier pour cette feuille." in html


def test_somebody_forgotten_receives_the_version_that_stands(day: Cast) -> None:
    issue(day, "dana")
    done = issue(day, "dana", "paul")
    assert (done.version, done.new, [one.person for one in done.deliveries]) == (1, False, ["paul"])


def test_the_link_is_one_for_all_the_sheets_of_a_person(day: Cast) -> None:
    issue(day)
    move(day, call="16:30")
    issue(day)
    links = PrivateLink.objects.exclude(pk=day.dana_link.pk)
    assert sorted(links.values_list("person", flat=True)) == ["dana", "paul"]


def test_a_link_closes_seven_days_after_the_day_of_its_sheet(day: Cast) -> None:
    issue(day)
    link = Delivery.objects.get(person="dana").link
    assert link.expires_at == datetime.combine(
        datetime(2026, 11, 13).date(), time(), ZoneInfo("Europe/Paris")
    )
    where = address_in(next(one for one in mail.outbox if one.to == ["dana@lefil.test"]))
    assert Client().get(where).status_code == 200
    with time_machine.travel(datetime(2026, 11, 13, 0, 1, tzinfo=ZoneInfo("Europe/Paris"))):
        answer = Client().get(where)
    assert answer.status_code == 404
    assert "Ce lien n’ouvre rien" in answer.content.decode()
    assert "Dana" not in answer.content.decode()


def test_reminders_leave_once_for_each_press_and_never_to_who_has_read(day: Cast) -> None:
    issue(day)
    mail.outbox.clear()
    where = day.address(f"feuilles/call_sheet/{DAY}/relancer/")
    day.browser("bob").post(where)
    assert sorted(one.to[0] for one in mail.outbox) == ["dana@lefil.test", "paul@lefil.test"]
    assert mail.outbox[0].subject.startswith("Rappel, ")
    wanted = [[one.pk, 0] for one in Delivery.objects.all()]
    assert sending.remind.func(wanted, OFFICE) == 0  # given back
    Delivery.objects.filter(person="dana").update(confirmed_at=NOW)
    mail.outbox.clear()
    day.browser("bob").post(where)
    assert [one.to[0] for one in mail.outbox] == ["paul@lefil.test"]
    assert Delivery.objects.get(person="paul").reminders == 2


def test_many_copies_are_made_by_the_worker_which_tells_how_far_it_is(day: Cast, monkeypatch) -> None:
    monkeypatch.setattr("filage_web.sheets.views.AT_ONCE", 1)
    people = ["person/dana", "person/paul", "person/zoe"]
    where = day.address(f"feuilles/call_sheet/{DAY}/emettre/")
    day.browser("bob").post(where, {"person": people})
    asked = Computation.objects.get()
    assert (asked.state, asked.answer) == (Computation.DONE, {"version": 1, "new": True})
    assert Delivery.objects.count() == 3
    jobs.issue.func(asked.pk)  # given back after its end: nothing more
    assert Issued.objects.filter(recipient__startswith="person/").count() == 3


def test_a_job_given_back_before_its_end_issues_once(day: Cast) -> None:
    wanted = {"document": PAPER[0], "key": DAY, "recipients": ["person/dana"], "address": OFFICE}
    asked = computations.ask(day.structure, day.production, jobs.KIND, "/".join(PAPER), wanted, day.alice)
    jobs.issue.func(asked.pk)
    Computation.objects.update(state=Computation.RUNNING, answer=None)
    jobs.issue.func(asked.pk)
    assert versions_of(day.structure, day.production)[0].version == 1
    assert Computation.objects.get().answer == {"version": 1, "new": False}
    assert len(mail.outbox) == 1


def test_what_several_read_is_in_the_language_of_the_work(day: Cast) -> None:
    apply(day.structure, day.production, [set_("production/woyzeck", working_language="en")], actor=day.alice)
    issue(day)
    spoken = dict(Issued.objects.values_list("recipient", "content__language"))
    assert (spoken[""], spoken["team"], spoken["person/paul"], spoken["person/dana"]) == (
        "en",
        "en",
        "en",
        "en",
    )


@pytest.mark.parametrize(
    ("state", "minutes", "offered"), [("running", 1, False), ("running", 11, True), ("failed", 1, True)]
)
def test_an_issue_under_way_is_shown_and_one_left_or_refused_may_be_asked_again(
    day: Cast, state: str, minutes: int, offered: bool
) -> None:
    wanted = {"document": PAPER[0], "key": DAY, "recipients": [], "address": OFFICE}
    asked = computations.ask(day.structure, day.production, jobs.KIND, "/".join(PAPER), wanted, day.alice)
    refusal = "Non." if state == "failed" else ""
    Computation.objects.filter(pk=asked.pk).update(
        state=state, refusal=refusal, created_at=NOW - timedelta(minutes=minutes)
    )
    html = day.browser("bob").get(day.address(f"feuilles/call_sheet/{DAY}/")).content.decode()
    assert ("Émettre la version 1" in html) is offered
    assert ("Émission en cours" in html) is (state == "running" and minutes == 1)
    assert ("La feuille n’est pas partie" in html) is (state == "failed")
    if offered:
        people = [f"person/{who}" for who in ("dana", "paul", "zoe")] * 3
        day.browser("bob").post(day.address(f"feuilles/call_sheet/{DAY}/emettre/"), {"person": people})
        assert versions_of(day.structure, day.production)[0].version == 1
