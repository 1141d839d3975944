"""How a person wants the mails that can wait: one by one, or gathered once a day."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from notifications.digests import choose
from notifications.models import Notice

DAILY, SINGLE = "daily", "single"


class ChoiceForm(forms.Form):
    how = forms.ChoiceField(
        label="Mejl som kan vänta",
        choices=[
            (SINGLE, "Ett mejl för varje händelse"),
            (DAILY, "Ett mejl om dagen, på morgonen varje arbetsdag"),
        ],
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "POST"])
def choice(request):
    person = request.user
    data = request.POST if request.method == "POST" else None
    form = ChoiceForm(data, initial={"how": DAILY if person.daily_digest else SINGLE})
    if form.is_valid():
        choose(person, daily=form.cleaned_data["how"] == DAILY)
        messages.success(request, "Ditt val är sparat.")
        return redirect("notices:choice")
    page = {"form": form, "held": Notice.objects.held_for(person).count()}
    status = 422 if form.errors else 200
    return render(request, "notifications/choice.html", page, status=status)
