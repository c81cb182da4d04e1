"""A grid of minimum wages a structure pastes because it is newer than the one shipped."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Choice, Fact, Part, many, maybe, say
from filage.facts.scalars import Amount, Count, Day, Number, Text

GridUnit = Annotated[str, Choice(
    cachet="Cachet", service="Service de répétition", hour="Heure", day="Jour", week="Semaine", month="Mois",
)]  # fmt: skip
GridContract = Annotated[str, Choice(cdd="CDD ou CDDU", cdi="CDI", cdi_or_long_cdd="CDI ou CDD long")]
GridActivity = Annotated[str, Choice(
    performance="Représentation", rehearsal="Répétition", both="Répétition et représentation",
    recording="Enregistrement",
)]  # fmt: skip
GridGenre = Annotated[str, Choice(fiction="Fiction et documentaire", show="Flux (émissions)")]


class WageRow(Part):
    """One amount: a job, a unit, euros, and the conditions under which it is due."""

    job: Text = say("Emploi", "Comme la convention le nomme.")
    variant: Text | None = maybe("Variante", "Échelon 2, exploitation continue, première partie…")
    unit: GridUnit = say("Unité")
    amount: Amount = say("Montant brut", unit="EUR")
    hours: Number | None = maybe("Heures par unité", unit="hours")
    dates_from: Count | None = maybe("Dates du mois, à partir de")
    dates_to: Count | None = maybe("Dates du mois, jusqu’à")
    days_to: Count | None = maybe("Durée de l’engagement, au plus", unit="days")
    seats_from: Count | None = maybe("Places, à partir de")
    seats_to: Count | None = maybe("Places, jusqu’à")
    contract: GridContract | None = maybe("Contrat")
    months_from: Count | None = maybe("Mois de contrat, à partir de")
    months_to: Count | None = maybe("Mois de contrat, moins de")
    years_from: Count | None = maybe("Ancienneté, à partir de (années)")
    annex: Text | None = maybe("Annexe", "Le numéro de l’annexe : 1, 3 bis…")
    activity: GridActivity | None = maybe("Activité")
    genre: GridGenre | None = maybe("Genre")


class WageGrid(Fact):
    """A newer grid of minimum wages, with the paper it comes from."""

    kind = "wage_grid"
    title = "Grille de minima"
    collection = "wage_grids"
    shared = True

    label: Text = say("Nom", "CCNEAC, accord du 1er juillet 2026.")
    idcc: Text = say("Convention (IDCC)", "1285, 3090, 2642, 3097…")
    source: Text = say("Source", "Accord, avenant, arrêté : de quoi retrouver le texte.")
    url: Text | None = maybe("Adresse de la source")
    starts_on: Day = say("À partir du", "Pour les adhérents des syndicats signataires.")
    starts_on_all: Day | None = maybe(
        "Pour tous à partir du", "Après extension ; absente : la même date, à vérifier pour un non-adhérent."
    )
    rows: tuple[WageRow, ...] = many("Lignes")
