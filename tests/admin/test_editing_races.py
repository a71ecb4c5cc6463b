"""Saving at the same moment: one is stored, the other is told (S25)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.db import connections
from django.test import Client
from django.urls import reverse

from tests.admin.forms import fields_of
from tests.factories import make_group, make_paper

ROUNDS = 20


def two_forms_sent_at_the_same_moment():
    clients = [signed_in("anna"), signed_in("ben")]
    paper = make_paper(make_group(), status=["One."], published=False)
    address = reverse("admin:papers_issuepaper_change", args=[paper.pk])
    together = Barrier(2)

    def send(client, sent):
        together.wait()
        try:
            return client.post(address, sent).status_code
        finally:
            connections.close_all()

    for number in range(ROUNDS):
        forms = [
            fields_of(client.get(address)) | {"status_items-0-text": f"{number} of {who}."}
            for who, client in enumerate(clients)
        ]
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(send, clients, forms))

        assert sorted(answers) == [200, 302]
        stored = f"{number} of {answers.index(302)}."
        assert paper.status_items.get().text == stored


def signed_in(name):
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="papers"))
    client = Client()
    client.force_login(user)
    return client


# SQLite in memory has one connection for all: there are no two moments that could be the same.
if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):

    @pytest.mark.django_db(transaction=True)
    def test_of_two_forms_sent_at_the_same_moment_one_is_stored():  # S25
        two_forms_sent_at_the_same_moment()
