"""Receipts shared down corridors: ranks, rates, ceilings, sources."""

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from filage.facts.dossier import Dossier
from filage.facts.recoupment import Corridor, Receipt
from filage.funding.recoupment import at_scale, recouped_at, recoupment_findings, waterfall_of


def dossier(receipts: dict[str, int], *corridors: dict[str, Any]) -> Dossier:
    earned = [
        Receipt(id=f"r{n}", label=source, source=source, amount=amount)
        for n, (source, amount) in enumerate(receipts.items())
    ]
    shares = [Corridor(id=f"c{n}", label=f"Couloir {n}", **values) for n, values in enumerate(corridors)]
    return Dossier.of_facts([*earned, *shares])


def paid(found: Dossier) -> list[Decimal]:
    flow = waterfall_of(found)
    return [*(payment.amount for payment in flow.payments), flow.rest]


def test_a_commission_then_expenses_then_a_guarantee_then_shares() -> None:
    film = dossier(
        {"Salles": 100_000},
        {"rank": 1, "type": "commission", "rate": "0.25"},
        {"rank": 2, "type": "expenses", "ceiling": "30000"},
        {"rank": 3, "type": "minimum_guarantee", "ceiling": "20000"},
        {"rank": 4, "type": "share", "rate": "0.4"},
        {"rank": 4, "type": "share", "rate": "0.1"},
    )
    assert paid(film) == [25_000, 30_000, 20_000, 10_000, 2_500, 12_500]


def test_a_guarantee_not_recouped_leaves_nothing_below() -> None:
    film = dossier({"Salles": 10_000}, {"rank": 1, "ceiling": "20000"}, {"rank": 2, "rate": "0.5"})
    assert paid(film) == [10_000, 0, 0]
    assert waterfall_of(film).payments[0].waits_for == Decimal(10_000)


def test_one_rank_shares_everything_in_proportion_and_the_recouped_make_room() -> None:
    film = dossier(
        {"Salles": 9_000},
        {"rank": 1, "rate": "1", "ceiling": "1000"},
        {"rank": 1, "rate": "1", "ceiling": "3000"},
        {"rank": 1, "rate": "1"},
    )
    assert paid(film) == [1_000, 3_000, 5_000, 0]


def test_a_corridor_looks_only_at_its_sources_and_its_ceiling_counts_them_together() -> None:
    film = dossier(
        {"Salles": 1_000, "Télévision": 3_000, "Étranger": 500},
        {"rank": 1, "ceiling": "2000", "sources": ["Salles", "Télévision"]},
        {"rank": 2, "rate": "1", "sources": ["Étranger"]},
        {"rank": 3, "rate": "0.5", "sources": ["Salles"]},
    )
    assert paid(film) == [2_000, 500, 250, 1_750]


def test_the_receipts_from_which_each_is_recouped() -> None:
    film = dossier(
        {"Salles": 1_000},
        {"rank": 1, "rate": "0.2"},
        {"rank": 2, "ceiling": "4000"},
        {"rank": 3, "rate": "0.5", "ceiling": "1000"},
    )
    commission, guarantee, share = film.all(Corridor)
    assert recouped_at(film, commission) is None
    assert recouped_at(film, guarantee) == Decimal(5_000)
    assert recouped_at(film, share) == Decimal(7_500)


def test_a_corridor_of_an_unknown_source_and_one_without_end_are_said() -> None:
    film = dossier({"Salles": 1}, {"rank": 1, "type": "recoupment", "sources": ["Salle"]})
    assert [finding.code for finding in recoupment_findings(film)] == [
        "receipts.unknown_source", "receipts.no_ceiling",
    ]  # fmt: skip


@st.composite
def films(draw: st.DrawFn) -> Dossier:
    names = ["Salles", "Télévision", "Vidéo"]
    receipts = {name: draw(st.integers(0, 200_000)) for name in names[: draw(st.integers(1, 3))]}
    corridors = draw(
        st.lists(
            st.fixed_dictionaries(
                {"rank": st.integers(1, 3), "rate": st.decimals(0, 1, places=2)},
                optional={
                    "ceiling": st.integers(0, 90_000),
                    "sources": st.lists(st.sampled_from(names), max_size=2),
                },
            ),
            max_size=5,
        )
    )
    return dossier(receipts, *corridors)


@given(films())
@settings(deadline=None, max_examples=150)
def test_what_is_paid_adds_up_to_the_receipts_and_no_ceiling_is_passed(film: Dossier) -> None:
    flow = waterfall_of(film)
    assert sum((payment.amount for payment in flow.payments), flow.rest) == flow.receipts
    assert [
        p for p in flow.payments if p.corridor.ceiling is not None and p.amount > p.corridor.ceiling
    ] == []
    assert sum((amount for _, amount in flow.by_party()), Decimal(0)) == flow.receipts


@given(films())
@settings(deadline=None, max_examples=100)
def test_more_receipts_take_nothing_from_anybody(film: Dossier) -> None:
    less, more = at_scale(film, Decimal(1)), at_scale(film, Decimal(2))
    cent = Decimal("0.01")
    worse = [
        (before.amount, after.amount)
        for before, after in zip(less.payments, more.payments, strict=True)
        if after.amount < before.amount - cent
    ]
    assert worse == []
