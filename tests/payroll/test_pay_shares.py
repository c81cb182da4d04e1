"""Whatever the calendar, the parts of a cost add up: slips, phases, lines of the budget."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from filage.budget.computed import pay_rows
from filage.budget.lines import budget_of
from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.facts.employer import Employer
from filage.facts.people import Person
from filage.facts.production import Production
from filage.facts.team import Engagement, Position
from filage.law import load_law
from filage.payroll.engagement import pay_costs
from filage.payroll.quantity import Calendar

LAW = load_law()
START = date(2026, 10, 1)
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 80), st.sampled_from(("rehearsal", "performance")), st.integers(0, 3), st.booleans()
    ),
    min_size=1,
    max_size=12,
)
ALLOWANCES = st.lists(
    st.tuples(
        st.sampled_from(("restaurant", "on_site", "night_elsewhere", "kilometre", "other")),
        st.decimals(0, 120, places=2),
        st.integers(0, 20),
        st.integers(0, 80),
    ),
    max_size=4,
)


def dossier_of(events, allowances, unit: str, pay: Decimal) -> Dossier:
    """One artist over eighty days, at the events given, with these allowances."""
    facts = [
        Employer.model_validate({"id": "fil", "label": "Le Fil", "idcc": "1285"}),
        Production.model_validate({"id": "petite", "label": "Petite", "form": "theatre"}),
        Person.model_validate({"id": "dana", "given_name": "Dana", "family_name": "Morel"}),
        Position.model_validate({"id": "jeu", "label": "Jeu"}),
        Engagement.model_validate(
            {
                "id": "dana", "position": "position/jeu", "person": "person/dana", "starts_on": "2026-10-01",
                "ends_on": "2026-12-20", "unit": unit, "unit_pay": f"{pay:f}",
                "allowances": [
                    {"type": kind, "unit_amount": f"{amount:f}", "quantity": f"{quantity}",
                     "day": (START + timedelta(days=day)).isoformat()}
                    for kind, amount, quantity, day in allowances
                ],
            }
        ),
    ]  # fmt: skip
    for number, (day, kind, units, done) in enumerate(events):
        on = (START + timedelta(days=day)).isoformat()
        facts.append(
            Event.model_validate(
                {"id": f"e{number}", "type": kind, "day": on, "start": "14:00", "end": "18:00"}
            )
        )
        held = {"actual_units" if done else "units": f"{units}"}
        facts.append(
            Participation.model_validate(
                {"id": f"p{number}", "event": f"event/e{number}", "engagement": "engagement/dana", **held}
            )
        )
    return Dossier.of_facts(facts)


@settings(max_examples=60)
@given(
    EVENTS,
    ALLOWANCES,
    st.sampled_from(("cachet", "hour", "day", "service")),
    st.decimals(1, 900, places=2),
)
def test_every_part_of_a_cost_adds_up(events, allowances, unit, pay):
    dossier = dossier_of(events, allowances, unit, pay)
    [cost] = pay_costs(dossier, LAW, {}, Calendar(dossier))
    assert cost.gross.value == sum(slip.slip.totals.gross for slip in cost.slips)
    assert cost.employer_cost.value == sum(slip.slip.totals.employer_cost for slip in cost.slips)
    assert cost.employer_cost.value == sum(part.value for _, part in cost.by_phase)
    extras = sum((extra.value for slip in cost.slips for extra in slip.extras), Decimal(0))
    said = sum((one.taxable.value for one in cost.repaid if one.taxable is not None), Decimal(0))
    paid = sum((one.quantity * one.unit_amount for one in cost.repaid), Decimal(0))
    assert extras == (said if cost.slips else 0)
    assert cost.allowances.value + said == paid.quantize(Decimal("0.01"))
    budget = budget_of(pay_rows([cost], dossier))
    assert budget.expense == cost.whole_cost.value
    assert len(budget.by_id()) == len(budget.rows)
