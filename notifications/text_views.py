"""The pages where administrators write the words of mails: read, write, review, publish.

?galler= says whose text: the slug of an administration, or nothing for the text that all share.
"""

from itertools import groupby

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import clock
from casework.list_filter import readable
from casework.moves import NotAllowed, Stale
from casework.rules import Reason
from notifications.mail_kinds import all_kinds, shipped
from notifications.models import MailText
from notifications.text_forms import CHANGED, COMING, MOST_WORDS, FindForm, PublishForm, WriteForm
from notifications.texts import (
    EDIT,
    TextRefused,
    editable,
    fill,
    latest_number,
    publish,
    standing,
    take_back,
)
from notifications.wording import line_changes, problems

WHOSE = "galler"


def scopes_of(request) -> list:
    """Whose texts the person may write. Raises NotAllowed when there are none."""
    found = editable(request.user)
    if not found:
        raise NotAllowed([Reason(f"Du har inte rätt att {EDIT.label}.")])
    return found


def scope_of(request):
    """The administration that is asked for, None for the common texts; else one's own first."""
    own = scopes_of(request)
    asked = request.GET.get(WHOSE)
    if asked is None:
        only_one = len([one for one in own if one]) == 1
        return own[-1] if only_one else own[0]
    for scope in own:
        if (scope.slug if scope else "") == asked:
            return scope
    raise Http404


def kind_named(code: str):
    if code not in all_kinds():
        raise Http404
    return all_kinds()[code]


def address(scope, route="kinds", *args) -> str:
    return f"{reverse(f'mail_texts:{route}', args=args)}?{WHOSE}={scope.slug if scope else ''}"


def about(request, scope) -> dict:
    """What every page of these shows: whose text, and which others the person may write."""
    others = [
        {"name": str(one or "Alla förvaltningar"), "url": address(one), "current": one == scope}
        for one in scopes_of(request)
    ]
    return {
        "scope": scope,
        "whose": str(scope or "alla förvaltningar"),
        "scopes": others,
        "back": address(scope),
    }


@require_safe
def kinds(request):
    scope = scope_of(request)
    form = FindForm(readable(request.GET))
    rows = rows_of(scope)
    form.is_valid()  # what is not leaves no trace in what was asked
    found = [row for row in rows if is_asked_for(row, **form.cleaned_data)]
    page = {
        "find": form,
        "groups": [
            (heading, list(those))
            for heading, those in groupby(found, lambda row: row["kind"].heading)
        ],
        "found": len(found),
        "total": len(rows),
        "changed": sum(row["is_changed"] for row in rows),
        "coming": sum(row["coming"] is not None for row in rows),
        **about(request, scope),
    }
    return render(request, "notifications/texts.html", page)


def rows_of(scope) -> list[dict]:
    """Every mail with its text in force (None: the program's), and the one that comes."""
    used, coming = standing(scope)
    rows = []
    for code, one in all_kinds().items():
        text = used.get(code)
        words = words_of(text, code)
        rows.append(
            {
                "kind": one,
                "url": address(scope, "kind", code),
                "text": text,
                "coming": coming.get(code),
                "is_changed": words != shipped(code),
                "wrong": text and problems(one, *words),
                "searched": " ".join((one.name, *words)).casefold(),
            }
        )
    return rows


def is_asked_for(row: dict, *, q: str = "", visa: str = "", **_) -> bool:
    shown = {CHANGED: row["is_changed"], COMING: row["coming"] is not None}
    words = q.casefold().split()[:MOST_WORDS]
    return shown.get(visa, True) and all(word in row["searched"] for word in words)


@require_safe
def kind(request, code):
    scope, one = scope_of(request), kind_named(code)
    used = MailText.objects.used(code, scope, clock.today()).first()
    subject, body = words_of(used, code)
    wrong = problems(one, subject, body)
    page = {
        "kind": one,
        "text": used,
        "subject": subject,
        "body": body,
        "wrong": wrong,
        "shown": fill(*(shipped(code) if wrong else (subject, body)), one.examples),
        "versions": versions(code, scope, used),
        "write_url": address(scope, "write", code),
        **about(request, scope),
    }
    return render(request, "notifications/text.html", page)


def words_of(text: MailText | None, code: str) -> tuple[str, str]:
    return (text.subject, text.body) if text else shipped(code)


def versions(code, scope, used) -> list[dict]:
    rows = MailText.objects.filter(kind=code, administration=scope).select_related("published_by")
    today = clock.today()
    return [
        {
            "text": row,
            "in_force": row == used,
            "coming": row.withdrawn_on is None and row.starts_on > today,
        }
        for row in rows.order_by("-number")
    ]


@require_http_methods(["GET", "POST"])
def write(request, code):
    """GET: the form. *Granska*: the mail as it will be read. *Publicera*: from its day it is used.

    ?fran= begins from the text of another version, or from that of the program (`program`).
    """
    scope, one = scope_of(request), kind_named(code)
    page = {"kind": one, "kind_url": address(scope, "kind", code), **about(request, scope)}
    if request.method == "GET":
        initial = beginning(request, code, scope) | {"after": latest_number(code, scope)}
        return written(request, WriteForm(kind=one, initial=initial), page)
    if "publicera" in request.POST:
        return published(request, code, scope, PublishForm(request.POST, kind=one), page)
    form = WriteForm(request.POST, kind=one)
    if not form.is_valid():
        return written(request, form, page, 422)
    if "andra" in request.POST:
        return written(request, form, page)
    facts = form.cleaned_data
    form = PublishForm(kind=one, initial=facts)
    return reviewed(request, form, facts["subject"], facts["body"], page)


def beginning(request, code, scope) -> dict:
    asked = request.GET.get("fran", "")
    text = MailText.objects.used(code, scope, clock.today()).first()
    if asked == "program":
        text = None
    elif asked.isdecimal() and len(asked) < 10:
        rows = MailText.objects.filter(kind=code, administration__in=[scope] if scope else [])
        common = MailText.objects.filter(kind=code, administration=None)
        text = (rows | common).filter(pk=int(asked)).first() or text
    subject, body = words_of(text, code)
    return {"subject": subject, "body": body}


def written(request, form, page, status=200):
    return render(request, "notifications/text_write.html", {"form": form, **page}, status=status)


def reviewed(request, form, subject, body, page, status=200):
    """The mail with the examples, its subject as it stands, and what differs from now."""
    kind = page["kind"]
    used = MailText.objects.used(kind.code, page["scope"], clock.today()).first()
    before = words_of(used, kind.code)
    page = {
        "form": form,
        "subject": subject,
        "body": body,
        "shown": fill(subject, body, kind.examples),
        "subject_before": before[0],
        "changes": line_changes(before[1], body),
        "used": used,
        **page,
    }
    return render(request, "notifications/text_review.html", page, status=status)


def published(request, code, scope, form, page):
    if not form.is_valid():
        if form.text_is_wrong:
            form = WriteForm(request.POST, kind=page["kind"])
            return written(request, form, page, 422)
        return reviewed(request, form, form.data["subject"], form.data["body"], page, 422)
    facts = form.cleaned_data
    try:
        made = publish(code, scope, **facts, by=request.user)
    except TextRefused as refusal:
        for name, sentences in refusal.errors.items():
            form.add_error(name, sentences)
        return reviewed(request, form, facts["subject"], facts["body"], page, 422)
    except Stale as stale:
        if not is_the_same(stale.current, facts, request.user):
            return somebody_was_faster(request, stale.current, facts, page)
        made = stale.current
    messages.success(request, f"Version {made.number} är publicerad.")
    return redirect(page["kind_url"])


def is_the_same(text: MailText, facts: dict, person) -> bool:
    """A double click: the person has just published this."""
    kept = (text.subject, text.body.strip(), text.published_by_id)
    return kept == (facts["subject"].strip(), tidied(facts["body"]), person.pk)


def tidied(body: str) -> str:
    return body.replace("\r\n", "\n").strip()


def somebody_was_faster(request, current, facts, page):
    pairs = (("Ämne", "subject"), ("Text", "body"))
    differences = [
        {"label": label, "yours": facts[name], "saved": getattr(current, name)}
        for label, name in pairs
    ]
    context = {"current": current, "url": page["kind_url"], "differences": differences}
    return render(request, "stale.html", context, status=409)


@require_POST
def withdraw(request, pk):
    text = get_object_or_404(MailText.objects.select_related("administration"), pk=pk)
    if text.administration not in scopes_of(request):
        raise Http404
    take_back(text, by=request.user)
    messages.success(request, f"Version {text.number} är tillbakadragen.")
    return redirect(address(text.administration, "kind", text.kind))
