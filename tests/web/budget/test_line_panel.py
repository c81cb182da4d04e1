"""A line's panel, groups, several lines at once, the library, copies, shares, variables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from filage.facts.budget import BudgetGroup, BudgetLine, LineDetail, ModelLine, Variable
from filage.kernel.changes import add, set_
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet, File
from filage_web.store.outcomes import forget_outcomes, outcome_of
from filage_web.store.queries import dossier_of
from support.cast import Cast

MEAL = "meal/repas-dole-artistes"
BACHE = add(
    "budget_line/bache", label="Bâche", post="30", quantity="2", unit="lots", unit_price="10", note="Vue"
)


@pytest.fixture
def office(world: Cast, django_db_blocker, settings, tmp_path) -> Iterator[Cast]:
    """Le Fil with its Woyzeck; what the test writes is undone."""
    settings.MEDIA_ROOT = tmp_path / "files"
    with django_db_blocker.unblock(), transaction.atomic():
        yield world
        transaction.set_rollback(True)
    forget_outcomes()


def post(office: Cast, path: str, who: str = "bob", **fields: Any) -> Any:
    return office.browser(who).post(office.address(f"budget/{path}/"), fields)


def panel(office: Cast, line: str, who: str = "bob") -> Any:
    return office.browser(who).get(office.address("budget/ligne/"), {"line": line})


def filled(office: Cast, line: str) -> dict[str, Any]:
    """What the panel's form would send untouched."""
    form = panel(office, line).context["form"]
    sent: dict[str, Any] = {"line": line}
    for one in form.forms:
        for name in one.fields:
            value = one[name].value()
            if value not in (None, "", [], False):
                sent[one.add_prefix(name)] = value
    return sent


def dossier(office: Cast) -> Any:
    return dossier_of(office.structure, office.production)


def detail_of(office: Cast, line: str) -> LineDetail | None:
    return next((one for one in dossier(office).all(LineDetail) if one.line == line), None)


def balance(office: Cast, scenario: str | None = None) -> Decimal:
    return outcome_of(office.structure, office.production, scenario=scenario).budget.balance


# --- the panel ----------------------------------------------------------------------------------------------


def test_a_panel_sent_untouched_writes_nothing(office: Cast) -> None:
    apply(office.structure, office.production, [BACHE], actor=office.alice)
    before = ChangeSet.objects.count()
    for line in ("line/bache", "line/decor", MEAL):
        assert post(office, "ligne", **filled(office, line)).status_code == 302
    assert ChangeSet.objects.count() == before


def test_everything_of_a_typed_line_is_written_as_one(office: Cast) -> None:
    apply(office.structure, office.production, [BACHE], actor=office.alice)
    before = ChangeSet.objects.count()
    more = {
        "l-unit_price": "12,50", "d-low": "20", "d-high": "40", "d-owner": "person/lea", "d-note": "Devis attendu",
        "new_group": "Second décor", "file": SimpleUploadedFile("devis.pdf", b"%PDF", "application/pdf"),
    }  # fmt: skip
    answer = post(office, "ligne", **filled(office, "line/bache") | more)
    assert answer.status_code == 302, answer.content.decode()
    assert ChangeSet.objects.count() == before + 1
    line = dossier(office).find("budget_line/bache", BudgetLine)
    detail = detail_of(office, "line/bache")
    assert (line.unit_price, line.note) == ("12.50", None)
    assert (str(detail.low), str(detail.high), detail.owner, detail.note, detail.files, detail.group) == (
        "20", "40", "person/lea", "Devis attendu", ("devis.pdf",), "budget_group/second-decor",
    )  # fmt: skip
    assert ChangeSet.objects.latest("pk").label == "Bâche : fiche de la ligne"


def test_a_computed_line_has_details_too(office: Cast) -> None:
    post(office, "ligne", **filled(office, MEAL) | {"d-low": "400"})
    assert str(detail_of(office, MEAL).low) == "400"
    page = panel(office, MEAL).content.decode()
    assert "Remplacer le calcul" in page


def test_details_that_say_nothing_any_more_are_not_kept(office: Cast) -> None:
    apply(office.structure, office.production, [BACHE], actor=office.alice)
    post(office, "ligne", **filled(office, "line/bache") | {"d-low": "20"})
    post(office, "ligne", **filled(office, "line/bache") | {"d-low": ""})
    assert detail_of(office, "line/bache") is None


def test_a_second_file_of_one_name_replaces_no_other(office: Cast) -> None:
    apply(office.structure, office.production, [BACHE], actor=office.alice)
    for data in (b"un", b"deux"):
        sent = filled(office, "line/bache") | {"file": SimpleUploadedFile("devis.pdf", data)}
        post(office, "ligne", **sent)
    assert detail_of(office, "line/bache").files == ("devis.pdf", "devis (2).pdf")
    assert File.objects.filter(name__startswith="devis").count() == 2
    post(office, "ligne", **filled(office, "line/bache") | {"drop": "devis.pdf"})
    assert detail_of(office, "line/bache").files == ("devis (2).pdf",)


def test_a_wrong_panel_keeps_what_was_typed_and_writes_nothing(office: Cast) -> None:
    before = ChangeSet.objects.count()
    sent = filled(office, "line/decor") | {"l-quantity": "nb_date", "d-low": "beaucoup"}
    answer = post(office, "ligne", **sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Vouliez-vous nb_dates" in text
    assert 'value="beaucoup"' in text
    assert ChangeSet.objects.count() == before


def test_two_people_in_one_panel_see_both_versions(office: Cast) -> None:
    mine = filled(office, "line/decor")
    post(office, "ligne", who="alice", **filled(office, "line/decor") | {"l-unit_price": "9000"})
    answer = post(office, "ligne", **mine | {"l-unit_price": "9500"})
    assert answer.status_code == 409
    assert "Alice Ferrand" in answer.content.decode()


def test_the_grid_takes_what_a_panel_writes(office: Cast) -> None:
    sent = filled(office, "line/decor") | {"l-unit_price": "9000"}
    answer = office.browser("bob").post(
        office.address("budget/ligne/"), sent, headers={"Accept": "application/json"}
    )
    assert answer.json()["close"] is True
    assert "9\u202f000,00" in answer.json()["rows"]["budget_line-decor"]


def test_a_reader_reads_a_line_and_writes_nothing(office: Cast) -> None:
    page = panel(office, "line/decor", who="rene").content.decode()
    assert '<form method="post" action="/s/le-fil/p/woyzeck/budget/ligne/' not in page
    assert post(office, "ligne", who="rene", line="line/decor").status_code == 403


def test_in_a_scenario_the_panel_writes_differences(office: Cast) -> None:
    sent = {**filled(office, "line/costumes"), "l-unit_price": "2000", "scenario": "decor-plie"}
    post(office, "ligne", **sent)
    assert dossier(office).find("budget_line/costumes", BudgetLine).unit_price == "3400"
    inside = outcome_of(office.structure, office.production, scenario="decor-plie").dossier
    assert inside.find("budget_line/costumes", BudgetLine).unit_price == "2000"


# --- groups -------------------------------------------------------------------------------------------------


def grouped(office: Cast, *lines: str) -> None:
    post(office, "plusieurs", line=list(lines), action="group", new_group="Option")


def test_several_lines_join_a_group_at_once(office: Cast) -> None:
    grouped(office, "line/decor", "line/costumes", MEAL)
    assert {detail_of(office, line).group for line in ("line/decor", "line/costumes", MEAL)} == {
        "budget_group/option"
    }
    assert ChangeSet.objects.latest("pk").label == "3\u00a0lignes dans le groupe Option"


def test_a_group_switched_off_counts_for_nothing_and_says_what_it_does(office: Cast) -> None:
    grouped(office, "line/costumes")
    before = balance(office)
    shown = office.browser("bob").get(office.address("budget/groupe/?group=option")).context
    post(office, "groupe/basculer", group="option")
    assert balance(office) == shown["then"]
    assert shown["now"] == before
    page = office.browser("rene").get(office.address("budget/")).content.decode()
    assert 'id="budget_line-costumes" data-line="line/costumes"' in page
    assert 'class="off"' in page
    post(office, "groupe/basculer", group="option")
    assert balance(office) == before


def test_a_group_taken_away_leaves_its_lines(office: Cast) -> None:
    grouped(office, "line/bache", "line/costumes")
    post(office, "groupe/retirer", group="option")
    assert dossier(office).find("budget_group/option", BudgetGroup) is None
    assert detail_of(office, "line/costumes").group is None


def test_lines_move_to_a_post_together_but_not_computed_ones(office: Cast) -> None:
    post(office, "plusieurs", line=["line/decor", "line/costumes"], action="post", post="50")
    assert {dossier(office).get(f"budget_line/{name}").post for name in ("decor", "costumes")} == {"50"}
    refused = post(office, "plusieurs", line=[MEAL], action="post", post="50")
    assert refused.status_code == 422


# --- the library --------------------------------------------------------------------------------------------


def test_a_line_kept_in_the_library_is_put_into_a_budget_with_its_source(office: Cast) -> None:
    post(office, "bibliotheque/garder", line="line/decor", source="Devis Atelier", on="2026-10-02")
    model = dossier(office).all(ModelLine)[-1]
    assert (model.label, model.source, str(model.on)) == (
        "Construction du décor",
        "Devis Atelier",
        "2026-10-02",
    )
    post(office, "bibliotheque", model=model.id, post="50")
    line = dossier(office).find("budget_line/construction-du-decor", BudgetLine)
    assert (line.post, line.unit_price, line.note) == ("50", "11800", "Prix : Devis Atelier, 02/10/2026")


def test_the_library_is_searched_and_asks_for_missing_variables(office: Cast) -> None:
    models = [add("model_line/loge", label="Loge", post="30", quantity="nb_loges", unit_price="5")]
    apply(office.structure, office.production, models, actor=office.alice)
    page = office.browser("bob").get(office.address("budget/bibliotheque/?text=loge")).content.decode()
    assert "Loge" in page
    asked = post(office, "bibliotheque", model="loge")
    assert (asked.status_code, "variable-nb_loges" in asked.content.decode()) == (422, True)
    post(office, "bibliotheque", model="loge", **{"variable-nb_loges": "4"})
    assert dossier(office).find("variable/nb-loges", Variable).value == "4"


# --- copies -------------------------------------------------------------------------------------------------

LENZ = (
    add("production/lenz", label="Lenz", form="theatre"),
    add("variable/nb-chaises", name_text="nb_chaises", value="12", unit="pièces"),
    add("budget_line/decor", label="Décor de Lenz", post="30", quantity="nb_chaises", unit_price="10"),
)


def test_lines_are_copied_from_another_production_under_ids_of_their_own(office: Cast) -> None:
    apply(office.structure, "lenz", LENZ, actor=office.alice)
    page = office.browser("bob").get(office.address("budget/copier/?source=lenz")).content.decode()
    assert "Décor de Lenz" in page
    asked = post(office, "copier", source="lenz", pick="decor")
    assert asked.status_code == 422
    sheet = post(office, "copier", source="lenz", pick="decor", **{"variable-nb_chaises": "8"})
    assert sheet.status_code == 200
    assert "1\u00a0ligne copiée de Lenz" in sheet.content.decode()


def test_a_whole_post_is_copied_at_once(office: Cast) -> None:
    more = (*LENZ, add("budget_line/toile", label="Toile", post="30", unit_price="40"))
    apply(office.structure, "lenz", more, actor=office.alice)
    sheet = post(office, "copier", source="lenz", whole="30", **{"variable-nb_chaises": "8"})
    assert "2\u00a0lignes copiées de Lenz" in sheet.content.decode()


def test_another_structure_is_out_of_reach_of_a_copy(office: Cast) -> None:
    assert office.browser("bob").get(office.address("budget/copier/?source=ailleurs")).status_code == 404


# --- shares, variables, contributions in kind ---------------------------------------------------------------


def test_a_share_of_posts_is_added_by_a_small_form(office: Cast) -> None:
    post(
        office,
        "part",
        label="Assurance annulation",
        rate="1,5 %",
        share_of=["10", "30"],
        phase="production",
        post="60",
    )
    line = dossier(office).find("budget_line/assurance-annulation", BudgetLine)
    assert (line.rate, line.share_of, line.post) == (Decimal("0.015"), ("10", "30"), "60")
    wrong = post(office, "part", label="Frais", rate="5", phase="production", post="60")
    assert (wrong.status_code, "au moins" in wrong.content.decode()) == (422, True)


def test_variables_say_which_lines_use_them(office: Cast) -> None:
    page = office.browser("rene").get(office.address("budget/variables/")).content.decode()
    assert "nb_dates" in page
    assert "#budget_line-consommables" in page


def test_circular_variables_are_named_where_they_are(office: Cast) -> None:
    loop = [
        add("variable/aa", name_text="aa", value="bb"),
        add("variable/bb", name_text="bb", value="aa"),
    ]
    apply(office.structure, office.production, loop, actor=office.alice)
    page = office.browser("rene").get(office.address("budget/variables/")).content.decode()
    assert "Variables en boucle" in page


def test_contributions_in_kind_stand_apart_of_the_totals(office: Cast) -> None:
    before = outcome_of(office.structure, office.production).budget.expense
    given = [
        add("budget_line/bruit", label="Prêt de studio", post="86", unit_price="700", valued="true"),
        add(
            "budget_line/studio-87",
            label="Studio reçu",
            post="87",
            unit_price="700",
            side="income",
            valued="true",
        ),
    ]
    apply(office.structure, office.production, given, actor=office.alice)
    page = office.browser("rene").get(office.address("budget/")).content.decode()
    assert page.index("Contributions en nature, hors totaux") < page.index("Prêt de studio")
    assert outcome_of(office.structure, office.production).budget.expense == before
    assert "En nature, hors totaux" in page


PAGES = (
    "ligne/?line=line/l0",
    "plusieurs/",
    "bibliotheque/",
    "variables/",
    "part/",
    "copier/",
    "chercher/?q=l",
)


@pytest.mark.parametrize("path", PAGES)
def test_the_queries_are_the_same_with_one_line_and_with_three(cast: Cast, path: str) -> None:
    counts = []
    for number in (1, 3):
        kept = [
            n
            for n in range(number)
            if dossier_of(cast.structure, cast.production).get(f"budget_line/l{n}") is None
        ]
        changes = [add(f"budget_line/l{n}", label=f"L{n}", post="30", unit_price="10") for n in kept]
        changes += [add(f"model_line/m{n}", label=f"M{n}", post="30") for n in kept]
        changes += [add(f"budget_group/g{n}", label=f"G{n}") for n in kept]
        changes += [add(f"line_detail/d{n}", line=f"line/l{n}", group=f"budget_group/g{n}") for n in kept]
        apply(cast.structure, cast.production, changes, actor=cast.alice)
        cast.browser("bob").get(cast.address(f"budget/{path}"))
        with CaptureQueriesContext(connection) as queries:
            assert cast.browser("bob").get(cast.address(f"budget/{path}")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_moved_group_keeps_what_else_is_known_of_its_lines(office: Cast) -> None:
    apply(office.structure, office.production, [set_("line_detail/costumes", low="2000")], actor=office.alice)
    grouped(office, "line/costumes")
    post(office, "plusieurs", line=["line/costumes"], action="group", group="aucun")
    assert str(detail_of(office, "line/costumes").low) == "2000"
