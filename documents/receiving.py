"""Files on their way in: never more than the limit, to disk and not to memory, whole or not at all.

A page asks `was_too_large(request, field)`, because a file that was refused on the way is not
among the request's files. A form that takes a file ends with the hidden field WHOLE: a transfer
that was cut off lacks it.
"""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

WHOLE = "hela"


class SizeLimit(FileUploadHandler):
    """First of the handlers: reads past what is over the limit, and remembers which field it was.

    What a browser says of the length is not believed: what comes is counted.
    """

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) > settings.UPLOAD_BYTES:
            too_large = getattr(self.request, "too_large", set())
            self.request.too_large = {*too_large, self.field_name}
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None


def was_too_large(request, field: str) -> bool:
    """Was a file sent in that field larger than the limit? It was not kept."""
    _ = request.POST  # reads what was sent
    return field in getattr(request, "too_large", set())


def is_whole(request) -> bool:
    """Did everything the browser meant to send come here?"""
    return WHOLE in request.POST


def limit_in_words() -> str:
    return f"{settings.UPLOAD_BYTES // (1024 * 1024)} MB"
