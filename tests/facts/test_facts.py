"""What every kind of fact promises: frozen, closed, titled in French, with defaults a file could hold."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from pydantic import ValidationError

from filage.facts.base import choices, label_of, references
from filage.facts.budget import BudgetLine
from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.facts.employer import Employer
from filage.facts.kinds import ALL, BY_COLLECTION, BY_KIND, PRIVATE, SHARED
from filage.facts.people import Person, PersonPrivate
from filage.facts.production import Pricing, Production
from filage.facts.scalars import canonical_decimal
from filage.facts.script import RunningOrder
from filage.facts.venue import Venue
from filage.facts.writing import values_of
from filage.kernel.errors import BadInput
from support.generated_facts import crowd, simplest

KINDS = pytest.mark.parametrize("model", ALL, ids=lambda model: model.kind)


def test_kinds_and_collections_are_named_once() -> None:
    assert len(BY_KIND) == len(BY_COLLECTION) == len(ALL)
    assert {model.kind for model in ALL if model.private} == PRIVATE == {"person_private"}
    assert {
        "employer", "person", "person_private", "company", "venue", "space", "vehicle", "wage_grid", "model_line",
        "scheme", "column_map",
    } == SHARED  # fmt: skip


@KINDS
def test_every_field_has_a_french_title(model) -> None:
    assert [name for name, field in model.model_fields.items() if not field.title] == []


@KINDS
def test_a_fact_is_closed_and_frozen(model) -> None:
    fact = simplest(model, "a")
    with pytest.raises(ValidationError, match="frozen"):
        fact.id = "b"
    with pytest.raises(ValidationError, match="extra_forbidden"):
        model.model_validate(values_of(fact) | {"zzz": "1"})


@KINDS
def test_a_fact_knows_its_reference_and_its_name(model) -> None:
    fact = simplest(model, "a")
    assert fact.about == f"{model.kind}/a"
    assert fact.name()


@KINDS
def test_every_default_is_what_reading_it_would_give(model) -> None:
    fact = simplest(model, "a")
    assert model.model_validate(values_of(fact, defaults=True)) == fact


def test_the_defaults_of_a_price_are_numbers() -> None:
    assert (Pricing().structure_value, Pricing().margin_rate) == (Decimal(0), Decimal(0))
    assert type(Pricing().structure_value) is Decimal


@pytest.mark.parametrize(
    "value", [1.5, True, Decimal("NaN"), Decimal("0.123456789"), 10**16, "1e3", "1 000", "", None]
)
def test_an_amount_is_a_plain_decimal(value) -> None:
    with pytest.raises(ValidationError):
        BudgetLine(
            id="a", label="A", post="30", committed=value, unit_price="1"
        ) if value is not None else BudgetLine(id="a", label="A", post=None)


@pytest.mark.parametrize("value", ["1200.50", Decimal("1200.50"), " 1200.5 "])
def test_an_amount_given_as_text_or_decimal_is_the_same(value) -> None:
    assert BudgetLine(id="a", label="A", post="30", committed=value).committed == Decimal("1200.5")


@pytest.mark.parametrize(
    ("value", "written"),
    [("1000.00", "1000"), ("1E+3", "1000"), ("0.50", "0.5"), ("-0.0", "0"), ("-1.10", "-1.1")],
)
def test_decimals_are_written_without_exponent_or_trailing_zeros(value, written) -> None:
    assert canonical_decimal(Decimal(value)) == written


@pytest.mark.parametrize("value", [1_700_000_000, 0, 20261105, "2026-11-5", "2026-11-05T00:00"])
def test_a_number_is_never_taken_for_a_day(value) -> None:
    with pytest.raises(ValidationError):
        Event(id="a", type="performance", day=value)


def test_typed_values_pass_unchanged() -> None:
    event = Event(id="a", type="performance", day=date(2026, 11, 5), start=time(20), premiere=True)
    assert values_of(event) == {
        "id": "a", "type": "performance", "day": "2026-11-05", "start": "20:00", "premiere": "true",
    }  # fmt: skip


def test_references_are_found_wherever_they_stand() -> None:
    order = RunningOrder(id="o", label="O", scenes=[{"scene": "scene/a"}, {"scene": "scene/b"}])
    assert list(references(order)) == [("scenes[0].scene", "scene/a"), ("scenes[1].scene", "scene/b")]
    part = Participation(id="p", event="event/a", engagement="engagement/b")
    assert list(references(part)) == [("event", "event/a"), ("engagement", "engagement/b")]
    production = Production(id="w", label="W", form="theatre", running_order="running_order/o")
    assert list(references(production)) == [("running_order", "running_order/o")]
    assert list(references(Venue(id="v", label="V"))) == []


def test_closed_lists_have_french_labels() -> None:
    assert choices(Event, "option")["option_2"] == "2e option"
    assert choices(Event, "label") == {}
    assert label_of(Event(id="a", type="performance", day="2026-11-05"), "type") == "Représentation"


def test_somebody_is_called_by_their_stage_name() -> None:
    assert Person(id="d", given_name="Dana", family_name="Morel").name() == "Dana Morel"
    assert Person(id="d", given_name="Dana", family_name="Morel", stage_name="D. M.").name() == "D. M."


def test_a_dossier_is_equal_to_another_whatever_the_order() -> None:
    facts = list(crowd())
    assert Dossier.of_facts(reversed(facts)) == Dossier.of_facts(facts)
    assert Dossier.of_facts(facts[1:]) != Dossier.of_facts(facts)
    assert crowd() != 3


def test_a_fact_given_twice_is_refused_by_name() -> None:
    venue = Venue(id="a", label="A")
    with pytest.raises(BadInput, match="venue/a est donné deux fois"):
        Dossier.of_facts([venue, venue])


def test_a_dossier_finds_facts_by_reference_and_kind() -> None:
    assert crowd().find("venue/a", Venue) == crowd().get("venue/a")
    assert crowd().find("venue/a", Person) is None
    assert crowd().find(None, Venue) is None
    assert crowd().get("venue/zzz") is None
    assert [venue.id for venue in crowd().all(Venue)] == ["a", "b"]
    assert len(crowd()) == sum(1 if model.alone else 2 for model in ALL)


def test_a_dossier_without_production_or_structure_says_so() -> None:
    empty = Dossier.of_facts([])
    with pytest.raises(BadInput, match="0 fait « production »"):
        _ = empty.production
    with pytest.raises(BadInput, match="0 fait « employer »"):
        _ = empty.employer
    assert isinstance(crowd().employer, Employer)


def test_private_facts_can_be_left_out() -> None:
    assert len(crowd().all(PersonPrivate)) == 2
    assert crowd().without_private().all(PersonPrivate) == ()
