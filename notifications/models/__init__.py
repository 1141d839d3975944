from notifications.models.notices import DeliveryAttempt, Notice, Outcome, State
from notifications.models.obligations import Obligation

__all__ = ["DeliveryAttempt", "Notice", "Obligation", "Outcome", "State"]
