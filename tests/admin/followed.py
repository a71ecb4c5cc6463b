"""A group whose steps are to be settled, and what a browser would send of the pages about it."""

from datetime import date

from papers.models import NextStep, SectionItem, StatusItem
from tests.factories import make_group, make_paper
from workgroups.models import Meeting

LIST = "The group will send CBP a list of errors that the reporting portal returns."
SENT = "In July the group sent CBP a list of 31 errors that the reporting portal returns."
VISIT = "The group will visit the laboratory in Savannah."
RIDER = "The group reviewed the bond rider form with sureties in Houston."
MARCH, JUNE, SEPTEMBER = date(2024, 3, 6), date(2024, 6, 26), date(2024, 9, 18)
MEETING_PAGE = "/admin/papers/stepoutcome/settle/2024-06-26/"
PAGE = f"{MEETING_PAGE}forced-labor/"


def make_steps(slug="forced-labor", **fields):
    """March makes two steps; June prints one of them again and has an answer to the other."""
    group = make_group(slug)
    march = make_paper(group, MARCH, status=[RIDER], next_steps=[LIST, VISIT])
    june = make_paper(group, JUNE, status=[RIDER, SENT], next_steps=[VISIT], **fields)
    return march, june


def key(row):
    kinds = {NextStep: "next_step", StatusItem: "status_item", SectionItem: "section_item"}
    return f"{kinds[type(row)]}-{row.pk}"


def group_desk(page, slug="forced-labor"):
    """What the page shows of a group."""
    (found,) = (it for it in page.context["desk"].groups if it.group.slug == slug)
    return found


def send(client, act, step, page=PAGE, **more):
    """Press one of the page's buttons: with what the page shows when it is pressed."""
    desk = group_desk(client.get(page), page.rstrip("/").rpartition("/")[2])
    sent = {"act": act, "step": key(step), "edition": desk.edition, "back": "group", **more}
    return client.post(page, sent)


def messages_of(answer):
    return [str(it) for it in answer.wsgi_request._messages._queued_messages]


def june_meeting():
    return Meeting.objects.get(held_on=JUNE)
