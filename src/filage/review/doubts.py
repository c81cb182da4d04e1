"""What the figures rest on that is missing, assumed or doubtful, said once each with what depends on it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from filage.kernel import french
from filage.kernel.finding import Finding
from filage.kernel.step import Source, Step
from filage.kernel.text import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filage.law import Law
    from filage.payroll.engagement import PayCost
    from filage.payroll.slip import Slip

UNCERTAIN = 2
_ASKED = {"complementaire_sante": "la part de l’employeur à la complémentaire santé des permanents"}


def doubts(costs: Iterable[PayCost], law: Law, about: str) -> list[Finding]:
    """Return one finding per rate to ask of the structure, per value assumed and per value to check."""
    missing: dict[str, set[str]] = defaultdict(set)
    assumed: dict[str, Step] = {}
    uncertain: dict[str, tuple[Step, set[str]]] = {}
    for slip, owner in _distinct_slips(costs):
        for name in slip.missing:
            missing[name].add(owner)
        for leaf in slip.assumed:
            assumed.setdefault(leaf.rule, leaf)
        for line in slip.lines:
            if line.certainty == UNCERTAIN:
                for leaf in _doubtful_leaves(line.basis, line.planned.rate):
                    uncertain.setdefault(leaf.sources[0].id, (leaf, set()))[1].add(owner)
    return [
        *(_missing(name, owners, law, about) for name, owners in missing.items()),
        *(
            Finding("law.assumed", "info", about, f"{leaf.rule}.", leaf.sources[0])
            for leaf in assumed.values()
        ),
        *(_uncertain(leaf, owners, about) for leaf, owners in uncertain.values() if leaf.how != "assumed"),
    ]


def sources_of(costs: Iterable[PayCost]) -> dict[str, Source]:
    """Return the sources of every line, by id."""
    found: dict[str, Source] = {}
    for slip, _ in _distinct_slips(costs):
        for line in slip.lines:
            found[line.source.id] = line.source
    return found


def _distinct_slips(costs: Iterable[PayCost]) -> Iterable[tuple[Slip, str]]:
    return ((monthly.slip, cost.about) for cost in costs for monthly in cost.slips)


def _doubtful_leaves(*steps: Step | None) -> Iterable[Step]:
    """The steps where doubt enters: uncertain themselves while none of their parts is."""
    for step in steps:
        if step is None or step.certainty < UNCERTAIN:
            continue
        below = [part for part in step.parts if part.certainty == UNCERTAIN]
        if not below and step.sources:
            yield step
        yield from _doubtful_leaves(*below)


def _missing(name: str, owners: set[str], law: Law, about: str) -> Finding:
    label = _ASKED.get(name) or f"« {law[name].label} »"
    count = f"{len(owners)} engagement{'s' if len(owners) > 1 else ''}"
    message = (
        f"Coût sous-estimé pour {count} : il manque {label}. Seule la structure le connaît : saisissez-le."
    )
    return Finding("payroll.missing_rate", "warning", about, message)


def _uncertain(leaf: Step, owners: set[str], about: str) -> Finding:
    source = leaf.sources[0]
    count = f"{len(owners)} engagement{'s' if len(owners) > 1 else ''} en dépend{'ent' if len(owners) > 1 else ''}"
    why = f" {sentence(source.warning)}" if source.warning else ""
    message = f"{leaf.label} : {french.quantity(leaf.value, leaf.unit)} à vérifier ; {count}.{why}"
    subject = f"{leaf.label} {leaf.value}"  # the number of engagements moves; the doubt stays the same
    return Finding("law.uncertain", "warning", about, message, source, subject=subject)
