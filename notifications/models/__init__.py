from notifications.models.notices import DeliveryAttempt, Notice, Outcome, State
from notifications.models.obligations import Obligation
from notifications.models.texts import MailText

__all__ = ["DeliveryAttempt", "MailText", "Notice", "Obligation", "Outcome", "State"]
