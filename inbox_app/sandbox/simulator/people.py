"""The numbers and the people of the sandbox."""

from dataclasses import dataclass

from inbox_app.config.settings import SANDBOX_APP_ID
from inbox_app.domain.people import phones

TOKEN = "EAASANDBOXdemonumbertoken"  # noqa: S105 - opens nothing but the simulator
"""The one access token that the simulator takes."""
CODE = "SANDBOXCODE"
"""How codes of the played Embedded Signup begin."""
APP_ID = SANDBOX_APP_ID
BUSINESS_NAME = "Case del Sole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A business number of the simulated Meta."""

    phone_number_id: str
    waba_id: str
    display: str
    new: bool = False
    """Nobody has registered it yet."""

    @property
    def digits(self) -> str:
        """As statuses and webhooks write it."""
        return "".join(filter(str.isdigit, self.display))


NUMBERS = (
    Number(
        phone_number_id="106540352242922", waba_id="102290129340398", display="+39 080 555 0100"
    ),
    Number(
        phone_number_id="106540352242933", waba_id="102290129340399", display="+39 080 555 0200"
    ),
    Number(
        phone_number_id="106540352242944",
        waba_id="102290129340399",
        display="+39 080 555 0300",
        new=True,
    ),
)
"""The demo account's number, and two of another business account to connect."""
DEMO_NUMBER = NUMBERS[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a phone; who hides the number is known by the business-scoped id alone."""

    name: str
    """What they call themselves on WhatsApp."""
    wa_id: str = ""
    user_id: str = ""
    username: str = ""

    @property
    def key(self) -> str:
        """What the simulator knows them by."""
        return self.wa_id or self.user_id

    @property
    def label(self) -> str:
        """The number, or the username of who hides it."""
        return f"+{self.wa_id}" if self.wa_id else f"@{self.username}"


PEOPLE = (
    Person(name="Ada Bianchi", wa_id="393471234567", user_id="IT.13491208655302741918"),
    Person(name="Marie Lefèvre", wa_id="33612345678"),
    Person(name="Jürgen Schäfer", wa_id="4915123456789"),
    Person(name="سارة العتيبي", wa_id="966501234567"),
    Person(name="Giuseppe Ferrari", wa_id="393351112233"),
    Person(name="Pulizie Rossi", wa_id="393289876543"),
    Person(name="Luca idraulico", wa_id="393475550198"),
    Person(name="Emma 🌻", wa_id="447700900123"),
    Person(name="João Pereira", wa_id="553187654321"),
    Person(name="Bartholomew Featherstonehaugh-Cholmondeley", wa_id="447700900456"),
    Person(name="Nina", user_id="AT.20619483726401958372", username="nina.reist"),
    Person(name="Elettrica Murgia", wa_id="393386667788"),
    Person(name="Sofía García", wa_id="34612345678"),
    Person(name="Paola Conti", wa_id="393401239876"),
    Person(name="Lucia M.", wa_id="393487720519"),
    Person(name="Inês", wa_id="351912345678"),
    Person(name="Recensioni Top ⭐", wa_id="393515550142"),
    Person(name="Tommaso", wa_id="393924445566"),
)
"""The last has never written to anybody: a new number."""

NOT_ON_WHATSAPP = "0026"
"""Numbers that end so have no WhatsApp: what goes to them fails with 131026."""


def number_by_id(phone_number_id: str) -> Number | None:
    """None for an id that the simulated Meta has not given."""
    return next((n for n in NUMBERS if n.phone_number_id == phone_number_id), None)


def person_by_key(key: str) -> Person:
    """One of the people, by any spelling of the number or by the id; else a stranger."""
    number = phones.canonical(key)
    for person in PEOPLE:
        if key == person.user_id or (person.wa_id and phones.canonical(person.wa_id) == number):
            return person
    return Person(name="", wa_id=key)
