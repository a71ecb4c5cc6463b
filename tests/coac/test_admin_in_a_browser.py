import pytest
from django.contrib.auth import get_user_model

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHRASE = "a long enough phrase"


@pytest.fixture
def staff_page(open_page):
    """The admin's front page, after signing in as a person does."""
    get_user_model().objects.create_superuser("ada", password=PHRASE)
    page = open_page("/admin/")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(PHRASE)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page


# S15: open_page fails the test for each breach of the policy that the browser reports.
@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/auth/user/",
        "/admin/auth/user/add/",
        "/admin/auth/group/add/",
        "/admin/axes/accesslog/",
        "/admin/password_change/",
    ],
)
def test_the_admin_runs_clean_under_the_policy(staff_page, live_server, path):
    response = staff_page.goto(live_server.url + path)

    assert response.status == 200
    assert "default-src 'none'" in response.headers["content-security-policy"]
    background = "getComputedStyle(document.querySelector('#header')).backgroundColor"
    assert staff_page.evaluate(background) != "rgba(0, 0, 0, 0)"


def test_the_admins_scripts_work_under_the_policy(staff_page, live_server):
    staff_page.goto(f"{live_server.url}/admin/auth/group/add/")

    staff_page.locator("#id_permissions_from option").first.wait_for(state="attached")
    assert staff_page.locator("#id_permissions_to").count() == 1
