"""What is asked of the person: jäv, and who answers for the case."""

from accounts.permissions import Permission, may, superiors_of
from casework.rules import rule
from collaborations import standing


@rule(
    "G-37",
    unmet="Du har anmält jäv i ärendet. Du kan inte handlägga det förrän frågan är avgjord.",
    at="conflict",
)
def person_is_free_of_conflict(case, person):
    declaration = standing.declaration_of(case, person)
    return declaration is None or declaration.is_free


@rule(
    "G-36",
    unmet="Lämna först din jävsförklaring för det här ärendet.",
    at="conflict",
)
def person_has_declared(case, person):
    return standing.declaration_of(case, person) is not None


def who_the_manager_is(case, person):
    return [f"Bara ansvarig chef för ärendet kan göra det här: {case.responsible_manager}."]


@rule(
    "G-15",
    "G-47",
    unmet="Bara ansvarig chef för ärendet kan göra det här.",
    at="hand_over",
    explain=who_the_manager_is,
    says_who=True,
)
def person_is_the_responsible_manager(case, person):
    return case.responsible_manager_id == person.pk


@rule(
    "G-83",
    unmet="Bara ansvarig chef för ärendet, eller en chef över den, kan göra det här.",
    at="hand_over",
    says_who=True,
)
def person_is_the_manager_or_above(case, person):
    if case.responsible_manager_id == person.pk:
        return True
    return person in superiors_of(case.responsible_manager, case.unit)


@rule(
    "G-38",
    unmet=(
        "Jävsfrågan avgörs av ansvarig chef, eller av den chefens chef när den gäller "
        "ansvarig chef själv."
    ),
    at="conflict",
)
def person_may_rule(declaration, person):
    return standing.falls_to(declaration, person)


@rule(
    "G-15",
    unmet="Den nya chefen har ingen rätt att besluta i den här enheten.",
    at="manager",
)
def new_manager_may_decide(case, person):
    return person.is_active and may(person, Permission.COLLABORATION_DECIDE, case)


@rule("G-37", unmet="Den nya chefen har anmält jäv i ärendet.", at="manager")
def new_manager_is_free_of_conflict(case, person):
    return standing.is_free(case, person)


@rule("G-79", unmet="Den chefen ansvarar redan för ärendet.", at="manager")
def new_manager_is_another(case, person):
    return case.responsible_manager_id != person.pk


@rule("G-79", unmet="Den personen handlägger redan ärendet.", at="officer")
def new_officer_is_another(case, person):
    return case.officer_id != person.pk


@rule(
    "G-79",
    unmet="Den nya handläggaren har ingen rätt att förbereda i den här enheten.",
    at="officer",
)
def new_officer_may_prepare(case, person):
    return person.is_active and may(person, Permission.COLLABORATION_PREPARE, case)


@rule("G-37", unmet="Den nya handläggaren har anmält jäv i ärendet.", at="officer")
def new_officer_is_free_of_conflict(case, person):
    return standing.is_free(case, person)
