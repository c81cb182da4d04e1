"""A list of organisations: columns recognised, one bad row never hides the others, nothing is lost."""

from __future__ import annotations

import io

import pytest

from filage.facts.people import Company
from filage.funding.partners_import import organisations_in, text_of_list
from filage.kernel.errors import BadInput

LIST = """Organisme;Type;Commune;E-mail;Apporte;Divers
Théâtre du Pont;Lieu;Lons;pont@exemple.test;espace de travail, dates, café;x
;Lieu;Dole;;;
La Halle;Guinguette;Dole;;;
THEATRE DU PONT;;;;;
Fondation Rivière;Parrain ou mécène;;;argent;
"""


def test_rows_are_new_known_or_refused_with_their_line_and_reason():
    known = [Company(id="r", label="Fondation rivière")]
    found = organisations_in(LIST, known)
    assert [(one.line, one.label) for one in found.fresh] == [(2, "Théâtre du Pont"), (4, "La Halle")]
    assert [(one.line, one.label) for one in found.known] == [
        (5, "THEATRE DU PONT"),
        (6, "Fondation Rivière"),
    ]
    assert [(one.line, one.reason) for one in found.refused] == [(3, "pas de nom")]
    assert found.left == ("Divers",)


def test_roles_and_resources_are_read_in_french_and_what_is_unknown_is_kept_as_a_note():
    pont, halle = organisations_in(LIST, ()).fresh[:2]
    assert (pont.values["role"], pont.values["brings"], pont.values["note"]) == (
        "venue", ["space", "dates"], "Apporte : café",
    )  # fmt: skip
    assert (halle.values["role"], halle.values["note"]) == ("other", "Rôle : Guinguette")


@pytest.mark.parametrize("text", ["", "Ville;Courriel\nDole;a@b.test\n"])
def test_a_list_without_names_is_refused_in_words(text):
    with pytest.raises(BadInput):
        organisations_in(text, ())


def test_a_workbook_and_an_old_encoding_are_read():
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    book.active.append(["Nom", "Ville"])
    book.active.append(["La Halle", "Dole"])
    book.save(out)
    text = text_of_list(out.getvalue(), "liste.xlsx")
    assert [one.label for one in organisations_in(text, ()).fresh] == ["La Halle"]
    old = "Nom;Ville\nThéâtre;Besançon\n".encode("cp1252")
    assert organisations_in(text_of_list(old, "liste.csv"), ()).fresh[0].values["city"] == "Besançon"
