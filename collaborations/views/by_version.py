"""The cases that follow a version of the questions."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, administrations_where
from casework.listing import listed
from checklists.models import Version
from checklists.rights import editable_rule_sets
from collaborations.models import Collaboration
from collaborations.views.lists import ORDERS


@require_safe
def cases(request, pk):
    """Those the person may see; who writes questions is told how many there are in all.

    The number is of the administrations where the person may write questions.
    """
    version = get_object_or_404(Version.objects.select_related("question_set"), pk=pk)
    hidden = not version.is_published or version.is_withdrawn
    if hidden and version.question_set.rule_set not in editable_rule_sets(request.user):
        raise Http404
    writes = administrations_where(request.user, Permission.QUESTIONS_EDIT)
    following = Collaboration.objects.following(version)
    visible = following & Collaboration.objects.visible_to(request.user)
    page = {
        "version": version,
        "listing": listed(visible.with_follow_up_day().for_list(), request.GET, ORDERS[:3]),
        "count": following.filter(administration__in=writes).count() if writes else None,
    }
    return render(request, "collaborations/by_version.html", page)
