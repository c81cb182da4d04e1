"""Named numbers: counted in the calendar, typed, circular, broken."""

from filage.kernel.changes import add, set_
from support.dossiers import amounts, reviewed


def messages(outcome, code):
    return [finding.message for finding in outcome.findings if finding.code == code]


def test_the_calendar_counts_days_with_their_unit():
    outcome = reviewed(
        add("event/r1", type="rehearsal", day="2026-11-02", start="10:00", end="13:00"),
        add("event/r2", type="rehearsal", day="2026-11-02", start="14:00", end="18:00"),
        add("event/r3", type="rehearsal", day="2026-11-03", option="cancelled"),
    )
    found = {
        name: (int(step.value), step.unit)
        for name, step in outcome.variables.items()
        if name != "devis_decor"
    }
    assert found == {
        "nb_dates": (3, "dates"), "nb_series": (2, "séries"), "nb_lieux": (2, "lieux"), "nb_services": (2, "services"),
        "jours_repet": (1, "jours"), "jours_residence": (0, "jours"), "jours_montage": (1, "jours"),
        "jours_tournage": (0, "jours"), "jours_enregistrement": (0, "jours"),
    }  # fmt: skip


def test_a_typed_variable_replaces_that_of_the_calendar_and_both_are_told():
    outcome = reviewed(add("variable/n", name_text="nb_dates", value="10"))
    assert amounts(outcome)["line/consommables"] == "600.00"
    assert messages(outcome, "budget.variable_replaced") == [
        "nb_dates vaut 10, saisi, et 3 au calendrier : la valeur saisie compte."
    ]
    same = reviewed(add("variable/n", name_text="nb_dates", value="3"))
    assert messages(same, "budget.variable_replaced") == []


def test_two_variables_of_one_name_are_said_and_the_first_counts():
    outcome = reviewed(add("variable/encore", name_text="devis_decor", value="1"))
    assert amounts(outcome)["line/decor"] == "1800.00"
    assert messages(outcome, "budget.variable_twice") == [
        "Deux variables s’appellent devis_decor : variable/devis compte, renommez celle-ci."
    ]


def test_a_line_that_cites_a_broken_variable_names_it():
    outcome = reviewed(set_("variable/devis", value="nb_date * 2"))
    assert messages(outcome, "budget.expression") == [
        "Décor : devis_decor ne se calcule pas : corrigez cette variable.",
        "devis_decor : « nb_date » inconnu. Vouliez-vous nb_dates ?",
    ]
