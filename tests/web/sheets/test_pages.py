"""The pages of sheets: what can be issued and its state, who reads what, what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail

from filage.facts.calendar import Event, Participation
from filage.facts.team import Engagement
from filage.kernel.changes import add, remove, set_
from filage_web.sheets import services
from filage_web.store.changes import apply
from filage_web.store.issued import versions_of
from filage_web.store.models import Delivery
from filage_web.store.outcomes import forget_outcomes
from filage_web.store.queries import dossier_of
from support.cast import Cast, load_example

DAY = "2026-11-05"
SHEET = f"feuilles/call_sheet/{DAY}/"
NOW = datetime(2026, 11, 2, 18, 20, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(autouse=True)
def _on_the_second_of_november(settings) -> Iterator[None]:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    forget_outcomes()  # with time still, two tests' productions have one stamp
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def woyzeck(cast: Cast) -> Cast:
    load_example(cast)
    return cast


def text_of(answer) -> str:
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL).group(0)
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def seen(cast: Cast, path: str, who: str = "bob") -> str:
    answer = cast.browser(who).get(cast.address(path))
    assert answer.status_code == 200
    return text_of(answer)


def issue(cast: Cast, *people: str, day: str = DAY) -> None:
    services.issue(
        cast.structure, cast.production, "call_sheet", day, [f"person/{who}" for who in people],
        actor=cast.alice, address="https://bureau.test/",
    )  # fmt: skip


def post(cast: Cast, path: str, who: str = "bob", **data):
    return cast.browser(who).post(cast.address(path), data, follow=True)


def test_what_can_be_issued_is_listed_the_next_day_first(woyzeck: Cast) -> None:
    text = seen(woyzeck, "feuilles/")
    assert "mer. 4 nov. 2026 , Feuille de service Montage, Besançon jamais émise" in text
    assert text.index("mer. 4 nov. 2026") < text.index("jeu. 5 nov. 2026")
    assert "lun. 31 août 2026" not in text
    assert "toutes les dates , Livret de tournée" in text


def test_an_empty_production_says_what_to_do_next(cast: Cast) -> None:
    text = seen(cast, "feuilles/")
    assert "Aucune feuille à préparer" in text
    assert "Poser une date" in text


def test_a_sheet_is_shown_with_what_it_lacks_and_is_issued_to_whom_it_concerns(woyzeck: Cast) -> None:
    assert "Feuille de service, jeu. 5 nov. 2026" in seen(woyzeck, SHEET)
    assert "Il manque" in seen(woyzeck, "feuilles/day_sheet/2026-12-12/")
    form = woyzeck.browser("bob").get(woyzeck.address(SHEET + "emettre/")).content.decode()
    chosen = re.findall(r'name="person" value="person/(\w+)" checked', form)
    assert sorted(chosen) == [
        "dana", "elie", "hugo", "ines", "karim", "nour", "paul", "samuel", "yvonne",
    ]  # fmt: skip
    after = post(woyzeck, SHEET + "emettre/", person=["person/dana", "person/karim"])
    assert "version 1 à jour" in text_of(after)
    assert sorted(one.to[0] for one in mail.outbox) == ["dana@le-fil.example", "karim@le-fil.example"]


def test_what_was_issued_comes_first_in_the_list_and_the_stale_before_the_rest(woyzeck: Cast) -> None:
    issue(woyzeck, "dana", day="2026-11-13")
    issue(woyzeck, "dana")
    apply(woyzeck.structure, woyzeck.production, [set_("event/besancon-1", start="20:30")], actor=woyzeck.bob)
    text = seen(woyzeck, "feuilles/")
    assert text.index("version 1 périmée") < text.index("version 1 à jour") < text.index("jamais émise")
    assert "0 sur 1 ont confirmé" in text
    home = woyzeck.browser("bob").get(woyzeck.address("")).content.decode()
    assert re.search(r'feuilles/">Feuilles<span class="count">.*?1</span>', home, re.DOTALL)
    assert "1 périmée" in home


def test_what_changed_is_shown_to_each_reader_before_issuing(woyzeck: Cast) -> None:
    issue(woyzeck, "dana", "elie")
    part = _part(woyzeck, "dana", "event/besancon-1")
    apply(woyzeck.structure, woyzeck.production, [set_(part, call="16:45")], actor=woyzeck.bob)
    assert "La version 1 est périmée. Depuis : L’arrivée de Dana Morel passe de 15:45 à 16:45" in seen(
        woyzeck, SHEET
    )
    text = seen(woyzeck, SHEET + "emettre/")
    dana, elie = text.index("dana@le-fil.example"), text.index("elie@le-fil.example")
    assert "Votre arrivée passe de 15:45 à 16:45" in text[dana:elie]
    assert "rien de changé depuis la version 1" in text[elie:]


def _part(cast: Cast, who: str, event: str) -> str:
    dossier = dossier_of(cast.structure, cast.production)
    mine = {one.about for one in dossier.all(Engagement) if one.person == f"person/{who}"}
    return next(
        part.about for part in dossier.all(Participation)
        if part.event == event and (part.engagement in mine or part.person == f"person/{who}")
    )  # fmt: skip


def test_issuing_what_has_not_changed_is_refused_gently_and_may_be_insisted_on(woyzeck: Cast) -> None:
    issue(woyzeck, "dana")
    answer = post(woyzeck, SHEET + "emettre/", person="person/dana")
    assert answer.status_code == 422
    assert "Rien n’a changé depuis la version 1 : il n’y a rien à émettre." in text_of(answer)
    post(woyzeck, SHEET + "emettre/", person="person/dana", again="1")
    assert versions_of(woyzeck.structure, woyzeck.production)[0].version == 2


def test_somebody_without_an_address_is_said_and_their_link_can_be_copied(woyzeck: Cast) -> None:
    person = [set_("person/dana", email=None)]
    apply(woyzeck.structure, woyzeck.production, person, actor=woyzeck.bob)
    assert "1 personne n’a pas de courriel : son lien sera à transmettre." in seen(
        woyzeck, SHEET + "emettre/"
    )
    issue(woyzeck, "dana")
    assert "sans courriel transmettez le lien" in seen(woyzeck, SHEET)
    delivery = Delivery.objects.get(person="dana")
    answer = post(woyzeck, f"feuilles/envoi/{delivery.pk}/lien/")
    address = re.search(r'class="secret" href="([^"]+)"', answer.content.decode()).group(1)
    assert woyzeck.browser("anonymous").get(address.removeprefix("http://testserver")).status_code == 200
    again = post(woyzeck, f"feuilles/envoi/{delivery.pk}/lien/").content.decode()
    assert address in again


@pytest.mark.parametrize(
    ("reader", "shown", "hidden"),
    [
        ("", "Artistes", "Votre journée"),
        ("person/dana", "Votre journée", "Artistes Nom"),
        ("person/personne", "Artistes", "Votre journée"),
        ("service/technical", "Technique", "Artistes Nom"),
    ],
)
def test_a_sheet_is_shown_for_all_for_a_department_and_for_one(
    woyzeck: Cast, reader: str, shown: str, hidden: str
) -> None:
    text = seen(woyzeck, f"{SHEET}?pour={reader}")
    text = text[text.index("Compagnie Le Fil") :]
    assert (shown in text, hidden in text) == (True, False)


def test_one_who_only_reads_sees_no_private_version_and_issues_nothing(woyzeck: Cast) -> None:
    issue(woyzeck, "dana")
    html = woyzeck.browser("rene").get(woyzeck.address(f"{SHEET}?pour=person/dana")).content.decode()
    assert ("Votre journée" in html, "person/dana" in html, "Relancer" in html) == (False, False, False)
    assert woyzeck.browser("rene").post(woyzeck.address(SHEET + "emettre/")).status_code == 403
    delivery = Delivery.objects.get()
    assert (
        woyzeck.browser("rene").get(woyzeck.address(f"feuilles/envoi/{delivery.pk}/copie.pdf")).status_code
        == 403
    )


@pytest.mark.parametrize(
    "path", ["feuilles/call_sheet/2026-12-25/", "feuilles/rien/2026-11-05/", "feuilles/call_sheet/demain/"]
)
def test_a_sheet_that_is_not_is_a_404(woyzeck: Cast, path: str) -> None:
    for more in ("", "emettre/", "essai.pdf", "version-1.pdf"):
        assert woyzeck.browser("bob").get(woyzeck.address(path + more)).status_code == 404


def test_every_version_stays_on_paper(woyzeck: Cast) -> None:
    issue(woyzeck, "dana")
    bob = woyzeck.browser("bob")
    first = bob.get(woyzeck.address(SHEET + "version-1.pdf")).content
    apply(
        woyzeck.structure,
        woyzeck.production,
        [remove(_part(woyzeck, "dana", "event/besancon-1"))],
        actor=woyzeck.bob,
    )
    issue(woyzeck, "dana")
    assert first[:5] == b"%PDF-"
    assert bob.get(woyzeck.address(SHEET + "version-1.pdf")).content == first
    assert bob.get(woyzeck.address(SHEET + "version-2.pdf")).content != first
    assert bob.get(woyzeck.address(SHEET + "version-3.pdf")).status_code == 404
    assert bob.get(woyzeck.address(SHEET + "essai.pdf")).content[:5] == b"%PDF-"


def test_the_papers_of_the_team_and_of_departments_are_kept_for_those_who_may_see_them(woyzeck: Cast) -> None:
    issue(woyzeck, "dana")
    path = woyzeck.address(SHEET + "version-1.pdf")
    assert "Version 1, PDF , équipe" in seen(woyzeck, SHEET)
    asked = {
        (who, pour): woyzeck.browser(who).get(f"{path}?pour={pour}").status_code
        for who in ("bob", "rene")
        for pour in ("", "team", "department/technical", "person/dana", "rien")
    }
    assert asked == {
        ("bob", ""): 200, ("bob", "team"): 200, ("bob", "department/technical"): 200, ("bob", "person/dana"): 404,
        ("bob", "rien"): 404, ("rene", ""): 200, ("rene", "team"): 404, ("rene", "department/technical"): 404,
        ("rene", "person/dana"): 404, ("rene", "rien"): 404,
    }  # fmt: skip


def test_another_structure_reaches_nothing(woyzeck: Cast) -> None:
    issue(woyzeck, "dana")
    delivery = Delivery.objects.get()
    for path in (SHEET, f"feuilles/envoi/{delivery.pk}/copie.pdf"):
        assert woyzeck.browser("charlie").get(woyzeck.address(path)).status_code == 404
    elsewhere = f"/s/ailleurs/p/woyzeck/feuilles/envoi/{delivery.pk}/copie.pdf"
    assert woyzeck.browser("charlie").get(elsewhere).status_code == 404


def test_pages_read_in_the_same_number_of_queries_however_many_sheets(
    woyzeck: Cast, django_assert_max_num_queries
) -> None:
    bob, counts = woyzeck.browser("bob"), []
    paths = [woyzeck.address(path) for path in ("feuilles/", SHEET, SHEET + "emettre/")]
    issue(woyzeck, "dana")
    for people, day in (((), ""), (("karim", "paul", "hugo"), DAY), (("dana", "karim"), "2026-11-06")):
        if people:
            issue(woyzeck, *people, day=day)
        for path in paths:
            bob.get(path)  # the outcome is warm
            with django_assert_max_num_queries(40) as asked:
                bob.get(path)
            counts.append(len(asked))
    assert counts[:3] == counts[3:6] == counts[6:]


def test_a_participant_added_later_is_offered_the_version_that_stands(woyzeck: Cast) -> None:
    issue(woyzeck, "dana", "karim", "hugo", "ines", "paul", "yvonne", "elie", "nour")
    text = seen(woyzeck, SHEET + "emettre/")
    assert "Envoyer la version 1 à d’autres" in text
    assert "Samuel Pinto samuel@le-fil.example ne l’a pas encore" in text
    post(woyzeck, SHEET + "emettre/", person="person/samuel")
    assert {one.issued.version for one in Delivery.objects.select_related("issued")} == {1}
    assert Delivery.objects.count() == 9


def test_a_production_without_people_still_has_its_sheet(cast: Cast) -> None:
    apply(
        cast.structure, cast.production,
        [add("event/p1", type="performance", day=DAY, start="20:00", option="confirmed")], actor=cast.alice,
    )  # fmt: skip
    assert "Cette feuille ne nomme personne" in seen(cast, SHEET + "emettre/")
    answer = post(cast, SHEET + "emettre/")
    assert "version 1 à jour" in text_of(answer)
    assert "sans destinataire" in seen(cast, "feuilles/")


def test_hours_out_of_order_are_told_before_issuing_with_a_way_out(woyzeck: Cast) -> None:
    part = _part(woyzeck, "dana", "event/besancon-1")
    apply(woyzeck.structure, woyzeck.production, [set_(part, call="19:00", ready="18:30")], actor=woyzeck.bob)
    said = "prêt à 18:30, avant la convocation (19:00)"
    for path in (SHEET, SHEET + "emettre/"):
        text = seen(woyzeck, path)
        assert "À corriger avant d’émettre" in text
        assert said in text
        assert "prêt (18:30)" in text
    line = re.search(
        r'<li class="sheet-row" id="sheet-call_sheet-2026-11-05">.*?</li>',
        woyzeck.browser("bob").get(woyzeck.address("feuilles/")).content.decode(),
        re.DOTALL,
    )
    assert "à corriger" in line.group(0)
    html = woyzeck.browser("bob").get(woyzeck.address(SHEET)).content.decode()
    way = re.search(r'<span class="remedy"><a href="([^"]*/effet/[^"]*)"[^>]*>Effacer', html).group(1)
    assert woyzeck.browser("bob").get(way).status_code == 200


def test_each_thing_a_sheet_lacks_opens_the_page_where_it_is_given(woyzeck: Cast) -> None:
    venue = dossier_of(woyzeck.structure, woyzeck.production).find("event/besancon-1", Event).venue
    apply(woyzeck.structure, woyzeck.production, [set_(venue, ("address",))], actor=woyzeck.bob)
    found = []
    for path in (SHEET, f"feuilles/day_sheet/{DAY}/", "feuilles/day_sheet/2026-12-12/"):
        html = woyzeck.browser("bob").get(woyzeck.address(path)).content.decode()
        card = re.search(r"Il manque.*?</ul>", html, re.DOTALL).group(0)
        assert len(re.findall("<li>", card)) == len(re.findall("<li><a href=", card))
        found += re.findall(r'<li><a href="([^"]*)">([^<]*)</a>', card)
    ways = {text: href for href, text in reversed(found)}
    assert f"/fiche/{venue}/" in ways["adresse du lieu"]
    assert "/fiche/production/" in ways["accueil du lieu"]
    assert {woyzeck.browser("bob").get(href).status_code for href in {href for href, _text in found}} == {200}


def test_while_messages_leave_the_page_says_so_and_offers_no_reminder(woyzeck: Cast, settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    issue(woyzeck, "dana", "karim")
    answer = woyzeck.browser("bob").get(woyzeck.address(SHEET))
    assert "Envoi en cours. 2 messages à partir." in text_of(answer)
    assert answer.headers["Refresh"] == "3"
    assert "Relancer" not in text_of(answer)
    Delivery.objects.update(sent_at=NOW)
    assert "Envoi en cours" not in seen(woyzeck, SHEET)
    assert "Relancer les 2 qui n’ont pas confirmé" in seen(woyzeck, SHEET)


def test_the_office_records_what_it_read_aloud_signed_dated_and_counted_apart(woyzeck: Cast) -> None:
    apply(woyzeck.structure, woyzeck.production, [set_("person/karim", ("email",))], actor=woyzeck.bob)
    issue(woyzeck, "dana", "karim")
    karim = Delivery.objects.get(person="karim")
    assert "Lue de vive voix Karim Benali" in seen(woyzeck, SHEET)
    assert "Lue de vive voix Dana Morel" not in seen(woyzeck, SHEET)
    text = text_of(post(woyzeck, f"feuilles/envoi/{karim.pk}/remise/", how="aloud"))
    assert re.search(rf"lue de vive voix lun\. 2 nov\.[^,]*, 18:20 *, selon {woyzeck.bob}", text)
    assert "1 de vive voix ou en main propre" in text
    line = seen(woyzeck, "feuilles/")
    assert "0 sur 2 ont confirmé, 1 de vive voix ou en main propre" in line
    karim.refresh_from_db()
    assert (karim.handed, karim.handed_by, karim.confirmed_at) == ("aloud", woyzeck.bob, None)
    assert "selon" not in text_of(post(woyzeck, f"feuilles/envoi/{karim.pk}/remise/", how=""))
    assert post(woyzeck, f"feuilles/envoi/{karim.pk}/remise/", how="autre").status_code == 404
