"""What is said of WhatsApp templates: their states, and why one cannot be sent."""

import reflex as rx

from inbox_app.components.pieces import Shown, words_for
from inbox_app.components.text import tr
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
            tr("It has a variable, such as a name to fill in: from here only plain texts go out."),
        ),
        (Incompatibility.URL.value, tr("It has a link: from here only plain texts go out.")),
        (Incompatibility.MEDIA_HEADER.value, tr("A photo, video or document stands above it.")),
        (Incompatibility.LOCATION_HEADER.value, tr("A place on the map stands above it.")),
        (Incompatibility.BUTTONS.value, tr("It has buttons.")),
        (Incompatibility.CAROUSEL.value, tr("It is a carousel of cards.")),
        (Incompatibility.LIMITED_TIME_OFFER.value, tr("It is an offer with a deadline.")),
        (Incompatibility.AUTHENTICATION.value, tr("It is for access codes.")),
        (
            Incompatibility.UNKNOWN_CATEGORY.value,
            tr("Its category is neither marketing nor utility."),
        ),
        (Incompatibility.NO_BODY.value, tr("It has no text.")),
        tr("It has a part that cannot be sent from here."),
    )


def refusal(reason: Shown) -> rx.Var[str]:
    """Why Meta refused it (whatsapp.md §6); a reason we do not know is quoted."""
    return words_for(
        reason,
        ("", tr("Meta refused it without saying why.")),
        ("NONE", tr("Meta refused it without saying why.")),
        (
            "ABUSIVE_CONTENT",
            tr("Meta refused it: the text seems offensive or threatening."),
        ),
        (
            "INCORRECT_CATEGORY",
            tr("Meta refused it: the text is of another type than the one chosen."),
        ),
        (
            "CATEGORY_NOT_AVAILABLE",
            tr("Meta refused it: this type is not available for your account."),
        ),
        (
            "INVALID_FORMAT",
            tr("Meta refused it: the text is not in the form it wants."),
        ),
        ("PROMOTIONAL", tr("Meta refused it: a promotional text in a utility template.")),
        ("SCAM", tr("Meta refused it: the text looks like a fraud.")),
        (
            "TAG_CONTENT_MISMATCH",
            tr("Meta refused it: the text does not match the type or the language chosen."),
        ),
        tr("Meta refused it: “{words}”.", words=reason),
    )
