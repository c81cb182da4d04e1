"""A dossier brought into a structure: equal shared facts linked, different ones asked, nothing half done."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, Literal

from django.db import transaction

from filage.facts.base import Fact
from filage.facts.changing import difference
from filage.facts.dossier import Dossier
from filage.facts.employer import Employer
from filage.facts.kinds import SHARED
from filage.kernel.changes import Change, remove
from filage.kernel.errors import BadInput, Problem
from filage_web.accounts.models import Structure, User
from filage_web.accounts.roles import EDIT, Role, may
from filage_web.store.bodies import readable
from filage_web.store.changes import apply
from filage_web.store.errors import Question, Undecided
from filage_web.store.files import GivenFile, keep_files
from filage_web.store.models import Production, Row
from filage_web.store.queries import dossier_of, production_exists
from filage_web.store.rows import current_rows, within

Decision = Literal["mine", "theirs"]
"""`mine` keeps what the structure holds, `theirs` takes what the file says."""
NOTHING_DECIDED: Final[Mapping[str, Decision]] = {}


@transaction.atomic
def import_dossier(
    structure: Structure,
    dossier: Dossier,
    *,
    actor: User | None,
    role: Role | None = None,
    decisions: Mapping[str, Decision] = NOTHING_DECIDED,
    files: Iterable[GivenFile] = (),
    label: str = "",
) -> str:
    """Bring a dossier in as one ChangeSet and return the production's id.

    Undecided, with both versions, for each shared fact the structure knows otherwise (and for a production it
    already has) that `decisions` says nothing about. With a `role`, BadInput names what it may not write.
    """
    slug = dossier.production.id
    known = _known(structure, dossier)
    asked = [question for question in known if question.about not in decisions]
    if asked:
        raise Undecided(asked)
    changes = _changes(structure, dossier, {question.about: decisions[question.about] for question in known})
    _refuse_forbidden(changes, role)
    label = label or f"Importation : {dossier.production.label}"
    shared = [fact.about for fact in dossier if fact.kind in SHARED]
    apply(structure, slug, changes, actor=actor, label=label, lists=shared)
    production = Production.objects.get(structure=structure, slug=slug)
    keep_files(structure, production, files, actor=actor)
    return slug


def _known(structure: Structure, dossier: Dossier) -> list[Question]:
    """The facts of the file that the structure holds with other values, its production among them."""
    shared = [fact for fact in dossier if fact.kind in SHARED]
    rows = current_rows(structure, None, [fact.about for fact in shared])
    held = {about: row.fact for about, row in rows.items() if row.fact}
    if (employer := _employer(structure)) is not None:
        held[Employer.kind] = employer
    asked = [
        Question(mine.about, mine, theirs)
        for theirs in shared
        if (mine := held.get(_place(theirs))) is not None and mine != theirs
    ]
    return [*asked, *_known_production(structure, dossier)]


def _known_production(structure: Structure, dossier: Dossier) -> list[Question]:
    slug = dossier.production.id
    if not production_exists(structure, slug):
        return []
    own = dossier_of(structure, slug)
    if _own_facts(own) == _own_facts(dossier):
        return []
    return [Question(f"production/{slug}", own.production, dossier.production)]


def _own_facts(dossier: Dossier) -> dict[str, Fact]:
    return {fact.about: fact for fact in dossier if fact.kind not in SHARED}


def _place(fact: Fact) -> str:
    """What an imported fact would take the place of: a structure has one employer, whatever its id."""
    return Employer.kind if isinstance(fact, Employer) else fact.about


def _employer(structure: Structure) -> Fact | None:
    rows = Row.objects.filter(within(structure, None), kind=Employer.kind).values_list(
        "kind", "schema", "body"
    )
    return next((readable(*row) for row in rows), None)


def _changes(structure: Structure, dossier: Dossier, decided: Mapping[str, Decision]) -> list[Change]:
    slug = dossier.production.id
    before = _before(structure, slug, dossier)
    wanted = [*_wanted(before, dossier, decided)]
    changes = [*difference(before, Dossier.of_facts(wanted))]
    return [*_new_employer(before, wanted), *(change for change in changes if change.kind != Employer.kind)]


def _before(structure: Structure, slug: str, dossier: Dossier) -> Dossier:
    """What the structure already holds of what the file names."""
    shared = [fact.about for fact in dossier if fact.kind in SHARED]
    held = [row.fact for row in current_rows(structure, None, shared).values() if row.fact]
    employer = _employer(structure)
    own = dossier_of(structure, slug) if production_exists(structure, slug) else ()
    facts = {fact.about: fact for fact in (*own, *held, *([employer] if employer else []))}
    return Dossier.of_facts(facts.values())


def _wanted(before: Dossier, dossier: Dossier, decided: Mapping[str, Decision]) -> Iterator[Fact]:
    """Every fact as it must be: the file's, unless one's own is kept; shared facts it does not name stay."""
    slug = dossier.production.id
    keep_own = decided.get(f"production/{slug}") == "mine"
    named = {_place(fact) for fact in dossier}
    for fact in before:
        if _place(fact) not in named and (fact.kind in SHARED or keep_own):
            yield fact
    for fact in dossier:
        mine = (
            before.employer if isinstance(fact, Employer) and before.all(Employer) else before.get(fact.about)
        )
        keep = mine is not None and (
            decided.get(mine.about) == "mine" or (keep_own and fact.kind not in SHARED)
        )
        yield mine if keep and mine is not None else fact


def _new_employer(before: Dossier, wanted: Collection[Fact]) -> list[Change]:
    """The employer replaced or changed: the structure has one, under the file's id if the file wins."""
    old = before.all(Employer)
    new = [fact for fact in wanted if isinstance(fact, Employer)]
    if list(old) == new:
        return []
    changes = difference(Dossier.of_facts(old), Dossier.of_facts(new))
    gone = [remove(one.about) for one in old if one.id != new[0].id]
    return [*gone, *(change for change in changes if change.op != "remove")]


def _refuse_forbidden(changes: Iterable[Change], role: Role | None) -> None:
    if role is None:
        return
    kinds = {change.kind: change.about for change in changes if not may(role, EDIT, change.kind)}
    if kinds:
        raise BadInput(
            [
                Problem(
                    "votre rôle ne permet pas de l’écrire",
                    about,
                    suggestion="gardez la version de la structure, ou demandez à l’administration",
                )
                for about in kinds.values()
            ]
        )
