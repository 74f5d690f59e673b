"""An entry of the audit trail as a sentence, in the reader's language (X1)."""

from typing import Any, NamedTuple

from inbox_app.catalogues import DEFAULT, nearest, text_in


class Named(NamedTuple):
    """Who did it and to whom, by their names; "" for nobody who is known any more."""

    who: str
    subject: str


def sentence(language: str, what: str, details: dict[str, Any], named: Named) -> str:
    """An entry whose word is not known here is shown by its word."""
    language = nearest(language) or DEFAULT
    pattern = _patterns(language).get(what) or text_in(language, "{who}: {what}")
    return pattern.format(
        who=named.who or _who(language, details),
        name=named.subject or text_in(language, "somebody who is not there any more"),
        title=details.get("name", ""),
        what=what,
    )


def _who(language: str, details: dict[str, Any]) -> str:
    match details.get("by"):
        case "meta":
            return "Meta"
        case "api":
            return text_in(language, "The API")
        case "operator" | "command line" | "command":
            return text_in(language, "The operator of the installation")
        case _:
            return text_in(language, "The system")


def _patterns(language: str) -> dict[str, str]:
    return {
        **_access(language),
        **_second_steps(language),
        **_connection(language),
        **_people(language),
        **_data(language),
    }


def _access(language: str) -> dict[str, str]:
    return {
        "user.invited": text_in(language, "{who} invited {name}"),
        "user.uninvited": text_in(language, "{who} withdrew an invitation"),
        "user.made_admin": text_in(language, "{who} made {name} an administrator"),
        "user.made_agent": text_in(language, "{who} made {name} an agent"),
        "user.password_reset": text_in(language, "{who} gave {name} a new password"),
        "user.password_changed": text_in(language, "{who} changed their own password"),
        "user.password_link_made": text_in(language, "{who} made a password link for {name}"),
        "user.password_link_asked": text_in(language, "A password link was mailed to {name}"),
        "user.mail_given_up": text_in(language, "An e-mail to {name} could not be delivered"),
        "user.deactivated": text_in(language, "{who} deactivated {name}"),
        "user.activated": text_in(language, "{who} let {name} in again"),
    }


def _second_steps(language: str) -> dict[str, str]:
    return {
        "user.two_factor_on": text_in(language, "{who} switched on two-step verification"),
        "user.two_factor_off": text_in(language, "{who} switched off two-step verification"),
        "user.two_factor_reset": text_in(
            language, "{who} reset the two-step verification of {name}"
        ),
        "user.recovery_codes_made": text_in(language, "{who} made new recovery codes"),
        "user.recovery_code_used": text_in(language, "{who} signed in with a recovery code"),
        "account.two_factor_required": text_in(
            language, "{who} required two-step verification of everybody"
        ),
        "account.two_factor_optional": text_in(
            language, "{who} left two-step verification to each person"
        ),
    }


def _connection(language: str) -> dict[str, str]:
    return {
        "connection.accepted_contract": text_in(language, "{who} accepted the contract"),
        "connection.requested": text_in(language, "{who} began to connect WhatsApp"),
        "connection.connected": text_in(language, "{who} connected WhatsApp"),
        "connection.disconnected": text_in(language, "{who} disconnected WhatsApp"),
        "template.created": text_in(language, "{who} created the template “{title}”"),
        "template.deleted": text_in(language, "{who} deleted the template “{title}”"),
        "template.category_changed": text_in(language, "{who} changed a template's category"),
    }


def _people(language: str) -> dict[str, str]:
    return {
        "actor.made": text_in(language, "{who} added {name}"),
        "actor.changed": text_in(language, "{who} changed the details of {name}"),
        "actor.archived": text_in(language, "{who} archived {name}"),
        "actor.restored": text_in(language, "{who} restored {name}"),
        "actor.number_corrected": text_in(language, "{who} corrected the number of {name}"),
        "actor.merged": text_in(language, "{who} merged another record into {name}"),
        "actor.merge_undone": text_in(language, "{who} undid a merge into {name}"),
        "actor.exported": text_in(language, "{who} exported the data of {name}"),
        "actor.erased": text_in(language, "{who} erased the data of {name}"),
        "conversation.linked": text_in(language, "{who} linked a conversation to {name}"),
        "conversation.unlinked": text_in(language, "{who} unlinked a conversation"),
        "reservation.deleted": text_in(language, "{who} deleted a reservation of {name}"),
        "person.blocked": text_in(language, "{who} blocked {name}"),
        "person.unblocked": text_in(language, "{who} unblocked {name}"),
    }


def _data(language: str) -> dict[str, str]:
    return {
        "import.started": text_in(language, "{who} imported a table"),
        "import.undone": text_in(language, "{who} undid an import"),
        "retention.changed": text_in(language, "{who} changed how long data is kept"),
        "away.changed": text_in(language, "{who} changed the opening hours"),
        "retention.forgotten": text_in(language, "{who} erased what had been kept long enough"),
        "assignment.rule_changed": text_in(language, "{who} changed a rule of assignment"),
    }
