"""What is said of WhatsApp templates: their states, and why one cannot be sent (T1)."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import Shown, words_for
from inbox_app.domain.templates import Incompatibility, TemplateState


def state_name(state: Shown) -> rx.Var[str]:
    return words_for(
        state,
        (TemplateState.ACCEPTED.value, tr("Accepted")),
        (TemplateState.INCOMPATIBLE.value, tr("Incompatible")),
        (TemplateState.CANCELLED.value, tr("Rejected")),
        tr("Pending"),
    )


def category_name(category: Shown) -> rx.Var[str]:
    """One that Meta has made up since is named as she writes it."""
    return words_for(
        category,
        ("marketing", tr("Marketing")),
        ("utility", tr("Utility")),
        ("authentication", tr("Authentication")),
        category,
    )


def incompatibility(reason: Shown) -> rx.Var[str]:
    return words_for(
        reason,
        (
            Incompatibility.VARIABLE.value,
            tr(
                "It has a variable, such as a name to fill in: only plain text can be sent "
                "from here."
            ),
        ),
        (Incompatibility.URL.value, tr("It has a link: only plain text can be sent from here.")),
        (Incompatibility.MEDIA_HEADER.value, tr("It has a photo, video or document at the top.")),
        (Incompatibility.LOCATION_HEADER.value, tr("It has a location at the top.")),
        (Incompatibility.BUTTONS.value, tr("It has buttons.")),
        (Incompatibility.CAROUSEL.value, tr("It is a carousel of cards.")),
        (Incompatibility.LIMITED_TIME_OFFER.value, tr("It is a limited-time offer.")),
        (Incompatibility.AUTHENTICATION.value, tr("It is for access codes.")),
        (
            Incompatibility.UNKNOWN_CATEGORY.value,
            tr("Its category is neither marketing nor utility."),
        ),
        (Incompatibility.NO_BODY.value, tr("It has no text.")),
        tr("It has a part that cannot be sent from here."),
    )


def refusal(reason: Shown) -> rx.Var[str]:
    """Why Meta refused it (docs/whatsapp.md §6); a reason we do not know is quoted."""
    return words_for(
        reason,
        ("", tr("Rejected by Meta, without a reason.")),
        ("NONE", tr("Rejected by Meta, without a reason.")),
        (
            "ABUSIVE_CONTENT",
            tr("Rejected by Meta: the text seems offensive or threatening."),
        ),
        (
            "INCORRECT_CATEGORY",
            tr("Rejected by Meta: the text doesn't match the type chosen."),
        ),
        (
            "CATEGORY_NOT_AVAILABLE",
            tr("Rejected by Meta: this type is not available for your account."),
        ),
        (
            "INVALID_FORMAT",
            tr("Rejected by Meta: the text is not in the required format."),
        ),
        ("PROMOTIONAL", tr("Rejected by Meta: promotional text in a utility template.")),
        ("SCAM", tr("Rejected by Meta: the text looks like a scam.")),
        (
            "TAG_CONTENT_MISMATCH",
            tr("Rejected by Meta: the text doesn't match the type or the language chosen."),
        ),
        tr("Rejected by Meta: “{words}”.", words=reason),
    )
