"""What a change would do, drawn up for the sheet: balance, rules, documents, people, and a digest to compare by."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.facts.kinds import PRIVATE
from filage.facts.people import Person
from filage.facts.team import Engagement
from filage.kernel.changes import Change
from filage.kernel.finding import Finding
from filage.kernel.money import ZERO
from filage.review import Difference
from filage.review.documents import contract_label
from filage_web.preview.counts import written_words
from filage_web.preview.hours import Hours, hours_of
from filage_web.preview.words import ARROW, event_of, field_changes, title_of
from filage_web.store.outcomes import Preview

STALE: Final = frozenset({"avenant", "à refaire"})
WHEN: Final = frozenset(Event.model_fields[name].title for name in ("day", "start", "end_day"))


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the budget that moves, as seen from the balance: a charge that grows is negative."""

    label: str
    change: Decimal
    before: Decimal | None
    after: Decimal | None
    computed: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A document the change touches, and what that asks."""

    label: str
    asks: str
    stale: bool
    people: tuple[str, ...] = ()
    """Whose documents they are, when one line tells several."""

    @property
    def count(self) -> int:
        """How many documents the line tells."""
        return max(len(self.people), 1)


@dataclass(frozen=True, slots=True)
class Effect:
    """Everything the sheet shows."""

    title: str
    context: str
    fields: tuple[tuple[str, str, str], ...]
    written: str
    """How many facts are written, those whose changes are listed left out."""
    balance: Decimal
    parts: tuple[Part, ...]
    gap: tuple[Decimal, Decimal] | None
    """What is to be found, before and after, when it moves."""
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    papers: tuple[Paper, ...]
    people: tuple[str, ...]
    revision: int
    digest: str

    @property
    def blocking(self) -> int:
        """How many of the new findings are blocking."""
        return sum(finding.severity == "blocking" for finding in self.new)

    @property
    def stale(self) -> int:
        """How many documents would be out of date."""
        return sum(paper.count for paper in self.papers if paper.stale)


def effect_of(preview: Preview, changes: Iterable[Change], sheets: Iterable[Paper] = ()) -> Effect:
    """Draw up what a preview found, with the issued sheets it puts out of date."""
    changes = tuple(changes)
    difference = preview.difference
    before, after = preview.before.dossier, preview.after.dossier
    title, context = title_of(changes, before, after)
    totals = {moved.id: moved for moved in difference.totals}
    gap = totals["funding/gap"]
    main = [change for change in changes if change.kind != "participation"] or list(changes)
    # what is private is neither in the dossier reviewed nor shown twice
    one = main[0] if len(main) == 1 and main[0].op == "set" and main[0].kind not in PRIVATE else None
    fields = field_changes(before.get(one.about), after.get(one.about), after) if one else []
    if ARROW in context:  # the title already says from when to when
        fields = [field for field in fields if field[0] not in WHEN]
    event = event_of(changes, before, after) if one or main == list(changes) else ""
    hours = hours_of(changes, event, before, after) if event else Hours()
    fields = [field for field in fields if field[0] not in hours.told] + list(hours.rows)
    told = {one.about} if one else set()
    told |= {change.about for change in changes if change.kind == Participation.kind and hours.rows}
    return Effect(
        title=title,
        context=context,
        fields=tuple(fields),
        written=written_words([change for change in changes if change.about not in told], before, after),
        balance=totals["total/balance"].change,
        parts=tuple(_parts(difference)),
        gap=(gap.before or ZERO, gap.after or ZERO) if gap.change else None,
        new=difference.new_findings,
        gone=difference.gone_findings,
        papers=(*sheets, *_papers(difference)),
        people=people_of(changes, before, after),
        revision=preview.revision,
        digest=_digest(difference),
    )


def _papers(difference: Difference) -> list[Paper]:
    """The documents that change: contracts of employment as one line for each thing asked, the others one by one."""
    found: list[Paper] = []
    hired: dict[str, list[str]] = {}
    for document, asks in difference.documents:
        engagement = _engagement(document.about, difference)
        if engagement:
            hired.setdefault(asks, []).append(engagement)
            continue
        found.append(Paper(document.label, asks, asks in STALE))
    for asks, names in hired.items():
        label = f"{len(names)} contrats" if len(names) > 1 else contract_label(names[0])
        people = tuple(sorted(names)) if len(names) > 1 else ()
        found.append(Paper(label, asks, asks in STALE, people))
    return sorted(found, key=lambda paper: not paper.stale)


def _engagement(about: str, difference: Difference) -> str:
    """The name of the person an engagement hires; empty for what is no engagement."""
    for outcome in (difference.after, difference.before):
        if engagement := outcome.dossier.find(about, Engagement):
            person = outcome.dossier.find(engagement.person, Person)
            return person.name() if person else engagement.person
    return ""


def _parts(difference: Difference) -> list[Part]:
    old, new = difference.before.budget.by_id(), difference.after.budget.by_id()
    parts = []
    for moved in difference.lines:
        row = new.get(moved.id) or old[moved.id]
        sign = -1 if row.side == "expense" else 1
        parts.append(
            Part(moved.label, moved.change * sign, moved.before, moved.after, row.computed is not None)
        )
    return sorted(parts, key=lambda part: -abs(part.change))


def people_of(changes: Iterable[Change], before: Dossier, after: Dossier) -> tuple[str, ...]:
    """Name whom the change concerns: who takes part in its events, whose engagement it is."""
    touched = {change.about for change in changes}
    found: dict[str, None] = {}
    for dossier in (before, after):
        engaged = {engagement.about: engagement.person for engagement in dossier.all(Engagement)}
        for engagement in dossier.all(Engagement):
            if touched & {engagement.about, engagement.position}:
                found[engagement.person] = None
        for part in dossier.all(Participation):
            if touched & {part.about, part.event}:
                found[part.person or engaged.get(part.engagement or "", "")] = None
    named = [(after.find(about, Person) or before.find(about, Person)) for about in found if about]
    return tuple(sorted(person.name() for person in named if person))


def _digest(difference: Difference) -> str:
    """Two effects with the same digest say the same things."""
    words = [
        *(f"{moved.id} {moved.change}" for moved in difference.totals),
        *(f"{moved.id} {moved.change}" for moved in difference.lines),
        *("+".join(finding.key) for finding in difference.new_findings),
        *("-".join(finding.key) for finding in difference.gone_findings),
        *(f"{document.about} {asks}" for document, asks in difference.documents),
    ]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]
