"""Which question sets a case needs (domain §1.7.2): its form, what we hand over, and an agreement.

A set that was begun and is no longer needed is kept, and asked no more.
"""

from collaborations.models import Form

# Every set about a case, in the order they are asked, with what it is called before it is begun.
SETS = {
    "demokrati": "Demokrativillkor",
    "grundkrav": "Grundkrav",
    "valfardsbrott": "Risk för välfärdsbrott",
    "offentligt_kontrakt": "Offentligt kontrakt",
    "statligt_stod": "Statligt stöd",
    "kommunallagen": "Kommunallagen",
    "ideburen_aktor": "Idéburen aktör",
    "partnerskap": "Förutsättningar för partnerskapet",
}
# Of these the responsible manager chooses in a project of the organisation's own (G-67).
CHOOSABLE = {
    code: SETS[code] for code in ("grundkrav", "valfardsbrott", "statligt_stod", "kommunallagen")
}
ALWAYS = frozenset({"demokrati"})
BASIC = ALWAYS | {"grundkrav", "valfardsbrott"}
CONTRACT = frozenset({"offentligt_kontrakt"})
MONEY = frozenset({"statligt_stod", "kommunallagen"})
PARTNERSHIP = frozenset({"ideburen_aktor", "partnerskap"})


def required_sets(case) -> dict[str, str]:
    """The sets that the case needs now: code → name, in the order they are asked."""
    needed = needed_codes(case)
    return {code: name for code, name in SETS.items() if code in needed}


def needed_codes(case) -> frozenset[str]:
    """G-46, G-67, G-72, I-14–I-16. A form that is no collaboration of ours needs none."""
    money = MONEY if case.terms.handed_over() else frozenset()
    match case.form:
        case Form.INFORMAL:
            return BASIC
        case Form.OTHER_AGREEMENT | Form.EXTERNAL_FUNDING:
            return BASIC | CONTRACT | money
        case Form.IOP:
            return BASIC | CONTRACT | MONEY | PARTNERSHIP
        case Form.PARTNER_IN_PROJECT:
            contract = CONTRACT if case.terms.written_agreement else frozenset()
            return ALWAYS | contract | chosen_scope(case)
        case Form.EMPLOYER:
            return ALWAYS
    return frozenset()


def chosen_scope(case) -> frozenset[str]:
    """What was decided to check in this very case (G-67): codes of sets; none before that."""
    return frozenset(getattr(case, "check_scope", None) or ())
