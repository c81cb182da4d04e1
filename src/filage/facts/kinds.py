"""Every kind of fact, in the canonical order of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.budget import (
    BudgetGroup,
    BudgetLine,
    BudgetPost,
    BudgetVersion,
    ColumnMap,
    LineDetail,
    LineOverride,
    ModelLine,
    Variable,
)
from filage.facts.calendar import Availability, DayTemplate, Event, Participation, Vehicle
from filage.facts.campaign import Campaign
from filage.facts.cash import CashBalance, CashItem
from filage.facts.contract import Action, Contract, Evidence, Issue, Rider, Right
from filage.facts.deal import Approach, Deal, Ticketing
from filage.facts.employer import Employer
from filage.facts.funding import Funding, Request, Scheme, TaxCredit
from filage.facts.intent import Answer, Mark, Writing
from filage.facts.people import Company, Person, PersonPrivate
from filage.facts.plan import Plan
from filage.facts.production import Constraint, Production
from filage.facts.recoupment import Corridor, Receipt
from filage.facts.scenario import Scenario
from filage.facts.script import Cue, Element, Need, RunningOrder, Scene, Shot
from filage.facts.spending import Commitment, Expense, Invoice
from filage.facts.task import Task
from filage.facts.team import Engagement, Position
from filage.facts.travel import Freight, Leg, Meal, Stay
from filage.facts.venue import Scouting, Space, Venue
from filage.facts.wages import WageGrid

if TYPE_CHECKING:
    from filage.facts.base import Fact

ALL: tuple[type[Fact], ...] = (
    Employer, WageGrid, Production, Constraint,
    Person, PersonPrivate, Company, Venue, Space, Vehicle,
    Writing, Answer, Element, Scene, Mark, Shot, Cue, RunningOrder, Scouting, Need,
    Position, Engagement, Event, Participation, Availability, DayTemplate, Plan, Task,
    Leg, Stay, Meal, Freight,
    Variable, BudgetPost, BudgetGroup, BudgetLine, LineOverride, LineDetail, ModelLine, BudgetVersion, ColumnMap,
    Scenario,
    Scheme, Funding, Request, Campaign, TaxCredit, Approach, Deal, Ticketing,
    Commitment, Expense, Invoice, CashBalance, CashItem, Corridor, Receipt,
    Contract, Right, Evidence, Issue, Rider, Action,
)  # fmt: skip

BY_KIND: dict[str, type[Fact]] = {model.kind: model for model in ALL}
BY_COLLECTION: dict[str, type[Fact]] = {model.collection: model for model in ALL}
RANK: dict[str, int] = {model.kind: rank for rank, model in enumerate(ALL)}
SHARED: frozenset[str] = frozenset(model.kind for model in ALL if model.shared)
PRIVATE: frozenset[str] = frozenset(model.kind for model in ALL if model.private)
