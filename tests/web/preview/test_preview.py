"""A change is shown before it is written, confirmed, refused, undone; two people never overwrite each other."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest

from filage.facts.changing import apply_changes
from filage.facts.dossier import Dossier
from filage.facts.employer import Employer, OwnRate
from filage.kernel.changes import add, set_
from filage.kernel.finding import Finding
from filage_web.preview.settled import settled_words
from filage_web.preview.words import field_changes
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet
from filage_web.store.queries import load_production
from support.cast import Cast

FACTS = (
    add("person/dana", given_name="Dana", family_name="Morel"),
    add("position/marie", label="Marie"),
    add("engagement/dana", position="position/marie", person="person/dana", phase="exploitation",
        starts_on="2026-11-05", ends_on="2026-11-14", unit="cachet", unit_pay="160", contract="signed"),
    add("venue/ecluse", label="L’Écluse", city="Besançon"),
    add("event/p1", type="performance", day="2026-11-14", start="20:00", end="22:00", venue="venue/ecluse"),
    add("participation/p1", event="event/p1", engagement="engagement/dana"),
)  # fmt: skip


@pytest.fixture
def woyzeck(cast: Cast) -> Cast:
    apply(cast.structure, cast.production, FACTS, actor=cast.alice)
    return cast


def hidden(html: str) -> dict[str, str]:
    from html import unescape

    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html)
    return {name: unescape(value) for name, value in reversed(found) if name != "csrfmiddlewaretoken"}


def edit(cast: Cast, who: str, **typed: Any) -> Any:
    loaded = load_production(cast.structure, cast.production)
    values = {
        "type": "performance", "day": "2026-11-14", "start": "20:00", "end": "22:00", "venue": "venue/ecluse",
        "option": "confirmed", "_seen": loaded.revisions["event/p1"],
    }  # fmt: skip
    return cast.browser(who).post(cast.address("fiche/event/p1/"), values | typed)


def event(cast: Cast) -> Any:
    return load_production(cast.structure, cast.production).dossier.get("event/p1")


def confirm(cast: Cast, who: str, draft: dict[str, str], **more: Any) -> Any:
    return cast.browser(who).post(cast.address("effet/"), draft, **more)


def test_shows_the_effect_and_writes_nothing(woyzeck: Cast) -> None:
    answer = edit(woyzeck, "bob", day="15/11/2026", start="17h")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "sam. 14 nov., 20:00 → dim. 15 nov., 17:00" in page.replace("\u00a0", " ")
    assert "Rien n’est enregistré tant que vous n’avez pas confirmé." in page
    assert "Contrat de Dana Morel" in page
    assert "avenant" in page
    assert event(woyzeck).day.isoformat() == "2026-11-14"


def test_writes_once_confirmed_and_offers_to_undo(woyzeck: Cast) -> None:
    draft = hidden(edit(woyzeck, "bob", day="15/11/2026").content.decode())
    answer = woyzeck.browser("bob").post(woyzeck.address("effet/"), draft, follow=True)
    assert event(woyzeck).day.isoformat() == "2026-11-15"
    written = ChangeSet.objects.latest("pk")
    assert written.actor == woyzeck.bob
    undo = woyzeck.address(f"effet/annuler/{written.pk}/")
    assert undo in answer.content.decode()
    woyzeck.browser("bob").post(undo)
    assert event(woyzeck).day.isoformat() == "2026-11-14"


def test_from_the_panel_the_whole_window_goes_back(woyzeck: Cast) -> None:
    draft = hidden(edit(woyzeck, "bob", day="15/11/2026").content.decode())
    answer = confirm(woyzeck, "bob", draft, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith(woyzeck.address())


def test_nothing_changed_says_so(woyzeck: Cast) -> None:
    before = ChangeSet.objects.count()
    answer = edit(woyzeck, "bob")
    assert answer.status_code == 302
    assert ChangeSet.objects.count() == before


def test_the_second_of_two_saves_sees_both_versions(woyzeck: Cast) -> None:
    draft = hidden(edit(woyzeck, "bob", day="15/11/2026").content.decode())
    apply(
        woyzeck.structure,
        "woyzeck",
        [set_("event/p1", day="2026-11-21")],
        actor=woyzeck.alice,
        label="Report",
    )
    draft["digest"] = ""
    answer = confirm(woyzeck, "bob", draft)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Garder celle de Alice Ferrand" in page
    assert "21 nov. 2026" in page
    assert "15 nov. 2026" in page
    assert event(woyzeck).day.isoformat() == "2026-11-21"
    assert confirm(woyzeck, "bob", hidden(page)).status_code == 302
    assert event(woyzeck).day.isoformat() == "2026-11-15"


def test_shows_the_effect_again_when_another_write_changed_it(woyzeck: Cast) -> None:
    draft = hidden(edit(woyzeck, "bob", option="cancelled").content.decode())
    apply(woyzeck.structure, "woyzeck", [set_("engagement/dana", unit_pay="500")], actor=woyzeck.alice)
    answer = confirm(woyzeck, "bob", draft)
    assert answer.status_code == 200
    assert "Voici l’effet recalculé" in answer.content.decode()
    assert event(woyzeck).option == "confirmed"
    assert confirm(woyzeck, "bob", hidden(answer.content.decode())).status_code == 302
    assert event(woyzeck).option == "cancelled"


def test_another_write_without_effect_on_this_one_does_not_stop_it(woyzeck: Cast) -> None:
    draft = hidden(edit(woyzeck, "bob", day="15/11/2026").content.decode())
    apply(woyzeck.structure, "woyzeck", [set_("venue/ecluse", capacity="300")], actor=woyzeck.alice)
    assert confirm(woyzeck, "bob", draft).status_code == 302
    assert event(woyzeck).day.isoformat() == "2026-11-15"


def test_a_reader_may_not_confirm_and_a_kind_beyond_ones_role_is_refused(woyzeck: Cast) -> None:
    draft = hidden(edit(woyzeck, "bob", day="15/11/2026").content.decode())
    assert confirm(woyzeck, "rene", draft).status_code == 403
    changes = [{"op": "set", "about": "employer/le-fil", "values": {"label": "Autre"}}]
    answer = confirm(woyzeck, "bob", draft | {"changes": json.dumps(changes), "digest": ""})
    assert answer.status_code == 403


def test_what_is_referred_to_is_not_removed_and_says_by_whom(woyzeck: Cast) -> None:
    answer = woyzeck.browser("bob").post(woyzeck.address("fiche/position/marie/retirer/"))
    assert answer.status_code == 422
    assert "Dana Morel, Marie" in answer.content.decode()


def test_a_request_one_cannot_read_is_refused_in_words(woyzeck: Cast) -> None:
    answer = confirm(woyzeck, "bob", {"changes": "x"})
    assert answer.status_code == 422
    assert "Rien n’a été enregistré" in answer.content.decode()


def test_an_address_of_another_site_is_never_followed(woyzeck: Cast) -> None:
    draft = hidden(edit(woyzeck, "bob", day="15/11/2026").content.decode())
    answer = confirm(woyzeck, "bob", draft | {"back": "//ailleurs.test/"})
    assert answer["Location"].startswith("/s/le-fil/")


def test_private_data_are_saved_after_a_preview_that_does_not_repeat_them(woyzeck: Cast) -> None:
    private = "269054958815780"
    first = add("person_private/dana", person="person/dana", nir="1")
    apply(woyzeck.structure, "woyzeck", [first], actor=woyzeck.alice)
    typed = {"person": "person/dana", "nir": private, "_seen": ChangeSet.objects.latest("pk").pk}
    answer = woyzeck.browser("bob").post(woyzeck.address("fiche/person_private/dana/"), typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count(private) == 2  # in the two forms that confirm or correct, and nowhere else
    assert confirm(woyzeck, "bob", hidden(page)).status_code == 302
    assert private not in ChangeSet.objects.latest("pk").label


def test_the_sheet_leads_back_to_the_form_as_it_was_typed(woyzeck: Cast) -> None:
    sheet = edit(woyzeck, "bob", day="15/11/2026", label="Report").content.decode()
    again = sheet.partition('class="removal"')[2]
    typed = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', again)) | {"_again": "1"}
    typed.pop("csrfmiddlewaretoken", None)
    answer = woyzeck.browser("bob").post(woyzeck.address("fiche/event/p1/"), typed)
    assert answer.status_code == 200
    assert 'value="Report"' in answer.content.decode()
    assert 'value="15/11/2026"' in answer.content.decode()


LOW = add(
    "engagement/dana", position="position/marie", person="person/dana", phase="exploitation",
    starts_on="2026-11-05", ends_on="2026-11-14", unit="cachet", unit_pay="20", quantity="1",
)  # fmt: skip


def underpaid(cast: Cast) -> None:
    employer = load_production(cast.structure, cast.production).dossier.employer
    facts = [
        set_(employer.about, idcc="1285"),
        FACTS[0],
        add("position/marie", label="Marie", job="Artiste dramatique ou chorégraphique"),
        LOW,
    ]
    apply(cast.structure, cast.production, facts, actor=cast.alice)


def test_the_effect_of_a_way_out_is_shown_from_its_finding(cast: Cast) -> None:
    underpaid(cast)
    page = cast.browser("bob").get(cast.address()).content.decode()
    (address,) = set(re.findall(r'hx-get="([^"]*/remede/[^"]*)"', page))
    sheet = cast.browser("bob").get(address).content.decode()
    assert "Rien n’est enregistré tant que vous n’avez pas confirmé." in sheet
    cast.browser("bob").post(cast.address("effet/"), hidden(sheet))
    assert load_production(cast.structure, cast.production).dossier.get("engagement/dana").unit_pay > 20  # type: ignore[union-attr]
    assert cast.browser("bob").get(address).status_code == 422


def test_a_reader_sees_a_way_out_without_the_button_that_takes_it(cast: Cast) -> None:
    underpaid(cast)
    page = cast.browser("rene").get(cast.address()).content.decode()
    assert re.findall(r'hx-get="([^"]*/remede/[^"]*)"', page) == []


def test_what_is_wrong_with_several_people_is_said_once_and_settled_at_once(cast: Cast) -> None:
    underpaid(cast)
    again = [
        add("person/karim", given_name="Karim", family_name="Benali"),
        add("engagement/karim", position="position/marie", person="person/karim", phase="exploitation",
            starts_on="2026-11-05", ends_on="2026-11-14", unit="cachet", unit_pay="20", quantity="1"),
    ]  # fmt: skip
    apply(cast.structure, cast.production, again, actor=cast.alice)
    page = cast.browser("bob").get(cast.address()).content.decode()
    assert "<b>Dana Morel, Karim Benali</b> : Payé" in page
    (address,) = set(re.findall(r'hx-get="([^"]*/remede/[^"]*)"', page))
    cast.browser("bob").post(
        cast.address("effet/"), hidden(cast.browser("bob").get(address).content.decode())
    )
    after = load_production(cast.structure, cast.production).dossier
    assert {after.get(f"engagement/{who}").unit_pay for who in ("dana", "karim")} == {Decimal("162.75")}  # type: ignore[union-attr]
    assert cast.browser("bob").get(address).status_code == 422


def _own(parameter: str, value: str) -> OwnRate:
    return OwnRate(
        parameter=parameter, value=Decimal(value), starts_on=date(2026, 1, 1), source="Notification"
    )


def test_names_a_value_of_the_structure_by_its_label_and_tells_only_what_moves() -> None:
    employer = Employer(id="le-fil", label="Le Fil", rates=(_own("paie.atmp_technicien", "0.016"),))
    after = employer.model_copy(update={"rates": (*employer.rates, _own("paie.atmp_artiste", "0.0119"))})
    [(title, was, now)] = field_changes(employer, after, Dossier.of_facts([employer]))
    assert (title, was) == ("Taux propres à la structure", "–")
    assert now.startswith("AT/MP artistes")
    assert "1,19" in now
    assert "paie." not in now


def test_what_is_settled_is_told_once_with_whom_it_was_about() -> None:
    people = [
        fact
        for who, name in (("a", "Aline"), ("b", "Marcel"), ("c", "Idris"), ("d", "Zoé"))
        for fact in (
            add(f"person/{who}", given_name=name, family_name="Roux"),
            add(f"engagement/{who}", position="position/jeu", person=f"person/{who}", phase="production",
                starts_on="2026-11-05", ends_on="2026-11-14", unit="hour", unit_pay="18"),
        )
    ]  # fmt: skip
    dossier = apply_changes(Dossier.of_facts([]), [add("position/jeu", label="Jeu"), *people])
    due = [
        Finding("pay.premium_due", "warning", f"engagement/{who}", f"Heures supplémentaires : {rank} h.")
        for rank, who in enumerate("abcd")
    ]
    rest = Finding("worktime.limit", "blocking", "person/a", "Aline Roux, lun. 28 déc. : repos, 9 h.")
    twice = [Finding("x.low", "warning", about, "Lieu sans adresse.") for about in ("venue/a", "venue/b")]
    assert settled_words([*due, rest, *twice], dossier) == [
        "Réglé pour Aline Roux, Marcel Roux et 2 autres : Heures supplémentaires.",
        "Réglé : Aline Roux, lun. 28 déc. : repos, 9 h.",
        "Réglé : Lieu sans adresse. (2 fois)",
    ]
    both = [Finding("calendar.overlap", "blocking", f"person/{who}", f"{name} Roux est à la fois à « A » et à « B ».")
            for who, name in (("a", "Aline"), ("b", "Marcel"))]  # fmt: skip
    assert settled_words(both, dossier) == [
        "Réglé pour Aline Roux et Marcel Roux : À la fois à « A » et à « B »."
    ]
    assert settled_words(due[:1], dossier) == ["Réglé pour Aline Roux : Heures supplémentaires : 0 h."]
    assert settled_words(due[:2], dossier) == [
        "Réglé pour Aline Roux et Marcel Roux : Heures supplémentaires."
    ]


def test_several_dates_are_counted_in_words_under_a_title_of_their_own(woyzeck: Cast) -> None:
    apply(woyzeck.structure, woyzeck.production, [
        add("event/p2", type="performance", day="2026-11-13", start="20:00", end="22:00"),
        add("participation/p2", event="event/p2", engagement="engagement/dana"),
    ], actor=woyzeck.alice)  # fmt: skip
    draft = {"changes": json.dumps([
        {"op": "set", "about": f"{kind}/p{rank}", "values": values}
        for rank in (1, 2)
        for kind, values in (("event", {"start": "19:00"}), ("participation", {"call": "17:00"}))
    ]), "title": "Poser « Tournage »", "digest": "0", "revision": "1", "back": "/"}  # fmt: skip
    page = unescape(confirm(woyzeck, "bob", draft).content.decode())
    assert "<p>2 jours, 2 dates, 2 convocations</p>" in page
    assert "et 1 autre" not in page
    page = unescape(confirm(woyzeck, "bob", draft | {"title": ""}).content.decode())
    assert "et 1 autre date" in page


def test_a_sheet_says_once_what_would_be_wrong_with_several_and_adds_their_remedy_at_once(cast: Cast) -> None:
    underpaid(cast)
    karim = [
        set_("position/marie", clear=("job",)),
        add("person/karim", given_name="Karim", family_name="Benali"),
        add("engagement/karim", position="position/marie", person="person/karim", phase="exploitation",
            starts_on="2026-11-05", ends_on="2026-11-14", unit="cachet", unit_pay="20", quantity="1"),
    ]  # fmt: skip
    apply(cast.structure, cast.production, karim, actor=cast.alice)
    values = {
        "label": "Marie", "status": "artiste", "department": "artistic", "people": "1",
        "job": "Artiste dramatique ou chorégraphique",
        "_seen": load_production(cast.structure, cast.production).revisions["position/marie"],
    }  # fmt: skip
    html = cast.browser("bob").post(cast.address("fiche/position/marie/"), values).content.decode()
    assert "<b>Dana Morel, Karim Benali</b> : Payé" in html
    assert "/remede/" not in html
    (both,) = re.findall(r'name="remedy" value="(\d+-\d+\.\d+)"', html)
    settled = confirm(cast, "bob", hidden(html) | {"remedy": both})
    cast.browser("bob").post(cast.address("effet/"), hidden(settled.content.decode()))
    after = load_production(cast.structure, cast.production).dossier
    assert {after.get(f"engagement/{who}").unit_pay for who in ("dana", "karim")} == {Decimal("162.75")}  # type: ignore[union-attr]
