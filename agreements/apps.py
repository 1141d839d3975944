from django.apps import AppConfig

from audit.guards import Guard

LOCKED = "(SELECT locked_at FROM agreements_terms WHERE id = {row}.terms_id) IS NOT NULL"


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = "Överenskommelser"
    # What a decision rests on stays as it was when the decision was made.
    guards = (
        Guard("agreements_terms", "UPDATE", "decided", "OLD.locked_at IS NOT NULL"),
        Guard("agreements_terms", "DELETE", "decided", "OLD.locked_at IS NOT NULL"),
        Guard("agreements_contribution", "INSERT", "decided", LOCKED.replace("{row}", "NEW")),
        Guard("agreements_contribution", "UPDATE", "decided", LOCKED.replace("{row}", "OLD")),
        Guard("agreements_contribution", "DELETE", "decided", LOCKED.replace("{row}", "OLD")),
    )
