"""`filage request`: a request or its report in one PDF, what is missing said all at once."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from cli.commands import WOYZECK, faults, filage, printed, problems

ON = ("--on", "2026-10-12")


@pytest.mark.parametrize(("options", "shape"), [((), "request"), (("--report",), "request-report")])
def test_both_documents_meet_their_published_shape(options, shape):
    assert faults(shape, printed("request", WOYZECK, "--funding", "drac", *options, *ON)) == []


def test_the_pdf_has_bookmarks_and_says_the_weight_of_the_grant(tmp_path):
    path = tmp_path / "demande.pdf"
    done = filage("request", WOYZECK, "--funding", "drac", "--out", path, *ON)
    assert (done.exit_code, done.stderr) == (0, "")
    reader = PdfReader(path)
    titles = [one["/Title"] for one in reader.outline if not isinstance(one, list)]
    assert {"Budget prévisionnel du projet", "Description du projet", "Calendrier", "Équipe"} <= set(titles)
    told = " ".join(page.extract_text() for page in reader.pages)
    assert "objet de la présente demande, représente" in " ".join(told.split())
    assert "ne le remplace pas" in told


def test_attached_files_are_joined_and_one_that_is_not_there_is_said(tmp_path):
    from pypdf import PdfWriter

    from filage.facts.funding import Request
    from filage.facts.reading import read_dossier
    from filage.facts.writing import write_yaml

    lettre = PdfWriter()
    lettre.add_blank_page(595, 842)
    out = io.BytesIO()
    lettre.write(out)
    (tmp_path / "lettre.pdf").write_bytes(out.getvalue())
    dossier = read_dossier(WOYZECK.read_bytes())
    asked = Request(id="essai", label="Essai", funding="funding/adami", files=("lettre.pdf", "rib.pdf"))
    file = tmp_path / "d.yaml"
    file.write_bytes(write_yaml(dossier.with_facts([asked]), with_private=True))
    found = printed("request", file, "--request", "essai", *ON)
    joined, apart = found["attachments"]
    assert (joined["name"], joined["last"], found["pages"]) == ("lettre.pdf", found["pages"], found["pages"])
    assert apart == {"name": "rib.pdf", "first": 0, "last": 0, "apart": "fichier introuvable"}
    assert "rib.pdf, joint à part : fichier introuvable." in [one["message"] for one in found["warnings"]]


def test_nothing_private_and_nobody_s_own_pay_is_in_it(tmp_path):
    told = filage("request", WOYZECK, "--funding", "drac", "--json", *ON).stdout
    secrets = ("285052599004227", "06 39 98 42 27", "3 impasse du Métier", "FR769999")
    assert [one for one in secrets if one in told] == []
    lines = [line["label"] for post in printed("request", WOYZECK, "--funding", "drac", *ON)["posts"]
             for line in post["lines"]]  # fmt: skip
    assert [one for one in lines if "Morel" in one or "Vasseur" in one] == []


def test_what_cannot_be_is_refused_in_words(tmp_path):
    [problem] = problems("request", WOYZECK, "--funding", "drak", *ON)
    assert problem["suggestion"] == "vouliez-vous drac ?"
    [problem] = problems("request", WOYZECK, *ON)
    assert problem["message"] == "plusieurs financements : lequel ?"
    [problem] = problems("request", WOYZECK, "--funding", "drac", "--out", tmp_path, *ON)
    assert problem["message"].startswith("impossible d’y écrire")
    [problem] = problems("request", WOYZECK, "--funding", "drac", "--files", tmp_path / "rien", *ON)
    assert problem["message"] == "ce dossier du disque n’existe pas"
