from django.apps import AppConfig

from audit.guards import Guard, append_only


class IopConfig(AppConfig):
    name = "iop"
    verbose_name = "Idéburet offentligt partnerskap"
    guards = (
        *append_only("iop_steeringmeeting"),
        Guard("iop_headinformation", "UPDATE", "read_once", "OLD.read_at IS NOT NULL"),
        Guard("iop_headinformation", "DELETE", "kept"),
        Guard("iop_steeringmember", "DELETE", "kept"),
    )
