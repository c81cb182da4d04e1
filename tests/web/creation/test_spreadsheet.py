"""A production begun from a spreadsheet: dropped, read, corrected, created or renounced; nothing written before."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from filage.facts.budget import BudgetLine
from filage.facts.funding import Funding
from filage.facts.task import Task
from filage.facts.team import Position
from filage_web.navigation import production_address
from filage_web.store.files import bytes_of, files_of
from filage_web.store.models import Production, Row
from filage_web.store.queries import dossier_of
from support.spreadsheets import workbook

PLACE = "/s/le-fil/nouvelle/tableur/"
ROWS = [
    ["Budget « La Nuit »"],
    ["Libellé", "Nb", "Unité", "PU HT", "Total"],
    ["Construction décor", 1, None, 11800, 11800],
    ["Comédiens", 84, "cachet", 160, 13440],
    ["Divers", None, None, "voir Bob", None],
    ["Subvention DRAC", None, None, None, 9000],
    ["TOTAL", None, None, None, 25240],
]


@pytest.fixture
def alice(cast):
    return cast.browser("alice")


def dropped(browser, rows=ROWS, name="budget.xlsx", place=PLACE, **sheets):
    data = workbook(**(sheets or {"Prévisionnel": rows}))
    return browser.post(place, {"file": SimpleUploadedFile(name, data)})


def read_page(browser, query=""):
    return browser.get(f"{PLACE}lire/{query}")


def test_a_file_dropped_is_shown_and_nothing_is_created(cast, alice):
    before = Production.objects.count()
    answer = dropped(alice)
    assert (answer.status_code, answer["Location"]) == (302, f"{PLACE}lire/")
    page = read_page(alice)
    html = page.content.decode()
    assert page.context["table"].counts.kept == 3
    assert "montant illisible : « voir Bob »" in html
    assert "total retrouvé (2 lignes)" in html
    assert 'value="La Nuit"' in html
    assert Production.objects.count() == before


def test_creating_writes_every_line_at_once_and_keeps_the_file(cast, alice):
    dropped(alice)
    answer = alice.post(f"{PLACE}creer/", {"label": "La Nuit", "form": "theatre"}, follow=True)
    assert answer.redirect_chain[0][0] == production_address("le-fil", "la-nuit")
    assert "2 refusées" not in answer.content.decode()
    dossier = dossier_of(cast.structure, "la-nuit")
    assert [(line.label, line.post, line.quantity, line.unit_price) for line in dossier.all(BudgetLine)] == [
        ("Construction décor", "30", "1", "11800"),
        ("Comédiens", "10", "84", "160"),
    ]
    assert [(one.label, one.nature, one.amount) for one in dossier.all(Funding)] == [
        ("Subvention DRAC", "public", 9000)
    ]
    [kept] = files_of(cast.structure, "la-nuit")
    assert (kept.name, len(bytes_of(kept)) > 0) == ("budget.xlsx", True)
    assert read_page(alice).status_code == 302


def test_the_rows_refused_are_a_task_said_on_the_dashboard(cast, alice):
    dropped(alice)
    answer = alice.post(f"{PLACE}creer/", {"label": "La Nuit", "form": "theatre"}, follow=True)
    [task] = dossier_of(cast.structure, "la-nuit").all(Task)
    assert [one.label for one in task.checklist] == ["Ligne 5 « Divers » : montant illisible : « voir Bob »"]
    assert "Reprendre les lignes refusées de budget.xlsx" in answer.content.decode()


def test_columns_corrected_are_read_again_and_known_the_next_time(cast, alice):
    rows = [["Libellé", "Prévu", "Revu"], ["Bois", 10, 12], ["Toile", 20, 25]]
    dropped(alice, rows)
    assert read_page(alice).context["expense"] == 30
    shown = "label amount skip"
    alice.post(
        f"{PLACE}lire/",
        {"feuille_lue": "Prévisionnel", "colonnes_lues": shown, "colonne": ["label", "skip", "amount"]},
    )
    assert read_page(alice).context["expense"] == 37
    alice.post(f"{PLACE}creer/", {"label": "Une", "form": "theatre"})
    assert Row.objects.filter(structure=cast.structure, kind="column_map").count() == 1
    dropped(alice, rows)
    again = read_page(alice)
    assert again.context["expense"] == 37
    assert again.context["found"].remembered
    assert "colonnes de la dernière fois" in again.content.decode()


def test_recognised_columns_are_not_kept(cast, alice):
    dropped(alice)
    alice.post(f"{PLACE}creer/", {"label": "Une", "form": "theatre"})
    assert not Row.objects.filter(kind="column_map").exists()


def test_another_sheet_is_recognised_afresh(cast, alice):
    dropped(
        alice,
        Charges=[["Libellé", "Montant"], ["Bois", 10], ["Vis", 1]],
        Recettes=[["Libellé", "Nb", "PU", "Total"], ["Cession", 2, 1000, 2000]],
    )
    charges = read_page(alice).context
    other = "Recettes" if charges["found"].reading.sheet == "Charges" else "Charges"
    alice.post(
        f"{PLACE}lire/",
        {"feuille": other, "feuille_lue": charges["found"].reading.sheet, "colonne": ["skip"]},
    )
    after = read_page(alice).context
    assert (after["found"].reading.sheet, after["table"].counts.kept > 0) == (other, True)


def test_choices_change_what_is_kept(cast, alice):
    dropped(alice)
    choices = {"garder": "amount", "doublons": "once", "salaires": "computed", "budget": "exploitation"}
    alice.post(f"{PLACE}lire/", choices)
    page = read_page(alice)
    assert "cotisations comprises" in page.content.decode()
    alice.post(f"{PLACE}creer/", {"label": "La Nuit", "form": "theatre"})
    dossier = dossier_of(cast.structure, "la-nuit")
    [position] = dossier.all(Position)
    assert [(one.phase, one.unit, one.quantity) for one in position.forecast] == [
        ("exploitation", "cachet", "84")
    ]


def test_renouncing_forgets_the_file(cast, alice):
    dropped(alice)
    place = alice.session["waiting_file"]["path"]
    alice.post(f"{PLACE}renoncer/")
    assert not default_storage.exists(place)
    assert read_page(alice)["Location"] == PLACE


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("b.xlsx", b"%PDF-1.7", "un PDF"),
        ("b.csv", b"\x00\x01", "ni un tableur"),
        ("b.xlsx", b"PK\x03\x04x", "abîmé"),
    ],
)
def test_a_file_that_does_not_open_says_why(cast, alice, name, data, said):
    answer = alice.post(PLACE, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_sheet_without_a_usable_line_creates_nothing(cast, alice):
    before = Production.objects.count()
    dropped(alice, [["Bonjour", "à tous"], ["rien", "ici"]])
    answer = alice.post(f"{PLACE}creer/", {"label": "Vide", "form": "theatre"})
    assert answer.status_code == 422
    assert "aucune ligne n’est utilisable" in answer.content.decode().replace("Aucune", "aucune")
    assert Production.objects.count() == before


def test_a_title_is_still_asked(cast, alice):
    dropped(alice)
    answer = alice.post(f"{PLACE}creer/", {"label": " ", "form": "theatre"})
    assert answer.status_code == 422
    assert "Donnez un titre" in answer.content.decode()


@pytest.mark.parametrize("count", [3, 120])
def test_the_page_stays_light_however_long_the_file(cast, alice, count, django_assert_max_num_queries):
    dropped(alice, [["Libellé", "Montant"], *([f"Ligne {n}", n + 1] for n in range(count))])
    read_page(alice)
    with django_assert_max_num_queries(8):
        page = read_page(alice)
    assert len(page.context["table"].rows) == min(count, 50)
    assert read_page(alice, "?page=999999").context["table"].page == page.context["table"].pages


def test_a_reader_may_not_drop_a_file(cast):
    assert dropped(cast.browser("rene")).status_code == 403


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Compagnie X, budget de « La Nuit »", "La Nuit"),
        ("Woyzeck, tournée 2026", "Woyzeck, tournée 2026"),
        ("6. Budget du projet", "budget nuit"),
        ("Budget prévisionnel 2026", "budget nuit"),
    ],
)
def test_a_title_is_proposed_from_the_file(cast, alice, heading, title):
    dropped(alice, [[heading], *ROWS[1:]], name="budget-nuit.xlsx")
    assert f'value="{title}"' in read_page(alice).content.decode()


def test_another_file_left_to_wait_is_not_taken_for_a_spreadsheet(cast, alice):
    dropped(alice)
    script = b"INT. CUISINE - JOUR\n\nMARIE\nBonjour.\n"
    alice.post("/s/le-fil/nouvelle/texte/", {"file": SimpleUploadedFile("a.fountain", script)})
    assert read_page(alice)["Location"] == PLACE


def test_the_headers_of_the_file_stand_beside_ours(cast, alice):
    dropped(alice)
    assert read_page(alice).context["heads"]["quantity"] == "Nb"
    assert "« PU HT »" in read_page(alice).content.decode()


def test_another_header_row_is_recognised_afresh(cast, alice):
    dropped(
        alice, [["Libellé", "Montant"], ["Nom", "Nb", "PU", "Total"], ["Bois", 2, 5, 10], ["Vis", 1, 2, 2]]
    )
    first = read_page(alice).context["found"].reading.mapping.header
    other = {1: 2, 2: 1}[first]
    posted = {
        "entete": other,
        "entete_lue": first,
        "feuille_lue": "Prévisionnel",
        "colonne": ["skip", "skip"],
    }
    alice.post(f"{PLACE}lire/", posted)
    mapping = read_page(alice).context["found"].reading.mapping
    assert mapping.header == other
    assert mapping.roles[0] == "label"
