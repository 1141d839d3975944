"""The logins that demo mode lists on the login page and in `make run`."""

from accounts.roles import Role
from dashboard.demo.people import PASSWORD, PEOPLE, Persona


def demo_logins() -> list[dict]:
    """One per role, and the main ones of the second administration, the most useful first.

    Each {role, name, email, password, what}: `role` in the administration's words, `what` is what
    there is to see for that person. Asks no database.
    """
    return [
        {
            "role": role_of(one),
            "name": one.name,
            "email": one.email,
            "password": PASSWORD,
            "what": one.comes_to,
        }
        for one in PEOPLE
        if one.comes_to
    ]


def role_of(persona: Persona) -> str:
    label = persona.place.labels.get(persona.role, Role(persona.role).label)
    return f"{label}, {persona.place.short_name}"
