"""The whole folder: what is written, what is never overwritten, what never leaves."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import date
from html.parser import HTMLParser

import pytest

from cli.commands import WOYZECK, filage, printed
from documents.readers import pdf_text
from filage.documents.build import NAMES, build, coming_days, names_of, render
from filage.kernel.changes import add, set_
from filage.kernel.errors import BadInput
from filage.review import outcome_json
from support.dossiers import reviewed

CANARY = "299017512345678"
PRIVATE = add(
    "person_private/dana", person="person/dana", nir=CANARY, iban=f"FR76{CANARY}", address=f"{CANARY} rue Secrète",
    phone=CANARY, nationality=CANARY, permit=CANARY,
)  # fmt: skip


def test_every_file_is_written_and_described(tmp_path):
    told = []
    made = build(reviewed(), tmp_path / "a" / "b", told.append)
    assert [one.name for one in made] == list(NAMES) == told
    for one in made:
        content = one.path.read_bytes()
        assert (one.size, one.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == sorted(NAMES)


def test_the_outcome_is_the_published_shape(tmp_path):
    outcome = reviewed()
    build(outcome, tmp_path)
    assert json.loads((tmp_path / "outcome.json").read_text()) == outcome_json(outcome)


def test_building_again_replaces_the_files_of_the_same_production(tmp_path):
    build(reviewed(), tmp_path)
    before = (tmp_path / "budget.xlsx").read_bytes()
    build(reviewed(set_("budget_line/decor", unit_price="2000")), tmp_path)
    assert (tmp_path / "budget.xlsx").read_bytes() != before


def test_the_files_of_another_production_are_never_overwritten(tmp_path):
    build(reviewed(), tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(BadInput, match="ce dossier contient déjà les fichiers de « petite »"):
        build(other(), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def other():
    """The same production under another identity."""
    from filage.facts.reading import read_dossier
    from filage.law import load_law
    from filage.review import review
    from support.dossiers import SMALL, TODAY

    text = SMALL.replace("id: petite\n", "id: autre\n")
    return review(read_dossier(text.encode(), file="autre.yaml"), load_law(), TODAY)


def test_a_file_of_that_name_that_filage_did_not_write_is_left_alone(tmp_path):
    (tmp_path / "budget.xlsx").write_text("mien")
    with pytest.raises(BadInput, match=r"budget\.xlsx, que Filage n’a pas écrits"):
        build(reviewed(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["budget.xlsx"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "dehors").write_text("x")
    with pytest.raises(BadInput, match="c’est un fichier"):
        build(reviewed(), tmp_path / "dehors")


def test_when_one_file_cannot_be_made_none_is_written(tmp_path, monkeypatch):
    def fail(*_args):
        raise RuntimeError("plein")

    monkeypatch.setattr("filage.documents.build.ics_bytes", fail)
    with pytest.raises(RuntimeError):
        build(reviewed(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_file_is_refused_by_name():
    with pytest.raises(
        BadInput, match=r"« bilan\.pdf » n’est pas un fichier à produire ; attendu : budget\.xlsx"
    ):
        render("bilan.pdf", reviewed())


def test_no_private_datum_reaches_any_file(tmp_path):
    made = build(reviewed(PRIVATE), tmp_path)
    for one in made:
        for name, content in unpacked(one.path.read_bytes()):
            assert (one.name, name, CANARY.encode() in content) == (one.name, name, False)
    shown = pdf_text((tmp_path / "dossier.pdf").read_bytes(), tmp_path)
    assert (CANARY in shown.replace(" ", ""), "Dana Morel" in shown) == (False, True)


def unpacked(content):
    """A file, or the members of an archive."""
    if not content.startswith(b"PK"):
        return [("", content)]
    archive = zipfile.ZipFile(io.BytesIO(content))
    return [(name, archive.read(name)) for name in archive.namelist()]


class Page(HTMLParser):
    """What a page links to and contains."""

    def __init__(self):
        super().__init__()
        self.tags, self.links, self.attributes = set(), [], set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name in ("href", "src")]


def test_the_index_links_the_files_and_needs_neither_script_nor_network(tmp_path):
    build(reviewed(set_("production/petite", label="<script>alert(1)</script>")), tmp_path)
    page, text = Page(), (tmp_path / "index.html").read_text()
    page.feed(text)
    assert page.links == list(NAMES[:-1])
    assert {"script", "img", "link", "iframe"} & page.tags == set()
    assert [name for name in page.attributes if name.startswith("on") or name == "style"] == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert 'lang="fr"' in text


def test_the_command_builds_the_example_and_says_where(tmp_path):
    done = filage("build", WOYZECK, "-o", tmp_path / "sortie", "--on", "2026-10-12")
    assert done.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "sortie").iterdir()) == sorted((*NAMES, "feuilles.pdf"))
    assert str(tmp_path / "sortie" / "index.html") in done.stdout


def test_the_command_refuses_another_production_with_code_2(tmp_path):
    build(reviewed(), tmp_path)
    done = filage("build", WOYZECK, "-o", tmp_path, "--on", "2026-10-12")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "ce dossier contient déjà les fichiers de « petite »" in done.stderr


def test_the_command_prints_the_list_in_json(tmp_path):
    found = printed("build", WOYZECK, "-o", tmp_path, "--on", "2026-10-12")
    assert [made["name"] for made in found["files"]] == [*NAMES[:3], "feuilles.pdf", *NAMES[3:]]


def test_the_sheets_of_the_coming_days_are_there_when_there_are_some(tmp_path):
    near = reviewed(on=date(2026, 11, 4))
    assert names_of(reviewed()) == NAMES
    assert coming_days(near) == ("2026-11-04", "2026-11-05")
    build(near, tmp_path)
    text = pdf_text((tmp_path / "feuilles.pdf").read_bytes(), tmp_path)
    assert [day for day in ("mer. 4 nov. 2026", "jeu. 5 nov. 2026, première") if day not in text] == []
    build(reviewed(), tmp_path)
    assert not (tmp_path / "feuilles.pdf").exists()
    with pytest.raises(BadInput, match="sept jours"):
        render("feuilles.pdf", reviewed())


def test_the_heavy_libraries_are_imported_only_to_build():
    heavy = ("openpyxl", "typst", "icalendar", "babel", "django")
    code = f"import sys, filage.cli.build, filage.documents.build; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
