"""Django's admin, for reference data alone, each change with its event. Nothing of a case.

Those get in who hold Permission.REFERENCE_DATA_EDIT somewhere (`User.is_staff`), by way of the
ordinary login, and only to what belongs to administrations where they hold it.
"""

from audit.admin import lists, people, places
from audit.admin.site import reference

__all__ = ["lists", "people", "places", "reference"]
