"""The pages of pay: who sees them, what they say, the files they hand over, hours written for somebody."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filage.kernel.changes import add, set_
from filage_web.accounts.models import ProductionRole
from filage_web.payroll.queries import usual_month
from filage_web.store.changes import apply
from filage_web.store.queries import dossier_of, load_production
from support.cast import Cast

NIR = "290052500000012"
BASE = (
    add("position/marie", label="Marie"),
    add("person/dana", given_name="Dana", family_name="Morel"),
    add("person_private/dana", person="person/dana", nir=NIR, born_on="1990-05-04"),
    add("engagement/dana", position="position/marie", person="person/dana", phase="exploitation",
        starts_on="2026-11-05", ends_on="2026-11-06", unit="cachet", unit_pay="160"),
    add("event/p1", type="performance", day="2026-11-05", start="20:00", end="22:00"),
    add("event/p2", type="performance", day="2026-11-06", start="20:00", end="22:00"),
    add("participation/dana-1", event="event/p1", engagement="engagement/dana"),
    add("participation/dana-2", event="event/p2", engagement="engagement/dana"),
)  # fmt: skip
MONTH = "?mois=2026-11"


@pytest.fixture
def paid(cast: Cast) -> Cast:
    """Le Fil with one person engaged for two dates."""
    apply(cast.structure, "woyzeck", BASE, actor=cast.alice)
    return cast


def page(cast: Cast, path: str, who: str = "alice", status: int = 200) -> str:
    answer = cast.browser(who).get(cast.address(path))
    assert answer.status_code == status
    return answer.content.decode()


def another(number: int) -> list:
    return [
        add(f"person/p{number}", given_name="Personne", family_name=f"N{number}"),
        add(f"engagement/e{number}", position="position/marie", person=f"person/p{number}", phase="exploitation",
            starts_on="2026-11-05", ends_on="2026-11-05", unit="cachet", unit_pay="160"),
        add(f"participation/x{number}", event="event/p1", engagement=f"engagement/e{number}"),
    ]  # fmt: skip


def test_only_whoever_may_see_private_data_sees_pay(paid: Cast) -> None:
    seen = {
        who: paid.browser(who).get(paid.address(f"paie/{MONTH}")).status_code
        for who in ("alice", "agnes", "bob", "rene", "charlie", "anonymous")
    }
    assert seen == {"alice": 200, "agnes": 200, "bob": 200, "rene": 403, "charlie": 404, "anonymous": 302}


def test_the_navigation_names_pay_to_those_who_may_open_it_only(paid: Cast) -> None:
    line = f'href="{paid.address("paie/")}"'
    assert line in page(paid, "equipe/")
    assert line not in page(paid, "equipe/", "rene")


def test_the_page_says_who_to_pay_and_what_it_is_not(paid: Cast) -> None:
    html = page(paid, f"paie/{MONTH}")
    assert "Filage prépare la paie ; il n’émet pas de bulletin." in html
    assert "Dana Morel" in html
    assert "320,00" in html
    assert "contrat à signer" in html
    assert "adresse, IBAN, nationalité" in html
    assert NIR not in html


def test_without_anybody_engaged_it_says_what_to_do(cast: Cast) -> None:
    assert "Engager quelqu’un" in page(cast, "paie/")
    assert "Engager quelqu’un" in page(cast, "paie/declarations/")
    whole = cast.browser("alice").get("/s/le-fil/paie/").content.decode()
    assert "Personne n’est engagé" in whole


def test_a_month_without_anybody_leads_to_those_with_somebody(paid: Cast) -> None:
    html = page(paid, "paie/?mois=2027-03")
    assert "Personne à payer en mars 2027" in html
    assert 'href="?mois=2026-11"' in html


def test_a_month_that_is_none_is_not_found(paid: Cast) -> None:
    page(paid, "paie/?mois=demain", status=404)


@pytest.mark.parametrize(
    ("months", "today", "expected"),
    [
        (("2026-09", "2026-11"), "2026-10", "2026-09"), (("2026-09", "2026-11"), "2026-11", "2026-11"),
        (("2026-12",), "2026-11", "2026-12"), ((), "2026-11", "2026-11"),
    ],
)  # fmt: skip
def test_the_month_shown_first_is_the_last_one_begun(months, today: str, expected: str) -> None:
    from datetime import date

    assert usual_month(months, date.fromisoformat(f"{today}-15")) == expected


def rows(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_files_are_handed_over_without_private_data(paid: Cast) -> None:
    alice = paid.browser("alice")
    for paper, kind in (
        ("classeur", "spreadsheetml"),
        ("decomptes", "pdf"),
        ("aem", "csv"),
        ("conges-spectacles", "csv"),
    ):
        answer = alice.get(paid.address(f"paie/fichier/{paper}/{MONTH}"))
        assert (answer.status_code, kind in answer["Content-Type"]) == (200, True)
        assert answer["Cache-Control"] == "no-store"
        assert NIR.encode() not in answer.content
    [row] = rows(alice.get(paid.address(f"paie/fichier/lignes/{MONTH}")))
    assert (row["nom"], row["brut"], "nir" in row) == ("Morel", "320,00", False)


def test_private_data_are_exported_by_heads_alone(paid: Cast) -> None:
    where = paid.address(f"paie/fichier/lignes/{MONTH}&prive=1")
    [row] = rows(paid.browser("alice").get(where))
    assert (row["nir"], row["naissance"]) == (NIR, "04/05/1990")
    assert paid.browser("bob").get(where).status_code == 403
    whole = f"/s/le-fil/paie/fichier/lignes/{MONTH}&prive=1"
    assert (paid.browser("agnes").get(whole).status_code, paid.browser("bob").get(whole).status_code) == (
        200,
        403,
    )


def test_an_unknown_file_is_not_found(paid: Cast) -> None:
    page(paid, f"paie/fichier/bulletin/{MONTH}", status=404)
    page(paid, "paie/fichier/decomptes/?mois=2027-03", status=404)


def second_production(cast: Cast, slug: str) -> None:
    opening = [
        add(f"production/{slug}", label=f"Pièce {slug}", form="theatre"),
        add("position/marie", label="Marie"),
        add("engagement/dana", position="position/marie", person="person/dana", phase="exploitation",
            starts_on="2026-11-20", ends_on="2026-11-20", unit="cachet", unit_pay="200", quantity="1"),
    ]  # fmt: skip
    apply(cast.structure, slug, opening, actor=cast.alice)


def test_the_structure_pays_all_its_productions_together(paid: Cast) -> None:
    second_production(paid, "leonce")
    html = paid.browser("alice").get(f"/s/le-fil/paie/{MONTH}").content.decode()
    assert "Pièce leonce" in html
    assert "520,00" in html


def test_a_production_one_only_reads_is_left_out_of_the_structures_pay(paid: Cast) -> None:
    second_production(paid, "leonce")
    ProductionRole.objects.create(structure=paid.structure, production="leonce", user=paid.bob, role="reader")
    html = paid.browser("bob").get(f"/s/le-fil/paie/{MONTH}").content.decode()
    assert ("Pièce leonce" in html, "Dana Morel" in html) == (False, True)


def test_the_same_number_of_queries_for_one_and_for_three_of_everything(paid: Cast) -> None:
    paths = [
        paid.address(f"paie/{path}{MONTH}") for path in ("", "heures/", "declarations/", "decompte/dana/")
    ]
    paths.append(f"/s/le-fil/paie/{MONTH}")
    counts = []
    for number in (1, 2, 3):
        if number > 1:
            apply(paid.structure, "woyzeck", another(number), actor=paid.alice)
            second_production(paid, f"piece-{number}")
        for path in paths:
            assert paid.browser("alice").get(path).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            for path in paths:
                paid.browser("alice").get(path)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]


def test_a_change_shows_in_the_structures_pay_at_once(paid: Cast) -> None:
    alice = paid.browser("alice")
    assert "320,00" in alice.get(f"/s/le-fil/paie/{MONTH}").content.decode()
    apply(paid.structure, "woyzeck", [set_("engagement/dana", unit_pay="200")], actor=paid.alice)
    assert "400,00" in alice.get(f"/s/le-fil/paie/{MONTH}").content.decode()


def part(cast: Cast, ident: str = "dana-1"):
    return dossier_of(cast.structure, "woyzeck").get(f"participation/{ident}")


def test_production_writes_the_hours_of_somebody(paid: Cast) -> None:
    typed = {
        "dana-1-start": "19:00",
        "dana-1-end": "22h30",
        "dana-1-pause_start": "20:30",
        "dana-1-pause_end": "20:45",
    }
    answer = paid.browser("bob").post(paid.address("paie/heures/dana-1/"), typed)
    assert answer.status_code == 302
    written = part(paid)
    assert (str(written.actual_start)[:5], str(written.actual_end)[:5], len(written.actual_breaks)) == (
        "19:00", "22:30", 1,
    )  # fmt: skip
    html = page(paid, f"paie/heures/{MONTH}&vue=gap")
    assert "+1 h 15" in html.replace("\u00a0", " ")


def test_hours_that_cannot_be_are_refused_with_every_reason(paid: Cast) -> None:
    typed = {"dana-1-start": "19:00", "dana-1-end": "", "dana-1-pause_start": "20:30"}
    answer = paid.browser("bob").post(paid.address("paie/heures/dana-1/"), typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Écrivez l’heure" in html
    assert "le début et la fin de la pause" in html
    outside = {
        "dana-1-start": "19:00",
        "dana-1-end": "22:00",
        "dana-1-pause_start": "12:00",
        "dana-1-pause_end": "13:00",
    }
    answer = paid.browser("bob").post(paid.address("paie/heures/dana-1/"), outside)
    assert "n’est pas dans les heures faites" in answer.content.decode()
    assert part(paid).actual_start is None


def test_two_people_at_once_do_not_overwrite_each_other(paid: Cast) -> None:
    seen = load_production(paid.structure, "woyzeck").revisions["participation/dana-1"]
    apply(paid.structure, "woyzeck", [set_("participation/dana-1", call="18:00")], actor=paid.alice)
    typed = {"dana-1-start": "19:00", "dana-1-end": "22:00", "_seen": str(seen)}
    answer = paid.browser("bob").post(paid.address("paie/heures/dana-1/"), typed, follow=True)
    assert "vient de changer cet horaire" in answer.content.decode()
    assert part(paid).actual_start is None


def test_a_reader_writes_no_hours(paid: Cast) -> None:
    assert paid.browser("rene").post(paid.address("paie/heures/dana-1/"), {}).status_code == 403
    assert paid.browser("charlie").post(paid.address("paie/heures/dana-1/"), {}).status_code == 404


def test_a_disagreement_is_shown_and_closed(paid: Cast) -> None:
    apply(paid.structure, "woyzeck", [set_("participation/dana-1", contested="Fini à 23 h.")], actor=None)
    assert "Fini à 23 h." in page(paid, f"paie/heures/{MONTH}&vue=issue")
    paid.browser("bob").post(paid.address("paie/heures/dana-1/"), {"settle": "1"})
    assert part(paid).contested is None


def test_the_declarations_name_what_is_to_be_reported(paid: Cast) -> None:
    html = page(paid, f"paie/declarations/{MONTH}")
    assert "Heures à déclarer" in html
    assert "numéro d’objet" in html
    assert "mar. 15 déc. 2026" in html.replace("\u00a0", " ")


def test_the_record_of_somebody_unknown_is_not_found(paid: Cast) -> None:
    page(paid, f"paie/decompte/zorro/{MONTH}", status=404)
    answer = paid.browser("alice").get(paid.address(f"paie/decompte/dana/pdf/{MONTH}"))
    assert answer.content.startswith(b"%PDF")


def test_no_form_of_the_office_validates_hours_for_somebody(paid: Cast) -> None:
    html = page(paid, "fiche/participation/dana-1/")
    assert 'name="actual_start"' in html
    assert [name for name in ("validated_on", "validated_as", "contested") if f'name="{name}"' in html] == []
