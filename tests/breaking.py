"""Breaking a model's constraints on purpose, by the form's way in and by the database's."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from workgroups.cleaning import VISIBLE

# What a page shows as nothing.
INVISIBLE = (" ", "\n\t", "\u00a0", "\u200b\u2060", "\u3164", "\u2800")


def constraints_of(models_in_question):
    """Every constraint of these models, and each unique field as ``model.field``, by name."""
    found = {}
    for model in models_in_question:
        found |= {constraint.name: constraint for constraint in model._meta.constraints}
        found |= {
            f"{model._meta.model_name}.{field.name}": field
            for field in model._meta.fields
            if field.unique and not field.primary_key
        }
    return found


def fields_to_fill(constraints):
    """Of constraints by name, those that want a text that shows something: its field, by name."""
    return {
        name: key.removesuffix("__regex")
        for name, constraint in constraints.items()
        if isinstance(constraint, models.CheckConstraint)
        for key, value in [
            each for each in constraint.condition.children if isinstance(each, tuple)
        ]
        if value == VISIBLE
    }


def assert_refused_in_words(row, bad, constraint):
    """``full_clean()`` refuses the row with ``bad`` values, and the constraint's words say why."""
    for field, value in bad.items():
        setattr(row, field, value)
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    if isinstance(constraint, models.Field):
        assert "already exists" in " ".join(refused.value.message_dict[constraint.name])
        return
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()
    assert constraint.violation_error_message in refused.value.messages
    assert constraint.violation_error_message != constraint.default_violation_error_message


def assert_refused_by_the_database(row, bad, constraint):
    """Past every form and ``save()``, the database itself refuses the ``bad`` values."""
    row.full_clean()  # So what is refused is what ``bad`` changed.
    rows = type(row)._base_manager.filter(pk=row.pk)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        rows.update(**bad)
    if isinstance(constraint, models.CheckConstraint):
        assert constraint.name in str(refused.value)
    else:
        assert "unique" in str(refused.value).lower()
