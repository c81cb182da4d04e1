"""The month's pay of a structure: rows, refusals, control totals, private data, declarations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from filage.facts.changing import apply_changes
from filage.facts.people import PersonPrivate
from filage.kernel.changes import add, set_
from filage.kernel.errors import BadInput
from filage.law import load_law
from filage.payroll.declarations import declarations, due_of
from filage.payroll.hours import shifts_of, validated
from filage.payroll.preparation import Paid, months_of, preparation
from filage.payroll.preparation_book import FIELDS, declaration_lines, pay_lines, preparation_book
from filage.review import review
from filage.review.pay_contents import paid_of
from support.dossiers import TODAY, small

DANA = PersonPrivate(
    id="dana", person="person/dana", born_on=date(1990, 5, 4), nir="290052500000012", address="1 rue du Port",
    iban="FR7600000000000000000000000", nationality="France",
)  # fmt: skip
PAY_NEXT_YEAR = (
    set_("engagement/dana", starts_on="2027-01-05", ends_on="2027-01-14"),
    *(set_(f"event/{event}", day="2027-01-08") for event in ("premiere", "dole-1", "dole-2")),
)


def paid(*changes, dossier=None) -> Paid:
    outcome = review(dossier or small(*changes), load_law(), TODAY)
    return Paid(outcome.dossier, outcome.costs)


def prepared(*changes, month: str = "2026-11", private=None):
    return preparation([paid(*changes)], month, private)


def row_of(prepared, person: str = "dana"):
    return next(row for row in prepared.rows if row.person.id == person)


def codes(row) -> list[str]:
    return [finding.code for finding in row.findings]


def test_a_row_says_who_is_paid_what_and_when() -> None:
    row = row_of(prepared())
    assert (row.units, row.isolated, row.grouped, row.gross, row.annexe, row.contract_type) == (
        3, 3, None, Decimal("480.00"), "10", "CDD d’usage",
    )  # fmt: skip
    assert row.dates == (date(2026, 11, 5), date(2026, 11, 13), date(2026, 11, 14))
    technician = row_of(prepared(), "elie")
    assert (technician.units, technician.gross, technician.hours_paid, technician.annexe, technician.at_rate) == (
        4, Decimal("800.00"), 32, "8", Decimal("0.016"),
    )  # fmt: skip


def test_rows_are_in_the_order_of_names_and_totals_add_them_up() -> None:
    found = prepared()
    assert [row.person.family_name for row in found.rows] == ["Morel", "Vasseur"]
    totals = found.totals
    assert (totals.rows, totals.people, totals.refused, totals.gross, totals.cachets, totals.hours) == (
        2, 2, 0, Decimal("1280.00"), 3, 32,
    )  # fmt: skip


def test_several_productions_of_a_structure_are_one_preparation() -> None:
    other = paid(set_("production/petite", label="Autre forme"))
    found = preparation([paid(), other], "2026-11")
    assert [(row.person.id, row.title) for row in found.rows] == [
        ("dana", "Petite forme"), ("dana", "Autre forme"), ("elie", "Petite forme"), ("elie", "Autre forme"),
    ]  # fmt: skip
    assert (found.totals.people, found.totals.gross) == (2, Decimal("2560.00"))


def test_a_month_the_law_does_not_know_yet_is_refused_by_row_and_the_others_go_on() -> None:
    mixed = prepared(*PAY_NEXT_YEAR, month="2027-01")
    row = row_of(mixed)
    assert (row.gross, row.slip, row.ready) == (None, None, False)
    assert "pay.assumed" in codes(row)
    assert "2026 reprise pour 2027" in row.refused
    assert (row.units, len(row.dates)) == (3, 1)
    assert mixed.totals.gross == 0
    november = prepared(*PAY_NEXT_YEAR)
    assert ([row.person.id for row in november.rows], november.totals.gross) == (["elie"], Decimal("200.00"))


def test_an_engagement_without_anything_to_pay_says_so() -> None:
    idle = prepared(set_("engagement/dana", clear=("quantity",)), *(
        set_(f"event/{event}", option="cancelled") for event in ("premiere", "dole-1", "dole-2")
    ))  # fmt: skip
    assert row_of(idle).gross is None
    assert "pay.nothing" in codes(row_of(idle))


def test_what_is_left_to_settle_is_said_until_it_is() -> None:
    dossier = small(set_("engagement/dana", contract="to_sign"))
    row = row_of(preparation([paid(dossier=dossier)], "2026-11", {}))
    assert codes(row) == ["pay.contract_unsigned", "pay.hours_open", "pay.not_done", "pay.private_missing"]
    settled = apply_changes(
        small(),
        [
            change
            for shift in shifts_of(small(), person="person/dana")
            for change in (
                validated(shift, date(2026, 12, 1)), set_(shift.part.about, actual_units="1"),
            )
        ],
    )  # fmt: skip
    done = row_of(preparation([paid(dossier=settled)], "2026-11", {"person/dana": DANA}))
    assert (codes(done), done.basis, done.ready, done.hours_validated) == ([], "réalisé", True, 6)


def test_five_days_in_a_row_are_grouped_cachets_whatever_was_ticked() -> None:
    day_after_day = [set_(f"event/{name}", day=f"2026-11-{day:02d}") for name, day in
                     (("premiere", 5), ("dole-1", 6), ("dole-2", 7))]  # fmt: skip
    assert "pay.cachets_grouped" not in codes(row_of(prepared(*day_after_day)))
    five = small(*day_after_day)
    more = apply_changes(five, [
        *(add_event(f"plus-{day}", day) for day in (8, 9)),
        *(add_part(f"plus-{day}") for day in (8, 9)),
    ])  # fmt: skip
    assert "pay.cachets_grouped" in codes(row_of(preparation([paid(dossier=more)], "2026-11")))


def add_event(ident: str, day: int):
    return add(f"event/{ident}", type="performance", day=f"2026-11-{day:02d}", start="20:00", end="22:00")


def add_part(ident: str):
    return add(f"participation/{ident}", event=f"event/{ident}", engagement="engagement/dana")


def test_allowances_are_shared_between_meals_and_the_rest_and_dated_by_their_month() -> None:
    given = [
        {"type": "restaurant", "quantity": "2", "unit_amount": "15", "day": "2026-11-13"},
        {"type": "kilometre", "quantity": "100", "unit_amount": "0.30"},
        {"type": "restaurant", "quantity": "1", "unit_amount": "15", "day": "2026-10-02"},
    ]
    found = prepared(set_("engagement/dana", allowances=given))
    assert (row_of(found).per_diem, row_of(found).other_allowances) == (30, 30)
    october = prepared(set_("engagement/dana", allowances=given), month="2026-10")
    assert [(row.person.id, row.per_diem, row.gross) for row in october.rows] == [("dana", 15, None)]


def test_premiums_of_the_month_are_proposed_apart_from_the_gross() -> None:
    night = (
        set_("event/montage", start="22:00", end="06:00", end_day="2026-11-05"),
        set_("engagement/elie", unit="hour", unit_pay="20"),
    )
    found = preparation([paid_of(review(small(*night), load_law(), TODAY), load_law())], "2026-11")
    row = row_of(found, "elie")
    assert (row.premium_pay, row.premium_allowances, row.gross) == (
        Decimal("25.00"), Decimal("10.76"), Decimal("280.00"),
    )  # fmt: skip
    assert "pay.premium_due" in codes(row)
    assert "payroll.premium_due" not in codes(row)
    assert found.totals.premiums == 25


def test_what_the_review_says_of_pay_is_to_settle_too() -> None:
    low = review(small(set_("engagement/dana", unit_pay="20", quantity="4")), load_law(), TODAY)
    row = row_of(preparation([paid_of(low, load_law())], "2026-11"))
    assert "payroll.quantity_differs" in codes(row)


def test_private_data_are_there_only_when_given() -> None:
    without = preparation_book(prepared(), declarations(prepared(), load_law()), due_of("2026-11"), TODAY)
    known = prepared(private={"person/dana": DANA})
    with_them = preparation_book(known, declarations(known, load_law()), due_of("2026-11"), TODAY)
    assert (DANA.nir in repr(without), DANA.nir in repr(with_them)) == (False, True)
    assert DANA.nir not in repr(pay_lines(prepared()))
    assert DANA.nir in repr(pay_lines(known))
    assert "pay.private_missing" not in codes(row_of(prepared()))


@pytest.mark.parametrize("month", ["2026", "11-2026", "2026-13", "2026-1", "", "2026-11-01"])
def test_a_month_is_written_year_then_month(month: str) -> None:
    with pytest.raises(BadInput, match="n’est pas un mois"):
        prepared(month=month)


def test_nothing_given_is_refused() -> None:
    with pytest.raises(BadInput, match="aucune production"):
        preparation([], "2026-11")


def test_months_with_somebody_engaged_are_listed() -> None:
    assert months_of([paid()]) == ("2026-11",)
    assert prepared(month="2026-12").rows == ()


def test_every_column_has_its_own_key_and_the_sums_are_formulas() -> None:
    keys = [field.key for field in FIELDS]
    assert len(set(keys)) == len(keys)
    sheet = preparation_book(prepared(), (), (), TODAY).sheets[1]
    total = {column.title: cell for column, cell in zip(sheet.columns, sheet.rows[-1].cells, strict=True)}
    assert (total["Brut"].value, total["Brut"].formula is not None) == (Decimal("1280.00"), True)


def test_the_aem_of_an_artist_declares_twelve_hours_a_cachet() -> None:
    aem, _ = declarations(prepared(), load_law())
    [artist, technician] = aem.statements
    assert [
        (artist.value(label), technician.value(label))
        for label in ("Annexe", "Jours travaillés", "Cachets isolés", "Heures", "Heures à déclarer", "Nature")
    ] == [
        ("10", "8"), (3, 4), (3, None), (None, 32), (36, 32), ("initiale", "initiale"),
    ]  # fmt: skip
    assert (artist.value("Contrat en cours"), artist.value("Fin de contrat")) == ("non", date(2026, 11, 14))
    assert (
        artist.value("Salaire brut avant abattement") == artist.value("Salaire brut après abattement") == 480
    )


def test_a_contract_that_goes_on_has_no_end_and_its_second_month_is_complementary() -> None:
    longer = (set_("engagement/dana", ends_on="2026-12-14", quantity="6"),)
    first = declarations(prepared(*longer), load_law())[0].statements[0]
    assert (first.value("Contrat en cours"), first.value("Fin de contrat")) == ("oui", None)
    second = declarations(prepared(*longer, month="2026-12"), load_law())[0].statements[0]
    assert (second.value("Nature"), second.value("Contrat en cours")) == ("complémentaire", "non")


def test_the_deduction_for_expenses_lowers_the_pay_after_abatement_only() -> None:
    said = (
        set_("position/marie", job_group="dramatic"),
        set_("engagement/dana", dfs="true", dfs_agreed_on="2026-11-01"),
    )
    agreed = prepared(*said)
    statement = declarations(agreed, load_law())[0].statements[0]
    assert statement.value("Salaire brut avant abattement") == 480
    assert statement.value("Salaire brut après abattement") < 480


def test_a_deduction_whose_trade_is_not_said_is_refused() -> None:
    row = row_of(prepared(set_("engagement/dana", dfs="true", dfs_agreed_on="2026-11-01")))
    assert row.refused.startswith("Pas de paie sur une valeur supposée : ")


def test_leave_is_declared_on_gross_pay_with_the_rate_of_its_fund() -> None:
    _, leave = declarations(prepared(), load_law())
    artist = leave.statements[0]
    assert [artist.value(label) for label in ("Exercice", "Cachets déclarés", "Salaire brut (assiette)", "Taux",
                                              "Cotisation")] == [
        "2026-2027", 3, 480, Decimal("0.155"), Decimal("74.40"),
    ]  # fmt: skip
    assert {box.label: box.value for box in leave.totals} == {
        "Déclarations": 2, "Salaire brut (assiette)": 1280, "Cotisation": Decimal("198.40"),
    }  # fmt: skip


def test_a_refused_row_makes_no_statement_and_says_why() -> None:
    made = declarations(prepared(*PAY_NEXT_YEAR, month="2027-01"), load_law())[0]
    assert made.statements[0].boxes == ()
    assert "2026 reprise pour 2027" in str(declaration_lines(made, with_private=False)[-1][-1])


def test_a_permanent_has_neither_declaration() -> None:
    permanent = prepared(set_("position/regie", status="permanent"), set_("engagement/elie", unit="month"))
    assert [len(made.statements) for made in declarations(permanent, load_law())] == [1, 1]


@pytest.mark.parametrize(("month", "due"), [("2026-11", date(2026, 12, 15)), ("2026-12", date(2027, 1, 15))])
def test_declarations_are_due_on_the_fifteenth_of_the_next_month(month: str, due: date) -> None:
    assert {one.id: one.on for one in due_of(month)} == {"AEM": due, "CONGES-SPECTACLES": due, "DSN": due}
