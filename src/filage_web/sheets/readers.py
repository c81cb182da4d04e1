"""For whom a sheet is shown: everybody, the team, one department, one person."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext as _

from filage.facts.dossier import Dossier
from filage.kernel.errors import BadInput
from filage.planning.sheets import content_of
from filage.planning.sheets.asked import departments
from filage_web import clock
from filage_web.accounts.models import Structure
from filage_web.store.issued import shared_copies_of
from filage_web.store.sheets import DEPARTMENT, Reader, readers_of, working_language
from filage_web.store.sheets import TEAM as TEAM_COPY

EVERYBODY: Final = ""
TEAM: Final = "equipe"
SERVICE: Final = "service/"


@dataclass(frozen=True, slots=True)
class Choice:
    """One version that may be shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The version shown, and those that may be."""

    value: str
    label: str
    asked: MappingProxyType[str, Any]
    choices: tuple[Choice, ...]
    people: tuple[Choice, ...]

    @property
    def slug(self) -> str:
        """What it adds to the name of a file."""
        return self.value.replace("/", "-") or "public"


def reading_of(dossier: Dossier, paper: tuple[str, str], wanted: str, *, private: bool) -> Reading:
    """Read for whom a sheet is asked; what one may not see, or does not exist, gives everybody's."""
    services = departments(paper[0])
    choices = [Choice(EVERYBODY, _("Public, à afficher"))]
    people: list[Reader] = []
    if private:
        choices.append(Choice(TEAM, _("Équipe")))
        people = readers_of(dossier, _people(dossier, paper))
    choices += [Choice(f"{SERVICE}{key}", str(label)) for key, label in services.items()]
    named = tuple(Choice(one.person, one.name) for one in people)
    label = next((one.label for one in (*choices, *named) if one.value == wanted), None)
    value = wanted if label is not None else EVERYBODY
    asked = _asked(value, people, working_language(dossier), private=private)
    return Reading(value, label or choices[0].label, MappingProxyType(asked), tuple(choices), named)


def papers_of(structure: Structure, production: str, paper: tuple[str, str]) -> dict[int, list[Choice]]:
    """The papers that each version keeps for several readers, beside everybody's, by version."""
    labels = departments(paper[0])
    found: dict[int, list[Choice]] = {}
    for version, recipient in shared_copies_of(structure, production, paper):
        service = recipient.removeprefix(DEPARTMENT)
        label = _("Équipe") if recipient == TEAM_COPY else str(labels.get(service, service))
        found.setdefault(version, []).append(Choice(recipient, label))
    return found


def _people(dossier: Dossier, paper: tuple[str, str]) -> tuple[str, ...]:
    try:
        return content_of(dossier, *paper, clock.today()).people
    except BadInput:
        return ()


def _asked(value: str, people: list[Reader], language: str, *, private: bool) -> dict[str, Any]:
    reader = next((one for one in people if one.person == value), None)
    if reader:
        return {"person": reader.person, "public": False, "language": reader.language}
    if value.startswith(SERVICE):
        return {"department": value.removeprefix(SERVICE), "public": not private, "language": language}
    return {"public": value != TEAM, "language": language}
