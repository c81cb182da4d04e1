"""The pieces a funder asks for, against what the dossier holds: what answers each, or where to complete it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import yaml

from filage.facts.calendar import Event
from filage.facts.contract import Contract
from filage.facts.funding import Funding
from filage.facts.intent import Writing
from filage.facts.team import Engagement, Position
from filage.funding.catalogue import pieces_of as asked_by
from filage.kernel import french
from filage.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from filage.budget.lines import Budget
    from filage.facts.dossier import Dossier
    from filage.facts.funding import Request

GATHERED, JOINED, HELD, TO_GET = "gathered", "joined", "held", "to_get"
WORDS: Final = {GATHERED: "réunie", JOINED: "jointe", HELD: "dans le dossier", TO_GET: "à réunir"}
LONG_ENOUGH: Final = 4
"""Letters a word of a piece must have for a file name to answer it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One piece asked: whether it is there, what says so, and the area where it is completed."""

    label: str
    state: str
    because: str
    where: str

    @property
    def is_there(self) -> bool:
        """Whether nothing remains to be done for it."""
        return self.state != TO_GET

    @property
    def word(self) -> str:
        """Its state in French."""
        return WORDS[self.state]


def pieces_of(
    dossier: Dossier, budget: Budget, funding: Funding | None, request: Request | None, on: date
) -> tuple[Wanted, ...]:
    """Return every piece asked: those of the scheme, those said missing or gathered; each once, in that order."""
    names = pieces_asked(dossier, funding)
    gathered = {fold(one) for one in funding.gathered} if funding else set()
    return tuple(_answered(name, gathered, dossier, budget, request, on) for name in names)


def pieces_asked(dossier: Dossier, funding: Funding | None) -> tuple[str, ...]:
    """The names of the pieces a funding asks for; none without a funding."""
    return tuple(piece.label for piece in asked_by(funding, dossier)) if funding else ()


def _answered(
    name: str, gathered: set[str], dossier: Dossier, budget: Budget, request: Request | None, on: date
) -> Wanted:
    rule = _rule(fold(name))
    where = rule["where"] if rule else "files"
    if fold(name) in gathered:
        return Wanted(name, GATHERED, "cochée à la main", where)
    file = _file(name, request)
    if file:
        return Wanted(name, JOINED, file, where)
    found = TESTS[rule["held"]](dossier, budget, on) if rule and rule["held"] else ""
    if found and rule and rule["copy"]:
        return Wanted(name, TO_GET, f"{found} ; la copie reste à joindre", "files")
    return Wanted(name, HELD, found, where) if found else Wanted(name, TO_GET, "", where)


def _file(name: str, request: Request | None) -> str:
    """A file joined to the request whose name holds a word of the piece."""
    words = [word for word in fold(name).replace("’", " ").split() if len(word) >= LONG_ENOUGH]
    for file in request.files if request else ():
        folded = fold(file)
        if words and words[0].rstrip("s") in folded:
            return file
    return ""


@cache
def _rules() -> list[dict[str, str]]:
    """The rows of the data, one per word, in their order."""
    rows = yaml.safe_load(files("filage.data").joinpath("requests/pieces.yaml").read_text("utf-8"))
    return [
        {"word": fold(word), "held": row["held"], "where": row["where"], "copy": row.get("copy", "")}
        for row in rows
        for word in row["words"]
    ]


def _rule(name: str) -> dict[str, str] | None:
    return next((rule for rule in _rules() if _says(name, rule["word"])), None)


def _says(name: str, word: str) -> bool:
    """Whether a name says a word: at the beginning of one of its own."""
    return f" {word}" in f" {name.replace('’', ' ').replace('(', ' ')}" or f" {word}" in f" {name}"


# --- what the dossier holds -------------------------------------------------------------------------------------------


def _form(_dossier: Dossier, _budget: Budget, _on: date) -> str:
    return "la page du budget et la description, dans ce PDF ; le formulaire lui-même reste à remplir et à signer"


def _budget(_dossier: Dossier, budget: Budget, _on: date) -> str:
    return f"budget du dossier, {french.euro(budget.expense)} de charges" if budget.expense else ""


def _note(dossier: Dossier, _budget: Budget, _on: date) -> str:
    note = next((one for one in dossier.all(Writing) if one.type == "intent"), None)
    if note:
        return f"l’écrit « {note.label} »"
    return "la note d’intention de la production" if dossier.production.concept else ""


def _writing(dossier: Dossier, _budget: Budget, _on: date) -> str:
    found = next((one for one in dossier.all(Writing) if one.type != "intent"), None)
    return f"l’écrit « {found.label} »" if found else ""


def _calendar(dossier: Dossier, _budget: Budget, _on: date) -> str:
    count = sum(event.option != "cancelled" for event in dossier.all(Event))
    return f"{count} événements au calendrier" if count > 1 else "un événement au calendrier" if count else ""


def _team(dossier: Dossier, _budget: Budget, _on: date) -> str:
    people = len({one.person for one in dossier.all(Engagement)})
    if people:
        return f"{people} personnes engagées" if people > 1 else "une personne engagée"
    positions = len(dossier.all(Position))
    return f"{positions} postes à pourvoir" if positions > 1 else "un poste à pourvoir" if positions else ""


def _licence(dossier: Dossier, _budget: Budget, on: date) -> str:
    valid = [one for one in dossier.employer.licences if one.expires_on is None or one.expires_on >= on]
    return ", ".join(f"{one.number} (catégorie {one.category})" for one in valid)


def _siret(dossier: Dossier, _budget: Budget, _on: date) -> str:
    return dossier.employer.siret or ""


def _signed_sale(dossier: Dossier, _budget: Budget, _on: date) -> str:
    signed = [one.label for one in dossier.all(Contract)
              if one.type in ("cession", "presale", "corealisation") and one.state == "signed"]  # fmt: skip
    return f"signé au dossier : {', '.join(signed)}" if signed else ""


def _partner(dossier: Dossier, _budget: Budget, _on: date) -> str:
    found = [one.label for one in dossier.all(Funding)
             if one.nature == "coproduction" and one.state in ("granted", "signed", "paid", "acquired")]  # fmt: skip
    return f"au plan : {', '.join(found)}" if found else ""


TESTS: Final[Mapping[str, Callable[[Dossier, Budget, date], str]]] = {
    "form": _form, "budget": _budget, "note": _note, "writing": _writing, "calendar": _calendar, "team": _team,
    "licence": _licence, "siret": _siret, "signed_sale": _signed_sale, "partner": _partner,
}  # fmt: skip
"""What may answer a piece, by name: each says what it found, or nothing."""
