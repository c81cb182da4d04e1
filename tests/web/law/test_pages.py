"""The law's pages: values on a day, what a year costs the same team, what to read again, the structure's own value."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filage.facts.reading import read_dossier
from filage.kernel.changes import add, set_
from filage_web.store.changes import apply
from filage_web.store.imports import import_dossier
from filage_web.store.queries import load_production
from support.cast import Cast
from support.dossiers import SMALL

pytestmark = pytest.mark.django_db
HERE = "/s/le-fil/p/petite/droit/"
OWN = "paie.atmp_technicien"


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-22 12:00:00+01:00"):
        yield


@pytest.fixture
def small(cast: Cast) -> Cast:
    import_dossier(
        cast.structure,
        read_dossier(SMALL.encode()),
        actor=cast.alice,
        decisions={"employer/le-fil": "theirs"},
    )
    return cast


def page(cast: Cast, path: str = "", who: str = "bob", status: int = 200, **data: str) -> str:
    answer = cast.browser(who).get(HERE + path, data)
    assert answer.status_code == status, answer.status_code
    return plain(answer)


def plain(answer: Any) -> str:
    return unescape(answer.content.decode()).replace("\u202f", " ").replace("\u00a0", " ")


def row(html: str, ident: str) -> str:
    found = re.search(rf'<tr id="value-{re.escape(ident)}">(.*?)</tr>', html, re.DOTALL)
    assert found is not None
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1]))


def test_shows_every_value_on_a_day_under_its_subject_beside_the_year_before(small: Cast) -> None:
    html = page(small)
    assert "Retraite complémentaire" in html
    ceiling = row(html, "paie.pmss")
    assert ["4 005,00 €" in ceiling, "3 925,00 €" in ceiling, "+80,00 €" in ceiling] == [True, True, True]
    assert "Barème Urssaf repris par modele-social" in ceiling
    assert "1er janv. 2026" in ceiling
    assert "31 déc. 2026" in ceiling
    assert "+0,09 pt" in row(html, "paie.vieillesse_deplafonnee_employeur")


def test_shows_doubts_with_their_warning_and_own_values_with_their_source(small: Cast) -> None:
    html = page(small)
    artists = row(html, "paie.atmp_artiste")
    assert "à vérifier" in artists
    assert "1,19 %" in artists
    technicians = row(html, OWN)
    assert "de la structure" in technicians
    assert "notification Carsat" in technicians


def test_a_day_not_yet_known_is_shown_as_assumed(small: Cast) -> None:
    ceiling = row(page(small, jour="2027-02-01"), "paie.pmss")
    assert "supposée" in ceiling
    assert "Plafond mensuel : valeur 2026 reprise pour 2027" in ceiling


@pytest.mark.parametrize("jour", ["hier", "", "0001-01-01", "2026-02-30"])
def test_a_day_that_is_none_is_today(small: Cast, jour: str) -> None:
    assert "valeurs en vigueur le dim. 22 nov. 2026" in page(small, jour=jour)


def test_the_search_ignores_case_and_accents(small: Cast) -> None:
    html = page(small, mots="CONGES spectacles")
    assert 'id="value-paie.conges_spectacles"' in html
    assert 'id="value-paie.pmss"' not in html
    assert "Aucune valeur ne parle de cela" in page(small, mots="zzz")


def shown(html: str) -> list[str]:
    return re.findall(r'<tr id="value-([^"]+)">', html)


@pytest.mark.parametrize(
    ("only", "there"),
    [("doutes", "paie.atmp_artiste"), ("structure", OWN), ("supposees", "paie.minimum_garanti"),
     ("changements", "paie.pmss")],
)  # fmt: skip
def test_the_counts_lead_to_what_they_count(small: Cast, only: str, there: str) -> None:
    everything, kept = page(small), shown(page(small, montrer=only))
    count = re.search(rf'montrer={only}"[^>]*>.*?<b>(\d+)</b>', everything, re.DOTALL)
    assert count is not None
    assert (int(count[1]), there in kept) == (len(kept), True)
    assert len(shown(page(small, montrer="autre"))) == len(shown(everything))


def test_a_value_has_its_page_with_its_history_and_what_reads_it(small: Cast) -> None:
    html = page(small, "valeur/paie.vieillesse_deplafonnee_employeur/")
    assert "2,02 %" in html
    assert "2,11 %" in html
    assert "Dana Morel, Marie" in html
    assert "Vieillesse déplafonnée" in html
    page(small, "valeur/paie.inconnue/", status=404)


def test_an_own_value_says_what_the_law_said(small: Cast) -> None:
    apply(small.structure, "petite", [set_("employer/fil", rates=[
        {"parameter": "paie.pmss", "value": "4100", "starts_on": "2026-01-01", "source": "JO"}])],
        actor=small.alice)  # fmt: skip
    html = page(small, "valeur/paie.pmss/")
    assert "4 100,00 €" in html
    assert "Le droit commun dit 4 005,00 €" in html


def test_the_year_costs_the_same_team_this_much_and_says_why(small: Cast) -> None:
    html = page(small, "annee/")
    total = re.search(r"Même équipe, droit 2025 → 2026</p><p class=\"figure\"><a[^>]*>(\+[\d ,]+ €)<", html)
    assert total is not None
    why = page(small, "annee/pourquoi/total/")
    assert total[1] in why
    assert "annee/pourquoi/employer/maladie/?vers=2026" in why
    assert "Assurance maladie" in page(small, "annee/pourquoi/employer/maladie/")
    assert "Dana Morel" in page(small, "annee/pourquoi/engagement/dana/")
    page(small, "annee/pourquoi/employer/rien/", status=404)


def test_the_year_says_what_it_does_not_compare(small: Cast) -> None:
    html = page(small, "annee/")
    assert "Ce qui n’est pas comparé" in html
    assert "valeur de la structure non saisie pour cette année" in html


def test_the_next_year_is_said_to_be_assumed(small: Cast) -> None:
    html = page(small, "annee/", vers="2027")
    assert "Valeurs supposées." in html
    assert "valeur 2026 reprise pour 2027" in html
    assert "Même équipe, droit 2025 → 2026" in page(small, "annee/", vers="n’importe quoi")


def test_a_year_before_the_first_values_is_said_and_counts_nothing(small: Cast) -> None:
    html = page(small, "annee/", vers="2020")
    assert "aucune valeur connue avant" in html
    assert ">0,00 €<" in html


def test_what_to_read_again_weighs_what_rests_on_it(small: Cast) -> None:
    html = page(small, "a-revoir/", who="alice")
    here, elsewhere = html.split("Sans effet ici pour l’instant")
    assert "AT/MP artistes" in here
    assert re.search(r"\d,\d\d € de lignes de paie en dépendent, 1 engagement", here)
    assert "Minimum garanti" in elsewhere
    assert "Donner la valeur" in here


def test_what_only_the_structure_knows_is_asked(small: Cast) -> None:
    apply(small.structure, "petite", [set_("employer/fil", clear=("rates",))], actor=small.alice)
    html = page(small, "a-revoir/")
    assert "manque à 1 engagement" in html
    assert "Élie Vasseur" in html


def test_an_empty_production_says_what_to_do(cast: Cast) -> None:
    def text(path: str) -> str:
        return plain(cast.browser("bob").get(cast.address(path)))

    assert "Personne n’est encore engagé" in text("droit/annee/")
    assert "Rien à revoir parmi les valeurs employées ici" in text("droit/a-revoir/")


TYPED = {
    "value": "1,3 %",
    "starts_on": "2026-01-01",
    "ends_on": "",
    "source": "Notification Carsat du 12 janv.",
}


def confirm(cast: Cast, answer: Any) -> Any:
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.content.decode())
    draft = {name: unescape(value) for name, value in reversed(hidden) if name != "csrfmiddlewaretoken"}
    return cast.browser("alice").post("/s/le-fil/p/petite/effet/", draft)


def own_rates(cast: Cast) -> dict[str, tuple[str, str, str | None]]:
    rates = load_production(cast.structure, "petite").dossier.employer.rates
    return {
        f"{r.parameter}@{r.starts_on}": (str(r.value), r.source, r.ends_on and r.ends_on.isoformat())
        for r in rates
    }


def test_the_structure_gives_its_own_value_after_seeing_its_effect(small: Cast) -> None:
    answer = small.browser("alice").post(HERE + "valeur/paie.atmp_artiste/structure/", TYPED)
    assert answer.status_code == 200
    assert "paie.atmp_artiste@2026-01-01" not in own_rates(small)
    assert "Valeur de la structure : AT/MP artistes (code risque national 923AC), 1,3 %" in plain(answer)
    assert confirm(small, answer).status_code == 302
    assert own_rates(small) == {
        f"{OWN}@2026-01-01": ("0.016", "notification Carsat", None),
        "paie.atmp_artiste@2026-01-01": ("0.013", "Notification Carsat du 12 janv.", None),
    }
    assert "de la structure" in row(page(small), "paie.atmp_artiste")


def test_a_later_value_closes_the_one_before_and_the_same_day_replaces_it(small: Cast) -> None:
    answer = small.browser("alice").post(
        HERE + f"valeur/{OWN}/structure/", TYPED | {"starts_on": "01/07/2026"}
    )
    confirm(small, answer)
    assert own_rates(small)[f"{OWN}@2026-01-01"][2] == "2026-06-30"
    until_june = TYPED | {"value": "2", "ends_on": "2026-06-30"}
    confirm(small, small.browser("alice").post(HERE + f"valeur/{OWN}/structure/", until_june))
    assert own_rates(small)[f"{OWN}@2026-01-01"] == ("0.02", TYPED["source"], "2026-06-30")


def test_what_is_wrong_is_said_under_each_field_and_nothing_is_lost(small: Cast) -> None:
    typed = {"value": "mille", "starts_on": "", "ends_on": "32/01/2026", "source": ""}
    answer = small.browser("alice").post(HERE + f"valeur/{OWN}/structure/", typed)
    html = plain(answer)
    assert answer.status_code == 422
    assert html.count("À remplir.") == 2
    assert "« mille » n’est pas un taux" in html
    assert "Janvier 2026 a 31 jours" in html
    assert 'value="mille"' in html


def test_an_end_before_the_start_is_refused(small: Cast) -> None:
    answer = small.browser("alice").post(HERE + f"valeur/{OWN}/structure/", TYPED | {"ends_on": "2025-12-31"})
    assert answer.status_code == 422
    assert "finit avant de commencer" in plain(answer)


def test_only_those_who_commit_the_structure_give_its_values(small: Cast) -> None:
    assert small.browser("bob").get(HERE + f"valeur/{OWN}/structure/").status_code == 403
    assert "Donner la valeur" not in page(small, "a-revoir/")
    assert "Donner la valeur de la structure" in page(small, f"valeur/{OWN}/", who="alice")


def test_the_same_number_of_queries_for_two_engagements_and_for_five(small: Cast) -> None:
    counts = []
    paths = ("", "annee/", "a-revoir/", f"valeur/{OWN}/")
    for number in (0, 3):
        more = [
            change
            for i in range(number)
            for change in (
                add(f"person/p{i}", given_name="P", family_name=str(i)),
                add(f"engagement/e{i}", position="position/marie", person=f"person/p{i}", phase="exploitation",
                    starts_on="2026-11-05", ends_on="2026-11-14", unit="cachet", unit_pay="160", quantity="2"),
            )
        ]  # fmt: skip
        if more:
            apply(small.structure, "petite", more, actor=small.alice)
        for path in paths:
            page(small, path)
        with CaptureQueriesContext(connection) as queries:
            for path in paths:
                page(small, path)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_doubt_of_the_law_leads_to_the_doubtful_values(small: Cast) -> None:
    html = plain(small.browser("bob").get("/s/le-fil/p/petite/"))
    assert 'href="/s/le-fil/p/petite/droit/?montrer=doutes"' in html
    sheet = plain(small.browser("bob").get("/s/le-fil/p/petite/structure/"))
    assert 'href="/s/le-fil/p/petite/droit/"' in sheet


@pytest.mark.parametrize(
    ("parameter", "typed", "kept"),
    [
        ("paie.pmss", "4 100,50 €", "4100.5"),
        ("paie.heures_mensuelles_legales", "151,67", "151.67"),
        ("paie.rgdu_artiste", "Oui", "1"),
        ("paie.rgdu_puissance", "1,8", "1.8"),
        ("paie.dialogue_social", "0,016", "0.00016"),
    ],
)
def test_a_value_is_typed_in_the_unit_of_its_parameter(
    small: Cast, parameter: str, typed: str, kept: str
) -> None:
    answer = small.browser("alice").post(HERE + f"valeur/{parameter}/structure/", TYPED | {"value": typed})
    assert confirm(small, answer).status_code == 302
    assert own_rates(small)[f"{parameter}@2026-01-01"][0] == kept


@pytest.mark.parametrize(
    ("parameter", "typed"), [("paie.rgdu_artiste", "peut-être"), ("paie.pmss", "beaucoup")]
)
def test_a_value_of_another_unit_is_refused(small: Cast, parameter: str, typed: str) -> None:
    path = HERE + f"valeur/{parameter}/structure/"
    answer = small.browser("alice").post(path, TYPED | {"value": typed})
    assert answer.status_code == 422
    assert small.browser("alice").get(HERE + "valeur/paie.zzz/structure/").status_code == 404


def test_the_form_proposes_the_value_to_confirm(small: Cast) -> None:
    html = plain(small.browser("alice").get(HERE + "valeur/paie.vieillesse_deplafonnee_employeur/structure/"))
    assert 'value="2,11"' in html
    assert 'value="2026-01-01"' in html


def test_who_may_is_led_to_the_expected_change_of_a_value_not_yet_known(small: Cast) -> None:
    link = "Saisir une évolution attendue"
    assert link in page(small, "annee/", who="alice", vers="2027")
    assert link not in page(small, "annee/", vers="2027")
