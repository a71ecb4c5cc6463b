"""Stating at the same moment: one statement is stored, the other person is told (S25)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connections

from papers.models import PairingCorrection, StepOutcome
from tests.admin.followed import PAGE, group_desk, key, make_steps
from tests.admin.test_editing_races import signed_in

ROUNDS = 20
PAIRS = PAGE.replace("stepoutcome/settle", "pairingcorrection/pairs")


def at_the_same_moment(clients, address, forms):
    """The sentences that each person reads on the page to which the sending leads."""
    together = Barrier(len(clients))

    def send(client, sent):
        together.wait()
        try:
            answer = client.post(address, sent)
            assert answer.status_code == 302
            return [str(it) for it in answer.wsgi_request._messages._queued_messages]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clients)) as pool:
        return list(pool.map(send, clients, forms))


def two_outcomes():
    clients = [signed_in("anna"), signed_in("ben")]
    march, june = make_steps()
    step, answer = march.next_steps.first(), june.status_items.last()
    sent = {"act": "state", "step": key(step), "evidence": key(answer)}
    for _ in range(ROUNDS):
        edition = group_desk(clients[0].get(PAGE)).edition
        forms = [sent | {"edition": edition, "outcome": it} for it in ("done", "declined")]

        told = at_the_same_moment(clients, PAGE, forms)

        row = StepOutcome.objects.get()
        first = ["done", "declined"].index(row.outcome)
        assert told[first][0].startswith("Stated: ")
        assert f"Nothing was stored: {row.stated_by} stated on" in told[1 - first][0]
        row.delete()


def two_verdicts():
    clients = [signed_in("anna"), signed_in("ben")]
    march, june = make_steps()
    sent = {"older": key(march.next_steps.last()), "newer": key(june.next_steps.get())}
    for _ in range(ROUNDS):
        edition = clients[0].get(PAIRS).context["pair"].edition
        forms = [sent | {"edition": edition, "act": act} for act in ("apart", "together")]

        told = at_the_same_moment(clients, PAIRS, forms)

        row = PairingCorrection.objects.get()
        first = 1 if row.together else 0
        assert told[first][0].startswith("Stored: ")
        assert told[1 - first][0].startswith("Nothing was stored: one of the papers, or what staff")
        row.delete()


# SQLite in memory has one connection for all: there are no two moments that could be the same.
if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("race", [two_outcomes, two_verdicts])
    def test_of_two_statements_made_at_the_same_moment_one_is_stored(race):  # S25
        race()
