"""A target envelope: every way found reaches it, none can be spared, and none is missed where all can be tried."""

from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest

from filage.facts.changing import apply_changes
from filage.kernel.changes import add, set_
from filage.kernel.errors import BadInput
from filage.law import load_law
from filage.review.envelope import Target, envelope, measured
from filage.review.levers import Lever, levers_of
from filage.review.run import review
from support.dossiers import TODAY, small

MORE = (
    set_("event/premiere", day="2026-11-06"),
    set_("contract/dole", state="option_1"),
    add("line_detail/decor", line="line/decor", low="1500", high="2000"),
    add("budget_group/film", label="Captation"),
    add("budget_line/film", label="Captation", post="30", unit_price="700"),
    add("line_detail/film", line="line/film", group="budget_group/film"),
    add("position/choeur", label="Chœur", people="3",
        forecast=[{"phase": "production", "unit": "cachet", "quantity": "4", "unit_pay": "150"}]),
    add("scenario/leger", label="Décor léger", changes=[
        {"op": "set", "about": "variable/devis", "values": {"value": "900"}}]),
)  # fmt: skip
LAW = load_law()


def search(target, *changes, **options):
    return envelope(small(*MORE, *changes), LAW, TODAY, Target(*target), **options)


def ids(way):
    return frozenset(lever.id for lever in way.levers)


def brute(dossier, target, largest):
    """Every minimal set of levers that reaches the target, by trying them all."""
    before = review(dossier, LAW, TODAY)
    levers, reaching = levers_of(before), []
    for size in range(1, largest + 1):
        for chosen in combinations(levers, size):
            names = frozenset(lever.id for lever in chosen)
            if any(known <= names for known in reaching):
                continue
            try:
                changed = apply_changes(dossier, [change for lever in chosen for change in lever.changes])
            except BadInput:
                continue
            value = measured(review(changed, LAW, TODAY), target)
            if value is not None and value <= target.amount:
                reaching.append(names)
    return set(reaching)


def test_the_levers_are_what_the_dossier_may_still_give_up():
    levers = {lever.id: lever.label for lever in levers_of(review(small(*MORE), LAW, TODAY))}
    assert levers == {
        "date/premiere": "Renoncer à la date du ven. 6 nov. 2026, Théâtre de l’Écluse",
        "date/dole-1": "Renoncer à la date du ven. 13 nov. 2026, La Fabrique",
        "date/dole-2": "Renoncer à la date du sam. 14 nov. 2026, La Fabrique",
        "fewer/choeur": "Chœur : une personne de moins",
        "shorter/choeur": "Chœur : un cinquième de temps en moins",
        "low/line/decor": "Décor au plus bas : 1\u202f500,00\xa0€",
        "group/film": "Écarter : Captation",
        "scenario/leger": "Scénario « Décor léger »",
    }


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        (set_("contract/dole", state="confirmed"), ["date/premiere"]),
        (set_("contract/dole", state="to_sign"), ["date/premiere"]),
        (set_("contract/dole", state="signed"), ["date/premiere"]),
        (set_("event/dole-1", option="signed"), ["date/premiere", "date/dole-2"]),
    ],
)
def test_a_date_held_by_a_binding_contract_or_signed_is_not_given_up(change, kept):
    levers = levers_of(review(small(*MORE, change), LAW, TODAY))
    assert [lever.id for lever in levers if lever.kind == "date"] == kept


def test_a_date_played_is_not_given_up():
    levers = levers_of(review(small(*MORE), LAW, date(2026, 11, 14)))
    assert [lever.id for lever in levers if lever.kind == "date"] == ["date/dole-2"]


@pytest.mark.parametrize("share", ["0.97", "0.88", "0.80"])
def test_every_smallest_way_is_found_as_by_trying_everything(share):
    dossier = small(*MORE)
    cost = review(dossier, LAW, TODAY).budget.expense
    target = Target("cost", (cost * Decimal(share)).quantize(Decimal("0.01")))
    found = envelope(dossier, LAW, TODAY, target, most_reviews=10_000)
    assert {ids(way) for way in found.ways} == brute(dossier, target, 3)
    assert found.left == 0
    sizes = [len(way.levers) for way in found.ways]
    assert sizes == sorted(sizes)
    assert all(way.value <= target.amount for way in found.ways)


def test_a_target_already_met_asks_for_nothing():
    found = search(("cost", Decimal(10**6)))
    assert (found.reached, found.ways, found.reviews) == (True, (), 0)


def test_a_target_out_of_reach_tells_the_lowest_met():
    found = search(("cost", Decimal(1)))
    assert found.ways == ()
    assert found.now is not None
    assert Decimal(1) < found.lowest < found.now


def test_what_is_lost_is_said():
    found = search(("cost", Decimal(0)), levers=())
    cost = found.now
    ways = {ids(way): way for way in search(("cost", cost - 1)).ways}
    told = {
        name: [loss.words for loss in ways[frozenset([name])].losses]
        for name in ("date/dole-2", "group/film", "fewer/choeur")
    }
    assert "1 date : sam. 14 nov. 2026 La Fabrique" in told["date/dole-2"]
    assert any("de recettes en moins" in words for words in told["date/dole-2"])
    assert "Captation : 0,00\xa0€ au lieu de 700,00\xa0€" in told["group/film"]
    assert "1 personne : Chœur" in told["fewer/choeur"]


def test_the_bound_on_reviews_is_kept_and_what_was_not_tried_is_counted():
    found = search(("cost", Decimal(1)), most_reviews=5)
    assert (found.reviews, found.left > 0) == (5, True)


def test_somebody_may_stop_the_search_and_keep_what_it_found():
    told = []

    def tell(done, most, ways):
        told.append((done, most, ways))
        return done < 3

    found = search(("cost", Decimal(1)), tell=tell)
    assert found.reviews == 3
    assert told[-1] == (3, 400, 0)


def test_what_is_signed_is_not_given_up():
    assert not any(lever.id.startswith("engagement/") for lever in levers_of(review(small(), LAW, TODAY)))
    draft = small(set_("engagement/elie", contract="draft"))
    [lever] = [one for one in levers_of(review(draft, LAW, TODAY)) if one.kind == "team"]
    assert lever.label == "Renoncer à l’engagement de Élie Vasseur, régie générale"
    assert "engagement/elie" not in {fact.about for fact in apply_changes(draft, lever.changes)}


@pytest.mark.parametrize("measure", ["gap", "price"])
def test_a_gap_and_a_price_may_be_aimed_at(measure):
    dossier = small(*MORE)
    now = measured(review(dossier, LAW, TODAY), Target(measure, Decimal(0)))
    found = envelope(dossier, LAW, TODAY, Target(measure, now - 1), largest=1)
    assert all(way.value < now for way in found.ways)
    assert found.ways


def test_what_cannot_be_aimed_at_is_refused():
    with pytest.raises(BadInput) as refused:
        search(("moon", Decimal(1)), most_reviews=0, largest=0)
    assert [problem.path for problem in refused.value.problems] == ["measure", "reviews", "size"]


def test_a_way_that_lands_on_the_target_holds_it():
    cost = search(("cost", Decimal(10**6))).now
    found = search(("cost", cost - Decimal("721.00")), largest=1)
    assert frozenset(["group/film"]) in {ids(way) for way in found.ways}
    assert [way.value for way in found.ways if ids(way) == {"group/film"}] == [cost - Decimal("721.00")]


def test_levers_too_many_to_be_combined_are_counted_as_not_tried():
    levers = [
        Lever(f"n{n}", "material", f"n{n}", (set_("production/petite", label=f"P{n}"),)) for n in range(62)
    ]
    found = envelope(
        small(), load_law(), TODAY, Target("cost", Decimal(1)), levers=levers, most_reviews=1, largest=2
    )
    assert found.left == 62 + 62 * 61 // 2 - 1
