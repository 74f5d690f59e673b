"""What kinds, fields, states and refusals are called on screen."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import Shown, words_for
from inbox_app.domain.imports.fields import LineProblem
from inbox_app.domain.imports.states import ImportState


def kind_name(kind: Shown) -> rx.Var[str]:
    return words_for(
        kind,
        ("reservations", tr("Reservations")),
        ("actors", tr("People")),
        ("tasks", tr("Tasks")),
        tr("Accommodations"),
    )


def state_name(state: Shown) -> rx.Var[str]:
    return words_for(
        state,
        (ImportState.READING.value, tr("Reading the lines…")),
        (ImportState.MAPPING.value, tr("Columns to confirm")),
        (ImportState.CHECKING.value, tr("Checking…")),
        (ImportState.CHECKED.value, tr("Checked, not imported yet")),
        (ImportState.IMPORTING.value, tr("Importing…")),
        (ImportState.IMPORTED.value, tr("Imported")),
        (ImportState.UNDOING.value, tr("Undoing…")),
        tr("Undone"),
    )


def field_name(field: Shown) -> rx.Var[str]:
    return words_for(
        field,
        ("", tr("Leave out")),
        ("external_id", tr("Key in your system")),
        ("code", tr("Reservation code")),
        ("accommodation", tr("Accommodation")),
        ("name", tr("Name")),
        ("first_name", tr("First name")),
        ("last_name", tr("Last name")),
        ("kind", tr("Guest, owner or supplier")),
        ("phones", tr("Phone")),
        ("email", tr("E-mail")),
        ("language", tr("Language")),
        ("country", tr("Country")),
        ("notes", tr("Notes")),
        ("title", tr("Title")),
        ("task_kind", tr("Kind of task")),
        ("task_status", tr("Status")),
        ("description", tr("Description")),
        ("supplier", tr("Supplier")),
        ("due_at", tr("Due")),
        ("due_time", tr("Due time")),
        ("guest_name", tr("Guest")),
        ("guest_first_name", tr("Guest's first name")),
        ("guest_last_name", tr("Guest's last name")),
        ("guest_key", tr("Guest's key")),
        ("guest_phones", tr("Guest's phone")),
        ("guest_email", tr("Guest's e-mail")),
        ("guest_language", tr("Guest's language")),
        ("guest_country", tr("Guest's country")),
        ("check_in", tr("Arrival")),
        ("check_out", tr("Departure")),
        ("arrival_time", tr("Arrival time")),
        ("departure_time", tr("Departure time")),
        ("status", tr("Status")),
        ("adults", tr("Adults")),
        ("children", tr("Children")),
        ("infants", tr("Infants")),
        ("pets", tr("Pets")),
        ("portal", tr("Portal")),
        ("portal_code", tr("Portal's code")),
        ("url", tr("Web address")),
        ("total", tr("Total")),
        ("balance", tr("Balance due")),
        ("currency", tr("Currency")),
        ("timezone", tr("Time zone")),
        ("address", tr("Address")),
        ("check_in_time", tr("Check-in time")),
        ("check_out_time", tr("Check-out time")),
        ("check_in_instructions", tr("Check-in instructions")),
        ("door_code", tr("Door code")),
        ("wifi_name", tr("Wi-Fi name")),
        ("wifi_password", tr("Wi-Fi password")),
        ("parking", tr("Parking")),
        ("house_rules", tr("House rules")),
        ("archived_at", tr("out of the archive")),
        tr("Other"),
    )


def why(problem: Shown, field: Shown, value: Shown) -> rx.Var[str]:
    """Why a line is refused, in a sentence."""
    name = field_name(field)
    return words_for(
        problem,
        (LineProblem.MISSING.value, tr("{field} is missing", field=name)),
        (LineProblem.BAD_DATE.value, tr("{field}: “{value}” is no date", field=name, value=value)),
        (LineProblem.BAD_TIME.value, tr("{field}: “{value}” is no time", field=name, value=value)),
        (
            LineProblem.BAD_COUNT.value,
            tr("{field}: “{value}” is no whole number", field=name, value=value),
        ),
        (
            LineProblem.BAD_MONEY.value,
            tr("{field}: “{value}” is no amount", field=name, value=value),
        ),
        (
            LineProblem.BAD_CURRENCY.value,
            tr("“{value}” is no single currency: write EUR, CHF…", value=value),
        ),
        (LineProblem.BAD_STATUS.value, tr("“{value}” is no known status", value=value)),
        (
            LineProblem.BAD_ACTOR_KIND.value,
            tr("“{value}” is neither guest, owner nor supplier", value=value),
        ),
        (LineProblem.BAD_TASK_KIND.value, tr("“{value}” is no known kind of task", value=value)),
        (LineProblem.BAD_LANGUAGE.value, tr("“{value}” is no language", value=value)),
        (LineProblem.BAD_COUNTRY.value, tr("“{value}” is no country", value=value)),
        (
            LineProblem.BAD_TIME_ZONE.value,
            tr("“{value}” is no time zone: write Europe/Rome", value=value),
        ),
        (LineProblem.BAD_EMAIL.value, tr("“{value}” is no e-mail address", value=value)),
        (LineProblem.BAD_WEB_ADDRESS.value, tr("“{value}” is no web address", value=value)),
        (LineProblem.TOO_LONG.value, tr("{field} is too long", field=name)),
        (LineProblem.NO_NIGHT.value, tr("The departure is not after the arrival")),
        (LineProblem.NO_CURRENCY.value, tr("{field} has no currency", field=name)),
        (
            LineProblem.UNKNOWN_ACCOMMODATION.value,
            tr("No accommodation has the key or the name “{value}”: add it first", value=value),
        ),
        (
            LineProblem.UNKNOWN_RESERVATION.value,
            tr("No reservation has the key or the code “{value}”: import it first", value=value),
        ),
        (
            LineProblem.UNKNOWN_SUPPLIER.value,
            tr("No supplier has the key or the name “{value}”: add them first", value=value),
        ),
        (
            LineProblem.NO_SUPPLIER.value,
            tr(
                "“{value}” is among the actors, but not as a supplier: correct the actor or "
                "the line",
                value=value,
            ),
        ),
        (
            LineProblem.SEVERAL_SUPPLIERS.value,
            tr(
                "Several suppliers are called “{value}”: write the key of one, or merge or "
                "rename them",
                value=value,
            ),
        ),
        (
            LineProblem.UNKNOWN_GUEST.value,
            tr("Nobody has the key “{value}”: add them first", value=value),
        ),
        (
            LineProblem.SEVERAL.value,
            tr(
                "{field}: more than one may be meant by “{value}”: write the key",
                field=name,
                value=value,
            ),
        ),
        (LineProblem.REPEATED.value, tr("Line {value} is about the same", value=value)),
        tr("It couldn't be imported: the log says why"),
    )
