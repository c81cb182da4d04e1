"""The pages of the follow-up: order, invoice, matched, paid; a photograph; a file imported twice; a reason."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filage.accounting.follow import follow
from filage.facts.spending import Expense
from filage.kernel.changes import add
from filage_web.store.changes import apply
from filage_web.store.outcomes import open_production
from support.cast import DOT, Cast

pytestmark = pytest.mark.django_db

STATEMENT = (
    "Date;Libellé;Débit;Crédit\n01/10/2026;ATELIER 12;1200,00;\n02/10/2026;VIR DRAC;;100\n03/10/2026;;5,00;\n"
).encode()


@pytest.fixture
def fil(cast: Cast) -> Cast:
    """Le Fil with one line, its supplier and its order."""
    wanted = [
        add("company/atelier", label="Atelier", role="supplier"),
        add("budget_line/decor", label="Décor", post="30", unit_price="1500"),
        add("commitment/panneaux", label="Panneaux", line="budget_line/decor", company="company/atelier",
            amount="1000", on="2026-09-01"),
    ]  # fmt: skip
    apply(cast.structure, cast.production, wanted, actor=cast.alice)
    return cast


def write(cast: Cast, *changes) -> None:
    apply(cast.structure, cast.production, list(changes), actor=cast.alice)


def amounts(cast: Cast):
    opened = open_production(cast.structure, cast.production)
    line = follow(opened.outcome, date(2026, 10, 12)).line("line/decor")
    assert line is not None
    return line.amounts


def expenses(cast: Cast) -> tuple[Expense, ...]:
    return open_production(cast.structure, cast.production).dossier.all(Expense)


def test_an_empty_budget_says_what_to_do_next(cast: Cast) -> None:
    page = cast.browser("alice").get(cast.address("suivi/")).content.decode()
    assert "Rien à suivre pour l’instant" in page


def test_the_table_folds_its_posts_and_opens_the_one_asked(fil: Cast) -> None:
    alice = fil.browser("alice")
    assert 'ligne/line/decor/"' not in alice.get(fil.address("suivi/")).content.decode()
    assert 'ligne/line/decor/"' in alice.get(fil.address("suivi/?ouvert=production-30")).content.decode()


def test_from_the_order_to_the_payment(fil: Cast) -> None:
    alice = fil.browser("alice")
    write(fil, add("expense/f", label="Atelier, panneaux", company="company/atelier", amount="1000", vat="200",
                   on="2026-10-01"))  # fmt: skip
    inbox = alice.get(fil.address("suivi/a-affecter/")).content.decode()
    choice = re.search(r'value="(line/decor\|[^"]*)"', inbox)
    assert choice is not None
    assert choice[1] == "line/decor|commitment/panneaux|"
    alice.post(fil.address("suivi/a-affecter/f/"), {"choix": choice[1]})
    assert (amounts(fil).spent, amounts(fil).open) == (1000, 0)
    alice.post(fil.address("suivi/depenses/f/payee/"))
    assert [one.paid_on is not None for one in expenses(fil)] == [True]
    alice.post(fil.address("suivi/depenses/f/payee/"))
    assert [one.paid_on for one in expenses(fil)] == [None]


def test_the_sum_paid_that_fits_an_order_is_split_with_its_vat(fil: Cast) -> None:
    alice = fil.browser("alice")
    write(fil, add("expense/f", label="PRLV ATELIER", amount="1200", on="2026-10-01"))
    choice = re.search(
        r'value="(line/decor\|[^"]*)"', alice.get(fil.address("suivi/a-affecter/")).content.decode()
    )
    assert choice is not None
    alice.post(fil.address("suivi/a-affecter/f/"), {"choix": choice[1]})
    assert [(one.amount, one.vat) for one in expenses(fil)] == [(1000, 200)]


def test_nothing_is_put_on_a_line_that_does_not_exist(fil: Cast) -> None:
    write(fil, add("expense/f", label="Clous", amount="5", on="2026-10-01"))
    answer = fil.browser("alice").post(fil.address("suivi/a-affecter/f/"), {"choix": "line/ailleurs|"})
    assert answer.status_code == 404


def test_an_order_is_closed_then_opened_again(fil: Cast) -> None:
    alice = fil.browser("alice")
    alice.post(fil.address("suivi/commandes/panneaux/solder/"))
    assert amounts(fil).open == 0
    alice.post(fil.address("suivi/commandes/panneaux/solder/"))
    assert amounts(fil).open == 1000


def test_what_is_left_and_the_reason_are_kept_then_cleared(fil: Cast) -> None:
    alice = fil.browser("alice")
    alice.post(fil.address("suivi/ligne/line/decor/"), {"reste": "200,50", "raison": "bois récupéré"})
    assert (amounts(fil).to_complete, amounts(fil).variance) == (pytest.approx(200.5), pytest.approx(299.5))
    assert "bois récupéré" in alice.get(fil.address("suivi/?ouvert=tout")).content.decode()
    alice.post(fil.address("suivi/ligne/line/decor/"), {"reste": "", "raison": ""})
    assert amounts(fil).to_complete == 500


def test_a_sum_that_is_no_number_is_said_in_the_panel(fil: Cast) -> None:
    answer = fil.browser("alice").post(fil.address("suivi/ligne/line/decor/"), {"reste": "beaucoup"})
    assert answer.status_code == 422
    assert "n’est pas un montant" in answer.content.decode()


def test_every_figure_of_a_line_says_why(fil: Cast) -> None:
    page = fil.browser("alice").get(fil.address("suivi/ligne/line/decor/pourquoi/final/")).content.decode()
    assert "Panneaux" in page
    assert "Pourquoi ce montant ?" in page


def test_a_receipt_is_photographed_then_typed_beside_its_picture(fil: Cast) -> None:
    alice = fil.browser("alice")
    photo = SimpleUploadedFile("ticket.png", DOT, content_type="image/png")
    sent = alice.post(fil.address("suivi/depenses/photo/"), {"photo": photo})
    page = alice.get(sent.url).content.decode()
    picture = re.search(r'src="([^"]*/image/\d+/)"', page)
    assert picture is not None
    assert alice.get(picture[1]).headers["Content-Type"] == "image/jpeg"
    alice.post(sent.url, {"label": "Clous", "amount": "12,50", "on": "2026-10-01"})
    assert [(one.label, one.source, (one.file or "")[:7]) for one in expenses(fil)] == [
        ("Clous", "photo", "ticket ")
    ]


def test_a_file_that_is_no_picture_is_refused(fil: Cast) -> None:
    text = SimpleUploadedFile("a.txt", b"bonjour", content_type="text/plain")
    answer = fil.browser("alice").post(fil.address("suivi/depenses/photo/"), {"photo": text}, follow=True)
    assert "n’est pas une image" in answer.content.decode()


def test_a_statement_is_shown_row_by_row_then_written_once(fil: Cast) -> None:
    alice = fil.browser("alice")

    def send():
        given = SimpleUploadedFile("releve.csv", STATEMENT, content_type="text/csv")
        return alice.post(fil.address("suivi/importer/"), {"fichier": given}).url

    here = send()
    page = alice.get(here).content.decode()
    assert "un encaissement, pas une dépense" in page.lower()
    assert "ni libellé ni fournisseur" in page.lower()
    assert expenses(fil) == ()
    alice.post(here)
    assert [one.label for one in expenses(fil)] == ["ATELIER 12"]
    again = send()
    assert "Tout ce fichier est déjà importé" in alice.get(again).content.decode()
    alice.post(again)
    assert len(expenses(fil)) == 1


def test_a_doubtful_row_is_written_only_when_it_is_ticked(fil: Cast) -> None:
    write(fil, add("expense/t", label="ATELIER 12", amount="1200", on="2026-10-02"))
    alice = fil.browser("alice")
    given = SimpleUploadedFile("releve.csv", STATEMENT, content_type="text/csv")
    here = alice.post(fil.address("suivi/importer/"), {"fichier": given}).url
    alice.post(here)
    assert len(expenses(fil)) == 1
    alice.post(here, {"garder": "2"})
    assert len(expenses(fil)) == 2


def test_a_file_without_columns_says_what_is_expected(fil: Cast) -> None:
    given = SimpleUploadedFile("a.csv", b"a;b\n1;2\n", content_type="text/csv")
    answer = fil.browser("alice").post(fil.address("suivi/importer/"), {"fichier": given})
    assert answer.status_code == 422
    assert "une colonne Date" in answer.content.decode()


def test_an_import_given_up_leaves_nothing(fil: Cast) -> None:
    alice = fil.browser("alice")
    given = SimpleUploadedFile("releve.csv", STATEMENT, content_type="text/csv")
    here = alice.post(fil.address("suivi/importer/"), {"fichier": given}).url
    alice.post(here, {"renoncer": "1"})
    assert alice.get(here).status_code == 404
    assert expenses(fil) == ()


def test_a_snapshot_is_taken_and_replaced_the_same_day(fil: Cast) -> None:
    alice = fil.browser("alice")
    for _ in range(2):
        alice.post(fil.address("suivi/releve/"))
    versions = open_production(fil.structure, fil.production).dossier.by_kind["budget_version"]
    assert len(versions) == 1
    page = alice.get(fil.address("suivi/")).content.decode()
    assert "Pas encore de relevé cette semaine" not in page


def test_the_workbook_and_the_pdf_are_handed_over(fil: Cast) -> None:
    alice = fil.browser("alice")
    assert alice.get(fil.address("suivi/exporter/xlsx/")).content[:2] == b"PK"
    assert alice.get(fil.address("suivi/exporter/pdf/")).content[:5] == b"%PDF-"
    assert alice.get(fil.address("suivi/exporter/doc/")).status_code == 404


@pytest.mark.parametrize(
    "path", ["suivi/a-affecter/", "suivi/depenses/", "suivi/commandes/", "suivi/?ouvert=tout"]
)
def test_queries_do_not_grow_with_the_expenses(fil: Cast, django_assert_num_queries, path: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    alice = fil.browser("alice")

    def asked(number: int) -> int:
        write(fil, *(
            add(f"expense/{number}-{i}", label=f"Clous {i}", amount="5", on="2026-10-01", company="company/atelier",
                **({"line": "budget_line/decor"} if i % 2 else {}))
            for i in range(number)
        ))  # fmt: skip
        alice.get(fil.address(path))
        with CaptureQueriesContext(connection) as found:
            alice.get(fil.address(path))
        return len(found)

    assert asked(1) == asked(6)
