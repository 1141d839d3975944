from notifications.models.calendar import CalendarLink
from notifications.models.notices import DeliveryAttempt, Notice, Outcome, State
from notifications.models.obligations import HandOver, Obligation
from notifications.models.texts import MailText

__all__ = [
    "CalendarLink",
    "DeliveryAttempt",
    "HandOver",
    "MailText",
    "Notice",
    "Obligation",
    "Outcome",
    "State",
]
