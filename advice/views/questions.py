"""A question to the group: asked without a case, and how the group works on it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission, may
from advice.aside import people_aside, with_jav
from advice.forms import (
    AnswerForm,
    AsideForm,
    AskForm,
    AssignForm,
    PostForm,
    TakeBackForm,
)
from advice.steps import questions
from advice.views.members import answered
from audit import clock
from casework.moves import closed
from collaborations.models import Consultation
from collaborations.views.answering_forms import carried_out
from collaborations.workflow import ADVISE
from organisations.models import Organisation


@require_http_methods(["GET", "POST"])
def ask(request):
    """Anyone who works there asks the group of their administration (G-13).

    ?organisation=…: with documents of that organisation to choose among.
    """
    organisation = None
    if number := request.GET.get("organisation"):
        seen = Organisation.objects.visible_to(request.user)
        organisation = get_object_or_404(seen, pk=number) if number.isdecimal() else None
    data = request.POST if request.method == "POST" else None
    form = AskForm(data, person=request.user, organisation=organisation)
    if data is not None and form.is_valid():
        done = carried_out(
            request,
            form,
            lambda: questions.ask_without_case(**form.cleaned_data, by=request.user),
            "Frågan är ställd. Du får ett mejl när den är besvarad.",
        )
        if done:
            return redirect("advice:ask")
    own = Consultation.objects.without_case().filter(asked_by=request.user).order_by("-pk")
    return answered(request, "ask", {"own": own[:20], "organisation": organisation}, form)


def visible(request, pk) -> Consultation:
    """The question with all that its page shows, or 404."""
    found = Consultation.objects.visible_to(request.user).select_related(
        "collaboration__unit",
        "collaboration__administration",
        "unit__administration",
        "asked_by",
        "answered_by",
        "assignee",
        "lapsed_by",
        "supersedes",
        "superseded_by",
    )
    shown = with_jav(found).prefetch_related("documents__organisation", "agenda_items__meeting")
    return get_object_or_404(shown, pk=pk)


def superseded_at(asked: Consultation, person) -> str:
    """Where the person gives an advice that takes the place of this one; empty where they may not.

    A page of many questions first asks `standing.remember_declarations`: then it costs no query.
    """
    if asked.answered_at is None or getattr(asked, "superseded_by", None):
        return ""
    case = asked.collaboration
    if person.pk in people_aside(asked):
        return ""
    if case is None:
        ours = may(person, Permission.COLLABORATION_ADVISE, asked.unit)
        return f"{asked.get_absolute_url()}#nytt-svar" if ours else ""
    if closed(case, ADVISE, person):
        return ""
    return reverse("collaborations:advice", args=[case.pk, asked.pk]) + "?ersatt=1"


def page_of(request, asked: Consultation, faulty=None):
    """The question's page. faulty: the form that was refused, by its class."""
    aside = people_aside(asked)
    case = asked.collaboration
    is_ours = may(request.user, Permission.COLLABORATION_ADVISE, asked.asked_in)
    takes_part = asked.waits and not asked.case_is_past and request.user.pk not in aside
    works = takes_part and is_ours
    # An answer of no case is superseded here; an advice, in its case.
    again = superseded_at(asked, request.user)
    answers = case is None and (works or again)
    forms = {
        "post_form": PostForm() if takes_part else None,
        "assign_form": AssignForm(asked=asked) if works else None,
        "aside_form": AsideForm(asked=asked) if works else None,
        "answer_form": AnswerForm() if answers else None,
    }
    if faulty is not None:
        name = {PostForm: "post", AssignForm: "assign", AsideForm: "aside", AnswerForm: "answer"}
        forms[f"{name[type(faulty)]}_form"] = faulty
    items = sorted(asked.agenda_items.all(), key=lambda item: item.meeting.held_on)
    page = {
        "asked": asked,
        "case": case,
        "aside": aside,
        "stands_aside": request.user.pk in aside,
        "posts": asked.posts.select_related("written_by"),
        "items": items if is_ours else [],
        "is_late": asked.waits and asked.due_on < clock.today(),
        "is_ours": is_ours,
        "taken_back": [one for one in asked.recusals.all() if one.is_withdrawn],
        "works": works,
        "anew": case is None and again,
        "again_in_the_case": case and again,
        **forms,
    }
    return answered(request, "request", page, faulty)


@require_safe
def request_page(request, pk):
    return page_of(request, visible(request, pk))


def acted(request, pk, make_form, act, success: str):
    """Run one form of the question's page; a refusal is shown there."""
    asked = visible(request, pk)
    form = make_form(asked)
    if form.is_valid() and carried_out(request, form, lambda: act(asked, form), success):
        return redirect("advice:request", pk=pk)
    return page_of(request, asked, form)


@require_POST
def post(request, pk):
    return acted(
        request,
        pk,
        lambda asked: PostForm(request.POST),
        lambda asked, form: questions.post(asked, **form.cleaned_data, by=request.user),
        "Inlägget är sparat.",
    )


@require_POST
def assign(request, pk):
    return acted(
        request,
        pk,
        lambda asked: AssignForm(request.POST, asked=asked),
        lambda asked, form: questions.assign(asked, form.cleaned_data["member"], by=request.user),
        "Fördelningen är sparad.",
    )


@require_POST
def aside(request, pk):
    return acted(
        request,
        pk,
        lambda asked: AsideForm(request.POST, asked=asked),
        lambda asked, form: questions.stand_aside(asked, **form.cleaned_data, by=request.user),
        "Det är antecknat att ledamoten inte deltar i frågan.",
    )


@require_http_methods(["GET", "POST"])
def take_back_aside(request, pk, note_pk):
    """A note of jäv that was a mistake; the page says why where it cannot be taken back."""
    asked = visible(request, pk)
    note = next((one for one in asked.recusals.all() if one.pk == note_pk), None)
    if note is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = TakeBackForm(data)
    if data is not None and form.is_valid():
        done = carried_out(
            request,
            form,
            lambda: questions.take_back_aside(note, **form.cleaned_data, by=request.user),
            "Anteckningen om jäv är tillbakatagen. Den står kvar med ditt skäl.",
        )
        if done:
            return redirect("advice:request", pk=pk)
    page = {"asked": asked, "note": note, "closed": questions.cannot_take_back(note, request.user)}
    return answered(request, "take_back_aside", page, form)


@require_POST
def answer(request, pk):
    """The answer; with ?ersatt, a later one that supersedes it."""
    step = questions.answer_anew if "ersatt" in request.GET else questions.answer
    return acted(
        request,
        pk,
        lambda asked: AnswerForm(request.POST),
        lambda asked, form: step(asked, **form.cleaned_data, by=request.user),
        "Svaret är sparat. Den som frågade får veta det.",
    )
