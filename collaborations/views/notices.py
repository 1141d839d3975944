"""What has been told about a case. To send again, or note otherwise: views/all_notices.py."""

from django.views.decorators.http import require_safe

from accounts.permissions import Permission, may
from collaborations.page import page_of, visible_case
from collaborations.views.answering_forms import shown
from notifications.models import Notice


@require_safe
def notices(request, pk):
    case = visible_case(request, pk)
    page = page_of(
        case,
        request.user,
        name="notices",
        notices=Notice.objects.about(case.chain).select_related("person", "told_otherwise_by"),
        may_resend=may(request.user, Permission.NOTICE_RESEND, case),
    )
    return shown(request, "notices", page)
