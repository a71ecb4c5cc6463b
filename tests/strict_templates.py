"""Make a misspelt variable in one of the project's own templates an error.

Django prints nothing for a variable that does not exist. Its `string_if_invalid` would also
strike the admin's templates, which rely on that, and does not see `{% for x in misspelt %}`.
"""

import sys
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.template.base import FilterExpression, Node, Variable, VariableDoesNotExist
from django.template.defaulttags import ForNode

MISSING: list[str] = []


class MisspeltVariableError(AssertionError):
    """A template names something that its context does not have."""


@contextmanager
def strict_variables():
    original = Variable.resolve

    def resolve(self, context):
        try:
            return original(self, context)
        except VariableDoesNotExist:
            if template := _offending_template():
                message = f"{template} names {self.var!r}, which its context does not have"
                MISSING.append(message)
                raise MisspeltVariableError(message) from None
            raise

    Variable.resolve = resolve
    try:
        yield
    finally:
        Variable.resolve = original


def _offending_template():
    """The template of ours that cannot do without the variable now looked up, if there is one.

    `{% if name %}` may ask for something absent, as Django's documentation allows; `{% for %}`
    may not.
    """
    frame = sys._getframe(2)
    tolerated = False
    while frame is not None:
        if frame.f_code is FilterExpression.resolve.__code__:
            tolerated = tolerated or frame.f_locals.get("ignore_failures", False)
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            if tolerated and not isinstance(node, ForNode):
                return None
            return _own_template(node.origin.name)
        frame = frame.f_back
    return None


def _own_template(name):
    templates = Path(settings.BASE_DIR) / "templates"
    path = Path(name)
    if path.is_relative_to(templates) and not path.is_relative_to(templates / "admin"):
        return path.relative_to(templates)
    return None
