"""The production a page shows: as it is, or as a scenario would make it (`?scenario=ID`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from django.http import Http404
from django.utils.http import urlencode

from filage.accounting.committed import committed_of
from filage.facts.dossier import Dossier
from filage.facts.scenario import Scenario
from filage.kernel.errors import BadInput
from filage.review import Outcome
from filage_web.accounts.decorators import MemberRequest
from filage_web.accounts.models import Structure
from filage_web.shell.opening import open_page
from filage_web.store.cache import Recent
from filage_web.store.outcomes import Opened
from filage_web.store.queries import Loaded

PARAMETER: Final = "scenario"
_COMMITTED: Final[Recent[tuple[Outcome, Mapping[str, Decimal]]]] = Recent(2)
"""What the last outcomes engage, by identity: each is kept with its outcome, so that an id never names another."""


@dataclass(frozen=True)
class Chosen:
    """A production opened under a scenario; None is the reference."""

    structure: Structure
    production: str
    opened: Opened
    scenario: Scenario | None

    @property
    def loaded(self) -> Loaded:
        """The facts as they are stored, with their revisions."""
        return self.opened.loaded

    @property
    def dossier(self) -> Dossier:
        """The facts as the scenario makes them."""
        return self.opened.dossier

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Every scenario of the production, in the order of its file."""
        return self.loaded.dossier.all(Scenario)

    @cached_property
    def committed(self) -> Mapping[str, Decimal]:
        """What each line of expense already engages, by line id, as the follow-up counts it."""
        outcome = self.opened.outcome
        return _COMMITTED.get(id(outcome), lambda: (outcome, committed_of(outcome, outcome.on)))[1]

    @property
    def ident(self) -> str:
        """The scenario's id; empty for the reference."""
        return self.scenario.id if self.scenario else ""

    @property
    def query(self) -> str:
        """What an address ends with to stay in this scenario: `?scenario=…` or nothing."""
        return f"?{urlencode({PARAMETER: self.ident})}" if self.scenario else ""


def chosen(request: MemberRequest) -> Chosen:
    """Open the production of a request under the scenario it names; an unknown scenario is a 404."""
    ident = request.POST.get(PARAMETER) or request.GET.get(PARAMETER) or None
    try:
        opened = open_page(request, scenario=ident)
    except BadInput:
        raise Http404 from None
    scenario = opened.loaded.dossier.find(f"{Scenario.kind}/{ident}", Scenario) if ident else None
    return Chosen(request.structure, request.production_id or "", opened, scenario)
