"""Rows that are written once: what was true stays readable, and a mistake is corrected by a new row."""

from typing import Any, ClassVar, NoReturn, Self

from django.db import models


class WrittenOnce(models.QuerySet[Any]):
    """Refuses to change or remove rows in bulk."""

    def update(self, **_fields: object) -> NoReturn:
        raise TypeError(f"{self.model.__name__} is written once; correct it with a new record")

    def delete(self) -> NoReturn:
        raise TypeError(f"{self.model.__name__} is never removed by itself; erase the record it belongs to")


class Immutable(models.Model):
    """A row that cannot be saved a second time. Erasing what it belongs to takes it along."""

    objects: ClassVar[models.Manager[Self]] = models.Manager.from_queryset(WrittenOnce)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} is written once; correct it with a new record")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is never removed by itself; erase the record it belongs to")
