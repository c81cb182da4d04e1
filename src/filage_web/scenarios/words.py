"""The differences of a scenario said in French."""

from dataclasses import dataclass

from filage.facts.changing import apply_change
from filage.facts.dossier import Dossier
from filage.facts.scenario import Scenario
from filage.facts.scenarios import resolve
from filage.kernel.errors import BadInput
from filage_web.preview.words import field_changes, title_of


@dataclass(frozen=True, slots=True)
class Difference:
    """One change of a scenario: what it does, field by field; `lost` when it no longer applies."""

    rank: int
    title: str
    fields: tuple[tuple[str, str, str], ...]
    lost: bool = False


def differences_of(dossier: Dossier, one: Scenario) -> list[Difference]:
    """List what a scenario changes of the dossier it starts from."""
    base = one.base.partition("/")[2] if one.base else None
    try:
        before, _lost = resolve(dossier, base)
    except BadInput:
        before = dossier
    found = []
    for rank, change in enumerate(one.changes):
        try:
            after = apply_change(before, change)
        except BadInput:
            found.append(Difference(rank, change.about, (), lost=True))
            continue
        title, _context = title_of([change], before, after)
        old, new = before.get(change.about), after.get(change.about)
        fields = tuple(field_changes(old, new, after)) if change.op == "set" and (old or new) else ()
        found.append(Difference(rank, title, fields))
        before = after
    return found
