"""Scenarios: differences over a base, in a chain, never in a circle, and the lost ones told."""

from __future__ import annotations

import pytest

from filage.facts.reading import read_dossier
from filage.facts.scenarios import resolve
from filage.kernel.errors import BadInput

DOSSIER = read_dossier(
    """
schema: filage/1
employer: {id: fil, label: Le Fil}
production: {id: w, label: Woyzeck, form: theatre}
budget_lines:
- {id: decor, label: Décor, post: 30, unit_price: 11800}
- {id: costumes, label: Costumes, post: 30, unit_price: 3400}
scenarios:
- id: decor-plie
  label: Décor plié
  changes: [{op: set, about: budget_line/decor, values: {unit_price: 8400}}]
- id: decor-loue
  label: Décor plié et costumes loués
  base: scenario/decor-plie
  changes:
  - {op: set, about: budget_line/decor, values: {label: Décor loué}}
  - {op: remove, about: budget_line/costumes}
  - {op: add, about: budget_line/location, values: {label: Location, post: 30, unit_price: 900}}
- id: decor-brade
  label: Décor plié, puis bradé
  base: scenario/decor-plie
  changes: [{op: set, about: budget_line/decor, values: {unit_price: 5000}}]
- id: perdu
  label: Ce qui n’est plus là
  changes:
  - {op: set, about: budget_line/absente, values: {unit_price: 1}}
  - {op: set, about: budget_line/decor, values: {unit_price: 1}}
  - {op: add, about: budget_line/costumes, values: {label: Encore, post: 30}}
- {id: a, label: A, base: scenario/b}
- {id: b, label: B, base: scenario/a}
- {id: seul, label: Seul, base: scenario/seul}
""".encode()
)


def prices(scenario: str | None) -> dict[str, str]:
    resolved, _ = resolve(DOSSIER, scenario)
    return {line.id: str(line.unit_price) for line in resolved if line.kind == "budget_line"}


def test_no_scenario_is_the_dossier_itself() -> None:
    assert resolve(DOSSIER, None) == (DOSSIER, ())


def test_a_scenario_changes_only_what_it_says() -> None:
    assert prices("decor-plie") == {"decor": "8400", "costumes": "3400"}
    assert prices(None) == {"decor": "11800", "costumes": "3400"}


def test_a_scenario_stands_on_its_base() -> None:
    assert prices("decor-loue") == {"decor": "8400", "location": "900"}
    assert prices("decor-brade") == {"decor": "5000", "costumes": "3400"}
    resolved, findings = resolve(DOSSIER, "decor-loue")
    assert (resolved.get("budget_line/decor").label, findings) == ("Décor loué", ())


def test_a_change_that_no_longer_applies_is_a_finding_and_the_others_go_on() -> None:
    resolved, findings = resolve(DOSSIER, "perdu")
    assert str(resolved.get("budget_line/decor").unit_price) == "1"
    assert [(finding.code, finding.severity, finding.about) for finding in findings] == [
        ("scenario.change_lost", "warning", "scenario/perdu")
    ] * 2
    assert [finding.message for finding in findings] == [
        "La différence « set budget_line/absente » ne s’applique plus : ce fait n’existe pas (ou plus).",
        "La différence « add budget_line/costumes » ne s’applique plus : ce fait existe déjà.",
    ]


@pytest.mark.parametrize("scenario", ["a", "b", "seul"])
def test_scenarios_in_a_circle_are_refused(scenario) -> None:
    with pytest.raises(BadInput, match="partent les uns des autres"):
        resolve(DOSSIER, scenario)


def test_a_scenario_nobody_wrote_names_the_nearest_or_all() -> None:
    with pytest.raises(BadInput, match="vouliez-vous decor-plie"):
        resolve(DOSSIER, "decor-pli")
    with pytest.raises(
        BadInput, match="scénarios connus : decor-plie, decor-loue, decor-brade, perdu, a, b, seul"
    ):
        resolve(DOSSIER, "zzzzzzzz")
