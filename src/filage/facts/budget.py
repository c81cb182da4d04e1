"""The budget as typed: named variables, lines, posts, and computed lines replaced by hand."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from filage.facts.base import Choice, Fact, Part, RefTo, many, maybe, say
from filage.facts.funding import Instalment
from filage.facts.production import BudgetPhase
from filage.facts.scalars import Amount, Day, Expression, Flag, Number, Rate, Text

Side = Annotated[str, Choice(expense="Charge", income="Produit")]
InPrice = Annotated[str, Choice(no="Non", plateau="Coût plateau", setup="Montage")]
Place = Annotated[Text, Field(pattern=r"^[a-z0-9_]+:[A-Za-z0-9.]+$")]
"""A place in a view of the budget: `view:code`."""
Reliability = Annotated[str, Choice(typed="Saisi", quote="Devis", estimate="Estimation")]


class Variable(Fact):
    """A named number that budget lines, forecasts and prices may use."""

    kind = "variable"
    title = "Variable"
    collection = "variables"

    name_text: Annotated[Text, Field(pattern=r"^[a-z][a-z0-9_]*$")] = say(
        "Nom", "Lettres minuscules, chiffres, _ : nb_nuits."
    )
    label: Text | None = maybe("Libellé")
    value: Expression = say("Valeur")
    unit: Text | None = maybe("Unité")


class BudgetLine(Fact):
    """A typed line: quantity × unit price over named variables, or a share of the lines of some posts."""

    kind = "budget_line"
    title = "Ligne de budget"
    collection = "budget_lines"

    label: Text = say("Libellé")
    side: Side = say("Sens", default="expense")
    phase: BudgetPhase = say("Budget", default="production")
    post: Text = say("Poste", "Code du poste, par exemple 30.")
    account: Text | None = maybe("Compte", "Plan comptable associatif.")
    quantity: Expression = say("Quantité", default="1")
    unit: Text | None = maybe("Unité")
    unit_price: Expression | None = maybe("Prix unitaire", unit="EUR")
    share_of: tuple[Text, ...] = many(
        "Part des postes", "Codes des postes : le prix unitaire devient un taux."
    )
    share_except: tuple[Text, ...] = many(
        "Sauf les lignes", "Identifiants des lignes que la part ne compte pas : line/producteur."
    )
    rate: Rate | None = maybe("Taux", "Pour une part des postes, par exemple 4 %.")
    vat_rate: Rate | None = maybe("TVA", "Absente : le montant est hors taxes et la TVA se récupère.")
    vat_kept: Flag = say("TVA comptée", "Non récupérable : elle s’ajoute au montant.", default=False)
    valued: Flag = say(
        "Contribution en nature", "Valorisée aux comptes 86 et 87, hors des totaux.", default=False
    )
    per_performance: InPrice = say(
        "Dans le prix", "Coût plateau : compté à chaque représentation dans le prix de cession.", default="no"
    )
    reliability: Reliability = say("Fiabilité", default="typed")
    committed: Amount | None = maybe("Engagé", unit="EUR")
    probability: Rate | None = maybe("Probabilité", "Pour un produit à confirmer ; absente : certain.")
    proposed_by: Text | None = maybe("Proposée par", "La démarche ou le risque dont elle chiffre le coût.")


class BudgetGroup(Fact):
    """Lines that are counted or left out together: a second set, a larger team, a recording."""

    kind = "budget_group"
    title = "Groupe de lignes"
    collection = "budget_groups"

    label: Text = say("Nom")
    off: Flag = say("Écarté", "Ses lignes restent visibles et ne comptent plus.", default=False)


class LineDetail(Fact):
    """What is known of any line, computed or typed, beside its amount: group, places, owner, range, follow-up."""

    kind = "line_detail"
    title = "Précisions de ligne"
    collection = "line_details"

    line: Text = say("Ligne", "Identifiant de la ligne : line/decor, pay/marie-1/exploitation.")
    group: Annotated[str, RefTo("budget_group")] | None = maybe("Groupe")
    places: tuple[Place, ...] = many(
        "Places dans les présentations", "présentation:code, par exemple cerfa_12156:61.1."
    )
    owner: Annotated[str, RefTo("person")] | None = maybe("Responsable")
    events: tuple[Annotated[str, RefTo("event")], ...] = many(
        "Dates servies", "Les créneaux que cette ligne paie, à parts égales."
    )
    low: Amount | None = maybe("Au moins", unit="EUR")
    high: Amount | None = maybe("Au plus", unit="EUR")
    files: tuple[Text, ...] = many("Pièces jointes", "Noms de fichiers joints : devis, facture.")
    credit: Annotated[str, Choice(auto="Selon les règles", yes="Comptée", no="Écartée")] = say(
        "Assiette du crédit d’impôt", default="auto"
    )
    due: tuple[Instalment, ...] = many("Paiements prévus", "Sinon le plan de trésorerie les déduit.")
    to_complete: Amount | None = maybe("Reste à dépenser", "Estimé à la main, au lieu du calcul.", unit="EUR")
    variance: Text | None = maybe("Raison de l’écart", long=True)


class ModelLine(Fact):
    """A line the structure uses again from one production to the next."""

    kind = "model_line"
    title = "Ligne de bibliothèque"
    collection = "model_lines"
    shared = True

    label: Text = say("Libellé")
    side: Side = say("Sens", default="expense")
    phase: BudgetPhase = say("Budget", default="production")
    post: Text = say("Poste")
    account: Text | None = maybe("Compte")
    quantity: Expression = say("Quantité", default="1")
    unit: Text | None = maybe("Unité")
    unit_price: Expression | None = maybe("Prix unitaire", unit="EUR")
    vat_rate: Rate | None = maybe("TVA")
    places: tuple[Place, ...] = many("Places dans les présentations")
    source: Text | None = maybe("Source du prix", "Devis, facture, barème.")
    on: Day | None = maybe("Prix relevé le")


class FrozenLine(Part):
    """One line as it stood when a version was kept, in euros."""

    line: Text = say("Ligne")
    label: Text = say("Libellé")
    side: Side = say("Sens", default="expense")
    phase: BudgetPhase = say("Budget", default="production")
    post: Text = say("Poste")
    amount: Amount = say("Montant", unit="EUR")
    committed: Amount | None = maybe("Engagé", unit="EUR")
    spent: Amount | None = maybe("Dépensé", unit="EUR")
    paid: Amount | None = maybe("Payé", unit="EUR")
    final: Amount | None = maybe("Coût final estimé", unit="EUR")


class BudgetVersion(Fact):
    """The budget as it was approved, or as it stood one week: amounts that no longer move."""

    kind = "budget_version"
    title = "Version du budget"
    collection = "budget_versions"

    label: Text = say("Nom")
    purpose: Annotated[str, Choice(approved="Approuvée", snapshot="Relevé de suivi")] = say(
        "Usage", default="approved"
    )
    on: Day = say("Le")
    by: Text | None = maybe("Approuvée par")
    lines: tuple[FrozenLine, ...] = many("Lignes")


class LineOverride(Fact):
    """A computed line replaced by hand, with the reason; the line shows both values."""

    kind = "line_override"
    title = "Remplacement de ligne"
    collection = "line_overrides"

    line: Text = say("Ligne", "Identifiant de la ligne calculée : pay/marie-tournee/exploitation.")
    amount: Amount | None = maybe("Montant", unit="EUR")
    quantity: Number | None = maybe("Quantité")
    unit_price: Amount | None = maybe("Prix unitaire", unit="EUR")
    computed_when_set: Amount | None = maybe("Montant calculé au moment du remplacement", unit="EUR")
    reason: Text = say("Raison")


class BudgetPost(Fact):
    """A chapter of the budget: code, name and order."""

    kind = "budget_post"
    title = "Poste de budget"
    collection = "budget_posts"

    code: Text = say("Code")
    label: Text = say("Nom")
    phase: BudgetPhase = say("Budget", default="production")


class ColumnMap(Fact):
    """The columns of a spreadsheet of the structure, chosen once: known again by the words of its headers."""

    kind = "column_map"
    title = "Colonnes d’un tableur"
    collection = "column_maps"
    shared = True

    label: Text = say("Fichier")
    signature: Text = say("En-têtes", "Empreinte des en-têtes, sans casse ni accents.")
    roles: tuple[Text, ...] = many("Colonnes", "Ce que chaque colonne contient, de gauche à droite.")
