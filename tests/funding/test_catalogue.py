"""The catalogue of schemes: what each answers for a production, from conditions computed or left to be checked."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from filage.facts.base import choices
from filage.facts.funding import Funding, Scheme
from filage.facts.production import Production
from filage.funding.catalogue import WORDS, SchemeView, pieces_of, possible_schemes, scheme_of
from filage.funding.conditions import CHECKS, MISSING
from filage.funding.scheme_amounts import FORMULAS
from filage.funding.scheme_data import BY_HAND, own_scheme, scheme, schemes
from filage.kernel.changes import Change, add, set_
from filage.kernel.money import round_half_up
from filage.kernel.step import CERTAINTIES, recompute
from support.dossiers import TODAY, reviewed, small

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "schemes" / "cases.yaml").read_text("utf-8"))
FOLDER = Path(__file__).parents[2] / "src" / "filage" / "data" / "schemes"


def situation(case: dict[str, Any]) -> list[Change]:
    """The small production, played as the case says: its kind, its number of dates, the facts it adds or sets."""
    changes = [set_("production/petite", form=case["form"])]
    for number in range(case.get("dates", 3) - 3):
        day = (date(2026, 11, 16) + timedelta(days=number)).isoformat()
        changes.append(
            add(
                f"event/plus-{number}",
                type="performance",
                day=day,
                start="20:00",
                end="22:00",
                venue="venue/fabrique",
            )
        )
    for about, values in case.get("set", {}).items():
        changes.append(set_(about, **values))
    for about, values in case.get("add", {}).items():
        changes.append(add(about, **values))
    return changes


def view_of(case: dict[str, Any]) -> SchemeView:
    views = possible_schemes(reviewed(*situation(case)), TODAY)
    return next(view for view in views if view.data.id == case["scheme"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['scheme']}-{case['form']}-{case['state']}")
def test_a_scheme_answers_for_a_production(case: dict[str, Any]) -> None:
    outcome = reviewed(*situation(case))
    view = next(one for one in possible_schemes(outcome, TODAY) if one.data.id == case["scheme"])
    missing = [one.check for one in view.conditions if one.state == MISSING]
    assert (view.state, missing) == (case["state"], case.get("missing", []))
    if case.get("amount_elsewhere"):
        return
    expected = case.get("amount")
    if "share" in case:
        expected = str(round_half_up(outcome.budget.expense * Decimal(case["share"])))
    assert (None if view.amount is None else str(view.amount.value)) == expected


def test_every_scheme_has_its_case() -> None:
    assert {case["scheme"] for case in CASES} == set(schemes())


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_file_names_what_exists(path: Path) -> None:
    data = scheme(path.stem)
    assert data is not None
    assert data.id == path.stem
    assert data.confidence in CERTAINTIES
    assert data.nature in choices(Funding, "nature")
    assert set(data.forms) <= set(choices(Production, "form"))
    assert {one.check for one in data.conditions} <= {*CHECKS, BY_HAND}
    assert {one.confidence for one in data.conditions} <= set(CERTAINTIES)
    assert data.formula.get("name", "fixed") in FORMULAS
    assert data.sources or (not data.researched and data.confidence == "uncertain" and data.doubt)
    assert "ligible" not in path.read_text("utf-8")


def test_what_was_not_read_is_never_confirmed() -> None:
    doubtful = [one.id for one in schemes().values() if not one.researched]
    assert doubtful == ["adami_captation", "adami_danse", "fcm", "fondations", "institut_francais"]
    assert not [one for one in schemes().values() if one.confidence == "confirmed" and not one.sources]


def test_a_production_sees_the_schemes_of_its_kind_only() -> None:
    here = {view.data.id for view in possible_schemes(reviewed(), TODAY)}
    assert "drac_adsv_projet" in here
    assert "cnc_court_metrage" not in here
    everything = {view.data.id for view in possible_schemes(reviewed(), TODAY, every=True)}
    assert everything == set(schemes())


def test_those_that_look_possible_come_first() -> None:
    order = [view.state for view in possible_schemes(reviewed(), TODAY)]
    assert order == sorted(order, key=["possible", "to_check", "missing"].index)


@pytest.mark.parametrize(("form", "dates", "held"), [
    ("dance", 3, False), ("dance", 4, True), ("concert", 3, True), ("theatre", 7, False), ("theatre", 8, True),
])  # fmt: skip
def test_the_drac_asks_for_dates_by_discipline(form: str, dates: int, *, held: bool) -> None:
    view = view_of({"scheme": "drac_adsv_projet", "form": form, "dates": dates})
    assert (view.conditions[1].state == "held") is held
    assert view.conditions[1].answer.step is not None
    assert view.conditions[1].answer.step.value == dates


def test_what_is_missing_is_said_with_the_value_seen_and_the_value_asked() -> None:
    view = view_of({"scheme": "drac_adsv_projet", "form": "theatre"})
    assert view.words == (
        "condition manquante : Un partenaire de production au moins, entrepreneur de spectacles "
        "(0\u00a0partenaire ; demandé : au moins 1\u00a0partenaire), et 1 autre"
    )


def test_no_answer_says_that_an_aid_is_due() -> None:
    for view in possible_schemes(reviewed(), TODAY, every=True):
        assert re.match("|".join(WORDS.values()), view.words)
        assert "ligible" not in view.words


def test_an_optional_date_is_not_a_confirmed_one() -> None:
    case = {"scheme": "cnm_production_diffusion_sv", "form": "concert", "dates": 8}
    assert "performances" not in [one.check for one in view_of(case).conditions if one.state == MISSING]
    case["set"] = {"event/dole-1": {"option": "option_1"}}
    assert "performances" in [one.check for one in view_of(case).conditions if one.state == MISSING]


def test_dates_count_inside_the_months_asked() -> None:
    case = {"scheme": "adami_spectacle_musical", "form": "concert", "dates": 8}
    far = {"event/dole-1": {"day": "2028-03-13"}}
    assert view_of(case).conditions[1].state == "held"
    assert view_of({**case, "set": far}).conditions[1].state == MISSING


def test_adami_counts_a_cachet_up_to_its_ceiling() -> None:
    case = {"scheme": "adami_spectacle_musical", "form": "concert"}
    # 3 cachets of 160 €, 40 %
    assert view_of(case).amount.value == Decimal("192.00")
    # 3 cachets of 400 €, counted 300 €, 40 %
    assert view_of({**case, "set": {"engagement/dana": {"unit_pay": "400"}}}).amount.value == Decimal(
        "360.00"
    )
    # 300 more cachets of 300 €, 40 %: 36 000, held to 20 000
    many = {"position": "position/marie", "person": "person/elie", "phase": "exploitation", "unit": "cachet",
            "starts_on": "2026-11-05", "ends_on": "2026-11-14", "unit_pay": "300", "quantity": "300"}  # fmt: skip
    assert view_of({**case, "add": {"engagement/choeur": many}}).amount.value == Decimal("20000.00")


def test_public_room_is_what_the_ceiling_leaves() -> None:
    outcome = reviewed(set_("production/petite", form="concert"))
    view = next(v for v in possible_schemes(outcome, TODAY) if v.data.id == "cnm_production_diffusion_sv")
    assert view.amount.value == round_half_up(outcome.budget.expense / 2 - 1000)
    full = view_of(
        {
            "scheme": "cnm_production_diffusion_sv",
            "form": "concert",
            "set": {"funding/drac": {"amount": "90000"}},
        }
    )
    assert full.amount.value == 0


def test_the_spedidam_counts_the_charges_of_performers_alone() -> None:
    outcome = reviewed()
    view = next(v for v in possible_schemes(outcome, TODAY) if v.data.id == "spedidam_sv")
    dana = next(cost for cost in outcome.costs if cost.about == "engagement/dana")
    assert view.amount.value == round_half_up(dana.employer_cost.value * Decimal("0.6"))


def test_an_estimate_explains_itself_and_keeps_its_source() -> None:
    for view in possible_schemes(reviewed(), TODAY, every=True):
        if view.amount is not None:
            assert recompute(view.amount) == view.amount.value
            assert view.amount.all_sources()
            assert view.amount.confidence in (view.data.confidence, "uncertain")


def test_the_structure_s_own_scheme_takes_part_on_equal_footing() -> None:
    own = Scheme(
        id="ville-dole", label="Aide à la création", body="Ville de Dole", forms=("theatre",), highest="4000",
        share_of_budget="0.2", public_ceiling="0.7", performances="2", deadlines=("2026-12-01", "2025-12-01"),
        conditions=("Jouer deux fois à Dole",), pieces=("RIB",), source="https://dole.example/aides",
        checked_on="2026-10-01",
    )  # fmt: skip
    outcome = reviewed()
    view = next(one for one in possible_schemes(outcome, TODAY, [own]) if one.data.id == "ville-dole")
    assert view.state == "possible"
    assert [one.state for one in view.conditions] == ["held", "held", "to_check"]
    assert view.amount.value == min(
        Decimal(4000), (outcome.budget.expense * Decimal("0.2")).quantize(Decimal("0.01"))
    )
    assert view.deadlines == (date(2026, 12, 1),)


def test_an_own_scheme_replaces_the_catalogue_s_of_the_same_id() -> None:
    own = Scheme(id="onda", label="Onda, lu par nous", body="Onda")
    views = [one for one in possible_schemes(reviewed(), TODAY, [own]) if one.data.id == "onda"]
    assert [one.data.label for one in views] == ["Onda, lu par nous"]
    assert own_scheme(own).confidence == "uncertain"


def test_a_source_of_the_plan_finds_its_scheme() -> None:
    dossier = small(set_("funding/drac", catalogue="drac_adsv_projet"))
    funding = dossier.find("funding/drac", Funding)
    assert scheme_of(funding, dossier).body == "DRAC (État)"
    assert scheme_of(Funding(id="x", label="X", nature="public", amount="1"), dossier) is None
    assert (
        scheme_of(Funding(id="x", label="X", nature="public", amount="1", catalogue="../x"), dossier) is None
    )


def test_the_checklist_is_what_is_asked_and_what_is_written_each_once() -> None:
    dossier = small(
        set_("funding/drac", catalogue="drac_adsv_projet", gathered=["cerfa 12156 (association) ou formulaire société"],
             missing=["RIB"])
    )  # fmt: skip
    pieces = pieces_of(dossier.find("funding/drac", Funding), dossier)
    assert [(one.label, one.gathered) for one in pieces] == [
        ("Formulaire artistique unique (Excel)", False),
        ("CERFA 12156 (association) ou formulaire société", True),
        ("Budget de production et d’exploitation", False),
        ("Lettres d’engagement des partenaires", False),
        ("RIB", False),
    ]


@pytest.mark.parametrize(("minutes", "held"), [("60", True), ("61", False)])
def test_an_upper_limit_is_held_on_it_and_missing_over_it(minutes: str, *, held: bool) -> None:
    case = {"scheme": "cnc_court_metrage_diffuseur", "form": "short_film"}
    view = view_of({**case, "set": {"production/petite": {"duration": minutes}}})
    assert (view.conditions[0].state == "held") is held


@pytest.mark.parametrize(("until", "seen"), [("2026-10-12", "held"), ("2026-10-11", "missing")])
def test_a_licence_counts_until_its_last_day(until: str, seen: str) -> None:
    licence = {"licences": [{"category": "2", "number": "L-R-22-001", "expires_on": until}]}
    view = view_of({"scheme": "drac_adsv_projet", "form": "theatre", "set": {"employer/fil": licence}})
    assert view.conditions[2].state == seen


def tickets(*events: str) -> dict[str, Any]:
    return {
        f"ticketing/{event}": {"label": event, "event": f"event/{event}", "capacity": "100",
                               "tariffs": [{"label": "Plein", "price": "12"}]}
        for event in events
    }  # fmt: skip


@pytest.mark.parametrize(("sold", "state"), [
    ((), "to_check"), (("premiere", "dole-1"), "held"), (("premiere",), "missing"),
])  # fmt: skip
def test_a_third_of_the_dates_may_be_without_tickets(sold: tuple[str, ...], state: str) -> None:
    view = view_of({"scheme": "cnm_production_diffusion_sv", "form": "concert", "add": tickets(*sold)})
    assert next(one.state for one in view.conditions if one.check == "free_dates") == state
