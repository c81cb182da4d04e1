"""Whatever a sheet holds, each row is kept, refused, left, or a heading or total: none is lost."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from filage.budget.importing.columns import ROLES, ColumnMap, recognise
from filage.budget.importing.facts import plan_import
from filage.budget.importing.grid import Flaw, Row, Sheet
from filage.budget.importing.shape import Choices
from filage.budget.importing.understand import understand
from filage.facts.changing import apply_changes
from filage.facts.dossier import Dossier

WORDS = st.sampled_from(
    ["Bois", "Toile", "DÉCOR", "60 - Achats", "1.2", "Total", "TOTAL CHARGES", "Sous-total", "PRODUITS", "Exploitation",
     "Subvention DRAC", "Comédiens", "-", "12 %", "1 250,50 €", "(30)", "voir Bob", "Montant", "Libellé", "", "x" * 300]
)  # fmt: skip
NUMBERS = st.decimals(min_value=-(10**7), max_value=10**7, places=2, allow_nan=False)
VALUES = st.one_of(st.none(), WORDS, NUMBERS, st.just(Flaw("#REF!", "erreur")), st.dates())
CELLS = st.lists(VALUES, min_size=1, max_size=5).map(lambda cells: tuple(cell or None for cell in cells))
TABLES = st.lists(CELLS, min_size=1, max_size=14)
CHOICES = st.builds(
    Choices,
    keep=st.sampled_from(["amount", "product"]),
    twice=st.sampled_from(["keep", "once"]),
    pay=st.sampled_from(["kept", "computed"]),
)


def table(cells):
    return Sheet("Feuille", tuple(Row(number, row) for number, row in enumerate(cells, start=1) if any(row)))


def told(found):
    kept = (
        {line.row for line in found.lines}
        | {one.row for one in found.refusals}
        | {one.row for one in found.left}
    )
    return kept | {one.row for one in found.checks} | set(found.headings)


@given(TABLES, CHOICES)
def test_no_row_is_lost(cells, choices):
    sheet = table(cells)
    mapping = recognise(sheet)
    found = understand(sheet, mapping, choices, file="b.xlsx")
    read = {index for index, role in enumerate(mapping.roles) if role != "skip"}
    spoken = {
        row.number
        for row in sheet.rows
        if row.number > mapping.header and any(row.at(index) not in (None, "-", "") for index in read)
    }
    assert spoken - told(found) == set()


@given(TABLES, CHOICES, st.lists(st.sampled_from(list(ROLES)), min_size=1, max_size=5))
def test_any_mapping_gives_lines_that_facts_hold(cells, choices, roles):
    sheet = table(cells)
    found = understand(sheet, ColumnMap(0, tuple(roles)), choices, file="b.xlsx")
    bare = Dossier.of_facts([])
    plan = plan_import(found, bare)
    after = apply_changes(bare, plan.changes)
    assert {entry.about for entry in plan.entries} <= {fact.about for fact in after}


@given(TABLES)
def test_what_is_kept_adds_up_to_what_is_said(cells):
    found = understand(sheet := table(cells), recognise(sheet), Choices(), file="b.xlsx")
    counted = [line for line in found.lines if not line.valued]
    assert found.total("expense") + found.total("income") == sum(
        (line.amount for line in counted), Decimal(0)
    )
