"""What a slip lacks, and how its user gives it."""

from __future__ import annotations

HOW_TO_GIVE = {
    "paie.atmp_technicien": ("taux d’accidents du travail", "--at-rate, le taux notifié par votre caisse"),
    "paie.versement_mobilite": ("versement mobilité", "--versement-mobilite, le taux de votre commune"),
    "complementaire_sante": ("complémentaire santé", "--health, la part de l’employeur par bulletin"),
    "paie.prevoyance_permanent_nc": (
        "prévoyance du permanent non cadre",
        "--prevoyance, le taux de l’employeur dans votre contrat",
    ),
}
"""What only the structure knows: its name and how to give it."""


def missing_of(names: tuple[str, ...]) -> list[dict[str, str]]:
    """Say what these missing rates are and how to give them; each makes the total incomplete."""
    shown = [(name, *HOW_TO_GIVE.get(name, (name, "dans un dossier, « employer.rates »"))) for name in names]
    return [{"id": name, "label": label, "how": how} for name, label, how in shown]
