"""What screens say of templates: their states and problems, the steps and limits of a new one
(T1, T2, T4, T7)."""

from enum import StrEnum

MAX_BODY = 1024
MAX_NAME = 200
"""Of the internal name."""


class TemplateState(StrEnum):
    """What a property manager is told: ready, under review, approved but unusable here, refused."""

    ACCEPTED = "accepted"
    PENDING = "pending"
    INCOMPATIBLE = "incompatible"
    CANCELLED = "cancelled"


class TemplateCategory(StrEnum):
    """Meta's categories; the first two can be made and sent here."""

    MARKETING = "marketing"
    UTILITY = "utility"
    AUTHENTICATION = "authentication"


class Incompatibility(StrEnum):
    """Why an approved template cannot be sent from here (T2)."""

    VARIABLE = "variable"
    URL = "url"
    MEDIA_HEADER = "media_header"
    LOCATION_HEADER = "location_header"
    BUTTONS = "buttons"
    CAROUSEL = "carousel"
    LIMITED_TIME_OFFER = "limited_time_offer"
    AUTHENTICATION = "authentication"
    UNKNOWN_CATEGORY = "unknown_category"
    UNKNOWN_PART = "unknown_part"
    NO_BODY = "no_body"


class TemplateProblem(StrEnum):
    """Why Meta did not make or delete a template."""

    NAME_TAKEN = "name_taken"
    LIMIT_REACHED = "limit_reached"
    """As many templates as the account may have."""
    TOO_MANY_AT_ONCE = "too_many_at_once"
    TOO_LONG = "too_long"
    VARIABLES = "variables"
    FORMAT = "format"
    NOT_ALLOWED = "not_allowed"
    """The company is not verified, or may not do this."""
    NOT_FOUND = "not_found"
    NOT_CONNECTED = "not_connected"
    CREDENTIALS = "credentials"
    UNREACHABLE = "unreachable"
    """Nothing has left: again later."""
    UNCERTAIN = "uncertain"
    """It left and was not answered: reading the list anew tells."""
    REFUSED = "refused"
    """For another reason, in Meta's words."""


class DraftField(StrEnum):
    """The steps of the wizard."""

    CATEGORY = "category"
    INTERNAL_NAME = "internal_name"
    BODY = "body"
    LANGUAGE = "language"


class DraftProblem(StrEnum):
    """Why a draft is not sent to Meta."""

    CATEGORY = "category"
    """Neither marketing nor utility."""
    EMPTY = "empty"
    TOO_LONG = "too_long"
    VARIABLE = "variable"
    URL = "url"
    TOO_MANY_NEWLINES = "too_many_newlines"
    """More than two in a row."""
    TOO_MANY_SPACES = "too_many_spaces"
    """More than four in a row, or a tab."""
    SAME_NAME = "same_name"
    """Another template has this name in this language."""
    SAME_TEXT = "same_text"
    """Another template says the same."""
    NO_SUCH_LANGUAGE = "no_such_language"
    """Meta has none such; `templates.languages.alternatives` may know what was meant."""


class HintKind(StrEnum):
    PROMOTIONAL = "promotional"
    """A utility text that reads like advertising: Meta files it as marketing, or refuses it."""
    OTHER_LANGUAGE = "other_language"
    """The text seems to be in another language than the one chosen."""
    MANY_EMOJI = "many_emoji"
    MANY_CAPITALS = "many_capitals"
    SENSITIVE_DATA = "sensitive_data"
    """It asks for what Meta forbids to ask for."""
    NEAR_DUPLICATE = "near_duplicate"
