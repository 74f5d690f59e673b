"""The fields that a webhook's changes may belong to."""

FIELDS = frozenset(
    {
        "messages",
        "smb_message_echoes",
        "calls",
        "history",
        "smb_app_state_sync",
        "user_preferences",
        "user_id_update",
        "message_template_status_update",
        "message_template_quality_update",
        "message_template_components_update",
        "template_category_update",
        "phone_number_quality_update",
        "phone_number_name_update",
        "account_update",
        "account_alerts",
        "account_review_update",
        "account_settings_update",
        "business_capability_update",
        "business_username_update",
        "security",
        "group_lifecycle_update",
        "group_participants_update",
        "group_settings_update",
        "group_status_update",
        "partner_solutions",
        "payment_configuration_update",
        "automatic_events",
        "flows",
        "tracking_events",
        "standby",
    }
)
"""Those we have heard of; others are kept and counted all the same."""

FIELD_BY_KEY = {
    "new_quality_score": "message_template_quality_update",
    "history": "history",
    "state_sync": "smb_app_state_sync",
    "user_preferences": "user_preferences",
    "user_id_update": "user_id_update",
}
"""Keys that name their field better than `field` does, which Meta's own examples get wrong."""

HISTORY = "history"
"""Its messages are old ones: they neither notify nor open a window."""

STANDBY = "standby"
"""Begins the name of the field under which we only watch, while an agent of Meta's answers."""

ESSENTIAL = {
    "message_template_status_update": "event",
    "message_template_quality_update": "new_quality_score",
    "template_category_update": "new_category",
    "phone_number_quality_update": "event",
    "phone_number_name_update": "decision",
    "account_update": "event",
    "account_review_update": "decision",
    "security": "event",
}
"""Keys whose word makes news of what we act upon; without it nothing was said."""
