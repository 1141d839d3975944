"""The rule sets: what each administration has decided about its questions."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Administration
from casework.comparison import differences
from casework.moves import Stale
from checklists.draft_forms import RuleSetForm
from checklists.models import QuestionSet, RuleSet
from checklists.rights import COMMON, editable_rule_sets
from checklists.rule_set_edit import change_rule_set
from checklists.views.saving import posted, shown


@require_safe
def rule_sets(request):
    """Every rule set that an administration follows, with its own question sets."""
    own = editable_rule_sets(request.user)
    known = {row.code: row for row in RuleSet.objects.all()}
    sets, rows = {}, {}
    for row in QuestionSet.objects.exclude(rule_set=COMMON).for_readers(own):
        sets.setdefault(row.rule_set, []).append(row)
    for administration in Administration.objects.order_by("name"):
        code = administration.rule_set
        row = rows.setdefault(
            code,
            {
                "rule_set": known.get(code) or RuleSet(code=code, name=code),
                "followers": [],
                "sets": sets.get(code, []),
                "may_edit": code in own,
            },
        )
        row["followers"].append(administration)
    return render(request, "checklists/rule_sets.html", {"rows": list(rows.values())})


@require_http_methods(["GET", "POST"])
def rule_set(request, code):
    if code not in editable_rule_sets(request.user) - {COMMON}:
        raise Http404
    row = RuleSet.objects.named(code)
    form = RuleSetForm(posted(request), instance=row, initial={"version": row.version})
    if form.is_valid():
        try:
            change_rule_set(code, **form.cleaned_data, by=request.user)
        except Stale as stale:
            now = RuleSetForm(instance=stale.current)
            page = {"current": stale.current, "url": request.path}
            page["differences"] = differences(form, now)
            return render(request, "stale.html", page, status=409)
        messages.success(request, "Ändringarna är sparade.")
        return redirect("checklists:rule_sets")
    return shown(request, "rule_set", form, rule_set=row)
