"""Which worker processes are alive, and the long computations they do."""

from typing import ClassVar

from django.db import models

from filage_web.accounts.models import Structure, User
from filage_web.store.models import Production


class WorkerBeat(models.Model):
    """The last sign of life of a worker process, wherever it runs."""

    worker = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Show which worker."""
        return self.worker


class Computation(models.Model):
    """A long computation on a production: asked, running, stopped, done; its best answer so far is kept."""

    QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="+")
    production = models.ForeignKey(Production, on_delete=models.CASCADE, related_name="computations")
    kind = models.CharField(max_length=32)
    about = models.CharField(max_length=100)
    """The fact it is about, `plan/tournage`."""
    revision = models.BigIntegerField()
    """The production’s revision it was asked on."""
    asked = models.JSONField(default=dict)
    state = models.CharField(max_length=8, default=QUEUED)
    stop = models.BooleanField(default=False)
    """Somebody asked to stop with the best answer so far."""
    progress = models.JSONField(default=dict)
    answer = models.JSONField(null=True)
    refusal = models.TextField(blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    actor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["production", "kind", "-id"], name="computations")]

    def __str__(self) -> str:
        """Show what is computed."""
        return f"{self.kind} {self.about} ({self.state})"
