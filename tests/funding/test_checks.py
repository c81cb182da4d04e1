"""What a financing plan asks somebody to look at: ceilings, instalments, days, answers, conditions of the aids."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from filage.facts.funding import Scheme
from filage.funding.caps import caps_of
from filage.funding.situation import Situation
from filage.kernel.changes import Change, add, set_
from filage.kernel.french import euro
from support.dossiers import TODAY, reviewed


def found(code: str, *changes: Change, on: date = TODAY) -> list[str]:
    return [finding.message for finding in reviewed(*changes, on=on).findings if finding.code == code]


def caps(*changes: Change) -> list[tuple[str, bool]]:
    return [(one.cap.id, one.passed) for one in caps_of(Situation.of(reviewed(*changes), TODAY))]


def test_the_usual_reference_stands_alone_where_no_rule_was_read() -> None:
    assert caps() == [("repere", False)]


def test_each_trade_has_its_ceiling_of_public_money() -> None:
    assert caps(set_("production/petite", form="concert")) == [("cnm_spectacle", False)]
    assert caps(set_("production/petite", form="short_film")) == [("court_metrage", False)]


def test_the_aids_of_the_plan_bring_their_own_ceiling_and_replace_an_equal_one() -> None:
    asked = set_("funding/drac", catalogue="cnm_production_diffusion_sv")
    assert caps(set_("production/petite", form="concert"), asked) == [
        ("scheme/cnm_production_diffusion_sv", False)
    ]


def test_a_ceiling_is_passed_over_it_not_on_it() -> None:
    half = reviewed().budget.expense / 2
    assert caps(set_("funding/drac", amount=f"{half:.2f}")) == [("repere", False)]
    over = caps(set_("funding/drac", amount=f"{half + 1:.2f}"))
    assert over == [("repere", True)]


def test_the_room_left_is_what_the_ceiling_allows_less_what_is_counted() -> None:
    outcome = reviewed()
    (seen,) = caps_of(Situation.of(outcome, TODAY))
    assert seen.room.value == outcome.budget.expense / 2 - 1000
    assert seen.share.value == (1000 / outcome.budget.expense).quantize(Decimal("0.0001"))


def test_public_money_in_kind_or_refused_is_not_counted() -> None:
    kind = add(
        "funding/salle", label="Salle", nature="public", amount="9000", contribution="in_kind", state="signed"
    )
    no = add("funding/non", label="Non", nature="public", amount="9000", state="refused")
    assert caps(kind, no) == [("repere", False)]


def test_a_ceiling_passed_is_said_with_what_is_too_much() -> None:
    changes = (set_("production/petite", form="concert"), set_("funding/drac", amount="5000"))
    (message,) = found("funding.cap_passed", *changes)
    expense = reviewed(*changes).budget.expense
    assert "CNM, spectacle vivant" in message
    assert euro(5000 - expense / 2) in message


def test_an_instalment_is_late_the_day_after() -> None:
    parts = [{"on": "2026-10-12", "amount": "1000", "condition": "le bilan"}]
    change = set_("funding/drac", instalments=parts)
    assert found("funding.instalment_late", change) == []
    (message,) = found("funding.instalment_late", change, on=date(2026, 10, 13))
    assert "Il demande : le bilan." in message
    received = set_("funding/drac", instalments=[{**parts[0], "received": "true"}])
    assert found("funding.instalment_late", received, on=date(2026, 10, 13)) == []


def test_money_only_asked_is_never_late() -> None:
    change = set_("funding/adami", state="asked", instalments=[{"on": "2026-01-01", "amount": "600"}])
    assert found("funding.instalment_late", change) == []


@pytest.mark.parametrize(
    ("on", "count"), [("2026-09-30", 0), ("2026-10-01", 1), ("2026-10-15", 1), ("2026-10-16", 0)]
)
def test_a_deposit_is_near_two_weeks_before(on: str, count: int) -> None:
    assert len(found("funding.deadline_near", on=date.fromisoformat(on))) == count


def test_the_pieces_left_are_told_with_the_day() -> None:
    (message,) = found(
        "funding.deadline_near", set_("funding/adami", missing=["RIB", "Budget"], gathered=["RIB"])
    )
    assert message.endswith("1 pièce manque : Budget.")


def test_an_answer_past_its_day_makes_the_probability_stale() -> None:
    asked = set_("funding/adami", state="asked", decision_on="2026-10-11", probability="0.9")
    (message,) = found("funding.answer_awaited", asked)
    assert "à la probabilité saisie" in message
    assert found("funding.answer_awaited", asked, on=date(2026, 10, 11)) == []


def test_a_refused_source_that_received_money_or_that_a_campaign_feeds_is_told() -> None:
    refused = set_("funding/adami", state="refused")
    assert found("funding.refused_kept", refused) == []
    paid = set_("funding/adami", instalments=[{"on": "2026-09-01", "amount": "600", "received": "true"}])
    assert len(found("funding.refused_kept", refused, paid)) == 1
    fed = add("campaign/ulule", label="Ulule", funding="funding/adami", goal="600", starts_on="2026-11-01",
              ends_on="2026-12-01")  # fmt: skip
    assert found("funding.refused_kept", refused, fed) == [
        "Adami est refusée et ne compte plus, mais Ulule la nourrit encore."
    ]


def test_one_scheme_asked_twice_is_told_once() -> None:
    same = {"catalogue": "drac_adsv_projet"}
    twice = [set_("funding/drac", **same),
             add("funding/encore", label="DRAC bis", nature="public", amount="10", **same)]  # fmt: skip
    assert found("funding.asked_twice", *twice) == [
        "DRAC bis demande le même dispositif que DRAC : les deux comptent."
    ]
    assert found("funding.asked_twice", *twice, set_("funding/encore", state="refused")) == []


def test_a_condition_that_falls_puts_the_aid_in_danger() -> None:
    kept = [set_("funding/drac", catalogue="drac_adsv_projet"),
            add("funding/copro", label="L’Écluse", nature="coproduction", amount="500", state="signed"),
            set_("production/petite", form="concert")]  # fmt: skip
    assert found("funding.condition", *kept) == []
    fewer = set_("event/dole-2", option="cancelled")
    (message,) = found("funding.condition", *kept, fewer)
    assert "Vu : 2\u00a0représentations ; demandé : au moins 3\u00a0représentations" in message


def test_a_condition_of_the_day_of_deposit_no_longer_counts_once_asked() -> None:
    late = set_("funding/adami", catalogue="adami_theatre", deadline_on=None)
    assert len(found("funding.condition", late, on=date(2026, 11, 10))) == 1
    assert found("funding.condition", late, set_("funding/adami", state="asked"), on=date(2026, 11, 10)) == []


def test_the_catalogue_gives_the_day_of_deposit_a_source_does_not_say() -> None:
    own = Scheme(id="ville", label="Aide", body="Ville", deadlines=("2026-10-01", "2026-12-01"))
    changes = [add("scheme/ville", label=own.label, body=own.body, deadlines=["2026-10-01", "2026-12-01"]),
               set_("funding/adami", catalogue="ville", deadline_on=None)]  # fmt: skip
    said = [(d.on.isoformat(), d.detail) for d in reviewed(*changes).deadlines if d.label == "Dépôt : Adami"]
    assert said == [("2026-12-01", "d’après le catalogue, à vérifier")]
    typed = [*changes, set_("funding/adami", deadline_on="2026-11-15")]
    assert [d.on.isoformat() for d in reviewed(*typed).deadlines if d.label == "Dépôt : Adami"] == [
        "2026-11-15"
    ]
