"""Tax credits worked by hand: the base line by line, the aids deducted, the rates and every ceiling."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from filage.facts.base import choices
from filage.facts.production import Production
from filage.funding.conditions import CHECKS, MISSING
from filage.funding.credits.data import credits_for, credits_known
from filage.funding.credits.estimate import CreditEstimate, estimate_credit
from filage.funding.credits.lines import CATEGORIES
from filage.funding.scheme_data import BY_HAND
from filage.kernel.changes import Change, add, set_
from filage.kernel.errors import BadInput
from filage.kernel.money import round_half_up
from filage.kernel.step import recompute
from filage.law import load_law
from support.dossiers import TODAY, reviewed

FOLDER = Path(__file__).parents[3] / "src" / "filage" / "data" / "credits"
CONCERT = set_("production/petite", form="concert")


def estimate(credit: str, *changes: Change) -> CreditEstimate:
    return estimate_credit(reviewed(*changes), credit, load_law(), TODAY)


def line(found: CreditEstimate, ident: str) -> tuple[str, str]:
    one = next(each for each in found.lines if each.row.id == ident)
    return one.state, str(one.eligible.value)


def typed(ident: str, amount: str, **values: Any) -> Change:
    return add(f"budget_line/{ident}", label=ident, post="40", unit_price=amount, **values)


def only(amount: str, **production: Any) -> list[Change]:
    """A production without people or travel: one line of rights of that amount, no aid."""
    gone = ["stay/dole", "meal/dole"]
    return [
        set_("production/petite", **production),
        *[set_(about, unit_price="0") for about in gone],
        *[set_(f"engagement/{who}", quantity="0", unit="package", unit_pay="0") for who in ("dana", "elie")],
        set_("budget_line/decor", unit_price="0"), set_("budget_line/consommables", unit_price="0"),
        set_("funding/drac", state="refused"), typed("oeuvre", amount, account="6516"),
    ]  # fmt: skip


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_file_names_what_exists(path: Path) -> None:
    data = credits_known()[path.stem]
    assert set(data.forms) <= set(choices(Production, "form"))
    assert set(data.base) <= set(CATEGORIES)
    assert {one.check for one in data.conditions} <= {*CHECKS, BY_HAND}
    assert "Loi de finances pour 2026 non lue" in data.doubts[0]
    assert data.source.confidence == "uncertain"
    raw = yaml.safe_load(path.read_text("utf-8"))
    assert 0 < Decimal(raw["rate"]) < 1


def test_each_kind_of_production_sees_its_credits() -> None:
    assert [one.id for one in credits_for("concert")] == ["cisv"]
    assert [one.id for one in credits_for("circus")] == ["cit"]
    assert [one.id for one in credits_for("fiction")] == ["c2i", "cia", "cic"]
    assert [one.id for one in credits_for("phonogram")] == ["cipp"]
    assert [one.id for one in credits_for("video_game")] == ["cijv"]
    assert credits_for("exhibition") == ()


def test_an_unknown_credit_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="vouliez-vous dire « cisv »"):
        estimate("cisw")


def test_the_small_production_as_a_concert_by_hand() -> None:
    found = estimate("cisv", CONCERT)
    # pay, night and meals enter; the set has no account: somebody must choose
    assert line(found, "line/decor") == ("undecided", "0")
    assert line(found, "stay/dole") == ("counted", "136.00")
    budget = reviewed(CONCERT).budget
    left_out = sum(one.row.amount for one in found.lines if one.state in ("undecided", "out"))
    eligible = budget.expense - left_out
    assert found.eligible.value == eligible
    deducted = Decimal(1000) * eligible / budget.expense
    assert found.deducted.value == deducted
    assert found.rate.value == Decimal("0.3")
    assert found.amount.value == round_half_up((eligible - deducted) * Decimal("0.3"))


def test_a_larger_company_has_the_lower_rate() -> None:
    assert estimate("cisv", CONCERT, set_("employer/fil", small="false")).rate.value == Decimal("0.15")


def test_the_ceiling_of_spending_comes_before_the_aids() -> None:
    found = estimate("cisv", *only("600000", form="concert"))
    assert (found.eligible.value, found.base.value) == (Decimal(600000), Decimal(500000))
    assert found.amount.value == Decimal("150000.00")
    aid = add("funding/region", label="Région", nature="public", amount="60000", state="signed")
    aided = estimate("cisv", *only("600000", form="concert"), aid)
    # 60 000 × 500 000 ÷ 600 000 = 50 000 ; (500 000 − 50 000) × 30 %
    assert aided.deducted.value == Decimal(50000)
    assert aided.amount.value == Decimal("135000.00")


def test_the_aids_typed_replace_the_share() -> None:
    fact = add("tax_credit/cisv", credit="CISV", deducted="100000")
    assert estimate("cisv", *only("600000", form="concert"), fact).amount.value == Decimal("120000.00")


def test_a_credit_never_falls_under_zero() -> None:
    fact = add("tax_credit/cisv", credit="CISV", deducted="900000")
    assert estimate("cisv", *only("600000", form="concert"), fact).amount.value == 0


def test_the_ceiling_of_the_company() -> None:
    # 5 000 000 × 40 % = 2 000 000, held to 1 500 000
    assert estimate("cipp", *only("5000000", form="phonogram")).amount.value == Decimal("1500000.00")


def test_the_fiction_example_of_the_reference() -> None:
    # 52 min at 18 000 €: 936 000 € of budget, 500 000 counted; 25 % = 125 000, held to 52 × 2 000
    work = only("500000", form="fiction", duration="52")
    rest = typed("reste", "436000", account="623")
    found = estimate("cia", *work, rest)
    assert (found.eligible.value, found.amount.value) == (Decimal(500000), Decimal("104000.00"))
    without = estimate("cia", *only("500000", form="fiction"), rest)
    assert without.amount.value == Decimal("125000.00")
    assert any("Sans durée" in doubt for doubt in without.doubts)


def test_the_stairs_of_the_ceiling_a_minute_change_on_the_figure_itself() -> None:
    # 50 min: 999 999 € is under 20 000 € a minute (2 000 each), 1 000 000 € is not (3 000 each)
    for amount, ceiling in (("499999", "100000.00"), ("500000", "125000.00")):
        rest = typed("reste", "500000", account="623")
        found = estimate("cia", *only(amount, form="fiction", duration="50"), rest)
        assert found.amount.value == min(Decimal(ceiling), round_half_up(Decimal(amount) / 4))


def test_a_base_of_film_is_four_fifths_of_the_budget_at_most() -> None:
    found = estimate("cic", *only("100000", form="fiction"))
    assert (found.eligible.value, found.base.value, found.amount.value) == (
        Decimal(100000), Decimal(80000), Decimal("16000.00"),
    )  # fmt: skip


@pytest.mark.parametrize(("amount", "held"), [("250000", True), ("200000", True), ("249000", True)])
def test_the_international_credit_asks_for_half_of_a_small_budget(amount: str, *, held: bool) -> None:
    found = estimate("c2i", *only(amount, form="fiction"))
    assert (found.conditions[-1].state != MISSING) is held


def test_the_international_credit_asks_for_250_000_of_a_large_one() -> None:
    work = [*only("240000", form="fiction"), typed("reste", "400000", account="623")]
    assert estimate("c2i", *work).conditions[-1].state == MISSING


@pytest.mark.parametrize(("city", "price", "state", "eligible"), [
    ("Dole", "200", "counted", "400.00"), ("Dole", "250", "capped", "400.00"),
    ("Paris", "250", "counted", "500.00"), ("Paris", "300", "capped", "540.00"),
    ("Saint-Denis (93)", "300", "capped", "540.00"),
])  # fmt: skip
def test_a_night_counts_up_to_its_cap(city: str, price: str, state: str, eligible: str) -> None:
    found = estimate("cisv", CONCERT, set_("venue/fabrique", city=city), set_("stay/dole", unit_price=price))
    assert line(found, "stay/dole") == (state, eligible)


def test_a_film_counts_a_meal_up_to_30_euros_and_a_show_in_full() -> None:
    dear = set_("meal/dole", unit_price="35")
    film = estimate("cic", set_("production/petite", form="fiction"), dear)
    # 2 days × 2 meals × 2 people
    assert line(film, "meal/dole") == ("capped", "240.00")
    assert line(estimate("cisv", CONCERT, dear), "meal/dole") == ("counted", "280.00")


def test_a_film_counts_a_journey_up_to_its_cap() -> None:
    trip = add("leg/avion", mode="plane", origin="Paris", destination="Dole", event="event/dole-1", people="2",
               unit_price="260")  # fmt: skip
    film = set_("production/petite", form="fiction")
    assert line(estimate("cic", film, trip), "leg/avion") == ("capped", "400.00")


def test_what_is_spent_abroad_leaves_the_base_of_a_film() -> None:
    film = set_("production/petite", form="fiction")
    abroad = set_("venue/fabrique", country="BE")
    assert line(estimate("cic", film, abroad), "stay/dole") == ("out", "0")
    assert line(estimate("cisv", CONCERT, abroad), "stay/dole")[0] == "counted"


def test_a_choice_wins_over_the_rules_both_ways() -> None:
    yes = add("line_detail/d1", line="line/decor", credit="yes")
    no = add("line_detail/d2", line="stay/dole", credit="no")
    found = estimate("cisv", CONCERT, yes, no)
    assert line(found, "line/decor") == ("counted", "1800.00")
    assert line(found, "stay/dole") == ("out", "0")
    left_out = add("tax_credit/c", credit="cisv", excluded_lines=["meal/dole"])
    assert line(estimate("cisv", CONCERT, left_out), "meal/dole") == ("out", "0")


def test_a_line_with_an_account_goes_by_it() -> None:
    found = estimate(
        "cisv", CONCERT, typed("droits", "100", account="6516"), typed("impot", "10", account="635")
    )
    assert line(found, "line/droits") == ("counted", "100.00")
    assert line(found, "line/impot") == ("out", "0")


def test_a_performer_of_a_film_without_a_known_minimum_is_left_to_choose() -> None:
    found = estimate("cic", set_("production/petite", form="fiction"))
    pay = next(one for one in found.lines if one.row.about == "engagement/dana")
    assert pay.state in ("undecided", "capped", "counted")
    assert pay.eligible.value <= pay.row.amount


def test_a_company_not_under_corporate_tax_lacks_a_condition() -> None:
    found = estimate("cisv", CONCERT)
    assert found.state == MISSING
    assert found.conditions[0].figures == "non soumise ; demandé : impôt sur les sociétés"
    under = estimate("cisv", CONCERT, set_("employer/fil", corporate_tax="true"))
    assert under.conditions[0].state == "held"


def test_every_estimate_explains_itself() -> None:
    for data in credits_known().values():
        found = estimate(data.id, set_("production/petite", form=data.forms[0], duration="60"))
        assert recompute(found.amount) == found.amount.value
        assert found.amount.confidence == "uncertain"
        assert sum((one.eligible.value for one in found.lines), Decimal(0)) == found.eligible.value
        assert {one.row.id for one in found.lines} == {
            row.id for row in reviewed(set_("production/petite", form=data.forms[0])).budget.rows
            if row.side == "expense"
        }  # fmt: skip


def test_a_performer_of_a_film_counts_up_to_the_minimum_of_the_job() -> None:
    film = [
        set_("production/petite", form="fiction"),
        set_("employer/fil", idcc="3097"),
        add("position/role", label="Louise", status="artiste", job="Artiste-interprète long métrage"),
    ]
    paid = {"position": "position/role", "person": "person/dana", "phase": "production", "unit": "day",
            "starts_on": "2026-11-02", "ends_on": "2026-11-03", "quantity": "2"}  # fmt: skip
    dear = estimate("cic", *film, add("engagement/louise", **paid, unit_pay="900"))
    (one,) = [line for line in dear.lines if line.row.about == "engagement/louise"]
    minimum = Decimal("418.25")
    assert one.state == "capped"
    assert one.eligible.value == round_half_up(one.row.amount * minimum / 900)
    fair = estimate("cic", *film, add("engagement/louise", **paid, unit_pay="418.25"))
    (one,) = [line for line in fair.lines if line.row.about == "engagement/louise"]
    assert (one.state, one.eligible.value) == ("counted", one.row.amount)
