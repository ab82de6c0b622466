"""What is public of an operator, kept in step with its names."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from chengxin.kernel.grams import gram_codes
from chengxin.kernel.ids import new_id
from chengxin.kernel.text import fold
from chengxin.subjects import models


def rename_operator(subject_id: UUID, name: str, *, on: date, now: datetime) -> None:
    """Make a name current and the one before former; both go on being found by their fragments."""
    operator = models.Operator.objects.get(subject_id=subject_id)
    if operator.name:
        models.OperatorFormerName.objects.create(id=new_id(now), subject_id=subject_id, name=operator.name, ended_on=on)
    folded = fold(name)
    grams = sorted({*operator.grams, *gram_codes(folded)})
    models.Operator.objects.filter(subject_id=subject_id).update(name=name, folded=folded, grams=grams)
