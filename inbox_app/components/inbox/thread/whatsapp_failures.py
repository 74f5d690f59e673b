"""What WhatsApp alone refuses a message for, and what helps, in plain words (M6)."""

from inbox_app.components.i18n.text import tr
from inbox_app.domain.delivery.failures import FailureReason as Reason

_another = tr("Send another template.")
_manager = tr("Look at the account in Meta's WhatsApp Manager; then try again.")

REASONS = (
    (
        Reason.NOT_LISTED.value,
        tr("The test number can only write to the numbers on its list."),
    ),
    (
        Reason.WINDOW_CLOSED.value,
        tr("The 24-hour window had closed: only a template can be sent now."),
    ),
    (
        Reason.PAYMENT.value,
        tr("There is a problem with your WhatsApp account's payment method."),
    ),
    (Reason.ACCOUNT_LOCKED.value, tr("Meta has locked or restricted your WhatsApp account.")),
    (
        Reason.LIMIT_LOWERED.value,
        tr("Meta has lowered your limit because of templates in the wrong category."),
    ),
    (Reason.DISPLAY_NAME.value, tr("Your number needs a display name that Meta has approved.")),
    (Reason.NOT_REGISTERED.value, tr("Your number isn't registered with WhatsApp right now.")),
    (
        Reason.MARKETING_TERMS.value,
        tr("Your account may not send marketing templates this way yet."),
    ),
    (
        Reason.TEMPLATE_CHANGED.value,
        tr("This template now needs variables: it was changed at Meta."),
    ),
    (
        Reason.TEMPLATE_MISSING.value,
        tr("WhatsApp no longer has this template, or hasn't approved it."),
    ),
    (Reason.TEMPLATE_PAUSED.value, tr("WhatsApp has paused this template.")),
    (Reason.TEMPLATE_DISABLED.value, tr("WhatsApp has disabled this template.")),
    (Reason.TEMPLATE_REFUSED.value, tr("WhatsApp refuses this template as it is.")),
    (Reason.CREDENTIALS.value, tr("Meta no longer accepts the credentials.")),
)
"""Each reason and its sentence."""

NEXT_STEPS = (
    (Reason.NOT_LISTED.value, tr("Add the number to the list in Meta's app dashboard.")),
    (Reason.PAYMENT.value, tr("Set it right in Meta's WhatsApp Manager; then try again.")),
    (Reason.ACCOUNT_LOCKED.value, _manager),
    (Reason.LIMIT_LOWERED.value, _manager),
    (Reason.DISPLAY_NAME.value, _manager),
    (Reason.NOT_REGISTERED.value, tr("Reconnect the number in the settings; then try again.")),
    (
        Reason.MARKETING_TERMS.value,
        tr("Accept the terms for marketing messages in Meta's WhatsApp Manager."),
    ),
    (Reason.TEMPLATE_CHANGED.value, _another),
    (Reason.TEMPLATE_MISSING.value, _another),
    (Reason.TEMPLATE_PAUSED.value, _another),
    (Reason.TEMPLATE_DISABLED.value, _another),
    (Reason.TEMPLATE_REFUSED.value, _another),
    (Reason.CREDENTIALS.value, tr("An administrator can reconnect the account.")),
)
"""Each reason and what a person can do about it."""
