"""What a field proposes: posts of the budget, values and derogations of the law."""

from types import SimpleNamespace

from filage.kernel.changes import set_
from filage_web.forms import Choices, FactForm
from support.dossiers import small

EMPLOYER = small().employer.about


def form(cast, post):
    data = {"label": "Bar", "post": post, "phase": "exploitation", "quantity": "1", "unit_price": "12"}
    fields = tuple(data)
    return FactForm("budget_line", data, choices=Choices(cast.structure, small()), only=fields)


def expense(cast, **typed):
    rows = [SimpleNamespace(id=f"pay/dana/{phase}", label="Dana, Marie", side="expense", phase=phase)
            for phase in ("production", "exploitation")]  # fmt: skip
    data = {"label": "Bois", "amount": "1 250,50 €", "on": "14/03/2026", "source": "typed"} | typed
    return FactForm("expense", data, choices=Choices(cast.structure, small(), rows))


def test_an_expense_is_typed_as_it_is_read_and_its_computed_line_chosen_by_name(cast):
    made = expense(cast, row="Dana, Marie, exploitation")
    assert made.is_valid(), made.errors
    assert (made.values["amount"], made.values["row"]) == ("1250.50", "pay/dana/exploitation")
    assert "Dana, Marie, production" in str(made["row"])
    assert "fingerprint" not in made.fields


def test_a_huge_amount_is_refused_in_plain_words(cast):
    [told] = expense(cast, amount="9" * 40).errors["amount"]
    assert "trop grand" in told
    assert "1250.50" not in told


def test_a_post_is_proposed_by_its_code_and_name(cast):
    assert "70 · Plateau" in str(form(cast, "")["post"])


def test_a_post_is_read_by_its_name_its_code_or_as_a_new_one(cast):
    for typed, written in (("70 · plateau", "70"), ("80", "80"), ("95", "95")):
        made = form(cast, typed)
        assert made.is_valid(), made.errors
        assert made.values["post"] == written


def test_derogations_are_chosen_by_what_they_allow_and_one_already_there_stays(cast):
    dossier = small(set_(EMPLOYER, idcc="1285", agreements=["CT-JOUR-12H-DEROG", "ACCORD-MAISON"]))
    employer = dossier.employer
    kept = FactForm("employer", choices=Choices(cast.structure, dossier), fact=employer, only=("agreements",))
    page = str(kept["agreements"])
    assert "Travail effectif de la journée ≤ 12 h" in page
    assert "ACCORD-MAISON" in page
    assert "3097-" not in page, "another convention's derogations are not proposed"
    assert kept.initial["agreements"] == ["CT-JOUR-12H-DEROG", "ACCORD-MAISON"]


def test_a_value_of_the_law_is_read_by_its_name(cast):
    data = {
        "rates-rows": "1", "rates-0-parameter": "at/mp techniciens et permanents, employeur",
        "rates-0-value": "0,016", "rates-0-starts_on": "01/01/2026", "rates-0-source": "Carsat",
    }  # fmt: skip
    dossier = small()
    made = FactForm(
        "employer", data, choices=Choices(cast.structure, dossier), fact=dossier.employer, only=("rates",)
    )
    assert made.is_valid(), made.errors
    assert [rate["parameter"] for rate in made.values["rates"]] == ["paie.atmp_technicien"]
