"""What the views of this app share: run a step, and answer a refusal on the form."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html

from accounts.models import Administration
from accounts.permissions import Permission, administrations_where
from casework.comparison import differences
from casework.moves import NotAllowed
from casework.rules import Reason
from organisations.doubts import Doubtful
from organisations.models import MergedInto, Organisation
from organisations.register import AlreadyRegistered


def visible_organisation(request, pk: int) -> Organisation:
    """The organisation, or 404. Raises MergedInto when it has been merged into another."""
    visible = Organisation.objects.visible_to(request.user)
    if found := visible.filter(pk=pk).first():
        return found
    merged = Organisation.objects.filter(pk=pk, merged_into__in=visible)
    if gone := merged.select_related("merged_into").first():
        raise MergedInto(gone)
    raise Http404


def own_administrations(request) -> list[Administration]:
    """Those where the person may edit. Raises NotAllowed, shown with its reason, when none."""
    found = administrations_where(request.user, Permission.ORGANISATION_EDIT)
    if not found:
        raise NotAllowed([Reason(f"Du har inte rätt att {Permission.ORGANISATION_EDIT.label}.")])
    return found


def saved(request, form, step, success: str):
    """Run the step and return what it made, or True; else the form says beside the field why not.

    Stale passes on: the view knows what to compare with.
    """
    form.refused = False
    try:
        made = step()
    except ValidationError as fault:
        add_errors(form, fault)
    except AlreadyRegistered as taken:
        form.add_error("org_number", already_registered(taken.organisation))
    except Doubtful as doubtful:
        ask_to_confirm(form, doubtful)
    except NotAllowed as refusal:
        form.refused = True
        for reason in refusal.reasons:
            form.add_error(None, reason.sentence)
    else:
        messages.success(request, success)
        return made or True
    return None


def add_errors(form, fault: ValidationError) -> None:
    """Beside the field where the form has it, else at the top."""
    for name, errors in fault.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def already_registered(organisation: Organisation) -> str:
    return format_html(
        'Numret är redan registrerat: <a href="{}">{}</a>.',
        organisation.get_absolute_url(),
        organisation,
    )


def ask_to_confirm(form, doubtful: Doubtful) -> None:
    """Show the doubts, and let the next click say that they have been seen."""
    form.doubts = doubtful.doubts
    form.data = form.data.copy()
    form.data["confirmed"] = " ".join(doubt.code for doubt in doubtful.doubts)


def shown(request, template: str, form, **context):
    """The page with its form: 422 when something must be mended, 409 when it was refused."""
    status = 200
    if form.is_bound:
        status = 409 if getattr(form, "refused", False) else 422
    page = {"form": form, "doubts": getattr(form, "doubts", []), **context}
    return render(request, f"organisations/{template}.html", page, status=status)


def stale_page(request, form, saved_form, organisation: Organisation):
    """Both texts side by side. Nothing was saved."""
    page = {
        "current": organisation,
        "url": request.path,
        "differences": differences(form, saved_form),
    }
    return render(request, "stale.html", page, status=409)


def page_of(organisation: Organisation, name: str, **which) -> str:
    return reverse(f"organisations:{name}", kwargs={"pk": organisation.pk, **which})
