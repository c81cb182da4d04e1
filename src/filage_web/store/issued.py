"""Documents as they were sent: versions frozen with their copies, and what became of each copy (D12).

A version is one general copy (recipient empty) and one copy per person or department it was made for. Nothing here
knows what a document says: its content, digest and bytes are given. Issued copies are never changed, nor erased with
private data, nor deleted with a production.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from filage import __version__
from filage_web import clock
from filage_web.accounts.models import Structure, User
from filage_web.store.errors import UnknownProduction
from filage_web.store.models import Delivery, Issued, Production

EVERYBODY: Final = ""
"""The recipient of the copy that everybody may read."""
_HEAVY: Final = ("content", "data")


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy to freeze: for whom, what it says, its digest without reasons, its bytes."""

    recipient: str
    """`person/dana`, `department/…`, or empty for everybody."""
    content: Mapping[str, Any]
    sha256: str
    data: bytes = b""
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """Which document: its kind, which one of its kind, what to call it, the last day it speaks of."""

    document: str
    number: str
    label: str
    day: date | None
    schema: int
    law_digest: str
    media_type: str = "application/pdf"


@dataclass(frozen=True, slots=True)
class Version:
    """A version as lists show it."""

    document: str
    number: str
    version: int
    label: str
    day: date | None
    at: datetime
    sha256: str
    actor: str

    @property
    def key(self) -> tuple[str, str]:
        """Which document it is a version of."""
        return (self.document, self.number)


class UnchangedError(Exception):
    """Nothing has changed since the last version, and everybody asked for has it."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


class OutrunError(Exception):
    """Somebody else issued the same document in between: plan again."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The version to write, whether it is new, and the copies it lacks."""

    version: int
    new: bool
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Frozen:
    """What was written: the version, whether it is new, and what there is to send."""

    version: int
    new: bool
    deliveries: tuple[Delivery, ...]


# --- writing ----------------------------------------------------------------------------------------------------------


def plan(
    structure: Structure, production: str, paper: Paper, copies: Sequence[Copy], *, again: bool = False
) -> Plan:
    """Say which version these copies would make, and which of them it would hold; their bytes are not needed yet.

    When no copy differs from the last version, only the copies it lacks are added to it; UnchangedError when it lacks
    none, unless `again` asks for a new version all the same.
    """
    last = last_version(structure, production, paper.document, paper.number)
    known = _digests(structure, production, paper, last)
    same = last > 0 and all(known.get(copy.recipient, copy.sha256) == copy.sha256 for copy in copies)
    if again or not same:
        return Plan(last + 1, True, tuple(copies))
    wanted = tuple(copy for copy in copies if copy.recipient not in known)
    if not wanted:
        raise UnchangedError(last)
    return Plan(last, False, wanted)


@transaction.atomic
def freeze(
    structure: Structure,
    production: str,
    paper: Paper,
    planned: Plan,
    *,
    actor: User | None,
) -> Frozen:
    """Write a planned version, its copies and what there is to send, in one transaction.

    OutrunError when somebody issued the same document since the plan: the bytes would bear the wrong number.
    """
    anchor = _locked(structure, production)
    last = last_version(structure, production, paper.document, paper.number)
    known = _digests(structure, production, paper, last)
    outrun = any(copy.recipient in known for copy in planned.copies)
    if planned.version != (last + 1 if planned.new else last) or (outrun and not planned.new):
        raise OutrunError
    rows = [_row(structure, anchor, paper, copy, planned.version, actor) for copy in planned.copies]
    Issued.objects.bulk_create(rows)
    made = [_delivery(row, copy) for row, copy in zip(rows, planned.copies, strict=True) if _is_person(copy)]
    Delivery.objects.bulk_create(made)
    return Frozen(planned.version, planned.new, tuple(made))


def _locked(structure: Structure, production: str) -> Production:
    """Take the production: two people who issue at once make two versions, one after the other."""
    kept = Production.objects.select_for_update(no_key=True)
    anchor = kept.filter(structure=structure, slug=production).first()
    if anchor is None:
        raise UnknownProduction(production)
    return anchor


def _digests(structure: Structure, production: str, paper: Paper, version: int) -> dict[str, str]:
    kept = _of(structure, production).filter(document=paper.document, number=paper.number, version=version)
    return dict(kept.values_list("recipient", "content_sha256"))


def _row(
    structure: Structure, anchor: Production, paper: Paper, copy: Copy, version: int, actor: User | None
) -> Issued:
    return Issued(
        structure=structure,
        production=anchor,
        document=paper.document,
        number=paper.number,
        version=version,
        recipient=copy.recipient,
        label=paper.label[:200],
        day=paper.day,
        content=dict(copy.content),
        content_schema=paper.schema,
        content_sha256=copy.sha256,
        filage_version=__version__,
        law_digest=paper.law_digest,
        media_type=paper.media_type,
        data=copy.data,
        at=clock.now(),
        actor=actor,
    )


def _is_person(copy: Copy) -> bool:
    return copy.recipient.startswith("person/")


def _delivery(row: Issued, copy: Copy) -> Delivery:
    return Delivery(
        structure_id=row.structure_id,
        production_id=row.production_id,
        issued=row,
        person=copy.recipient.partition("/")[2],
        name=copy.name[:160],
        email=copy.email[:254],
    )


def note_opened(delivery: Delivery) -> None:
    """Write when somebody first opened their copy."""
    Delivery.objects.filter(pk=delivery.pk, opened_at=None).update(opened_at=clock.now())


def note_read(delivery: Delivery) -> bool:
    """Write that somebody says they have read their copy; False when they had said so already."""
    now = clock.now()
    Delivery.objects.filter(pk=delivery.pk, opened_at=None).update(opened_at=now)
    return bool(Delivery.objects.filter(pk=delivery.pk, confirmed_at=None).update(confirmed_at=now))


def note_handed(delivery: Delivery, how: str, actor: User) -> None:
    """Write that somebody of the office read a copy aloud or handed it over; an empty `how` takes it back."""
    when, who = (clock.now(), actor) if how else (None, None)
    Delivery.objects.filter(pk=delivery.pk).update(handed=how, handed_at=when, handed_by=who)


def claim_sending(pk: int) -> bool:
    """Take a message to send: True once. Whoever comes after, a job given back too, must not send it (D26)."""
    free = Delivery.objects.filter(pk=pk, sent_at=None, failed="").exclude(email="")
    return bool(free.update(sent_at=clock.now()))


def claim_reminder(pk: int, reminders: int) -> bool:
    """Take a reminder to send: True once per count of reminders, never to who has read or was not written to."""
    due = Delivery.objects.filter(pk=pk, reminders=reminders, confirmed_at=None, sent_at__isnull=False)
    return bool(due.exclude(email="").update(reminders=reminders + 1, reminded_at=clock.now(), failed=""))


def note_failed(pk: int, why: str, *, reminder: bool = False) -> None:
    """Write that a message could not leave, and why; it may be asked for again."""
    lost = {} if reminder else {"sent_at": None}
    Delivery.objects.filter(pk=pk).update(failed=why[:200], **lost)


def ask_again(deliveries: QuerySet[Delivery], addresses: Mapping[str, str]) -> list[Delivery]:
    """Forget why some could not be sent, with the addresses of today (by person); the ones to send now."""
    found = []
    for one in deliveries.filter(sent_at=None):
        one.failed, one.email = "", addresses.get(one.person, "")[:254]
        if Delivery.objects.filter(pk=one.pk, sent_at=None).update(failed="", email=one.email) and one.email:
            found.append(one)
    return found


# --- reading ----------------------------------------------------------------------------------------------------------


def _of(structure: Structure, production: str) -> QuerySet[Issued]:
    return Issued.objects.filter(structure=structure, production__slug=production)


def last_version(structure: Structure, production: str, document: str, number: str) -> int:
    """Give the number of the last version of a document; 0 when it was never issued."""
    found = _of(structure, production).filter(document=document, number=number)
    return found.aggregate(last=Max("version"))["last"] or 0


def versions_of(
    structure: Structure, production: str, *, document: str = "", number: str = "", since: date | None = None
) -> list[Version]:
    """List the versions issued, the latest first, without what they say; `since` leaves out what is past."""
    found = _of(structure, production).filter(recipient=EVERYBODY)
    if document:
        found = found.filter(document=document, number=number)
    if since:
        found = found.filter(Q(day=None) | Q(day__gte=since))
    rows = found.select_related("actor").defer(*_HEAVY).order_by("-version", "-pk")
    return [
        Version(
            one.document, one.number, one.version, one.label, one.day, one.at, one.content_sha256,
            str(one.actor or ""),
        )
        for one in rows
    ]  # fmt: skip


def latest_of(versions: Iterable[Version]) -> dict[tuple[str, str], Version]:
    """Keep the last version of each document, from a list whose latest come first."""
    latest: dict[tuple[str, str], Version] = {}
    for version in versions:
        latest.setdefault(version.key, version)
    return latest


@dataclass(frozen=True, slots=True)
class Counted:
    """How many received a version, and what became of it."""

    people: int = 0
    sent: int = 0
    opened: int = 0
    confirmed: int = 0
    failed: int = 0
    handed: int = 0
    """Of those who have not confirmed, to whom the office read it aloud or handed it over."""


def counts_of(
    structure: Structure, production: str, paper: tuple[str, str] | None = None
) -> dict[tuple[str, str, int], Counted]:
    """Count the copies of every version of a production, or of one document, in one query."""
    by = ("issued__document", "issued__number", "issued__version")
    found = Delivery.objects.filter(structure=structure, production__slug=production).values(*by)
    if paper:
        found = found.filter(issued__document=paper[0], issued__number=paper[1])
    counted = found.annotate(
        people=Count("pk"), sent=Count("sent_at"), opened=Count("opened_at"), confirmed=Count("confirmed_at"),
        failures=Count("pk", filter=~Q(failed="")), given=Count("handed_at", filter=Q(confirmed_at=None)),
    )  # fmt: skip
    return {
        (one[by[0]], one[by[1]], one[by[2]]): Counted(
            one["people"], one["sent"], one["opened"], one["confirmed"], one["failures"], one["given"]
        )
        for one in counted
    }


def copy_of(
    structure: Structure, production: str, paper: tuple[str, str], version: int, recipient: str = EVERYBODY
) -> Issued | None:
    """Find one copy of a version, its bytes left aside until they are asked for."""
    found = _of(structure, production).filter(
        document=paper[0], number=paper[1], version=version, recipient=recipient
    )
    return found.select_related("actor").defer("data").first()


def shared_copies_of(structure: Structure, production: str, paper: tuple[str, str]) -> list[tuple[int, str]]:
    """List the copies of each version made for several readers, everybody's and persons' left out."""
    found = _of(structure, production).filter(document=paper[0], number=paper[1]).exclude(recipient=EVERYBODY)
    found = found.exclude(recipient__startswith="person/").order_by("-version", "pk")
    return list(found.values_list("version", "recipient"))


def said_by(copies: Collection[int]) -> dict[int, dict[str, Any]]:
    """Read what some copies say, by their own number."""
    return dict(Issued.objects.filter(pk__in=copies).values_list("pk", "content"))


def said_before(copy: Issued) -> tuple[int, dict[str, Any]]:
    """Read what the same recipient was told by the version they had before this one; 0 and nothing if none."""
    same = Issued.objects.filter(
        production=copy.production_id, document=copy.document, number=copy.number, recipient=copy.recipient
    )
    found = same.filter(version__lt=copy.version).order_by("-version").values_list("version", "content")
    return found.first() or (0, {})


def bytes_of(copy: Issued) -> bytes:
    """Read the paper of a copy, as it was sent."""
    return bytes(Issued.objects.values_list("data", flat=True).get(pk=copy.pk))


def said_by_last(
    structure: Structure, production: str, paper: tuple[str, str], recipients: Collection[str] | None = None
) -> dict[str, tuple[int, dict[str, Any]]]:
    """Read, for each recipient, the last version they were given and what it says; the general copy is theirs too."""
    found = _of(structure, production).filter(document=paper[0], number=paper[1])
    if recipients is not None:
        found = found.filter(recipient__in=recipients)
    last = dict(found.order_by("version").values_list("recipient", "pk"))
    rows = Issued.objects.filter(pk__in=last.values()).values_list("recipient", "version", "content")
    return {recipient: (version, content) for recipient, version, content in rows}


def digests_since(
    structure: Structure, production: str, since: date
) -> dict[tuple[str, str], tuple[int, dict[str, str]]]:
    """Give the last version of each document not past, and the digest of its copies by recipient, in one query."""
    later = Issued.objects.filter(
        structure=OuterRef("structure"), production=OuterRef("production"), document=OuterRef("document"),
        number=OuterRef("number"), version__gt=OuterRef("version"),
    )  # fmt: skip
    found = _of(structure, production).filter(~Exists(later), Q(day=None) | Q(day__gte=since)).order_by("pk")
    kept: dict[tuple[str, str], tuple[int, dict[str, str]]] = {}
    rows = found.values_list("document", "number", "version", "recipient", "content_sha256")
    for document, number, version, recipient, sha256 in rows:
        _version, copies = kept.setdefault((document, number), (version, {}))
        copies[recipient] = sha256
    return kept


def deliveries_of(
    structure: Structure, production: str, paper: tuple[str, str] | None = None, version: int | None = None
) -> QuerySet[Delivery]:
    """List the copies people received, by name; of one document and of one version if asked."""
    found = Delivery.objects.filter(structure=structure, production__slug=production)
    if paper:
        found = found.filter(issued__document=paper[0], issued__number=paper[1])
    if version:
        found = found.filter(issued__version=version)
    heavy = [f"issued__{name}" for name in _HEAVY]
    return found.select_related("issued", "link", "handed_by").defer(*heavy).order_by("name", "pk")


def received_by(structure: Structure, production: str, person: str) -> list[Delivery]:
    """List the last version of each document a person received, the soonest day first."""
    found = deliveries_of(structure, production).filter(person=person).order_by("-issued__version", "-pk")
    last: dict[tuple[str, str], Delivery] = {}
    for one in found:
        last.setdefault((one.issued.document, one.issued.number), one)
    return sorted(last.values(), key=lambda one: (one.issued.day or date.max, one.issued.label))
