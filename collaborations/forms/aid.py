"""Stöd av mindre betydelse: a line of aid, and the recipient's declaration."""

from django import forms

from agreements.models.aid import AidForm, Origin
from casework.personal_numbers import refuse_personal_numbers
from collaborations.forms.fields import KronorField, VersionedForm, codes, day
from collaborations.models import Collaboration
from organisations.models import Organisation


def line(label: str, *, required: bool = True, help_text: str = "", most: int = 200):
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        validators=[refuse_personal_numbers],
    )


class OfRecipientForm(VersionedForm):
    organisation = forms.ModelChoiceField(label="Mottagare", queryset=Organisation.objects.none())

    def __init__(self, *args, case: Collaboration, **kwargs):
        super().__init__(*args, **kwargs)
        own = case.organisations.all()
        self.fields["organisation"].queryset = own
        if len(own) == 1:
            self.fields["organisation"].initial = own[0].pk


class AidLineForm(OfRecipientForm):
    origin = codes("Vems stöd?", Origin.choices)
    form = codes("I vilken form?", AidForm.choices)
    what = line("Vad gäller det?", help_text="Till exempel lokal i två år. Skriv inga namn.")
    value = KronorField(
        label="Värde i hela kronor",
        least=1,
        help_text="Vad förmånen är värd för mottagaren, före skatt, för hela perioden.",
    )
    valuation = line(
        "Hur är värdet beräknat?",
        required=False,
        help_text="Behövs när stödet inte är bidrag i pengar.",
    )
    giver = line("Givare", required=False, help_text="Bara för stöd från andra.")
    given_on = day("När lämnades det?", required=False, help_text="Bara för stöd från andra.")


class DeclarationForm(OfRecipientForm):
    declared_on = day("När är intyget undertecknat?")
    attested_by = line(
        "I vilken roll undertecknades det?",
        most=120,
        help_text="Till exempel ordförande. Skriv inget namn.",
    )


class RemoveForm(VersionedForm):
    """Take away one line; the version is that of the case."""
