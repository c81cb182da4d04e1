"""Lines looked for in the grid: by their words, who answers for them, their group, what they lack."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from filage.budget.lines import BudgetRow
from filage.facts.budget import BudgetGroup, LineDetail
from filage.facts.people import Person
from filage.kernel.text import fold
from filage_web.scenarios.chosen import Chosen

ONLY: Final = {
    "doute": _("À vérifier"),
    "remplacees": _("Remplacées à la main"),
    "sans-responsable": _("Sans responsable"),
    "sans-engage": _("Rien d’engagé"),
    "sans-piece": _("Sans pièce jointe"),
    "fourchette": _("Avec une fourchette"),
    "ecartees": _("Écartées"),
    "sans-place": _("Sans compte ni place"),
}


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; everything when nothing is."""

    text: str = ""
    owner: str = ""
    group: str = ""
    only: str = ""

    def __bool__(self) -> bool:
        """Whether something is looked for."""
        return bool(self.text or self.owner or self.group or self.only)

    @property
    def query(self) -> str:
        """What an address says of it."""
        asked = {"q": self.text, "qui": self.owner, "groupe": self.group, "seulement": self.only}
        return urlencode({key: value for key, value in asked.items() if value})

    def keeps(self, row: BudgetRow) -> bool:
        """Whether a row is among those looked for."""
        if self.owner and row.owner != self.owner:
            return False
        if self.group and row.group != self.group:
            return False
        if self.only and not _is(row, self.only):
            return False
        if not self.text:
            return True
        words = fold(f"{row.label} {row.post} {row.account or ''} {row.unit} {row.note or ''}")
        return all(word in words for word in fold(self.text).split())


EVERYTHING: Final = Search()


def search_of(asked: Mapping[str, str]) -> Search:
    """Read what an address or a form asks for."""
    only = asked.get("seulement", "")
    return Search(
        text=asked.get("q", "").strip()[:80],
        owner=asked.get("qui", ""),
        group=asked.get("groupe", ""),
        only=only if only in ONLY else "",
    )


def _is(row: BudgetRow, only: str) -> bool:  # noqa: PLR0911 - one line per question
    match only:
        case "doute":
            return not row.complete or row.confidence == "uncertain"
        case "remplacees":
            return row.override is not None
        case "sans-responsable":
            return row.owner is None
        case "sans-engage":
            return not row.committed
        case "sans-piece":
            return not row.files
        case "fourchette":
            return row.low is not None or row.high is not None
        case "ecartees":
            return row.off
        case _:
            return row.account is None and not row.places


@dataclass(frozen=True, slots=True)
class Finding:
    """What the lists of the search propose."""

    owners: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]
    only: tuple[tuple[str, str], ...]


def finding_choices(found: Chosen) -> Finding:
    """List who answers for a line, the groups, and what lines may lack."""
    named = {detail.owner for detail in found.dossier.all(LineDetail) if detail.owner}
    people = [(person.about, person.name()) for person in found.dossier.all(Person) if person.about in named]
    groups = tuple((group.about, group.label) for group in found.dossier.all(BudgetGroup))
    return Finding(tuple(people), groups, tuple((key, str(label)) for key, label in ONLY.items()))
