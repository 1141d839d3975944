"""New initiatives, their correction, and contacts that were no samverkan."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission, may_anywhere
from casework.moves import NotAllowed
from casework.rules import Reason
from collaborations.forms.register import CorrectionForm, RegisterForm
from collaborations.models import Enquiry
from collaborations.steps.register import correct_registration, keep_as_contact, register
from collaborations.views.answering_forms import carried_out, shown, step_page
from collaborations.workflow import CORRECT_REGISTRATION


@require_http_methods(["GET", "POST"])
def new(request):
    if not may_anywhere(request.user, Permission.COLLABORATION_REGISTER):
        raise NotAllowed([Reason("Du har inte rätt att registrera initiativ.")])
    data = request.POST if request.method == "POST" else None
    chosen = request.GET.getlist("organisation")
    initial = {"organisations": chosen, "responsible_manager": request.user.pk}
    form = RegisterForm(data, person=request.user, chosen=chosen, initial=initial)
    searching = data is not None and "sok" in data
    if data is not None and not searching and form.is_valid():
        made = registered(request, form)
        if made:
            return redirect(made)
    if searching:
        # Only look for organisations: keep what was typed and complain about nothing.
        form = RegisterForm(
            person=request.user, chosen=data.getlist("organisations"), initial=typed(data)
        )
    return shown(request, "register", {"form": form}, form)


def typed(data) -> dict:
    """What was typed so far, as a form's initial values."""
    return {**data.dict(), "organisations": data.getlist("organisations")}


def registered(request, form):
    """Where to go when it is done: the case, or the contact; None when it was refused."""
    facts = form.facts()
    made = []
    if form.is_collaboration:
        done = carried_out(
            request,
            form,
            lambda: made.append(register(**facts, by=request.user)),
            "Initiativet är registrerat. Beredningsgruppen får veta det.",
        )
        return made[0] if done else None
    done = carried_out(
        request,
        form,
        lambda: keep_as_contact(
            form_key=facts["form_key"],
            title=facts["title"],
            unit=facts["unit"],
            organisations=facts["organisations"],
            what=facts["task"],
            by=request.user,
        ),
        "Det är inte samverkan enligt riktlinjerna. Uppgifterna sparades som en kontakt.",
    )
    return "collaborations:enquiries" if done else None


@require_http_methods(["GET", "POST"])
def registration(request, pk):
    def make_form(case, data):
        initial = {
            "version": case.version,
            "organisations": [o.pk for o in case.organisations.all()],
            "title": case.title,
            "initiated_by": case.initiated_by,
            "initiative_on": case.initiative_on,
            "task": case.task,
        }
        if data is not None and "sok" in data:
            initial, data = {**initial, **typed(data)}, None
        return CorrectionForm(
            data, person=request.user, chosen=initial["organisations"], initial=initial
        )

    if request.method == "POST" and "sok" in request.POST:
        messages.info(request, "Kryssa i rätt organisation och spara sedan.")
    return step_page(
        request,
        pk,
        name="registration",
        move=CORRECT_REGISTRATION,
        template="registration",
        make_form=make_form,
        do=lambda case, form: correct_registration(case, **form.facts(), by=request.user),
        success="Registreringen är ändrad.",
    )


@require_safe
def enquiries(request):
    rows = (
        Enquiry.objects.visible_to(request.user)
        .select_related("unit", "noted_by")
        .prefetch_related("organisations")[:100]
    )
    return render(request, "collaborations/enquiries.html", {"enquiries": rows})
