"""A sheet on a phone: what changed for its reader, their day, one button; nobody else's; kept for offline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.test import Client

from filage.kernel.changes import add, set_
from filage_web.accounts import addresses
from filage_web.accounts.models import PrivateLink
from filage_web.logs import without_secrets
from filage_web.sheets import services
from filage_web.store.changes import apply
from filage_web.store.models import Delivery
from filage_web.store.outcomes import forget_outcomes
from filage_web.store.sheets import language_of
from support.cast import Cast

DAY = "2026-11-05"
NOW = datetime(2026, 11, 2, 18, 20, tzinfo=ZoneInfo("Europe/Paris"))
NIR = "269054958815780"


@pytest.fixture(autouse=True)
def _on_the_second_of_november(settings) -> Iterator[None]:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    forget_outcomes()  # with time still, two tests' productions have one stamp
    with time_machine.travel(NOW, tick=False):
        yield


def issue(cast: Cast) -> None:
    services.issue(
        cast.structure, cast.production, "call_sheet", DAY, ["person/dana", "person/paul"],
        actor=cast.alice, address="https://bureau.test/",
    )  # fmt: skip


@pytest.fixture
def issued(cast: Cast) -> Cast:
    """The sheet of the fifth, for Dana and for Paul, who reads English."""
    apply(
        cast.structure, cast.production,
        [
            add("venue/ecluse", label="Théâtre de l’Écluse", city="Besançon", address="4 quai des Tanneurs",
                latitude="47.2378", longitude="6.0241"),
            add("person/dana", given_name="Dana", family_name="Morel", email="dana@lefil.test"),
            add("person_private/dana", person="person/dana", nir=NIR, phone="0600000099"),
            add("person/paul", given_name="Paul", family_name="Okoye", email="paul@lefil.test",
                languages=["anglais"]),
            add("event/p1", type="performance", day=DAY, start="20:00", end="21:40", venue="venue/ecluse",
                option="confirmed"),
            add("event/p2", type="performance", day="2026-11-06", start="20:00", option="confirmed"),
            add("participation/dana-p1", event="event/p1", person="person/dana", call="15:45"),
            add("participation/dana-p2", event="event/p2", person="person/dana", call="17:00"),
            add("participation/paul-p1", event="event/p1", person="person/paul", call="15:45"),
        ],
        actor=cast.alice,
    )  # fmt: skip
    issue(cast)
    return cast


def where(who: str, number: int = -1) -> str:
    mine = [one for one in mail.outbox if one.to == [f"{who}@lefil.test"]]
    return re.search(r"https://bureau\.test(/lien/\S+)", mine[number].body).group(1)


def move(cast: Cast, who: str = "dana", call: str = "16:30") -> None:
    apply(cast.structure, cast.production, [set_(f"participation/{who}-p1", call=call)], actor=cast.alice)
    issue(cast)


def page(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL).group(0)
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_opening_is_noted_and_reading_is_confirmed_without_script_or_cookie(issued: Cast) -> None:
    path = where("dana")
    assert "J’ai lu la version 1" in page(path)
    seen = Delivery.objects.get(person="dana")
    assert (seen.opened_at, seen.confirmed_at) == (NOW, None)
    strict = Client(enforce_csrf_checks=True)  # as a browser that sends neither cookie nor origin
    assert strict.post(f"{path}lu/").headers["Location"] == path
    assert Delivery.objects.get(person="dana").confirmed_at == NOW
    after = page(path)
    assert "Version 1 lue, le lun. 2 nov., 18:20" in after
    assert "1 sur 2 ont confirmé." in after
    assert Delivery.objects.get(person="paul").confirmed_at is None


def test_a_browser_guessing_ahead_has_not_opened_it(issued: Cast) -> None:
    Client().get(where("dana"), headers={"Sec-Purpose": "prefetch"})
    assert Delivery.objects.get(person="dana").opened_at is None


def test_what_changed_for_the_reader_comes_first(issued: Cast) -> None:
    move(issued)
    text = page(where("dana"))
    assert text.index("Depuis la version 1 :") < text.index("J’ai lu la version 2")
    assert "15:45 à 16:30" in text
    assert "Depuis la version" not in page(where("dana", 0))


def test_an_older_version_says_that_it_no_longer_holds(issued: Cast) -> None:
    first = where("dana")
    move(issued)
    old = page(first)
    assert "Une version plus récente existe : celle-ci ne vaut plus. Lire la version 2" in old
    assert "J’ai lu la version 1" not in old
    assert "Une version plus récente" not in page(where("dana"))


def test_a_page_speaks_the_language_of_its_reader(issued: Cast) -> None:
    answer = Client().get(where("paul"))
    assert b'<html lang="en"' in answer.content
    text = page(where("paul"))
    assert "I have read version 1" in text
    assert "Call sheet no. 1, version 1" in text
    assert [word for word in ("Votre", "J’ai", "Itinéraire") if word in text] == []


@pytest.mark.parametrize(
    ("spoken", "read"),
    [((), "fr"), (("anglais",), "en"), (("arabe", "English"), "en"), (("français", "anglais"), "fr"),
     (("en-GB",), "en"), (("breton",), "fr")],
)  # fmt: skip
def test_the_language_is_the_first_that_sheets_are_written_in(spoken, read) -> None:
    assert language_of(spoken) == read


def test_nobody_reads_the_sheet_of_another(issued: Cast) -> None:
    mine = where("dana")
    theirs = Delivery.objects.get(person="paul").pk
    other = re.sub(r"feuille/\d+/", f"feuille/{theirs}/", mine)
    assert [Client().get(other).status_code, Client().get(f"{other}feuille.pdf").status_code] == [404, 404]
    assert Client().post(f"{other}lu/").status_code == 404
    assert Delivery.objects.get(person="paul").confirmed_at is None


def test_private_data_is_in_no_output(issued: Cast) -> None:
    pages = [
        Client().get(where(who) + more)
        for who in ("dana", "paul")
        for more in ("", "agenda.ics", "feuille.pdf")
    ]
    pages.append(issued.browser("bob").get(issued.address(f"feuilles/call_sheet/{DAY}/")))
    told = [one.content for one in pages] + [one.body.encode() for one in mail.outbox]
    assert [one for one in told if NIR.encode() in one or b"0600000099" in one] == []


def test_the_way_there_is_a_link_and_nothing_is_embedded(issued: Cast) -> None:
    html = Client().get(where("dana")).content.decode()
    assert 'href="https://www.openstreetmap.org/directions?to=47.2378,6.0241"' in html
    assert re.findall(r'<(?:img|iframe|script|link)[^>]+(?:src|href)="https?:', html) == []


def test_the_paper_is_the_one_that_was_issued(issued: Cast) -> None:
    answer = Client().get(where("dana") + "feuille.pdf")
    kept = Delivery.objects.get(person="dana").issued
    assert (answer.content, answer.headers["Content-Type"]) == (bytes(kept.data), "application/pdf")


def test_the_list_of_a_link_begins_with_its_sheets(issued: Cast) -> None:
    move(issued)
    root = where("dana").partition("feuille/")[0]
    text = page(root)
    assert text.count("version 2") == 1
    assert text.index("Mes feuilles") < text.index("jeu. 5 nov. 2026")
    assert "à lire" in text


def test_the_list_reads_in_the_same_number_of_queries_however_many_sheets(
    issued: Cast, django_assert_num_queries
) -> None:
    path = where("dana")
    root = path.partition("feuille/")[0]
    with django_assert_num_queries(4):
        Client().get(root)
    with django_assert_num_queries(8):
        Client().get(path)
    move(issued)
    move(issued, call="17:00")
    with django_assert_num_queries(4):
        Client().get(root)
    with django_assert_num_queries(8):
        Client().get(where("dana"))


def test_a_closed_link_opens_nothing_and_says_so(issued: Cast) -> None:
    path = where("dana")
    link = PrivateLink.objects.get(
        person="dana", label="Dana Morel", token_hash__gt="", pk__gt=issued.dana_link.pk
    )
    issued.browser("bob").post(issued.address(f"liens/{link.pk}/retirer/"))
    for more in ("", "feuille.pdf", "agenda.ics"):
        assert Client().get(path + more).status_code == 404
    assert "Ce lien n’ouvre rien" in page_of_404(path)


def page_of_404(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 404
    return answer.content.decode()


def test_the_worker_sees_the_pages_of_its_link_alone(issued: Cast) -> None:
    root = where("dana").partition("feuille/")[0]
    answer = Client().get(f"{root}garder.js")
    assert answer.headers["Service-Worker-Allowed"] == root
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'data-worker="{root}garder.js"' in Client().get(root).content.decode()


# --- calendars --------------------------------------------------------------------------------------------------------


def test_a_person_follows_their_dates_and_is_told_when_nothing_moved(issued: Cast) -> None:
    root = where("dana").partition("feuille/")[0]
    answer = Client().get(f"{root}agenda.ics")
    text = answer.content.decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert "DTSTART;TZID=Europe/Paris:20261105T154500" in text
    again = Client().get(f"{root}agenda.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    move(issued)
    after = Client().get(f"{root}agenda.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert "DTSTART;TZID=Europe/Paris:20261105T163000" in after.content.decode()


def test_a_sheet_goes_in_a_calendar_with_its_own_day_alone(issued: Cast) -> None:
    text = Client().get(where("dana") + "agenda.ics").content.decode()
    assert re.findall(r"DTSTART;[^:]*:(\d+)", text) == ["20261105"]


def test_a_productions_calendar_names_nobody_and_closes(issued: Cast) -> None:
    bob = issued.browser("bob")
    made = bob.post(issued.address("liens/agenda/creer/"), {"label": "Équipe du lieu"})
    path = made.context["feed_address"].removeprefix("http://testserver")
    answer = Client().get(path)
    text = answer.content.decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert [name for name in ("Dana", "Morel", "Paul", "Okoye") if name in text] == []
    assert answer.headers["Last-Modified"] == "Mon, 02 Nov 2026 17:20:00 GMT"
    link = addresses.feed_links_of(issued.structure, issued.production)[0]
    assert path not in bob.get(issued.address("liens/")).content.decode()
    bob.post(issued.address(f"liens/agenda/{link.pk}/retirer/"))
    assert Client().get(path).status_code == 404


def test_a_cancelled_date_stays_in_the_calendar_as_cancelled(issued: Cast) -> None:
    apply(issued.structure, issued.production, [set_("event/p2", option="cancelled")], actor=issued.alice)
    text = Client().get(where("dana").partition("feuille/")[0] + "agenda.ics").content.decode()
    assert text.count("STATUS:CANCELLED") == 1


def test_a_date_only_thought_of_is_in_nobodys_calendar(issued: Cast) -> None:
    made = addresses.make_feed_link(issued.structure, issued.production, label="Agenda", by=issued.alice)[1]
    apply(issued.structure, issued.production, [set_("event/p2", option="draft")], actor=issued.alice)
    for path in (f"/agenda/{made}.ics", where("dana").partition("feuille/")[0] + "agenda.ics"):
        assert Client().get(path).content.decode().count("BEGIN:VEVENT") == 1
    assert date.fromisoformat(DAY) > NOW.date()


def test_a_reader_who_changes_language_is_not_told_that_every_word_changed(issued: Cast) -> None:
    apply(issued.structure, issued.production, [set_("person/dana", languages=["en"])], actor=issued.alice)
    issue(issued)
    text = page(where("dana"))
    assert "I have read version 2" in text
    assert "Since version 1" not in text


def test_secret_addresses_are_not_in_the_logs() -> None:
    lines = [
        "GET /agenda/SECRET.ics 200",
        "GET /lien/SECRET/feuille/3/ 404",
        "GET /lien/SECRET/garder.js 200",
    ]
    assert [line for line in map(without_secrets, lines) if "SECRET" in line] == []


def test_contacts_are_called_in_one_touch(issued: Cast) -> None:
    contacts = [{"role": "stage", "label": "Élie", "phone": "06 39 98 60 11"}]
    apply(
        issued.structure, issued.production, [set_(f"production/{issued.production}", contacts=contacts)],
        actor=issued.alice,
    )  # fmt: skip
    issue(issued)
    html = Client().get(where("dana")).content.decode()
    line = re.search(r'<ul class="contacts"><li>(.*?)</li>', html).group(1)
    assert 'href="tel:0639986011"' in line
    assert (
        re.sub(r"<span.*?</span>|<[^>]+>", "", line).replace("&nbsp;", " ")
        == "Élie, régie générale : appeler"
    )
