"""The difference between two outcomes: what the impact preview shows."""

from filage.kernel.changes import add, remove, set_
from filage.review import compare, difference_json
from support.dossiers import reviewed


def test_nothing_differs_from_itself():
    assert compare(reviewed(), reviewed()).is_empty


def test_moving_a_date_moves_costs_and_documents():
    found = difference_json(compare(reviewed(), reviewed(set_("event/dole-2", day="2026-11-15"))))
    assert found["facts"] == [
        {
            "op": "set",
            "about": "event/dole-2",
            "before": found["facts"][0]["before"],
            "after": found["facts"][0]["after"],
        }
    ]
    assert found["facts"][0]["after"]["day"] == "2026-11-15"
    assert {line["id"]: line["change"] for line in found["lines"]} == {
        "stay/dole": "136.00", "meal/dole": "80.00", "rebilled/dole": "216.00",
    }  # fmt: skip
    assert found["documents"] == [
        {"about": "engagement/dana", "state": "avenant"},
        {"about": "engagement/elie", "state": "avenant"},
        {"about": "contract/dole", "state": "à refaire"},
    ]


def test_totals_move_by_the_sum_of_the_lines():
    found = difference_json(compare(reviewed(), reviewed(set_("stay/dole", people="3"))))
    totals = {total["id"]: total["change"] for total in found["totals"]}
    assert (totals["total/expense"], totals["total/income"], totals["total/balance"]) == (
        "68.00",
        "68.00",
        "0.00",
    )


def test_findings_that_appear_and_disappear_are_named():
    clash = (
        add("event/fete", type="promotion", day="2026-11-05", start="21:00", end="23:00"),
        add("participation/fete", event="event/fete", engagement="engagement/dana", units="0"),
    )
    there = compare(reviewed(), reviewed(*clash))
    back = compare(reviewed(*clash), reviewed())
    assert [f.code for f in there.new_findings] == ["calendar.overlap"]
    assert [f.code for f in back.gone_findings] == ["calendar.overlap"]


def test_a_document_that_goes_is_without_object():
    found = compare(reviewed(), reviewed(remove("contract/dole")))
    assert [(document.about, state) for document, state in found.documents] == [
        ("contract/dole", "sans objet")
    ]


def test_a_gap_that_moves_is_the_same_finding():
    poor = set_("contract/dole", unit_price="100")
    found = compare(reviewed(poor), reviewed(poor, set_("stay/dole", people="9")))
    assert (found.new_findings, found.gone_findings) == ((), ())


def test_an_hour_later_changes_no_contract_of_employment():
    found = compare(
        reviewed(),
        reviewed(set_("event/dole-2", start="19:00"), set_("participation/dana-3", call="17:00")),
    )
    assert [
        document.about for document, _ in found.documents if document.about.startswith("engagement/")
    ] == []
