"""The budgets a page may put side by side: the reference, scenarios, versions, other productions of the structure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from filage.budget.versions import approved_versions, budget_of_version
from filage.budget.views import BudgetView, LaidOut, lay_out
from filage.facts.budget import BudgetVersion
from filage.facts.dossier import Dossier
from filage.kernel.errors import BadInput
from filage.review import Outcome
from filage.review.view_book import laid_out
from filage_web.accounts.decorators import MemberRequest
from filage_web.accounts.queries import membership_of, role_of
from filage_web.accounts.roles import SEE, may
from filage_web.budget.answering import KIND
from filage_web.scenarios.chosen import Chosen
from filage_web.store.errors import UnknownProduction
from filage_web.store.models import Row
from filage_web.store.outcomes import outcome_of

REFERENCE: Final = "reference"
SCENARIO, VERSION, PRODUCTION = "scenario", "version", "production"
MOST: Final = 4
SNAPSHOTS: Final = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """A budget that may be compared: its key in an address, what sort it is, its name."""

    key: str
    sort: str
    label: str


def choices_of(request: MemberRequest, found: Chosen) -> list[Choice]:
    """Every budget that may be compared, in one query whatever their number."""
    dossier = found.loaded.dossier
    return [
        Choice(REFERENCE, "", _("Aujourd’hui, référence")),
        *(Choice(f"{SCENARIO}:{one.id}", _("Scénario"), one.label) for one in found.scenarios),
        *(Choice(f"{VERSION}:{one.id}", _("Version"), one.label) for one in approved_versions(dossier)),
        *(Choice(f"{VERSION}:{one.id}", _("Relevé"), one.label) for one in _snapshots(dossier)),
        *(
            Choice(f"{PRODUCTION}:{ident}", _("Autre production"), label)
            for ident, label in _others(request, found)
        ),
    ]


def _snapshots(dossier: Dossier) -> list[BudgetVersion]:
    """The last weekly snapshots."""
    found = [one for one in dossier.all(BudgetVersion) if one.purpose == "snapshot"]
    return sorted(found, key=lambda one: one.on)[-SNAPSHOTS:]


def _others(request: MemberRequest, found: Chosen) -> Iterator[tuple[str, str]]:
    rows = Row.objects.filter(structure=request.structure, kind="production").order_by("sort", "pk")
    yield from (
        (ident, label) for ident, label in rows.values_list("ident", "label") if ident != found.production
    )


def kept(asked: Iterable[str], choices: Iterable[Choice]) -> list[Choice]:
    """The budgets asked for that exist, four at most, in the order asked."""
    known = {choice.key: choice for choice in choices}
    return [known[key] for key in dict.fromkeys(asked) if key in known][:MOST]


def laid_columns(
    request: MemberRequest, found: Chosen, view: BudgetView, wanted: Iterable[Choice]
) -> list[tuple[str, LaidOut]]:
    """Each budget under its name, laid out; one that cannot be read is left out."""
    columns: list[tuple[str, LaidOut]] = []
    for choice in wanted:
        laid = _laid(request, found, view, choice)
        if laid is not None:
            columns.append((_free(choice.label, [name for name, _laid_out in columns]), laid))
    return columns


def _free(label: str, taken: list[str]) -> str:
    return label if label not in taken else f"{label} ({taken.count(label) + 1})"


def _laid(request: MemberRequest, found: Chosen, view: BudgetView, choice: Choice) -> LaidOut | None:
    sort, _sep, ident = choice.key.partition(":")
    place = (request.structure, request.production_id or "")
    try:
        if sort == REFERENCE:
            return laid_out(outcome_of(*place), view)
        if sort == SCENARIO:
            return laid_out(outcome_of(*place, scenario=ident), view)
        if sort == PRODUCTION:
            return laid_out(outcome_of(request.structure, ident), view) if _sees(request, ident) else None
    except (BadInput, UnknownProduction):
        return None
    version = found.loaded.dossier.find(f"{BudgetVersion.kind}/{ident}", BudgetVersion)
    return None if version is None else laid_version(outcome_of(*place), version, view)


def laid_version(outcome: Outcome, version: BudgetVersion, view: BudgetView) -> LaidOut:
    """Lay out what a version kept."""
    return lay_out(view, outcome.dossier, budget_of_version(version, outcome.budget), outcome.costs)


def _sees(request: MemberRequest, production: str) -> bool:
    """Whether the member may see the budget of another production."""
    member = membership_of(request.user, request.structure.slug)
    return member is not None and may(role_of(member, production), SEE, KIND)
