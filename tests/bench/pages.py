"""How long the pages of a large record take, and the admin's lists of a larger one."""

import random

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from papers.models import IssuePaper, StatusItem
from papers.models.items import NextStep
from tests.bench.measuring import Figure, forget, wall
from tests.bench.texts import next_texts, statement
from tests.pages.test_size import make_record

ADDRESSES = {
    "The first page": "/",
    "A meeting": "/meetings/2024-09-18/",
    "A group with {meetings} papers": "/groups/group-0/",
    "The next steps": "/next-steps/",
    "A brief": "/meetings/2024-09-18/brief/",
}
ADMIN = {"The admin's first page": "/admin/", "The admin's papers": "/admin/papers/issuepaper/"}


def public_figures(groups=40, meetings=40, papers_each=25, rounds=5):
    """Pages as a browser asks for them; needs an empty database.

    Cold is with nothing kept of comparisons, as in a process that was just started.
    """
    make_varied_record(groups, meetings, papers_each)
    client = Client(SERVER_NAME="127.0.0.1", headers={"Accept-Encoding": "gzip"})
    yield from _pages(client, ADDRESSES, rounds, meetings)


def admin_figures(groups=250, meetings=40, rounds=5):
    """What staff see first, with a paper of every group to every meeting; as above."""
    make_varied_record(groups, meetings, groups)
    client = Client(SERVER_NAME="127.0.0.1", headers={"Accept-Encoding": "gzip"})
    client.force_login(
        User.objects.create_superuser("bench"),
        backend="coac.tries.Backend",
    )
    yield from _pages(client, ADMIN, rounds, meetings)


def _pages(client, addresses, rounds, meetings):
    held = f"{IssuePaper.objects.count():,} papers held"
    opened(client, next(iter(addresses.values())))  # reads templates, which a process does once
    for words, address in addresses.items():
        words = f"{words.format(meetings=meetings)}, {held}"
        cold = wall(lambda address=address: opened(client, address), 3, forget)
        warm = wall(lambda address=address: opened(client, address), rounds)
        yield Figure(f"{words}, cold", cold)
        yield Figure(f"{words}, warm", warm, limit=1)


def opened(client, address):
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}.")
    return response


def make_varied_record(groups, meetings, papers_each):
    """The record of the tests of size; each paper keeps, changes and adds to what the last said."""
    make_record(groups, meetings, papers_each)
    rng = random.Random(2031)
    for model in (StatusItem, NextStep):
        table, texts, rows = model._meta.db_table, {}, []
        items = model.objects.order_by(
            "paper__working_group", "paper__meeting__held_on", "position"
        )
        stored = {}
        for key, group, paper in items.values_list("pk", "paper__working_group", "paper"):
            stored.setdefault((group, paper), []).append(key)
        for (group, _), keys in stored.items():
            before = texts.get(group)
            said = next_texts(rng, before) if before else [statement(rng) for _ in keys]
            texts[group] = said
            rows += zip(said, keys, strict=True)
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET text = %s WHERE id = %s", rows)
