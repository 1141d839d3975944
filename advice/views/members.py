"""Who is in the group, for which unit and when."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.permissions import (
    Permission,
    administrations_of,
    administrations_where,
    may,
)
from advice.forms import EndForm, MemberForm
from advice.models import Member
from advice.steps.members import add_member, end_membership
from audit import clock
from collaborations.views.answering_forms import carried_out, status_of


def answered(request, template: str, page: dict, form):
    """The page; with a refused or faulty form the status says so."""
    status = status_of(form) if form is not None else 200
    return render(request, f"advice/{template}.html", page | {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def members(request):
    """The groups of the person's administrations; a form for those who may change one."""
    editable = administrations_where(request.user, Permission.GROUP_EDIT)
    administration = editable[0] if editable else None
    if wanted := request.GET.get("forvaltning"):
        administration = next((one for one in editable if one.slug == wanted), administration)
    form = None
    if administration:
        data = request.POST if request.method == "POST" else None
        form = MemberForm(data, administration=administration)
        if data is not None and form.is_valid():
            facts = form.cleaned_data

            def action():
                add_member(administration, **facts, by=request.user)

            if carried_out(request, form, action, "Ledamoten är tillagd."):
                return redirect(request.get_full_path())
    elif request.method == "POST":
        raise Http404
    page = {"groups": groups(request.user), "administration": administration, "editable": editable}
    return answered(request, "members", page, form)


def groups(person) -> list[dict]:
    """Each administration with its members of today and of later, and those who were."""
    today = clock.today()
    rows = list(
        Member.objects.visible_to(person).select_related("person", "represents", "administration")
    )
    return [
        {
            "administration": administration,
            "may_edit": may(person, Permission.GROUP_EDIT, administration),
            "now": [one for one in own if one.ends_on is None or one.ends_on > today],
            "former": [one for one in own if one.ends_on is not None and one.ends_on <= today],
        }
        for administration in administrations_of(person)
        for own in [[one for one in rows if one.administration_id == administration.pk]]
    ]


@require_http_methods(["GET", "POST"])
def end(request, pk):
    member = get_object_or_404(
        Member.objects.visible_to(request.user).select_related(
            "person", "represents", "administration"
        ),
        pk=pk,
    )
    if not may(request.user, Permission.GROUP_EDIT, member.administration):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = EndForm(data)
    if data is not None and form.is_valid():
        facts = form.cleaned_data

        def action():
            end_membership(member, **facts, by=request.user)

        if carried_out(request, form, action, "Uppdraget är avslutat. Ledamoten står kvar."):
            return redirect("advice:members")
    chaired = member.chaired.open().order_by("held_on")
    return answered(request, "end_member", {"member": member, "chaired": chaired}, form)
