"""Whether the three requirements for connecting hold (C2)."""

from dataclasses import dataclass

from inbox_app.models import ConnectionSetup, WhatsAppNumber


@dataclass(frozen=True, slots=True)
class Requirements:
    """Each of the three."""

    profile: bool
    number: bool
    contract: bool

    @property
    def all_hold(self) -> bool:
        return self.profile and self.number and self.contract


def requirements_of(
    setup: ConnectionSetup | None, number: WhatsAppNumber | None, contract_version: str
) -> Requirements:
    """An account that has a number has shown the first two, and has accepted some contract."""
    accepted = {
        setup.contract_version if setup else None,
        number.contract_version if number else None,
    }
    connected = number is not None
    return Requirements(
        profile=connected or bool(setup and setup.has_profile),
        number=connected or bool(setup and setup.has_number),
        contract=contract_version in accepted,
    )
