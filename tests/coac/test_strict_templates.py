from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine, Origin, Template

from tests import strict_templates
from tests.strict_templates import MisspeltVariableError

OURS = Path(settings.BASE_DIR) / "templates" / "papers" / "page.html"
ADMIN = Path(settings.BASE_DIR) / "templates" / "admin" / "base_site.html"
DJANGO = Path("/elsewhere/templates/admin/base.html")


def render(source, path=OURS):
    template = Template(source, origin=Origin(str(path)), engine=Engine())
    return template.render(Context({"paper": {"title": "x"}, "papers": []}))


@pytest.mark.parametrize(
    "source",
    [
        "{{ papr }}",
        "{{ paper.titel }}",
        "{{ papr|default:'none' }}",
        "{% for paper in paperz %}{% endfor %}",
        "{% for paper in paper.items_ %}{% endfor %}",
        "{% with title=paper.titel %}{% endwith %}",
        "{% if paper %}{{ paper.titel }}{% endif %}",
    ],
)
def test_a_misspelt_variable_in_our_own_template_fails(source):
    with pytest.raises(MisspeltVariableError, match="which its context does not have"):
        render(source)

    assert strict_templates.MISSING
    strict_templates.MISSING.clear()


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("{{ papr }}", ADMIN),
        ("{{ papr }}", DJANGO),
        ("{% if paper.note %}{{ paper.note }}{% endif %}", OURS),
        ("{{ paper.title }}{% for paper in papers %}{% endfor %}", OURS),
    ],
)
def test_what_django_allows_and_what_the_admin_does_stays_allowed(source, path):
    assert render(source, path) in ("", "x")
