import pytest
from pytest_django.asserts import assertContains, assertNotContains

from tests.admin.imports.conftest import address, fields_of, row_of, save

pytestmark = pytest.mark.django_db


def test_an_unchanged_page_saves_the_same_draft(editor, draft):
    before = draft.paper.content()

    page = save(editor, draft)

    assertContains(page, "Saved as a draft")
    draft.refresh_from_db()
    assert draft.paper.content() == before
