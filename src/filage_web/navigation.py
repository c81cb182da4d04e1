"""The areas of a production, in the order of the work: each area adds one line to `AREAS`.

An area is a package `filage_web/<key>/` whose `urls.py` has `app_name = "<key>"` and a view named `page`. Its
address is `/s/<structure>/p/<production>/<path>/`. What is not listed here does not exist for anybody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from types import MappingProxyType
from typing import Final

from django.urls import URLPattern, include, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

GROUPS: Final = MappingProxyType(
    {
        "": "",
        "prepare": _("Préparer"),
        "cost": _("Chiffrer"),
        "engage": _("Engager"),
        "tour": _("Tourner"),
        "report": _("Rendre"),
    }
)


@dataclass(frozen=True, slots=True)
class Area:
    """One line of the navigation."""

    key: str
    """Name of the package, of the URL namespace and of the badge."""
    group: str
    path: str
    """Its place in the address, in French; empty for the production's front page."""
    label: Text
    words: Text = ""
    """Other words by which the palette finds it."""
    kind: str = "*"
    """What one must be allowed to see to be shown its line."""

    @property
    def module(self) -> str:
        """Name the module of its addresses."""
        return f"filage_web.{self.key}.urls"


AREAS: Final = (
    Area("dashboard", "", "", _("Tableau de bord"), _("accueil échéances")),
    Area(
        "intent", "prepare", "intention", _("Intention"), _("entretien note synopsis pitch écrits passages")
    ),
    Area("script", "prepare", "texte", _("Texte"), _("scènes rôles dépouillement")),
    Area("needs", "prepare", "besoins", _("Besoins"), _("accessoires costumes matériel à trouver")),
    Area("team", "prepare", "equipe", _("Équipe"), _("personnes engagements salaires cachets")),
    Area("venues", "prepare", "lieux", _("Lieux"), _("salles théâtres véhicules repérages décors")),
    Area("planning", "prepare", "calendrier", _("Calendrier"), _("dates représentations répétitions")),
    Area("schedule", "prepare", "plan", _("Plan de travail"), _("optimiseur ordre des scènes tournage")),
    Area("tasks", "prepare", "taches", _("Tâches"), _("jalons rétroplanning Gantt échéancier")),
    Area("budget", "cost", "budget", _("Budget"), _("charges produits lignes")),
    Area("price", "cost", "prix", _("Prix de cession"), _("vente coût plateau")),
    Area("funding", "cost", "financement", _("Financement"), _("subventions coproductions")),
    Area(
        "partners",
        "cost",
        "partenaires",
        _("Partenaires"),
        _("coproducteurs mécènes parrains échanges relances"),
    ),
    Area(
        "cash",
        "cost",
        "tresorerie",
        _("Trésorerie"),
        _("encaissements décaissements banque relais point bas"),
    ),
    Area(
        "receipts",
        "cost",
        "recettes",
        _("Recettes"),
        _("couloirs remontée minimum garanti billetterie créneaux"),
    ),
    Area("scenarios", "cost", "scenarios", _("Scénarios"), _("variantes plan B enveloppe")),
    Area(
        "structure",
        "engage",
        "structure",
        _("Structure"),
        _("licences taux accident du travail droit sources"),
    ),
    Area(
        "law",
        "engage",
        "droit",
        _("Droit"),
        _("taux plafonds minima temps de travail conventions sources changement d’année"),
    ),
    Area(
        "payroll",
        "engage",
        "paie",
        _("Paie"),
        _("heures décompte bulletins AEM congés spectacles déclarations"),
        "person_private",
    ),
    Area("sheets", "tour", "feuilles", _("Feuilles"), _("feuille de service feuille de route conducteur")),
    Area(
        "participants",
        "tour",
        "liens",
        _("Liens privés"),
        _("participants feuilles téléphone"),
        "private_link",
    ),
    Area(
        "follow", "report", "suivi", _("Suivi"), _("engagé dépensé payé factures dépenses coût final écarts")
    ),
    Area("files", "report", "fichiers", _("Fichiers"), _("exporter télécharger dossier PDF")),
    Area("history", "report", "historique", _("Historique"), _("modifications annuler")),
)


AREA_OF_KIND: Final = MappingProxyType(
    {
        "writing": "intent", "answer": "intent", "mark": "intent",
        "scene": "script", "element": "script", "shot": "script", "cue": "script", "running_order": "script",
        "need": "needs",
        "person": "team", "company": "partners", "position": "team", "engagement": "team",
        "wage_grid": "law", "venue": "venues", "space": "venues",
        "scouting": "venues", "vehicle": "venues",
        "event": "planning", "participation": "planning", "day_template": "planning", "availability": "tasks",
        "plan": "schedule", "task": "tasks",
        "budget_line": "budget", "variable": "budget", "line_override": "budget", "budget_post": "budget",
        "budget_group": "budget", "line_detail": "budget", "model_line": "budget", "budget_version": "budget",
        "contract": "price", "deal": "price",
        "funding": "funding", "scheme": "funding", "request": "funding", "campaign": "funding", "tax_credit": "funding",
        "approach": "partners", "cash_balance": "cash", "cash_item": "cash",
        "corridor": "receipts", "receipt": "receipts", "ticketing": "receipts",
        "commitment": "follow", "expense": "follow",
        "scenario": "scenarios",
        "production": "dashboard", "employer": "structure",
    }
)  # fmt: skip
"""Where the palette leads for a fact it found: the area's page, at the element whose id is `kind-ident`."""


PAGE_OF_KIND: Final = MappingProxyType(
    {
        "position": "team:needs", "wage_grid": "law:wages", "scouting": "venues:scouting", "answer": "intent:interview",
        "shot": "script:storyboard", "cue": "script:cues", "running_order": "script:order",
        "availability": "tasks:answers", "request": "funding:requests",
    }
)  # fmt: skip
"""The page of a kind, when it is not its area's first."""

OWN_PAGE: Final = MappingProxyType(
    {"person": "team:person", "scene": "script:scene", "element": "script:element"}
)
"""The page of one fact of a kind: its address ends with the fact's id, under the name of its kind."""


def place_of(structure: str, production: str, about: str) -> str:
    """Give the address where a fact is shown; empty when no page shows its kind."""
    kind, _slash, ident = about.partition("/")
    key = AREA_OF_KIND.get(kind, "")
    if key not in {area.key for area in present()}:
        return ""
    within = {"structure": structure, "production": production}
    if ident and kind in OWN_PAGE:
        return reverse(OWN_PAGE[kind], kwargs=within | {kind: ident})
    page = reverse(PAGE_OF_KIND.get(kind, f"{key}:page"), kwargs=within)
    return f"{page}#{kind}-{ident}"


@cache
def present() -> tuple[Area, ...]:
    """List the areas whose pages exist in this version."""
    return tuple(area for area in AREAS if _exists(area.module))


def _exists(module: str) -> bool:
    package = module.rpartition(".")[0]
    return find_spec(package) is not None and find_spec(module) is not None


def urlpatterns() -> list[URLPattern]:
    """Give the addresses of every area, under a production's."""
    return [path(f"{area.path}/" if area.path else "", include(area.module)) for area in present()]  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class Badge:
    """What a navigation line says on its right: a number of things, or the worst status with its number."""

    number: int
    status: str = ""
    """calc, hand, doubt, stale, breach, done; empty for a plain count."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A navigation line ready to draw."""

    label: Text
    href: str
    current: bool = False
    badge: Badge | None = None
    words: Text = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of the navigation under one title."""

    label: Text
    entries: list[Entry] = field(default_factory=list)


NO_BADGE: Final[Mapping[str, Badge]] = MappingProxyType({})


def menu(
    structure: str,
    production: str,
    current: str = "",
    badges: Mapping[str, Badge] = NO_BADGE,
    may_see: Callable[[str], bool] = lambda _kind: True,
) -> list[Group]:
    """Draw up the navigation of a production; groups without a page, and lines one may not open, are left out."""
    groups = {key: Group(str(label)) for key, label in GROUPS.items()}
    for area in present():
        if not may_see(area.kind):
            continue
        href = reverse(f"{area.key}:page", kwargs={"structure": structure, "production": production})
        entry = Entry(area.label, href, area.key == current, badges.get(area.key), area.words)
        groups[area.group].entries.append(entry)
    return [group for group in groups.values() if group.entries]


def production_address(structure: str, production: str) -> str:
    """Give the address of a production's first page; empty when no area exists."""
    first = next(iter(present()), None)
    return reverse(f"{first.key}:page", args=[structure, production]) if first else ""
