"""The mailbox of the embedded program: what would have been sent, had there been a mail server."""

from io import BytesIO

from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, administrations_of, may, may_anywhere
from notifications.mailbox import MOST_SHOWN, NoSuchMail, find, newest


def owners_shown_to(person) -> set[str]:
    """Whose mails the person may read. Raises Http404 where there is no such page for them.

    Mails of no administration hold links that let one in (a forgotten password): they are shown
    in demo mode alone, where everybody's password stands on the login page.
    """
    if settings.MAIL != "folder" or not may_anywhere(person, Permission.MAIL_FOLDER_SEE):
        raise Http404
    theirs = administrations_of(person)
    owners = {one.slug for one in theirs if may(person, Permission.MAIL_FOLDER_SEE, one)}
    return owners | {""} if settings.DEMO else owners


def mail_of(request, name):
    try:
        return find(name, owners_shown_to(request.user))
    except NoSuchMail:
        raise Http404 from None


@require_safe
def mailbox(request):
    mails = newest(owners_shown_to(request.user))
    page = {"mails": mails, "capped": len(mails) == MOST_SHOWN}
    return render(request, "notifications/mailbox.html", page)


@require_safe
def mail(request, name):
    return render(request, "notifications/mail.html", {"mail": mail_of(request, name)})


@require_safe
def attachment(request, name, number):
    for attached in mail_of(request, name).attachments:
        if attached.number == number:
            return FileResponse(
                BytesIO(attached.content),
                as_attachment=True,
                filename=attached.name,
                content_type=attached.content_type,
            )
    raise Http404
