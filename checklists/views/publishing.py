"""Publish a draft, and take back a publication that has not begun."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from casework.moves import Stale
from checklists.draft_forms import PublishForm, WithdrawForm
from checklists.publishing import NotReady, publish_draft, take_back
from checklists.readiness import problems
from checklists.versions import CannotPublish, CannotWithdraw
from checklists.views.saving import own_version, page_of, posted, shown


@require_http_methods(["GET", "POST"])
def publish(request, pk):
    version = own_version(request, pk)
    if version.is_published and request.method == "GET":
        return redirect(page_of(version))
    first = not version.question_set.versions.published().exclude(pk=pk).exists()
    initial = {
        "revision": version.revision,
        "change_note": version.change_note,
        "proposal": version.proposal,
    }
    form = PublishForm(posted(request), initial=initial, is_first=first)
    if form.is_valid():
        try:
            done = publish_draft(version, **form.cleaned_data, by=request.user)
        except Stale:
            form.refused = True
            form.add_error(None, "Utkastet har ändrats sedan du öppnade sidan. Läs det igen.")
        except (NotReady, CannotPublish) as refusal:
            form.refused = True
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{done} är publicerad.")
            return redirect(page_of(done))
    found = [] if version.is_published else problems(version)
    return shown(request, "publish", form, version=version, problems=found, is_first=first)


@require_http_methods(["GET", "POST"])
def withdraw(request, pk):
    version = own_version(request, pk)
    if version.is_withdrawn or not version.is_published:
        return redirect(page_of(version))
    form = WithdrawForm(posted(request))
    if form.is_valid():
        try:
            take_back(version, reason=form.cleaned_data["reason"], by=request.user)
        except CannotWithdraw as refusal:
            form.refused = True
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{version} är tillbakadragen.")
            return redirect(page_of(version))
    return shown(request, "withdraw_version", form, version=version)
