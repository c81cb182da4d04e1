"""What a request still lacks, all at once: each thing in words, with the area where it is completed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.facts.base import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sized

    from filage.facts.dossier import Dossier
    from filage.facts.funding import Funding
    from filage.funding.request_budget import FormBudget
    from filage.funding.request_pieces import Wanted
    from filage.funding.request_texts import Written


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing, in words, and the area where it is completed."""

    message: str
    where: str


def texts_lacking(sections: Iterable[Written]) -> Iterator[Lack]:
    """The headings a form needs and nothing fills."""
    for section in sections:
        for entry in section.entries:
            if entry.needed and not entry.text:
                yield Lack(
                    f"{section.label} : « {entry.label} » n’est pas rempli.", entry.where or "requests"
                )


def form_lacking(form: FormBudget, funding: Funding | None) -> Iterator[Lack]:
    """What the budget page lacks: a funder, an amount, charges, their equal in income."""
    if funding is None:
        yield Lack(
            "Aucun financement choisi : ni le financeur ni le montant demandé ne sont dits.", "funding"
        )
    elif form.asked is None:
        state = label_of(funding, "state").lower()
        yield Lack(
            f"« {funding.label} » ({state}) n’est pas dans les produits : rien n’est demandé.", "funding"
        )
    elif not form.asked:
        yield Lack(f"« {funding.label} » : le montant demandé n’est pas saisi.", "funding")
    if not form.expense_total:
        yield Lack("Le budget n’a pas de charges.", "budget")
    if form.balance:
        yield Lack(form.balance, "funding")


def dossier_lacking(dossier: Dossier, *, note: str, calendar: Sized, teams: Sized) -> Iterator[Lack]:
    """What the other parts of the request lack, and whether the form is that of such a structure."""
    if not note:
        yield Lack("Il n’y a pas de note d’intention.", "intent")
    if not calendar:
        yield Lack("Le calendrier est vide.", "planning")
    if not teams:
        yield Lack("L’équipe est vide : ni poste, ni personne engagée.", "team")
    if dossier.employer.legal_form != "association":
        form = label_of(dossier.employer, "legal_form").lower()
        message = f"Le formulaire est celui des associations ; la structure est : {form}. À vérifier."
        yield Lack(message, "structure")


def pieces_lacking(pieces: Iterable[Wanted]) -> Iterator[Lack]:
    """The pieces asked that nothing answers."""
    for piece in pieces:
        if not piece.is_there:
            yield Lack(f"Pièce demandée, à réunir : {piece.label}.", piece.where)
