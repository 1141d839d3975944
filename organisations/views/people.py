"""Contacts: add, change, take away. All other administrations' are 404."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from casework.moves import Stale
from organisations.contacts import add_contact, change_contact, remove_contact
from organisations.forms import ContactForm
from organisations.models import Contact
from organisations.register import refuse_unless_editor
from organisations.views.change import posted
from organisations.views.saving import (
    own_administrations,
    saved,
    shown,
    stale_page,
    visible_organisation,
)

FACTS = ("name", "role", "email", "phone", "source", "valid_until")


@require_http_methods(["GET", "POST"])
def new_contact(request, pk):
    organisation = visible_organisation(request, pk)
    form = ContactForm(posted(request), administrations=own_administrations(request))
    if form.is_valid() and saved(
        request,
        form,
        lambda: add_contact(organisation, **without(form, "version"), by=request.user),
        "Kontakten är tillagd.",
    ):
        return redirect(organisation)
    return shown(request, "contact", form, organisation=organisation)


@require_http_methods(["GET", "POST"])
def contact(request, pk, contact_pk):
    organisation, found = visible_contact(request, pk, contact_pk)
    form = filled(found, posted(request))
    if form.is_valid():
        try:
            facts = without(form, "administration", "form_key")
            if saved(
                request,
                form,
                lambda: change_contact(found, **facts, by=request.user),
                "Ändringarna är sparade.",
            ):
                return redirect(organisation)
        except Stale as stale:
            return stale_page(request, form, filled(stale.current), organisation)
    return shown(request, "contact", form, organisation=organisation, contact=found)


@require_POST
def removal(request, pk, contact_pk):
    organisation, found = visible_contact(request, pk, contact_pk)
    remove_contact(found, by=request.user)
    messages.success(request, "Kontakten är borttagen.")
    return redirect(organisation)


def visible_contact(request, pk: int, contact_pk: int):
    """(organisation, contact), or 404. Raises NotAllowed where the person may not edit."""
    organisation = visible_organisation(request, pk)
    own = organisation.contacts.visible_to(request.user).select_related("administration")
    found = get_object_or_404(own, pk=contact_pk)
    refuse_unless_editor(request.user, found.administration)
    return organisation, found


def filled(contact: Contact, data=None) -> ContactForm:
    facts = {name: getattr(contact, name) for name in (*FACTS, "version")}
    return ContactForm(data, initial=facts, administrations=[contact.administration])


def without(form: ContactForm, *names: str) -> dict:
    return {name: value for name, value in form.cleaned_data.items() if name not in names}
