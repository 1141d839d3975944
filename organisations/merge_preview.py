"""What merging two organisations would do, told before it is done. Reads only."""

from audit import clock
from casework.swedish import and_list, long_date
from organisations.merge import others_knowing, two_numbers
from organisations.models import Contact, Organisation, PossibleDuplicate, Profile, Size
from organisations.relations import label_of, moving_relations, rows_of


def moving_counts(goes: Organisation) -> list[dict]:
    """{label, count} of everything that points to the one that goes. A query for each kind."""
    counted = [
        {"label": label_of(relation).capitalize(), "count": rows_of(relation, goes).count()}
        for relation in moving_relations()
    ]
    return sorted((one for one in counted if one["count"]), key=lambda one: one["label"])


def conflicts(stays: Organisation, goes: Organisation, person) -> list[str]:
    """What both have, and what becomes of it. Other administrations' are only counted."""
    return [
        *number_conflicts(stays, goes),
        *profile_conflicts(stays, goes, person),
        *size_conflicts(stays, goes, person),
        *contact_conflicts(stays, goes, person),
        *verdicts(stays, goes),
    ]


def number_conflicts(stays: Organisation, goes: Organisation) -> list[str]:
    found = []
    if two_numbers(stays, goes):
        found.append(
            f"De har olika organisationsnummer. {stays.number_written} blir kvar, och "
            f"{goes.number_written} leder dit i fortsättningen. Två nummer är två juridiska "
            "personer: slå bara ihop dem om det ena är fel eller om den ena har gått upp i den "
            "andra."
        )
    elif goes.org_number:
        found.append(
            f"{stays} är registrerad utan nummer och får {goes.number_written} och formen "
            f"{goes.get_legal_form_display().lower()}."
        )
    if stays.org_number and stays.legal_form != goes.legal_form:
        kept, gone = stays.get_legal_form_display().lower(), goes.get_legal_form_display().lower()
        found.append(f"Organisationsformen {kept} blir kvar; den andra är {gone}.")
    return found


def profile_conflicts(stays: Organisation, goes: Organisation, person) -> list[str]:
    both = Profile.objects.filter(organisation=goes).filter(
        administration__in=Profile.objects.filter(organisation=stays).values("administration")
    )
    own = [one.administration.name for one in both.visible_to(person)]
    found = []
    if own:
        found.append(
            f"Båda är kända hos {and_list(own)}. Roller och förhållanden läggs ihop, och "
            "beskrivningarna läggs efter varandra."
        )
    others = both.count() - len(own)
    if others:
        where = "en annan förvaltning" if others == 1 else f"{others} andra förvaltningar"
        found.append(f"Båda är kända hos {where}. Uppgifterna där läggs ihop på samma sätt.")
    return found


def size_conflicts(stays: Organisation, goes: Organisation, person) -> list[str]:
    own = Size.objects.visible_to(person)
    kept = {(one.administration_id, one.as_of): one for one in own.filter(organisation=stays)}
    found = []
    for gone in own.filter(organisation=goes):
        if kept.get((gone.administration_id, gone.as_of)):
            found.append(
                f"Båda har en storlek antecknad för {long_date(gone.as_of)}. {stays} behåller "
                "sin; den andra står i loggen."
            )
    return found


def contact_conflicts(stays: Organisation, goes: Organisation, person) -> list[str]:
    own = Contact.objects.visible_to(person)
    kept = {same_contact(one) for one in own.filter(organisation=stays)}
    return [
        f"{one.name} är kontakt hos båda. Båda följer med; ta bort den ena efteråt."
        for one in own.filter(organisation=goes)
        if same_contact(one) in kept
    ]


def same_contact(contact: Contact) -> tuple:
    return contact.administration_id, contact.name.casefold()


def verdicts(stays: Organisation, goes: Organisation) -> list[str]:
    pair = PossibleDuplicate.objects.about(stays).about(goes).exclude(not_same_at=None)
    return [
        f"{one.not_same_by} har bedömt att de inte är samma, "
        f"{long_date(clock.day_of(one.not_same_at))}: {one.reason}"
        for one in pair.select_related("not_same_by")
    ]


def preview(stays: Organisation, goes: Organisation, person) -> dict:
    return {
        "moving": moving_counts(goes),
        "conflicts": conflicts(stays, goes, person),
        "told": others_knowing(person, stays, goes),
    }
