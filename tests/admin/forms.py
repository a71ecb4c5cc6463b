"""The admin as a browser meets it: forms filled in as shown, and lists asked."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone


def fields_of(page):
    """What the page's form would send, were it sent unchanged."""
    sent = {"edition": page.context["edition"]} if "edition" in page.context else {}
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    forms = [page.context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    for form in forms:
        for bound in form:
            sent.update(sent_by(bound))
            if bound.field.show_hidden_initial:
                sent[bound.html_initial_name] = sent.get(bound.html_name, "")
    return sent


def sent_by(bound):
    value = bound.value()
    if value is None or value is False:
        return {}
    if value is True:
        return {bound.html_name: "on"}
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return {
            f"{bound.html_name}_0": local.date().isoformat(),
            f"{bound.html_name}_1": local.time().isoformat("seconds"),
        }
    if isinstance(value, date):
        return {bound.html_name: value.isoformat()}
    return {bound.html_name: value}


def add_row(sent, prefix, **values):
    """Fill in one more row of an inline, as the button below it does; gives the row's prefix."""
    number = int(sent[f"{prefix}-TOTAL_FORMS"])
    sent[f"{prefix}-TOTAL_FORMS"] = number + 1
    sent.update({f"{prefix}-{number}-{name}": value for name, value in values.items()})
    return f"{prefix}-{number}"


def errors_of(page):
    """Every error that the page shows, as plain words."""
    form = page.context["adminform"].form
    errors = [*form.non_field_errors(), *(e for field in form for e in field.errors)]
    for inline in page.context["inline_admin_formsets"]:
        errors += inline.formset.non_form_errors()
        for row in inline.formset.forms:
            errors += [e for of_field in row.errors.values() for e in of_field]
    return [str(error) for error in errors]


def listing(model):
    """The address of the list of a model of the committee."""
    return reverse(f"admin:workgroups_{model}_changelist")


def found(client, model, **query):
    """What the list shows for a query, each row in words."""
    page = client.get(listing(model), query)
    assert page.status_code == 200, query
    return {str(row) for row in page.context["cl"].result_list}
