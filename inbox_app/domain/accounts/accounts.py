"""What an account and the people who sign in to it must have, as they are typed."""

from enum import StrEnum

MIN_PASSWORD = 8
MAX_PASSWORD = 1000


class AccountProblem(StrEnum):
    """Why an account or a user is not made."""

    NAME = "name"
    EMAIL = "email"
    EMAIL_TAKEN = "email_taken"
    PASSWORD = "password"  # noqa: S105 - the name of a field
    TIMEZONE = "timezone"
    LANGUAGE = "language"
    COUNTRY = "country"
    SETUP_CLOSED = "setup_closed"
    NO_SUCH_ACCOUNT = "no_such_account"
    NO_SUCH_USER = "no_such_user"
    LAST_ADMIN = "last_admin"
    LINK = "link"
    CODE = "code"
    TWO_FACTOR_MISSING = "two_factor_missing"
    TWO_FACTOR_REQUIRED = "two_factor_required"

    @property
    def sentence(self) -> str:
        """For the command line, in English."""
        return _SENTENCES[self]


def clean_email(email: str) -> str:
    """The one spelling under which people are stored and found."""
    return email.strip().lower()


def is_email(email: str) -> bool:
    """Whether a cleaned one can be somebody's."""
    name, _, host = email.rpartition("@")
    return bool(name and host) and email.isprintable() and " " not in email and len(email) <= 254


_SENTENCES = {
    AccountProblem.NAME: "The account needs a name.",
    AccountProblem.EMAIL: "This is not an e-mail address.",
    AccountProblem.EMAIL_TAKEN: "Somebody signs in with this e-mail address already.",
    AccountProblem.PASSWORD: f"The password needs at least {MIN_PASSWORD} characters.",
    AccountProblem.TIMEZONE: "There is no such time zone; they are named like Europe/Rome.",
    AccountProblem.LANGUAGE: "There is no such language; they are named like it, en or pt-BR.",
    AccountProblem.COUNTRY: "There is no such country; they are named by two letters, like IT.",
    AccountProblem.SETUP_CLOSED: "The first account is there already.",
    AccountProblem.NO_SUCH_ACCOUNT: "There is no such account.",
    AccountProblem.NO_SUCH_USER: "Nobody of this account signs in with this e-mail address.",
    AccountProblem.LINK: "This link serves no more: ask for another.",
    AccountProblem.CODE: "This is not the code that the app shows now.",
    AccountProblem.TWO_FACTOR_MISSING: "They have no authenticator app set up.",
    AccountProblem.TWO_FACTOR_REQUIRED: "The company requires a second step of everybody.",
    AccountProblem.LAST_ADMIN: (
        "This is the account's last active admin: make or activate another first."
    ),
}
