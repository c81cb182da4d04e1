"""The tables of facts: rows, who refers to whom, what changed, what was sent, and what only saves time.

Every table is keyed by structure first. Shared facts (people, venues, employer) have no production.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filage_web.accounts.models import PrivateLink, Structure, User


class Production(models.Model):
    """The anchor of a production: its place in the structure, its revision, and what its writers lock.

    `slug` is the id of its production fact; everything else about it is in that fact.
    """

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="productions")
    slug = models.CharField(max_length=64)
    revision = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["structure", "slug"], name="one_production_per_id"),
        ]

    def __str__(self) -> str:
        """Show its id."""
        return self.slug


class Row(models.Model):
    """One fact: its values in `body`, and the columns that lists, search and dates use."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="rows")
    production = models.ForeignKey(Production, on_delete=models.CASCADE, null=True, related_name="rows")
    kind = models.CharField(max_length=32)
    ident = models.CharField(max_length=64)
    revision = models.BigIntegerField()
    """The id of the ChangeSet that wrote it."""
    schema = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    sort = models.CharField(max_length=200)
    day = models.DateField(null=True)
    starts = models.DateTimeField(null=True)
    ends = models.DateTimeField(null=True)
    search = models.TextField(blank=True)
    body = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["structure", "production", "kind", "ident"],
                condition=Q(production__isnull=False),
                name="one_fact_per_production",
            ),
            models.UniqueConstraint(
                fields=["structure", "kind", "ident"],
                condition=Q(production__isnull=True),
                name="one_shared_fact_per_structure",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["structure", "kind", "sort", "id"], name="row_list"),
            models.Index(fields=["structure", "kind", "starts"], name="row_dates"),
        ]

    def __str__(self) -> str:
        """Show what it says."""
        return f"{self.about} · {self.label}"

    @property
    def about(self) -> str:
        """Give the reference to this fact: `kind/id`."""
        return f"{self.kind}/{self.ident}"


class Link(models.Model):
    """One fact refers to another: rewritten with its source, so that no reference ever dangles."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="+")
    production = models.ForeignKey(Production, on_delete=models.CASCADE, null=True, related_name="+")
    """The source's production; null when the source is shared."""
    source = models.ForeignKey(Row, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Row, on_delete=models.RESTRICT, related_name="links_in")
    shared = models.BooleanField()
    """Whether the target is a shared fact."""
    listed = models.BooleanField(default=False)
    """Whether it stands for no reference: the production lists a shared fact that nothing in it refers to yet."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "target"], name="one_link_per_pair"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["structure", "production"], condition=Q(shared=True), name="link_to_shared"),
        ]

    def __str__(self) -> str:
        """Show both ends."""
        return f"{self.source_id} → {self.target_id}"


class ChangeSet(models.Model):
    """One write: who, when, what for. Its id is the revision of the rows it wrote."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="change_sets")
    production = models.ForeignKey(
        Production, on_delete=models.CASCADE, null=True, related_name="change_sets"
    )
    actor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    label = models.CharField(max_length=200)
    undoes = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="undone_by")
    signature = models.CharField(max_length=160, blank=True, default="")
    """Who wrote without an account: the holder of a private link, by name."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["structure", "production", "-id"], name="history")]

    def __str__(self) -> str:
        """Show what it did and when."""
        return f"{self.label} · {self.at:%Y-%m-%d %H:%M}"

    @property
    def who(self) -> str:
        """Name who did it, as the history signs it."""
        return str(self.actor) if self.actor else self.signature or str(_("Filage"))


class Change(models.Model):
    """One fact before and after a write; those of a private kind are kept apart, in PrivateChange."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="+")
    change_set = models.ForeignKey(ChangeSet, on_delete=models.CASCADE, related_name="changes")
    op = models.CharField(max_length=8)
    kind = models.CharField(max_length=32)
    ident = models.CharField(max_length=64)
    label = models.CharField(max_length=200)
    was_revision = models.BigIntegerField(null=True)
    """The row's revision before this change; null for a new fact."""
    schema = models.PositiveSmallIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["structure", "kind", "ident"], name="history_of_fact")]

    def __str__(self) -> str:
        """Show what was done to which fact."""
        return f"{self.op} {self.about}"

    @property
    def about(self) -> str:
        """Give the reference to the fact changed."""
        return f"{self.kind}/{self.ident}"


class PrivateChange(models.Model):
    """Before and after of a private fact; erasure empties both, and the change can no longer be undone."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="+")
    change = models.OneToOneField(Change, on_delete=models.CASCADE, related_name="private")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Show which change it belongs to, never what it says."""
        return str(self.change_id)


class Erasure(models.Model):
    """Private data was erased: done again whenever a backup made before it is restored."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="erasures")
    kind = models.CharField(max_length=32)
    ident = models.CharField(max_length=64)
    actor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Show whose data, by reference."""
        return f"{self.kind}/{self.ident}"


class File(models.Model):
    """A file given to a production; its bytes lie in the files folder under their sha256."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="files")
    production = models.ForeignKey(Production, on_delete=models.CASCADE, null=True, related_name="files")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["structure", "production", "name"],
                condition=Q(production__isnull=False),
                name="one_file_per_name",
            ),
        ]

    def __str__(self) -> str:
        """Show its name."""
        return self.name


class Issued(models.Model):
    """A document as it was sent: content, bytes, recipient and versions, frozen for its legal time."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="issued")
    production = models.ForeignKey(Production, on_delete=models.RESTRICT, related_name="issued")
    document = models.CharField(max_length=100)
    number = models.CharField(max_length=100)
    """Which one of its kind: the key of a sheet, the number of a contract."""
    version = models.PositiveIntegerField()
    recipient = models.CharField(max_length=200, blank=True)
    """Whose copy it is, `person/dana`; empty for the copy that everybody may read."""
    label = models.CharField(max_length=200, blank=True, default="")
    """What to call it where it is listed, as it was called that day."""
    day = models.DateField(null=True)
    """The last day it speaks of."""
    content = models.JSONField()
    """Canonical JSON, with its reasons."""
    content_schema = models.PositiveSmallIntegerField()
    content_sha256 = models.CharField(max_length=64)
    """Of the content without its reasons."""
    filage_version = models.CharField(max_length=32)
    law_digest = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    data = models.BinaryField()
    at = models.DateTimeField()
    actor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["structure", "production", "document", "number", "version", "recipient"],
                name="one_issue_per_copy",
            ),
        ]

    def __str__(self) -> str:
        """Show which document, which version."""
        return f"{self.document} {self.number} v{self.version}"


class Delivery(models.Model):
    """An issued document as one person received it: sent, opened, read; and what had to be sent again.

    `sent_at` is written before the message leaves: a sending cut short is never done twice (D26).
    """

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="+")
    production = models.ForeignKey(Production, on_delete=models.CASCADE, related_name="deliveries")
    issued = models.ForeignKey(Issued, on_delete=models.CASCADE, related_name="deliveries")
    person = models.CharField(max_length=64)
    name = models.CharField(max_length=160)
    email = models.CharField(max_length=254, blank=True)
    link = models.ForeignKey(PrivateLink, on_delete=models.SET_NULL, null=True, related_name="deliveries")
    sent_at = models.DateTimeField(null=True)
    failed = models.CharField(max_length=200, blank=True)
    """Why it could not be sent, in words; empty otherwise."""
    opened_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    handed = models.CharField(max_length=16, blank=True, default="")
    """How the office made it known, `aloud` or `in_hand`; empty when it did not."""
    handed_at = models.DateTimeField(null=True)
    handed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    """Who says so: it is not the reader’s word."""
    reminded_at = models.DateTimeField(null=True)
    reminders = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issued", "person"], name="one_delivery_per_person"),
        ]
        indexes: ClassVar = [models.Index(fields=["structure", "production"], name="deliveries")]

    def __str__(self) -> str:
        """Show who receives what."""
        return f"{self.name} · {self.issued}"


class Outcome(models.Model):
    """The few figures of the last review that lists show; may be dropped at any time, left out of backups."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="+")
    production = models.OneToOneField(Production, on_delete=models.CASCADE, related_name="outcome")
    revision = models.BigIntegerField()
    law_digest = models.CharField(max_length=64)
    context_digest = models.CharField(max_length=64)
    day = models.DateField()
    version = models.CharField(max_length=32)
    summary = models.JSONField()
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        """Show of which production, at which revision."""
        return f"{self.production_id}@{self.revision}"
