"""What the processes of one installation tell each other: which workers are alive, and which chores were done."""

from typing import ClassVar

from django.db import models


class WorkerSeen(models.Model):
    """A worker that is running; it says so every few seconds, and takes its row away when it stops."""

    id = models.CharField(primary_key=True, max_length=64)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["seen_at"])]

    def __str__(self) -> str:
        return f"worker {self.pk}"


class ChoreDone(models.Model):
    """When a chore was last taken up, so that of several workers one does it, and a restart does not repeat it."""

    name = models.CharField(primary_key=True, max_length=60)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
