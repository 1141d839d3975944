"""The organisation number: what is one, and what it hints at (domain 2.2)."""

from django.core.exceptions import ValidationError
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as Invalid
from stdnum.se import orgnr

from organisations.choices import LegalForm

LENGTH = "Ett organisationsnummer har tio siffror, till exempel 899990-0007."
CHECK_DIGIT = "Numret stämmer inte: den sista siffran är en kontrollsiffra. Jämför med registret."
PERSONAL = (
    "Det här kan vara en persons nummer: i ett organisationsnummer är den tredje siffran alltid "
    "minst 2. Personnummer får inte sparas här, inte heller en enskild firmas."
)


def checked(text: str) -> str:
    """Return the ten digits of an organisation number written in any usual way.

    Takes ten digits, or twelve that begin with 16, with or without spaces and hyphens. Raises
    ValidationError in Swedish; a number that could be a person's has a sentence of its own.
    """
    digits = orgnr.compact(text)
    if len(digits) == 12 and digits.startswith(("18", "19", "20")) and digits.isdecimal():
        raise ValidationError(PERSONAL, code="personal_number")
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    if len(digits) == 10 and digits.isdecimal() and digits.isascii() and digits[2] < "2":
        raise ValidationError(PERSONAL, code="personal_number")
    try:
        return orgnr.validate(digits)
    except InvalidChecksum as fault:
        raise ValidationError(CHECK_DIGIT, code="check_digit") from fault
    except Invalid as fault:
        raise ValidationError(LENGTH, code="length") from fault


def written(number: str | None) -> str:
    """899990-0007; empty for none."""
    return orgnr.format(number) if number else ""


# What a first digit usually stands for. A hint, never a fact: forms are not derived from it.
GROUPS = {
    "1": ("ett dödsbo", ()),
    "2": (
        "stat, region, kommun eller församling",
        (LegalForm.RELIGIOUS_COMMUNITY,),
    ),
    "3": ("en utländsk organisation", ()),
    "5": ("ett aktiebolag", (LegalForm.LIMITED_PROFIT_COMPANY,)),
    "6": ("ett enkelt bolag", ()),
    "7": (
        "en ekonomisk förening eller samfällighetsförening",
        (
            LegalForm.ECONOMIC_ASSOCIATION,
            LegalForm.JOINT_PROPERTY,
            LegalForm.JOINT_PROPERTY_ASSOCIATION,
        ),
    ),
    "8": ("en ideell förening eller stiftelse", (LegalForm.NONPROFIT, LegalForm.FOUNDATION)),
    "9": ("ett handelsbolag eller kommanditbolag", ()),
}


def form_mismatch(number: str | None, legal_form: str) -> str | None:
    """A Swedish warning when the number's first digit does not suit the legal form, else None."""
    usual, forms = GROUPS.get((number or "")[:1], ("", ()))
    if not usual or legal_form in forms or legal_form == LegalForm.OTHER:
        return None
    return (
        f"Numret börjar på {number[0]}, som brukar stå för {usual}. "
        f"Du har valt {LegalForm(legal_form).label.lower()}. Kontrollera båda."
    )
