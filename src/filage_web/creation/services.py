"""A production created in one write."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify

from filage.budget.importing.facts import Plan
from filage.budget.importing.refused import refused_task
from filage.facts.base import choices
from filage.facts.dossier import Dossier
from filage.facts.production import Production as ProductionFact
from filage.kernel.changes import Change, add, set_
from filage.kernel.errors import BadInput, Problem
from filage.script.casting import positions_for
from filage.script.facts import facts_of
from filage.script.shape import Script
from filage.script.titles import titles_of
from filage_web import clock
from filage_web.accounts.models import Structure, User
from filage_web.creation.reading import Waits, plan_of, remember
from filage_web.creation.templates import changes_brought, values_brought
from filage_web.store.changes import apply
from filage_web.store.files import GivenFile, keep_file
from filage_web.store.models import Production

WEEK: Final = timedelta(days=7)
"""When the rows an import refused are to be taken up again."""


def create_production(
    structure: Structure, values: dict[str, object], *, actor: User, label: str, more: Iterable[Change] = ()
) -> str:
    """Create a production with its first facts, and return its id; BadInput lists what is wrong."""
    slug = free_id(structure, str(values.get("label", "")))
    changes = [add(f"production/{slug}", **values), *more]
    apply(structure, slug, changes, actor=actor, label=label)
    return slug


@transaction.atomic
def create_from_script(
    structure: Structure, script: Script, *, form: str, file: GivenFile, actor: User
) -> str:
    """Create a production from a text: its roles, each a position to fill, its scenes, their order, the file kept."""
    slug = free_id(structure, script.title)
    titles = {f"scene/{ident}": title for ident, title in titles_of(script).items()}
    facts = [
        add(one.about, **{**one.values, "label": titles[one.about][:200]}) if one.about in titles else one
        for one in facts_of(script, file=file.name)
    ]
    order = next(change.about for change in facts if change.kind == "running_order")
    values = {"label": script.title[:200], "form": form}
    played = set_(f"production/{slug}", running_order=order)
    changes = [add(f"production/{slug}", **values), *facts, *positions_for(facts, form), played]
    apply(structure, slug, changes, actor=actor, label=f"Création d’après {file.name}")
    keep_file(structure, Production.objects.get(structure=structure, slug=slug), file, actor=actor)
    return slug


@transaction.atomic
def create_from_spreadsheet(
    structure: Structure, found: Waits, values: dict[str, object], *, actor: User
) -> tuple[str, Plan]:
    """Create a production with the lines of a spreadsheet, the file kept beside; BadInput when none is usable."""
    plan = plan_of(found, Dossier.of_facts([]))
    if not plan.entries:
        message = "aucune ligne n’est utilisable"
        hint = "dites quelle colonne porte le libellé et laquelle le montant, puis relisez"
        raise BadInput(Problem(message, file=found.name, suggestion=hint))
    label = f"Création d’après {found.name}"[:200]
    tasks = refused_task(plan, Dossier.of_facts([]), clock.today() + WEEK)
    slug = create_production(structure, values, actor=actor, label=label, more=(*plan.changes, *tasks))
    file = GivenFile(found.name, found.data)
    keep_file(structure, Production.objects.get(structure=structure, slug=slug), file, actor=actor)
    remember(structure, found, actor=actor)
    return slug, plan


def create_from_template(
    structure: Structure,
    kind: str,
    values: dict[str, Any],
    start: date,
    chosen: frozenset[str],
    *,
    actor: User,
) -> str:
    """Create a production with what is ticked of the template of its kind; its id."""
    brought = values_brought(kind, start, chosen)
    label = f"Création d’après le modèle {choices(ProductionFact, 'form')[kind].lower()}"
    more = changes_brought(kind, start, chosen)
    return create_production(
        structure, {**values, "form": kind, **brought}, actor=actor, label=label, more=more
    )


def free_id(structure: Structure, title: str) -> str:
    """Make an id from a title, numbered when the structure already has it."""
    base = slugify(title.replace("œ", "oe").replace("Œ", "Oe"))[:56].strip("-_") or "production"
    base = base.replace("_", "-")
    taken = set(
        Production.objects.filter(structure=structure, slug__startswith=base).values_list("slug", flat=True)
    )
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)
