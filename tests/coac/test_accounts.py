import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import ProtectedError

from papers.models import ImportBatch

pytestmark = pytest.mark.django_db
INSTEAD = "Untick “Active” on the account instead"


@pytest.fixture
def ada():
    """An account that added something."""
    user = User.objects.create_user("ada")
    LogEntry.objects.create(
        user=user, object_id="1", object_repr="A paper", action_flag=ADDITION, change_message=""
    )
    return user


@pytest.fixture
def ben():
    """An account that did nothing, of a group."""
    user = User.objects.create_user("ben")
    user.groups.add(Group.objects.first())
    return user


# S36
def test_the_page_that_deletes_an_account_says_what_keeps_it(admin_client, ada):
    page = f"/admin/auth/user/{ada.pk}/delete/"

    asked = admin_client.get(page).content.decode()
    admin_client.post(page, {"post": "yes"})

    assert "ada did what is on record (log entries: 1)." in asked
    assert INSTEAD in asked
    assert 'name="post"' not in asked
    assert LogEntry.objects.filter(user=ada).count() == 1


# S36
def test_the_list_deletes_no_account_of_the_history_either(admin_client, ada, ben):
    chosen = {"action": "delete_selected", "_selected_action": [ada.pk, ben.pk]}

    asked = admin_client.post("/admin/auth/user/", chosen).content.decode()
    admin_client.post("/admin/auth/user/", chosen | {"post": "yes"})

    assert INSTEAD in asked
    assert "ben did" not in asked
    assert User.objects.filter(pk__in=[ada.pk, ben.pk]).count() == 2


# S36
@pytest.mark.parametrize("delete", [lambda it: it.delete(), lambda it: User.objects.all().delete()])
def test_nothing_else_deletes_an_account_of_the_history(ada, ben, delete):
    with pytest.raises(ProtectedError, match=INSTEAD), transaction.atomic():
        delete(ada)

    assert User.objects.count() == 2
    assert LogEntry.objects.get().user == ada


# S36
def test_an_account_stays_with_what_it_imported(ben):
    batch = ImportBatch.objects.create(created_by=ben)

    with pytest.raises(ProtectedError, match="imports: 1") as refused, transaction.atomic():
        ben.delete()

    assert refused.value.protected_objects == {batch}
    assert ImportBatch.objects.get().created_by == ben


# S36
def test_an_account_made_by_mistake_can_be_deleted(admin_client, ben):
    admin_client.post(f"/admin/auth/user/{ben.pk}/delete/", {"post": "yes"})

    assert not User.objects.filter(pk=ben.pk).exists()
    assert Group.objects.exists()
