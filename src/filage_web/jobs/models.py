"""Which worker processes are alive."""

from django.db import models


class WorkerBeat(models.Model):
    """The last sign of life of a worker process, wherever it runs."""

    worker = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Show which worker."""
        return self.worker
