"""Requests in the office: headings kept or left as proposed, pieces, files joined, versions that no longer hold."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader, PdfWriter

from filage.facts.funding import Funding, Request
from filage.kernel.changes import add, set_
from filage_web import clock
from filage_web.store.changes import apply
from filage_web.store.issued import versions_of
from filage_web.store.models import Issued
from filage_web.store.outcomes import forget_outcomes
from filage_web.store.queries import dossier_of
from filage_web.store.sheets import stale_count
from support.cast import Cast

PAGE = "financement/demandes/"


@pytest.fixture
def office(world: Cast, django_db_blocker) -> Iterator[Cast]:
    """Le Fil with its Woyzeck; what the test writes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        apply(world.structure, world.production,
              [add("request/essai", label="Essai Adami", funding="funding/adami")], actor=world.alice)  # fmt: skip
        yield world
        transaction.set_rollback(True)
    forget_outcomes()


def fact(cast: Cast) -> Request:
    found = dossier_of(cast.structure, cast.production).find("request/essai", Request)
    assert found
    return found


def read(cast: Cast, path: str = "essai/") -> str:
    return cast.browser("bob").get(cast.address(PAGE + path)).content.decode()


def post(cast: Cast, path: str, **data):
    return cast.browser("bob").post(cast.address(f"{PAGE}essai/{path}"), data)


def pdf_of(pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_request_is_begun_from_a_funding_or_from_a_scheme_of_the_catalogue(office: Cast) -> None:
    bob, new = office.browser("bob"), office.address(f"{PAGE}nouvelle/")
    assert "Adami" in bob.get(new).content.decode()
    bob.post(new, {"source": "funding/adami", "purpose": "application", "label": ""})
    bob.post(new, {"source": "scheme:drac_adsv_projet", "purpose": "application", "label": ""})
    dossier = dossier_of(office.structure, office.production)
    begun = {one.label: one.funding for one in dossier.all(Request)}
    assert begun["Adami, demande"] == "funding/adami"
    [funding] = [
        one for one in dossier.all(Funding) if one.catalogue == "drac_adsv_projet" and not one.amount
    ]
    assert (funding.state, funding.about in begun.values()) == ("to_ask", True)
    assert bob.post(new, {"source": "", "purpose": "application"}).status_code == 422


def test_a_funding_leads_to_the_request_already_begun_for_it(office: Cast) -> None:
    bob, new = office.browser("bob"), office.address(f"{PAGE}nouvelle/")
    answer = bob.get(f"{new}?pour=funding/adami")
    assert (answer.status_code, answer["Location"]) == (302, office.address(f"{PAGE}essai/"))
    assert bob.get(f"{new}?pour=funding/adami&usage=report").status_code == 200
    assert "Monter la demande" in bob.get(office.address("financement/")).content.decode()


def test_a_text_is_kept_when_written_and_follows_the_facts_while_it_is_left_as_proposed(office: Cast) -> None:
    post(
        office, "", **{"texte-objectives": "Jouer.\r\nEncore.", "texte-title": read_proposal(office, "title")}
    )
    assert [(one.topic, one.text) for one in fact(office).texts] == [("objectives", "Jouer.\nEncore.")]
    post(office, "", **{"texte-objectives": ""})
    assert fact(office).texts == ()


def read_proposal(cast: Cast, topic: str) -> str:
    page = read(cast)
    after = page.split(f'id="texte-{topic}"')[1].split(">", 1)[1]
    return after.split("</textarea>")[0].replace("&#x27;", "'")


def test_the_page_says_what_is_proposed_what_is_missing_and_the_gap(office: Cast) -> None:
    page = read(office)
    assert "proposé d’après la structure" in page
    assert "« Représentant légal » n’est pas rempli." in page
    assert "le formulaire veut que leur total" in page
    assert "Ressemble au formulaire, ne le remplace pas." in page


def test_a_piece_is_ticked_with_the_funding_and_unticked(office: Cast) -> None:
    def states() -> tuple[tuple[str, ...], tuple[str, ...]]:
        funding = dossier_of(office.structure, office.production).find("funding/adami", Funding)
        assert funding
        return funding.gathered, funding.missing

    label = states()[1][0]
    post(office, "cocher/", piece=label)
    assert label in states()[0]
    assert label not in states()[1]
    post(office, "cocher/", piece=label)
    assert label in states()[1]
    assert post(office, "cocher/", piece="une pièce inconnue").status_code == 404


def test_files_are_joined_moved_and_taken_off_and_their_pages_are_in_the_pdf(office: Cast) -> None:
    given = [SimpleUploadedFile("statuts.pdf", pdf_of(2)), SimpleUploadedFile("lettre.docx", b"PK")]
    post(office, "pieces/", file=given)
    assert fact(office).files == ("statuts.pdf", "lettre.docx")
    made = PdfReader(io.BytesIO(office.browser("bob").get(office.address(f"{PAGE}essai/essai.pdf")).content))
    titles = [one["/Title"] for part in made.outline for one in (part if isinstance(part, list) else [part])]
    assert "statuts.pdf" in titles
    assert "lettre.docx" not in titles
    assert "joint à part" in " ".join(page.extract_text() for page in made.pages)
    post(office, "pieces/", monter="lettre.docx")
    assert fact(office).files == ("lettre.docx", "statuts.pdf")
    post(office, "pieces/", retirer="lettre.docx")
    assert fact(office).files == ("statuts.pdf",)
    post(office, "pieces/", deja="lettre.docx")
    assert fact(office).files == ("statuts.pdf", "lettre.docx")


def test_two_files_of_one_name_are_both_kept(office: Cast) -> None:
    post(office, "pieces/", file=SimpleUploadedFile("a.pdf", pdf_of(1)))
    post(office, "pieces/", file=SimpleUploadedFile("a.pdf", pdf_of(2)))
    assert fact(office).files == ("a.pdf", "a (2).pdf")


def test_a_version_is_frozen_told_out_of_date_with_its_differences_and_never_changed(office: Cast) -> None:
    post(office, "emettre/")
    first = Issued.objects.get(document="funding_request")
    assert (first.version, bytes(first.data[:5]), first.content["purpose"]) == (1, b"%PDF-", "application")
    assert "Version 1" in "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(bytes(first.data))).pages
    )
    post(office, "emettre/")
    assert [one.version for one in versions_of(office.structure, office.production)] == [1]
    apply(office.structure, office.production, [set_("funding/adami", amount="2500")], actor=office.alice)
    page = read(office)
    assert "La version 1 ne dit plus ce que dit le dossier." in page
    moved = page.split("différence")[1].split("</details>")[0]
    assert "2\u202f500,00\xa0€" in moved
    post(office, "emettre/")
    assert {one.version for one in versions_of(office.structure, office.production)} == {1, 2}
    assert Issued.objects.get(document="funding_request", version=1).content_sha256 == first.content_sha256


NOTES = ("Il manque 3", "à relire", "ne le remplace pas", "à remplir", "Reste à trouver")


def words_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_our_own_notes_are_in_the_draft_and_never_in_what_the_funder_reads(office: Cast) -> None:
    draft = words_of(office.browser("bob").get(office.address(f"{PAGE}essai/essai.pdf")).content)
    post(office, "emettre/")
    issued = words_of(bytes(Issued.objects.get(document="funding_request").data))
    assert [note for note in NOTES if note not in draft] == []
    assert [note for note in NOTES if note in issued] == []


def test_the_page_says_which_day_is_that_of_the_sending(office: Cast) -> None:
    apply(office.structure, office.production, [set_("request/essai", on="2026-09-01")], actor=office.alice)
    post(office, "emettre/")
    page = read(office)
    assert "Envoyée au financeur le" in page
    assert "émise le" in page.split('id="versions"')[1]


def test_an_issued_request_is_not_taken_for_a_sheet(office: Cast) -> None:
    post(office, "emettre/")
    dossier = dossier_of(office.structure, office.production)
    assert stale_count(office.structure, office.production, dossier, clock.today()) == 0
    bob = office.browser("bob")
    assert bob.get(office.address("feuilles/")).status_code == 200
    assert bob.get(office.address("feuilles/funding_request/essai/")).status_code == 404


def test_sending_shows_what_follows_then_marks_the_funding_as_asked(office: Cast) -> None:
    answer = post(office, "envoyee/")
    assert answer.status_code == 200
    told = answer.content.decode()
    assert "Envoyé : Essai Adami ; Adami devient « demandé »" in told


def test_a_report_takes_its_forecast_from_the_request_as_it_was_sent(office: Cast) -> None:
    post(office, "emettre/")
    report = add("request/bilan", label="Bilan", funding="funding/adami", purpose="report")
    apply(office.structure, office.production, [report], actor=office.alice)
    assert "la demande « Essai Adami », version 1" in read(office, "bilan/")


def test_the_list_asks_the_same_queries_for_one_request_and_for_three(office: Cast) -> None:
    def asked() -> int:
        read(office, "")
        with CaptureQueriesContext(connection) as counted:
            read(office, "")
        return len(counted)

    before = asked()
    wanted = [add(f"request/plus-{n}", label=f"Plus {n}", funding="funding/drac") for n in range(2)]
    apply(office.structure, office.production, wanted, actor=office.alice)
    assert asked() == before


def test_the_budget_report_is_one_page(office: Cast) -> None:
    bob = office.browser("bob")
    assert "À décider" in bob.get(office.address("financement/point/")).content.decode()
    made = PdfReader(io.BytesIO(bob.get(office.address("financement/point/point.pdf")).content))
    assert len(made.pages) == 1


def test_an_empty_list_says_what_to_do(cast: Cast) -> None:
    page = cast.browser("bob").get(cast.address(PAGE)).content.decode()
    assert "Aucune demande pour l’instant" in page
    assert "Commencer une demande" in page
