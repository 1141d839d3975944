"""Writing the agreement: one section per page, and its versions side by side."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agreements import reading
from agreements.content import Content
from agreements.sections import COMMITMENTS, GOALS, SECTIONS
from agreements.wording import purchase_words
from agreements.writing import StaleSection, lines_of
from casework.moves import closed
from collaborations import agreement_page
from collaborations.forms.agreement import Commitments, Goals, LabelForm, section_form
from collaborations.page import page_of, visible_case
from collaborations.steps.agree import write_section
from collaborations.views.agreement import agreement_of
from collaborations.views.answering_forms import carried_out, shown
from collaborations.workflow import WRITE_AGREEMENT


@require_http_methods(["GET", "POST"])
def section(request, pk, agreement_pk, code):
    case = visible_case(request, pk)
    agreement = agreement_of(case, agreement_pk)
    shown_section = next(
        (one for one in agreement_page.own_sections(agreement) if one.code == code), None
    )
    if shown_section is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = section_form(code)(data, initial=initial(agreement, shown_section))
    rows = row_forms(agreement, shown_section, data)
    if data is not None and form.is_valid() and (rows is None or rows.is_valid()):
        try:
            if saved(request, case, agreement, shown_section, form, rows):
                return redirect("collaborations:agreement", pk=pk)
        except StaleSection as stale:
            return stale_section(request, case, agreement, shown_section, form, rows, stale.draft)
    page = page_of(
        case,
        request.user,
        name="agreement",
        move=WRITE_AGREEMENT,
        form=form,
        rows=rows,
        section=shown_section,
        agreement=agreement,
        clauses=agreement_page.clauses(case, code),
        contributions=case.terms.contributions.all(),
        words=warned_words(form),
    )
    return shown(request, "agreement_section", page, *filter(None, [form, rows]))


def initial(agreement, section) -> dict:
    draft = reading.latest_drafts(agreement.terms)[agreement.pk]
    content = Content.from_json(draft.content)
    return {
        "base": draft.number,
        "text": content.text(section.code),
        "starts_on": content.starts_on,
        "ends_on": content.ends_on,
    }


def row_forms(agreement, section, data):
    """The rows of the section, as forms; None for a section without rows."""
    if section.holds == COMMITMENTS:
        fields = ("party", "what", "why", "evidence", "due_on")
        rows = [{f: getattr(one, f) for f in fields} for one in agreement.commitments.all()]
        form_kwargs = {"parties": agreement.terms.parties.all()}
        return Commitments(data, initial=rows, prefix="rad", form_kwargs=form_kwargs)
    if section.holds == GOALS:
        fields = ("text", "indicator", "baseline", "target", "due_on")
        rows = [{f: getattr(one, f) for f in fields} for one in agreement.goals.all()]
        return Goals(data, initial=rows, prefix="rad")
    return None


def saved(request, case, agreement, section, form, rows) -> bool:
    facts = form.facts() | ({} if rows is None else {"rows": rows.rows()})
    return carried_out(
        request,
        form,
        lambda: write_section(case, agreement, section.code, **facts, by=request.user),
        f"”{section.title}” är sparat.",
    )


def stale_section(request, case, agreement, section, form, rows, latest):
    """Both texts side by side; nothing was saved."""
    content = Content.from_json(latest.content)
    typed = typed_words(section, form, rows)
    return render(
        request,
        "stale.html",
        {
            "current": case,
            "url": request.path,
            "who": latest.saved_by,
            "at": latest.saved_at,
            "differences": [
                {
                    "label": section.title,
                    "yours": typed,
                    "saved": agreement_page.whole(content, section),
                }
            ],
        },
        status=409,
    )


def typed_words(section, form, rows) -> str:
    given = form.cleaned_data
    lines = [] if rows is None else map(str, lines_of(section.holds, rows.rows()))
    if section.holds == "period":
        days = Content(starts_on=given["starts_on"], ends_on=given["ends_on"])
        lines = days.lines("period")
    return "\n".join(filter(None, [given["text"], *lines]))


def warned_words(form) -> list[str]:
    """Words of purchase law in the text as it stands in the form (S-19)."""
    return list(dict.fromkeys(hit.found for hit in purchase_words(form["text"].value() or "")))


@require_safe
def versions(request, pk, agreement_pk):
    """Every version, and two of them side by side: `?fran=1&till=3`."""
    case = visible_case(request, pk)
    agreement = agreement_of(case, agreement_pk)
    drafts = list(agreement.drafts.select_related("saved_by"))
    chosen = {draft.number: draft for draft in drafts}
    old = chosen.get(asked(request, "fran")) or (drafts[1] if len(drafts) > 1 else drafts[0])
    new = chosen.get(asked(request, "till")) or drafts[0]
    page = page_of(
        case,
        request.user,
        name="agreement",
        agreement=agreement,
        drafts=[
            {"draft": one, "titles": [SECTIONS[code].title for code in one.changed]}
            for one in drafts
        ],
        old=old,
        new=new,
        differences=agreement_page.comparison(
            agreement, Content.from_json(old.content), Content.from_json(new.content)
        ),
        label_form=LabelForm(initial={"number": drafts[0].number}),
        may_write=not closed(case, WRITE_AGREEMENT, request.user),
    )
    return render(request, "collaborations/agreement_versions.html", page)


def asked(request, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 9 else None
