"""Why a file is not taken. One class, so that a page can say it beside its field."""


class FileRefused(Exception):
    """Nothing was kept. `code` names the reason, the text says it in Swedish with what to do."""

    def __init__(self, code: str, sentence: str):
        self.code = code
        super().__init__(sentence)


class NoMagic(Exception):
    """This machine cannot tell what a file is; the text says, in Swedish, what to install."""
