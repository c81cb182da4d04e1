"""The library of lines: kept from one production, found again in another; units already used."""

from collections.abc import Collection, Iterable
from datetime import date

from filage.facts.budget import BudgetLine, ModelLine
from filage.kernel.changes import Change, add
from filage.kernel.text import fold
from filage_web import clock
from filage_web.accounts.models import Structure
from filage_web.budget.cells import CellError
from filage_web.budget.grid import Line
from filage_web.forms.identifiers import new_id
from filage_web.scenarios.chosen import Chosen
from filage_web.store.bodies import readable
from filage_web.store.models import Row

COPIED = ("label", "side", "phase", "post", "account", "quantity", "unit", "unit_price", "vat_rate")
"""What a line and its model share."""


def models_of(structure: Structure, text: str = "") -> list[ModelLine]:
    """List the lines of a structure's library by name, those that hold every word looked for; one query."""
    rows = Row.objects.filter(structure=structure, production=None, kind=ModelLine.kind)
    for word in fold(text).split():
        rows = rows.filter(search__contains=word)
    found = rows.order_by("sort", "pk").values_list("kind", "schema", "body")
    facts = (readable(kind, schema, body) for kind, schema, body in found)
    return [fact for fact in facts if isinstance(fact, ModelLine)]


def taken_models(structure: Structure) -> set[str]:
    """The ids that a new line of the library may not take."""
    rows = Row.objects.filter(structure=structure, production=None, kind=ModelLine.kind)
    return set(rows.values_list("ident", flat=True))


def kept_lines(
    lines: Iterable[Line], found: Chosen, taken: Collection[str], *, source: str = "", on: date | None = None
) -> list[Change]:
    """The changes that keep typed lines in the library, priced today unless said; CellError names another."""
    changes: list[Change] = []
    names = set(taken)
    for line in lines:
        fact = found.dossier.get(line.row.about)
        if not isinstance(fact, BudgetLine) or fact.share_of:
            message = f"{line.row.label} se calcule : la bibliothèque garde des lignes saisies."
            raise CellError(message)
        values = {key: str(value) for key in COPIED if (value := getattr(fact, key)) is not None}
        values["source"] = source or f"{found.dossier.production.label}, {fact.label}"
        values["on"] = (on or clock.today()).isoformat()
        ident = new_id(ModelLine.kind, values, names)
        names.add(ident)
        places = {"places": list(line.row.places)} if line.row.places else {}
        changes.append(add(f"{ModelLine.kind}/{ident}", **values, **places))
    return changes


def inserted(models: Iterable[ModelLine], found: Chosen, post: str = "") -> list[Change]:
    """The changes that add lines of the library to a budget, in their post or in another one."""
    taken = {line.id for line in found.dossier.all(BudgetLine)}
    changes = []
    for model in models:
        values = {key: str(value) for key in COPIED if (value := getattr(model, key)) is not None}
        if post:
            values["post"] = post
        said = ", ".join(
            part for part in (model.source, model.on.strftime("%d/%m/%Y") if model.on else "") if part
        )
        if said:
            values["note"] = f"Prix : {said}"
        ident = new_id(BudgetLine.kind, values, taken)
        taken.add(ident)
        changes.append(add(f"{BudgetLine.kind}/{ident}", **values))
    return changes
