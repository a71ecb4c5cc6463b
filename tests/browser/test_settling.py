"""Steps settled and pairs corrected in a browser: without scripts, and for everybody (S44)."""

import pytest

from papers.models import PairingCorrection, RejectedSuggestion, StepOutcome
from tests.admin.followed import LIST, PAGE, SENT, make_steps
from tests.browser.conftest import faults, open_all_details
from workgroups.models import WorkingGroup

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("db")]

SLUG = "settled-in-a-browser"
STEPS = PAGE.replace("forced-labor", SLUG)
PAIRS = STEPS.replace("stepoutcome/settle", "pairingcorrection/pairs")


@pytest.fixture
def steps(db):
    """A group of its own, taken away again: the record of the module stays as it is."""
    papers = make_steps(SLUG)
    yield papers
    for model in (StepOutcome, RejectedSuggestion, PairingCorrection):
        model.objects.filter(pk__in=[it.pk for it in model.objects.all() if _is_of(it)]).delete()
    for paper in papers:
        paper.delete()
    WorkingGroup.objects.filter(slug=SLUG).delete()


def _is_of(row):
    item = row.newer if isinstance(row, PairingCorrection) else row.step
    return item.paper.working_group.slug == SLUG


def test_a_step_is_settled_edited_and_asked_about_again_without_scripts(sign_in, site, steps):
    page = sign_in(scripts=False)
    page.goto(f"{site}{STEPS}")
    page.get_by_role("button", name="Answered by S2").first.click()

    page.get_by_text("1 step without a statement, 1 stated").wait_for()
    page.wait_for_load_state()
    assert page.locator(".step:target").get_by_text(LIST).is_visible()
    assert StepOutcome.objects.get(next_step__text=LIST).evidence.text == SENT

    edit = page.get_by_role("link", name="Edit this outcome")
    remove = page.get_by_role("button", name="Remove this outcome")
    assert edit.bounding_box()["height"] == remove.bounding_box()["height"]
    edit.click()
    page.get_by_label("Note").fill("31 of 40 errors.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("31 of 40 errors.").wait_for()

    page.get_by_role("button", name="Remove this outcome").click()
    page.get_by_text("2 steps without a statement, 0 stated").wait_for()
    page.get_by_role("button", name="Reject S2").click()
    page.get_by_role("button", name="Suggest S2 again").wait_for()

    other = page.locator(".step:target")
    other.locator("summary").click()
    other.get_by_label("What became of it").select_option("Dropped")
    other.get_by_label("Note, where no item shows it").fill("The members gave it up.")
    other.get_by_role("button", name="State this").click()
    page.get_by_text("1 step without a statement, 1 stated").wait_for()
    assert StepOutcome.objects.get(next_step__text=LIST).note == "The members gave it up."


def test_a_pair_is_corrected_and_that_taken_back_without_scripts(sign_in, site, steps):
    page = sign_in(scripts=False)
    page.goto(f"{site}{PAIRS}")

    page.get_by_role("button", name="Do not belong together (S1 and S1)").click()
    page.get_by_text("2 new, 0 reworded").wait_for()
    page.get_by_label("Earlier item that S2 continues").select_option(
        label=f"N1: {LIST}"[:59] + "…"
    )
    page.get_by_role("button", name="Continues this (for S2)").click()
    page.get_by_text("1 new, 0 reworded, 1 moved").wait_for()
    page.get_by_role("button", name="Take back what is said of S1 and S1").click()

    page.get_by_text("0 new, 0 reworded, 1 moved").wait_for()


def test_axe_finds_nothing_on_the_pages_of_what_staff_state(sign_in, open_page, site, steps):
    march, june = steps
    outcome = StepOutcome.objects.create(
        next_step=march.next_steps.last(), meeting=june.meeting, outcome="done", note="Said so."
    )
    RejectedSuggestion.objects.create(
        next_step=march.next_steps.first(), answer=june.status_items.first()
    )
    PairingCorrection.objects.create(
        older_next_step=march.next_steps.first(), newer_status_item=june.status_items.last()
    )
    page = sign_in()

    found = {}
    for path in (STEPS, STEPS.removesuffix(f"{SLUG}/"), PAIRS):
        page.goto(f"{site}{path}")
        open_all_details(page)
        said = list(open_page.problems)
        found[path] = faults(page, (320, 768, 1280))
        open_page.problems[:] = said

    assert not any(found.values()), found
    assert outcome.pk
