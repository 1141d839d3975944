from django.apps import AppConfig

from organisations.guards import GUARDS, TOMBSTONES, nothing_new
from organisations.mail_kinds import MAIL_KINDS


class OrganisationsConfig(AppConfig):
    name = "organisations"
    verbose_name = "Organisationer"
    mail_kinds = MAIL_KINDS
    jobs = {
        "organisations.check": "organisations.importing.check",
        "organisations.import": "organisations.importing.carry_out",
        "organisations.export": "organisations.exporting.carry_out",
    }

    @property
    def guards(self):
        """Also one for every table that points here, whichever app it belongs to."""
        from organisations.relations import pointing  # the models are not there before

        merged = [
            guard
            for relation in pointing()
            for guard in nothing_new(relation.model._meta.db_table, relation.column)
        ]
        return (*GUARDS, *TOMBSTONES, *merged)
