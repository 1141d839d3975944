from django.apps import AppConfig

from collaborations.guards import GUARDS
from collaborations.mail_kinds import MAIL_KINDS


class CollaborationsConfig(AppConfig):
    name = "collaborations"
    verbose_name = "Samverkan"
    mail_kinds = MAIL_KINDS
    guards = GUARDS
    asked_too = "collaborations.asked.asked_too"
    secret_numbers = "collaborations.secrecy.secret_numbers"
    refuses_merge = "collaborations.merging.documents_are_being_made"
