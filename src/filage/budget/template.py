"""A production to start from: phases, team, variables, lines, needs and obligations of a trade, without any price.

One file per kind of production (`data/templates/*.yaml`): usage of the profession, counts to adapt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml

from filage.facts.budget import BudgetLine, BudgetPost, Variable
from filage.facts.production import Phase, Pricing
from filage.facts.script import Need
from filage.facts.task import Task
from filage.facts.team import Position

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from filage.facts.base import Fact

TO_PRICE = "À chiffrer : devis, barème ou usage de la structure."
_CONFIDENCE = {
    "confirmed": "texte lu", "one_source": "source secondaire, à vérifier", "uncertain": "à vérifier avant usage",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Obligation:
    """Something the trade must look at: when it applies, on which text, and how sure that is."""

    id: str
    label: str
    when: str
    basis: str
    confidence: str

    @property
    def told(self) -> str:
        """When it applies and on which text, with the doubt."""
        return f"{self.when[:1].upper()}{self.when[1:]}. {self.basis} ({_CONFIDENCE[self.confidence]})."


@dataclass(frozen=True, slots=True)
class Template:
    """What a kind of production usually starts with; `weeks` are the lengths of its phases, one after another."""

    form: str
    title: str
    performances: str | None
    phases: tuple[Mapping[str, str], ...]
    weeks: tuple[int, ...]
    posts: tuple[BudgetPost, ...]
    variables: tuple[Variable, ...]
    positions: tuple[Position, ...]
    lines: tuple[BudgetLine, ...]
    needs: tuple[Need, ...]
    obligations: tuple[Obligation, ...]


def template_facts(form: str, start_day: date) -> tuple[Fact, ...]:
    """Return the facts a production of that form starts with; its phases and price are in `template_values`.

    No line has a price and no pay an amount: each says that it is still to be priced. Obligations are tasks due before
    the second phase. FileNotFoundError when the form is no kind of production.
    """
    found = template(form)
    first, second = template_phases(form, start_day)[:2]
    tasks = tuple(
        Task(
            id=f"obligation-{one.id}", label=one.label, priority="high", phase=first.id, note=one.told,
            due_on=(second.starts_on - timedelta(days=1)).isoformat(),
        )
        for one in found.obligations
    )  # fmt: skip
    return (*found.posts, *found.variables, *found.positions, *found.lines, *found.needs, *tasks)


def template_values(form: str, start_day: date) -> dict[str, object]:
    """Return what the production itself takes from its template: phases laid from a day, performances expected."""
    found = template(form)
    values: dict[str, object] = {"phases": template_phases(form, start_day)}
    if found.performances:
        values["pricing"] = Pricing(performances=found.performances)
    return values


def template_phases(form: str, start_day: date) -> tuple[Phase, ...]:
    """Return the phases of a template, one after another from a day."""
    found = template(form)
    starts = [start_day]
    for weeks in found.weeks:
        starts.append(starts[-1] + timedelta(weeks=weeks))
    return tuple(
        Phase(starts_on=first.isoformat(), ends_on=(after - timedelta(days=1)).isoformat(), **phase)
        for phase, (first, after) in zip(found.phases, pairwise(starts), strict=True)
    )


@cache
def template(form: str) -> Template:
    """Read the template of a form (`theatre`, `short_film`…)."""
    text = files("filage.data").joinpath(f"templates/{form}.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    phases = [dict(row) for row in data["phases"]]
    return Template(
        form=data["form"],
        title=data["title"],
        performances=data.get("performances"),
        weeks=tuple(int(row.pop("weeks")) for row in phases),
        phases=tuple(MappingProxyType(row) for row in phases),
        posts=tuple(BudgetPost(id=f"p{row['code']}", **row) for row in data.get("posts", ())),
        variables=tuple(Variable(**row) for row in data["variables"]),
        positions=tuple(Position(**row) for row in data["positions"]),
        lines=tuple(_line(row) for row in data["lines"]),
        needs=tuple(Need(**row) for row in data["needs"]),
        obligations=tuple(Obligation(**row) for row in data["obligations"]),
    )


def _line(row: dict[str, Any]) -> BudgetLine:
    return BudgetLine(reliability="estimate", note=TO_PRICE, **row)
