"""What follows from a production's facts: reviewed once per revision, kept in this process; and the impact preview."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db.models import OuterRef, Subquery

from filage import __version__
from filage.facts.base import Fact, references
from filage.facts.changing import apply_changes
from filage.facts.dossier import Dossier
from filage.facts.kinds import SHARED
from filage.facts.scenarios import resolve
from filage.kernel.changes import Change
from filage.kernel.finding import Finding, by_severity
from filage.law import load_law
from filage.review import Context, Difference, Outcome, compare, review
from filage_web import clock
from filage_web.accounts.models import Structure
from filage_web.store import models
from filage_web.store.cache import Recent
from filage_web.store.context import context_of, pay_told
from filage_web.store.errors import UnknownProduction
from filage_web.store.models import ChangeSet, Production
from filage_web.store.queries import Loaded, load_production
from filage_web.store.reloading import reloaded
from filage_web.store.rows import current_rows, split

KEPT: Final = 12
"""Outcomes kept in each process: what a company works on in a day."""
KEPT_FINDINGS: Final = frozenset({"store.unreadable_fact", "scenario.change_lost"})
"""What the office found before reviewing: a preview finds it again."""
_LOADED: Final[Recent[Loaded]] = Recent(KEPT)
_OUTCOMES: Final[Recent[Outcome]] = Recent(KEPT)
_LATEST: "Final[Recent[tuple[_Anchor, Loaded]]]" = Recent(KEPT)
"""What each production was when it was last read, by its key."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A production as a page shows it: its facts with their revisions, and what follows from them."""

    loaded: Loaded
    outcome: Outcome

    @property
    def dossier(self) -> Dossier:
        """The facts reviewed (a scenario's, when one was asked for), without private ones."""
        return self.outcome.dossier


@dataclass(frozen=True, slots=True)
class Preview:
    """What changes would do: the outcome before, after, and what differs. Nothing is written."""

    before: Outcome
    after: Outcome
    difference: Difference
    revision: int
    """Of the production when it was computed: the form that confirms carries it."""


def open_production(
    structure: Structure, production: str, *, day: date | None = None, scenario: str | None = None
) -> Opened:
    """Read and review a production on a day (today by default): two light queries when it has not moved.

    UnknownProduction is a 404. BadInput when the scenario does not exist.
    """
    day = day or clock.today()
    anchor = _anchor(structure, production)
    loaded = _LOADED.get(anchor.stamp, lambda: _read(structure, production, anchor))
    context = context_of(structure, production)

    def reviewed() -> Outcome:
        outcome = _reviewed(loaded, day, context, scenario)
        if scenario is None and day == clock.today():
            _keep_summary(structure, anchor, outcome, context)
        return outcome

    key = (anchor.stamp, load_law().digest, context.digest, day, scenario, __version__)
    return Opened(loaded, _OUTCOMES.get(key, reviewed))


def outcome_of(
    structure: Structure, production: str, day: date | None = None, scenario: str | None = None
) -> Outcome:
    """Give the outcome of a production on a day (today by default)."""
    return open_production(structure, production, day=day, scenario=scenario).outcome


def preview(
    structure: Structure,
    production: str,
    changes: Iterable[Change],
    *,
    day: date | None = None,
    scenario: str | None = None,
) -> Preview:
    """Review a production before and after changes, writing nothing; BadInput lists what does not apply."""
    day = day or clock.today()
    changes = tuple(changes)
    opened = open_production(structure, production, day=day, scenario=scenario)
    before = opened.outcome
    base = before.dossier.with_facts(_cited(structure, before.dossier, changes))
    # private facts change no figure (the review is given none), but a change of one must still apply
    dossier = apply_changes(base, changes).without_private()
    after = review(dossier, load_law(), day, context_of(structure, production))
    after = _with(tuple(finding for finding in before.findings if finding.code in KEPT_FINDINGS), after)
    return Preview(before, after, compare(before, after), opened.loaded.revision)


def _cited(structure: Structure, dossier: Dossier, changes: Iterable[Change]) -> list[Fact]:
    """The structure's shared facts that the changes touch or cite and this production does not know yet."""
    known: dict[str, Fact] = {}
    wanted = {about for change in changes for about in (change.about, *_texts(change.values))}
    while wanted:
        asked = {
            about for about in wanted if split(about)[0] in SHARED and not dossier.get(about)
        } - known.keys()
        found = current_rows(structure, None, asked) if asked else {}
        fresh = {about: row.fact for about, row in found.items() if row.fact}
        known |= fresh
        wanted = {target for fact in fresh.values() for _, target in references(fact)}
    return list(known.values())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)


@dataclass(frozen=True, slots=True)
class _Anchor:
    pk: int
    revision: int
    at: datetime | None

    @property
    def stamp(self) -> Hashable:
        """The instant of the write tells apart two revisions of one number, before and after a restore."""
        return (self.pk, self.revision, self.at)


def _read(structure: Structure, production: str, anchor: _Anchor) -> Loaded:
    """Read a production: what moved since it was last read in this process, else the whole."""
    last = _LATEST.find(anchor.pk)
    known = None
    if last is not None and last[0].revision < anchor.revision and _still_written(structure, last[0]):
        known = reloaded(structure, anchor.pk, last[1], anchor.revision)
    loaded = known or load_production(structure, production)
    if loaded.revision == anchor.revision:
        _LATEST.put(anchor.pk, (anchor, loaded))
    return loaded


def _still_written(structure: Structure, anchor: _Anchor) -> bool:
    """Whether the history still holds that write: a restored backup may not."""
    if anchor.at is None:
        return False
    return ChangeSet.objects.filter(structure=structure, pk=anchor.revision, at=anchor.at).exists()


def _anchor(structure: Structure, production: str) -> _Anchor:
    written = ChangeSet.objects.filter(pk=OuterRef("revision")).values("at")
    found = Production.objects.filter(structure=structure, slug=production)
    values = found.annotate(at=Subquery(written)).values_list("pk", "revision", "at").first()
    if values is None:
        raise UnknownProduction(production)
    return _Anchor(*values)


def _reviewed(loaded: Loaded, day: date, context: Context, scenario: str | None) -> Outcome:
    dossier, lost = resolve(loaded.dossier, scenario)
    return _with((*lost, *loaded.findings), review(dossier, load_law(), day, context))


def _with(findings: tuple[Finding, ...], outcome: Outcome) -> Outcome:
    return replace(outcome, findings=by_severity([*outcome.findings, *findings])) if findings else outcome


def summary_of(outcome: Outcome) -> dict[str, Any]:
    """Give the few figures lists show: the findings are those of the worst severity, which they are shown under."""
    worst = outcome.findings[0].severity if outcome.findings else ""
    return {
        "balance": f"{outcome.budget.balance:.2f}",
        "complete": outcome.budget.complete,
        "severity": worst,
        "findings": outcome.count(worst),
        "blocking": outcome.count("blocking"),
        "pay": pay_told(outcome.costs),
    }


def _keep_summary(structure: Structure, anchor: _Anchor, outcome: Outcome, context: Context) -> None:
    models.Outcome.objects.update_or_create(
        production_id=anchor.pk,
        defaults={
            "structure": structure,
            "revision": anchor.revision,
            "law_digest": load_law().digest,
            "context_digest": context.digest,
            "day": outcome.on,
            "version": __version__,
            "summary": summary_of(outcome),
            "computed_at": clock.now(),
        },
    )


def forget_outcomes() -> None:
    """Drop everything kept in this process."""
    _LOADED.clear()
    _OUTCOMES.clear()
    _LATEST.clear()
