"""A spreadsheet imported into a production: compared, decided, its effect shown, written at once, undone at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filage.facts.budget import BudgetLine
from filage.kernel.changes import add, set_
from filage_web.budget import importing
from filage_web.store.changes import apply
from filage_web.store.files import files_of
from filage_web.store.models import ChangeSet
from filage_web.store.outcomes import outcome_of
from filage_web.store.queries import dossier_of
from support.spreadsheets import workbook

ROWS = [
    ["Libellé", "Nb", "PU HT", "Total"],
    ["Bois", 1, 8, 8],
    ["Toile", 2, 4, 8],
    ["Divers", None, "?!", None],
]


@pytest.fixture
def office(cast):
    wood = add("budget_line/bois", label="Bois", post="30", quantity="1", unit_price="5")
    apply(cast.structure, cast.production, [wood], actor=cast.alice)
    return cast


def drop(cast, rows=ROWS, who="alice"):
    given = SimpleUploadedFile("budget.xlsx", workbook(Budget=rows))
    return cast.browser(who).post(cast.address("budget/importer/"), {"file": given})


def shown(cast, query=""):
    return cast.browser("alice").get(cast.address(f"budget/importer/lire/{query}"))


def said(cast, **values):
    return cast.browser("alice").post(cast.address("budget/importer/lire/"), values)


def written(cast, **values):
    revision = values.pop("revision", shown(cast).context["revision"])
    return cast.browser("alice").post(
        cast.address("budget/importer/ecrire/"), {"revision": revision}, follow=True
    )


def lines(cast):
    dossier = dossier_of(cast.structure, cast.production)
    return [(line.label, line.quantity, line.unit_price) for line in dossier.all(BudgetLine)]


def test_the_effect_is_shown_before_anything_is_written(office):
    assert drop(office).status_code == 302
    page = shown(office)
    assert (page.context["effect"].balance, page.context["table"].counts.differentes) == (-11, 1)
    assert "la production a 5,00" in page.content.decode()
    assert lines(office) == [("Bois", "1", "5")]


def test_writing_takes_the_file_and_one_undo_gives_everything_back(office):
    before = outcome_of(office.structure, office.production).budget.expense
    drop(office)
    page = written(office)
    assert page.redirect_chain[0][0].startswith(office.address("budget/"))
    assert lines(office) == [("Bois", "1", "8"), ("Toile", "2", "4")]
    assert [file.name for file in files_of(office.structure, office.production)] == ["budget.xlsx"]
    last = ChangeSet.objects.filter(production__slug=office.production).latest("pk")
    assert last.label == "Import de budget.xlsx : 2 lignes"
    office.browser("alice").post(office.address(f"effet/annuler/{last.pk}/"))
    assert lines(office) == [("Bois", "1", "5")]
    assert outcome_of(office.structure, office.production).budget.expense == before


@pytest.mark.parametrize(
    ("values", "wood"),
    [
        ({"partout": "mine", "garder": "amount"}, [("Bois", "1", "5")]),
        ({"partout": "both", "garder": "amount"}, [("Bois", "1", "5"), ("Bois", "1", "8")]),
        ({"l:2": "mine"}, [("Bois", "1", "5")]),
        ({"partout": "mine", "l:2": "file"}, [("Bois", "1", "8")]),
    ],
)
def test_a_line_known_otherwise_is_decided_for_all_or_one_by_one(office, values, wood):
    drop(office)
    said(office, **values)
    written(office)
    assert [line for line in lines(office) if line[0] == "Bois"] == wood


def test_a_production_that_moved_meanwhile_is_shown_again(office):
    drop(office)
    seen = shown(office).context["revision"]
    apply(office.structure, office.production, [set_("budget_line/bois", unit_price="6")], actor=office.bob)
    page = written(office, revision=seen)
    assert page.redirect_chain[-1][0] == office.address("budget/importer/lire/")
    assert "la production a 6,00" in page.content.decode()
    assert lines(office) == [("Bois", "1", "6")]


def test_the_same_file_again_has_nothing_to_write(office):
    drop(office)
    written(office)
    drop(office)
    page = shown(office)
    assert page.context["effect"] is None
    assert "Rien à écrire" in page.content.decode()


def test_only_differences_may_be_shown(office):
    drop(office)
    rows = shown(office, "?voir=differentes").context["table"].rows
    assert [(row.label, row.before, row.amount) for row in rows] == [("Bois", 5, 8)]
    assert [row.words for row in shown(office, "?voir=refusees").context["table"].rows] == [
        "montant illisible : « ?! »"
    ]


def test_renouncing_writes_nothing(office):
    drop(office)
    office.browser("alice").post(office.address("budget/importer/renoncer/"))
    assert shown(office)["Location"] == office.address("budget/importer/")
    assert lines(office) == [("Bois", "1", "5")]


def test_a_reader_may_not_import(office):
    assert drop(office, who="rene").status_code == 403


def test_texts_that_look_like_formulas_stay_texts(office):
    drop(office, [["Libellé", "Total"], ["-1 + 1", 8], ["@SUM(A1)", 4]])
    written(office)
    assert lines(office)[1:] == [("-1 + 1", "1", "8"), ("@SUM(A1)", "1", "4")]


@pytest.mark.parametrize("count", [1, 30])
def test_reading_again_asks_the_same_few_queries(office, count, django_assert_max_num_queries):
    drop(office, [["Libellé", "Total"], *([f"L{n}", n + 1] for n in range(count)), ["Fin", 3]])
    shown(office)
    with django_assert_max_num_queries(24):
        shown(office)


def test_a_long_file_tells_its_sums_without_reviewing_every_line(office, monkeypatch):
    monkeypatch.setattr(importing, "LONG", 1)
    drop(office)
    page = shown(office)
    assert (page.context["effect"], dict(page.context["moves"])) == (None, {"expense": 11, "income": 0})
    written(office)
    assert lines(office) == [("Bois", "1", "8"), ("Toile", "2", "4")]
