"""The production file: what it says, what it never executes, how it can be read aloud."""

import json
import re
from datetime import date

import pytest

from documents.readers import pdf_text
from filage.documents import production_pdf as module
from filage.documents import typst
from filage.documents.production_pdf import production_pdf
from filage.facts.reading import read_dossier
from filage.kernel.changes import add, set_
from filage.law import load_law
from filage.review import review
from filage.review.production_file import production_file
from support.dossiers import reviewed

HOSTILE = '#panic("x") *gras* _it_ @ref $x^2$ `code` <label> \\ "quote" ] } #import "/etc/passwd" // fin'


def text_of(outcome, folder, scenario=""):
    return pdf_text(production_pdf(production_file(outcome, scenario), "0.1.0"), folder)


def given_to_typst(outcome, monkeypatch):
    """The data the template receives, and nothing else."""
    seen = {}
    monkeypatch.setattr(module, "pdf_bytes", lambda template, data, on: seen.update(data) or b"")
    production_pdf(production_file(outcome), "0.1.0")
    return seen


def test_what_users_write_is_shown_and_never_executed(tmp_path):
    outcome = reviewed(
        set_("production/petite", label=HOSTILE, subtitle=HOSTILE, concept=HOSTILE, director=HOSTILE),
        set_("venue/ecluse", label=HOSTILE),
        set_("person/dana", stage_name=HOSTILE),
        set_("budget_line/decor", label=HOSTILE, unit=HOSTILE),
        set_("funding/drac", label=HOSTILE),
        set_("event/premiere", label=HOSTILE),
    )
    content = production_pdf(production_file(outcome), "0.1.0")
    shown = re.sub(r"\s+", "", pdf_text(content, tmp_path, layout=False))
    wanted = re.sub(r"\s+", "", HOSTILE)
    assert shown.count(wanted) >= 6


def test_the_file_is_tagged_in_french_with_a_title():
    content = production_pdf(production_file(reviewed()), "0.1.0")
    assert content.startswith(b"%PDF-1.7")
    assert (
        b"/MarkInfo" in content,
        re.search(rb"/Lang ?\(fr", content) is not None,
        b"pdfuaid:part" in content,
    ) == (
        True,
        True,
        True,
    )
    assert b"Petite forme, dossier de production" in content


def test_the_same_file_gives_the_same_bytes():
    file = production_file(reviewed())
    assert production_pdf(file, "0.1.0") == production_pdf(file, "0.1.0")


def test_every_page_says_its_number_the_version_and_the_day(tmp_path, woyzeck):
    pages = text_of(woyzeck, tmp_path).rstrip("\f").split("\f")
    feet = [page.rstrip().rsplit("\n", 1)[-1] for page in pages]
    assert [re.sub(r"\s{2,}", " | ", foot.strip()) for foot in feet] == [
        f"Woyzeck · dossier de production | Filage 0.1.0 · lun. 12 oct. 2026 | {number} / {len(pages)}"
        for number in range(1, len(pages) + 1)
    ]


def test_the_totals_of_the_example_are_those_of_its_review(tmp_path, woyzeck):
    shown = text_of(woyzeck, tmp_path).replace("\u202f", " ").replace("\xa0", " ")
    for amount in (
        woyzeck.budget.expense,
        woyzeck.budget.income,
        woyzeck.plan.gap,
        woyzeck.plan.gap_weighted,
    ):
        assert f"{amount:,.2f}".replace(",", " ").replace(".", ",") in shown


def test_a_doubtful_line_calls_a_numbered_note():
    file = production_file(reviewed())
    called = {
        number
        for part in file.parts
        for post in part.posts
        for entry in post.entries
        for number in entry.notes
    }
    assert called == {note.number for note in file.notes}
    assert all("à vérifier" in note.text for note in file.notes)
    assert len(file.notes) >= 1


def test_every_total_of_the_price_is_the_sum_of_the_lines_above_it():
    rows = {row.label: row.amounts for row in production_file(reviewed()).price.rows}
    for column in range(2):
        floor = rows["Coût plateau"][column] + rows["Montage partagé"][column]
        cost = floor + rows["Amortissement de la création"][column] + rows["Structure"][column]
        assert rows["Prix plancher"][column] == floor
        assert rows["Coût complet"][column] == cost
        assert rows["Prix de cession HT, la date"][column] == cost + rows["Marge"][column]


def test_a_post_is_the_sum_of_its_lines_and_a_part_of_its_posts(woyzeck):
    for part in production_file(woyzeck).parts:
        assert part.amount == sum(post.amount for post in part.posts)
        assert [post.amount for post in part.posts] == [
            sum(e.amount for e in post.entries) for post in part.posts
        ]


def test_the_same_rehearsal_day_after_day_is_one_line(monkeypatch):
    days = ("2026-09-01", "2026-09-02", "2026-09-03", "2026-09-04", "2026-09-07")
    outcome = reviewed(
        *(
            add(f"event/r{n}", type="rehearsal", day=day, start="14:00", end="18:00", venue="venue/ecluse")
            for n, day in enumerate(days)
        )
    )
    month = given_to_typst(outcome, monkeypatch)["months"][0]
    assert month["label"] == "Septembre 2026"
    assert [(event["day"], event["what"]) for event in month["events"]] == [
        ("mar. 1er – lun. 7 sept.", "Répétition, 5 jours")
    ]


def test_two_performances_in_a_row_stay_two_lines(monkeypatch):
    events = given_to_typst(reviewed(), monkeypatch)["months"][0]["events"]
    assert [event["day"] for event in events if event["strong"]] == [
        "jeu. 5 nov.",
        "ven. 13 nov.",
        "sam. 14 nov.",
    ]


def test_a_person_is_named_once_and_never_with_their_pay(monkeypatch):
    team = given_to_typst(reviewed(), monkeypatch)["teams"]
    assert team == [
        {
            "label": "Équipe artistique",
            "members": [{"name": "Dana Morel", "job": "Marie", "roles": "", "open": False}],
        },
        {
            "label": "Équipe technique",
            "members": [{"name": "Élie Vasseur", "job": "régie générale", "roles": "", "open": False}],
        },
    ]


def test_the_scenario_is_named_on_the_cover(tmp_path):
    assert "scénario « Sans Dole »" in text_of(reviewed(), tmp_path, "Sans Dole")


def test_an_empty_production_says_what_will_come(tmp_path):
    empty = "schema: filage/1\nemployer: {id: a, label: A}\nproduction: {id: b, label: B, form: short_film}\n"
    outcome = review(read_dossier(empty.encode(), file="vide.yaml"), load_law(), date(2026, 10, 12))
    shown = text_of(outcome, tmp_path)
    for said in ("Personne pour l’instant", "Aucune date pour l’instant", "Aucune ligne pour l’instant",
                 "Aucune source pour l’instant"):  # fmt: skip
        assert said in shown


def test_a_film_sells_no_date_and_counts_its_days_of_shooting(monkeypatch):
    empty = "schema: filage/1\nemployer: {id: a, label: A}\nproduction: {id: b, label: B, form: short_film}\n"
    shoot = "events: [{id: j1, type: shoot, day: 2026-10-26}, {id: j2, type: shoot, day: 2026-10-27}]\n"
    outcome = review(read_dossier((empty + shoot).encode(), file="film.yaml"), load_law(), date(2026, 10, 12))
    data = given_to_typst(outcome, monkeypatch)
    assert data["sells_dates"] is False
    assert [figure["label"] for figure in data["figures"]] == [
        "Charges", "Produits", "À trouver", "Jours de tournage", "Équipe",
    ]  # fmt: skip


def test_a_show_without_a_date_says_that_its_price_will_come(tmp_path):
    empty = "schema: filage/1\nemployer: {id: a, label: A}\nproduction: {id: b, label: B, form: dance}\n"
    outcome = review(read_dossier(empty.encode(), file="vide.yaml"), load_law(), date(2026, 10, 12))
    assert "Aucune date à vendre pour l’instant" in text_of(outcome, tmp_path)


def test_a_surplus_is_not_called_a_gap(monkeypatch):
    outcome = reviewed(
        add("funding/mecene", label="Mécène", nature="private", amount="90000", state="signed")
    )
    funds = given_to_typst(outcome, monkeypatch)["funds"]
    assert (funds["gap_word"], funds["is_missing"]) == ("Excédent", False)
    assert [part["label"] for part in funds["bar"]] == ["Certain", "Probable"]


@pytest.mark.parametrize(
    ("form", "said"),
    [("theatre", "mise en scène"), ("short_film", "réalisation"), ("dance", "chorégraphie")],
)
def test_the_director_is_named_in_the_words_of_the_form(form, said):
    assert production_file(reviewed(set_("production/petite", form=form, director="L. T."))).directs == said


def test_the_data_is_json_without_a_number(monkeypatch, woyzeck):
    def leaves(value):
        if isinstance(value, dict):
            return [leaf for part in value.values() for leaf in leaves(part)]
        return [leaf for part in value for leaf in leaves(part)] if isinstance(value, list) else [value]

    data = given_to_typst(woyzeck, monkeypatch)
    assert json.loads(json.dumps(data)) == data
    assert {type(leaf) for leaf in leaves(data)} <= {str, bool, type(None)}


@pytest.mark.parametrize(
    "name", ["Войцек", "Βόυτσεκ", "Łódź, ő ș ț", "½ → ✓ №", "x\u200by", "e\u0301te\u0301", "a\x07b"]
)
def test_every_european_script_is_set_with_the_packaged_fonts(name):
    content = production_pdf(production_file(reviewed(set_("production/petite", label=name))), "0.1.0")
    assert b"pdfuaid:part" in content


@pytest.mark.parametrize("name", ["演劇", "🎭 Fête", "ערב", "\U000f0000"])
def test_a_letter_no_packaged_font_has_never_prevents_the_file(name):
    file = production_file(reviewed(set_("production/petite", label=name, concept=name)))
    assert production_pdf(file, "0.1.0").startswith(b"%PDF")


def test_a_fault_of_the_template_is_not_hidden():
    with pytest.raises(RuntimeError, match="key"):
        typst.pdf_bytes("production_file.typ", {}, date(2026, 10, 12))
