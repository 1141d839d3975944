"""Somebody leaves: what they owe is given to another, or to several by kind."""

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import RoleGrant, User
from accounts.permissions import may_anywhere
from audit import clock
from collaborations.forms.ledger import LeaveForm
from collaborations.models import Collaboration
from collaborations.steps.ledger import GIVES, hand_over_all, movable
from collaborations.views.answering_forms import carried_out, shown

MOST = 200  # of people, and of rows shown before they are moved


def refuse_unless_giver(person) -> None:
    if not any(may_anywhere(person, one) for one in GIVES):
        raise PermissionDenied


@require_safe
def leaving(request):
    """Who owes something that the person may give to others; those who have left come first."""
    refuse_unless_giver(request.user)
    people = owing(request.user)[: MOST + 1]
    page = {"people": people[:MOST], "more": len(people) > MOST}
    return shown(request, "leaving", page)


def owing(by):
    """The owners (query set) of what `by` may move: `has_left`, `many`, `late`."""
    own = movable(by).filter(owner=OuterRef("pk"))
    reached = Q(obligations__in=movable(by))
    has_role = RoleGrant.objects.on().filter(person=OuterRef("pk"))
    return (
        User.objects.filter(Exists(own))
        .annotate(
            has_left=ExpressionWrapper(
                Q(is_active=False) | ~Exists(has_role), output_field=BooleanField()
            ),
            many=Count("obligations", filter=reached),
            late=Count("obligations", filter=reached & Q(obligations__due_on__lt=clock.today())),
        )
        .order_by("-has_left", "name", "pk")
    )


@require_http_methods(["GET", "POST"])
def hand_over_all_view(request, pk):
    refuse_unless_giver(request.user)
    giver = get_object_or_404(User, pk=pk)
    obligations = list(movable(request.user).filter(owner=giver).select_related("unit").by_day())
    if not obligations and request.method == "GET":
        get_object_or_404(owing(request.user), pk=pk)  # a stranger's: there is no such page
    form = LeaveForm(
        request.POST if request.method == "POST" else None,
        takers=takers(giver, obligations),
        kinds=list(dict.fromkeys(one.of_kind for one in obligations)),
        initial={"seen": ",".join(str(one.pk) for one in obligations)},
    )
    if form.is_valid() and carried_out(
        request,
        form,
        lambda: hand_over_all(giver, **form.cleaned_data, by=request.user),
        "Åtagandena är överlämnade. Båda får veta det.",
    ):
        return redirect("ledger:leaving")
    page = {
        "giver": giver,
        "obligations": obligations[:MOST],
        "count": len(obligations),
        "form": form,
        "cases": Collaboration.objects.visible_to(request.user).of(giver).open().count(),
    }
    return shown(request, "leave", page, form)


def takers(giver, obligations):
    """Those who have a role where the obligations are; whether they may take them is asked then."""
    places = {one.administration_id for one in obligations}
    here = RoleGrant.objects.on().filter(person=OuterRef("pk"), unit__administration__in=places)
    people = User.objects.filter(Exists(here), is_active=True).exclude(pk=giver.pk)
    return people.order_by("name")
