"""The columns of a list of expenses or of a bank statement, recognised by their heads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from filage.budget.importing.grid import Flaw, shown
from filage.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filage.budget.importing.grid import Row, Sheet

LABELS = {
    "on": "Date", "label": "Libellé", "company": "Fournisseur", "piece": "Pièce", "amount": "Montant HT",
    "with_tax": "Montant TTC", "vat": "TVA", "signed": "Montant", "debit": "Débit", "credit": "Crédit",
    "account": "Compte", "due_on": "Échéance", "paid_on": "Payé le",
}  # fmt: skip
_HEADS: dict[str, tuple[str, ...]] = {
    "due_on": ("echeance", "a payer le", "date d echeance", "due date"),
    "paid_on": ("paye le", "payee le", "date de paiement", "date de reglement", "regle le"),
    "on": ("date", "date operation", "date de l operation", "date comptable", "jour", "date facture",
           "date de facture", "date d operation", "date piece"),
    "label": ("libelle", "designation", "objet", "description", "intitule", "libelle operation", "detail",
              "libelle simplifie", "nature", "depense"),
    "company": ("fournisseur", "tiers", "beneficiaire", "prestataire", "emetteur"),
    "piece": ("piece", "n piece", "numero de piece", "facture", "n facture", "numero de facture", "reference",
              "ref", "no piece", "justificatif"),
    "amount": ("montant ht", "ht", "total ht", "prix ht"),
    "with_tax": ("montant ttc", "ttc", "total ttc", "net a payer"),
    "vat": ("tva", "montant tva", "montant de la tva"),
    "debit": ("debit", "debit euros", "sortie", "depenses", "debit eur"),
    "credit": ("credit", "credit euros", "entree", "recettes", "credit eur"),
    "signed": ("montant", "somme", "montant eur", "montant euros", "montant operation", "valeur"),
    "account": ("compte", "n compte", "compte comptable", "imputation"),
}  # fmt: skip
_BY_HEAD = {head: name for name, heads in _HEADS.items() for head in heads}
_LOOKED_AT = 40
_LEAST = 3
_AMOUNTS = frozenset({"amount", "with_tax", "debit", "signed"})


def recognised(sheet: Sheet) -> tuple[int, Mapping[str, int]]:
    """Return the number of the row of heads and the column of each name; (0, {}) when no row looks like heads."""
    best: tuple[int, dict[str, int]] = (0, {})
    for row in sheet.rows[:_LOOKED_AT]:
        found = _heads(row)
        if len(found) > len(best[1]) and is_enough(found):
            best = (row.number, found)
    return best


def is_enough(columns: Mapping[str, int]) -> bool:
    """Whether an expense can be read: a date, words, an amount."""
    return "on" in columns and bool(_AMOUNTS & columns.keys()) and bool({"label", "company"} & columns.keys())


def _heads(row: Row) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, value in enumerate(row.values):
        if value is None or isinstance(value, Flaw):
            continue
        words = re.sub(r"[^a-z]+", " ", fold(shown(value))).strip()
        name = _BY_HEAD.get(words) or _BY_HEAD.get(re.sub(r" (en )?(euros?|eur)$", "", words))
        if name is not None:
            found.setdefault(name, column)
    return found if len(found) >= _LEAST else {}
