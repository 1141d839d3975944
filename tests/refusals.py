"""What a test reads of a refused move (pytest.raises(NotAllowed) as raised)."""


def rules_of(raised) -> set[str]:
    """The rules that refused it."""
    return {reason.rule for reason in raised.value.reasons}


def places_of(raised) -> set[str]:
    """The fields that the reasons stand beside."""
    return {reason.at for reason in raised.value.reasons}
