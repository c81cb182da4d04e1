"""The coverage of working-time rules, the grids of minimum wages, and a newer grid pasted."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filage.facts.reading import read_dossier
from filage.kernel.changes import set_
from filage.worktime.coverage import coverage
from filage_web.law.hours import kept, rules_of
from filage_web.store.changes import apply, undo
from filage_web.store.imports import import_dossier
from filage_web.store.models import ChangeSet
from filage_web.store.queries import load_production
from support.cast import Cast
from support.dossiers import SMALL, reviewed

pytestmark = pytest.mark.django_db
HERE = "/s/le-fil/p/petite/droit/"


@pytest.fixture
def small(cast: Cast) -> Cast:
    import_dossier(
        cast.structure,
        read_dossier(SMALL.encode()),
        actor=cast.alice,
        decisions={"employer/le-fil": "theirs"},
    )
    return cast


def plain(answer: Any) -> str:
    return unescape(answer.content.decode()).replace("\u202f", " ").replace("\u00a0", " ")


def page(cast: Cast, path: str, **data: str) -> str:
    answer = cast.browser("alice").get(HERE + path, data)
    assert answer.status_code == 200
    return plain(answer)


def rule_ids(html: str) -> list[str]:
    return re.findall(r'<tr id="rule-([^"]+)">', html)


def test_every_row_of_the_texts_is_on_the_page_once(small: Cast) -> None:
    shown = rule_ids(page(small, "temps-de-travail/", texte="tous"))
    assert sorted(shown) == sorted(row.id for row in coverage())
    assert len(shown) == 155


def test_the_texts_that_bind_here_come_first(small: Cast) -> None:
    shown = rule_ids(page(small, "temps-de-travail/"))
    assert shown == [row.id for row in coverage() if row.idcc in (None, "1285")]


def test_a_rule_says_its_limit_its_article_whom_it_covers_and_what_it_needs(small: Cast) -> None:
    html = page(small, "temps-de-travail/", texte="code", mots="CT-JOUR-12H")
    assert rule_ids(html) == ["CT-JOUR-12H-DEROG"]
    assert "≤ 12 h" in html
    assert "C. trav. L3121-19" in html
    assert "l’accord ou l’autorisation invoqués" in html
    assert "(agreements)" not in html


@pytest.mark.parametrize("kind", ["limit", "premium", "formality", "information"])
def test_the_classes_are_told_apart(kind: str) -> None:
    rules = rules_of(reviewed())
    found = kept(rules, text="tous", kind=kind, words="")
    assert [rule.row.id for rule in found] == [row.id for row in coverage() if row.kind == kind]
    assert all(rule.says for rule in found if kind in ("limit", "premium"))


def test_without_convention_every_text_is_shown_and_nothing_found_says_so(small: Cast) -> None:
    apply(small.structure, "petite", [set_("employer/fil", clear=("idcc",))], actor=small.alice)
    assert len(rule_ids(page(small, "temps-de-travail/"))) == 155
    assert "Aucune règle ne répond à cela" in page(small, "temps-de-travail/", mots="zzz")


def test_shows_the_minimums_of_the_convention_with_their_dates_and_sources(small: Cast) -> None:
    html = page(small, "minima/", jour="2026-11-05", mots="DRAMATIQUE")
    assert "CCNEAC, grille du 1er août 2026" in html
    assert "162,75 €" in html
    assert "1 à 2 dates du mois" in html
    assert "Emploi non artistique" not in html.split('id="grid-1"')[1]


def test_a_day_reads_its_own_grid_and_says_what_comes(small: Cast) -> None:
    html = page(small, "minima/", jour="2026-07-31", mots="dramatique")
    assert "À venir :" in html
    assert "162,75 €" not in html


def test_the_grids_a_newer_one_replaces_are_shown_when_asked(small: Cast) -> None:
    once = page(small, "minima/", jour="2026-11-05")
    again = page(small, "minima/", jour="2026-11-05", anciennes="1")
    assert "CCNEAC, grille du 1er juin 2023" in again
    assert again.count("<tr") > once.count("<tr")
    assert "remplacé</span>" in again


def test_a_long_convention_is_cut_and_says_so(small: Cast) -> None:
    html = page(small, "minima/", convention="3097", jour="2026-11-05")
    assert "non affichés : cherchez un emploi" in html
    assert html.count("<tr") < 300


def test_nothing_found_proposes_to_paste(small: Cast) -> None:
    html = page(small, "minima/", mots="zzz")
    assert "Aucun montant ne parle de cela" in html
    assert "Coller une grille" in html


TYPED = {
    "label": "CCNEAC, accord de novembre",
    "idcc": "1285",
    "source": "Accord du 2 novembre 2026",
    "url": "https://example.org/accord",
    "starts_on": "2026-11-01",
    "starts_on_all": "",
    "rows": "emploi;unité;montant;dates\nArtiste dramatique ou chorégraphique;cachet;170,00;1-2\n"
    "Artiste dramatique ou chorégraphique;cachet;gratuit;3+\nMusicien;cachet;180;",
}


def paste(cast: Cast, who: str = "alice", **more: Any) -> Any:
    return cast.browser(who).post(HERE + "minima/coller/", TYPED | more)


def confirm(cast: Cast, answer: Any) -> Any:
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.content.decode())
    draft = {name: unescape(value) for name, value in reversed(hidden) if name != "csrfmiddlewaretoken"}
    return cast.browser("alice").post("/s/le-fil/p/petite/effet/", draft)


def grids(cast: Cast) -> list[Any]:
    return [fact for fact in load_production(cast.structure, "petite").dossier if fact.kind == "wage_grid"]


def test_a_pasted_grid_shows_its_rows_and_the_refused_ones_with_their_reason(small: Cast) -> None:
    answer = paste(small, faire="lire")
    html = plain(answer)
    assert answer.status_code == 200
    assert "Lignes refusées" in html
    assert "Ligne 3" in html
    assert "170,00 €" in html
    assert "Voir l’effet de ces 2 lignes" in html
    assert grids(small) == []


def test_a_pasted_grid_is_saved_after_its_effect_is_shown_and_can_be_undone(small: Cast) -> None:
    answer = paste(small, faire="voir")
    assert grids(small) == []
    assert confirm(small, answer).status_code == 302
    (grid,) = grids(small)
    assert (grid.about, grid.source, [str(row.amount) for row in grid.rows]) == (
        "wage_grid/ccneac-accord-de-novembre",
        "Accord du 2 novembre 2026",
        ["170", "180"],
    )
    html = page(small, "minima/", jour="2026-11-05", mots="dramatique")
    assert 'id="wage_grid-ccneac-accord-de-novembre"' in html
    assert "170,00 €" in html
    assert "extension à tous" in html
    assert "Retirer" in html
    undo(ChangeSet.objects.latest("pk"), actor=small.alice)
    assert grids(small) == []


def test_a_file_of_a_french_spreadsheet_is_read_and_kept_in_the_text(small: Cast) -> None:
    sent = SimpleUploadedFile("minima.csv", TYPED["rows"].encode("cp1252"))
    html = plain(paste(small, faire="lire", rows="", file=sent))
    assert "Artiste dramatique ou chorégraphique;cachet;170,00;1-2" in html
    assert "170,00 €" in html


def test_what_is_missing_is_asked_and_what_was_typed_is_kept(small: Cast) -> None:
    answer = paste(small, faire="voir", label="", source="", starts_on="hier")
    html = plain(answer)
    assert answer.status_code == 422
    assert html.count("À remplir.") == 2
    assert "« hier » n’est pas un jour" in html
    assert "Musicien;cachet;180" in html
    wrong = plain(paste(small, faire="voir", rows="metier;tarif\nclown;3"))
    assert "Aucune ligne n’a pu être lue." in wrong
    assert "il manque la colonne" in wrong


@pytest.mark.parametrize("who", ["bob", "rene"])
def test_who_does_not_commit_the_structure_browses_and_does_not_paste(small: Cast, who: str) -> None:
    assert paste(small, who, faire="lire").status_code == 403
    answer = small.browser(who).get(HERE + "minima/")
    assert answer.status_code == 200
    assert "Coller une grille plus récente" not in plain(answer)


def test_the_pages_ask_the_same_number_of_queries_whatever_they_show(small: Cast) -> None:
    counts = []
    for data in ({"convention": "2121", "texte": "code"}, {"convention": "3097", "texte": "tous"}):
        for path in ("minima/", "temps-de-travail/"):
            page(small, path, **data)
        with CaptureQueriesContext(connection) as queries:
            for path in ("minima/", "temps-de-travail/"):
                page(small, path, **data)
        counts.append(len(queries))
    assert counts[0] == counts[1]
