"""The rules of a case. Each is a claim with its catalogue id and the sentence the user reads.

Which rule applies to which form stands in gates.py; which move asks it, in workflow.py.
"""

from collaborations.rules.check import (
    basic_requirements_are_met,
    democracy_conditions_are_met,
    deviations_are_motivated,
    every_question_is_answered,
    inquiries_are_done,
    measures_are_allowed,
    no_warning_signs,
    welfare_crime_risk_is_weighed,
)
from collaborations.rules.decision import (
    follow_up_comes_within_a_year,
    follow_up_is_planned,
    is_within_a_year,
    reasons_are_given,
)
from collaborations.rules.form import (
    agreement_question_is_answered,
    form_is_open,
    informal_hands_nothing_over,
    informal_has_no_written_agreement,
    is_no_association_grant,
)
from collaborations.rules.motivation import (
    area_and_target_group_are_chosen,
    follows_an_assignment_of_the_year,
    kind_of_informal_is_chosen,
    lies_within_our_task,
    minors_and_personal_data_are_answered,
    need_is_described,
    nobody_is_singled_out,
    openness_is_described,
    target_group_is_heard,
    three_questions_are_answered,
)
from collaborations.rules.person import (
    new_manager_is_free_of_conflict,
    new_manager_may_decide,
    person_has_declared,
    person_is_free_of_conflict,
    person_is_the_responsible_manager,
    person_may_rule,
)
from collaborations.rules.reexamination import (
    findings_are_judged,
    measures_are_assessed,
    organisation_is_not_being_reexamined,
    was_decided_to_start,
)
from collaborations.rules.surroundings import (
    closing_follow_up_is_made,
    consultations_are_answered,
    decided_to_start,
    decision_is_told,
    document_is_made,
    end_is_told,
    initiative_is_reported,
    organisation_has_no_other_collaboration,
)

__all__ = [
    "agreement_question_is_answered",
    "area_and_target_group_are_chosen",
    "basic_requirements_are_met",
    "closing_follow_up_is_made",
    "consultations_are_answered",
    "decided_to_start",
    "decision_is_told",
    "democracy_conditions_are_met",
    "deviations_are_motivated",
    "document_is_made",
    "end_is_told",
    "every_question_is_answered",
    "findings_are_judged",
    "follow_up_comes_within_a_year",
    "follow_up_is_planned",
    "follows_an_assignment_of_the_year",
    "form_is_open",
    "informal_hands_nothing_over",
    "informal_has_no_written_agreement",
    "initiative_is_reported",
    "inquiries_are_done",
    "is_no_association_grant",
    "is_within_a_year",
    "kind_of_informal_is_chosen",
    "lies_within_our_task",
    "measures_are_allowed",
    "measures_are_assessed",
    "minors_and_personal_data_are_answered",
    "need_is_described",
    "new_manager_is_free_of_conflict",
    "new_manager_may_decide",
    "no_warning_signs",
    "nobody_is_singled_out",
    "openness_is_described",
    "organisation_has_no_other_collaboration",
    "organisation_is_not_being_reexamined",
    "person_has_declared",
    "person_is_free_of_conflict",
    "person_is_the_responsible_manager",
    "person_may_rule",
    "reasons_are_given",
    "target_group_is_heard",
    "three_questions_are_answered",
    "was_decided_to_start",
    "welfare_crime_risk_is_weighed",
]
