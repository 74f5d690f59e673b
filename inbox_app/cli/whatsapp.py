"""`bin/inbox connect`, `disconnect`, `webhooks …`: the line to Meta."""

import click

from inbox_app import clock
from inbox_app.cli.operate import Answer, account_option, operate, secret
from inbox_app.domain.connecting import Step, StepFailureReason
from inbox_app.domain.texts import pasted
from inbox_app.models import ConnectionSetup, SetupState, WhatsAppNumber
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.queries.connecting.setup_view import setup_of
from inbox_app.queries.templates import templates
from inbox_app.runtime import Runtime
from inbox_app.services.connecting import connect
from inbox_app.services.connecting.connect import ConnectError
from inbox_app.services.connecting.connection_setup import Credentials, begin_by_operator
from inbox_app.services.connecting.idle_setup import SetupRefusedError
from inbox_app.services.intake import store_webhook
from inbox_app.workflows.connect_number import run_steps
from inbox_app.workflows.graph_connection import NotConnectedError
from inbox_app.workflows.templates.refresh_templates import RefreshError, refresh


@click.command("connect")
@account_option
@click.option("--phone-number-id", required=True, help="Meta's id of the number.")
@click.option("--waba-id", required=True, help="The WhatsApp Business Account it is in.")
@click.option("--accept-contract", is_flag=True, help="Accept the connection contract.")
@click.option("--pin", help="The number's two-step code; made up where it has none.")
def connect_number(
    account_id: int, phone_number_id: str, waba_id: str, accept_contract: bool, pin: str | None
) -> Answer:
    """Connect an account to its WhatsApp number; the token is read from standard input."""
    if not accept_contract:
        raise click.ClickException("Accept the connection contract with --accept-contract.")
    token = pasted(secret("Token"))
    if not token:
        raise click.ClickException("What came on standard input holds no token.")
    code = pasted(pin or "")

    async def work(runtime: Runtime) -> Answer:
        given = Credentials(
            phone_number_id=pasted(phone_number_id),
            waba_id=pasted(waba_id),
            token=runtime.vault.encrypt(token),
            pin=runtime.vault.encrypt(code) if code else "",
        )
        made = await connected(runtime, account_id, given)
        return {
            "connection": str(made.connection_id),
            "display_phone_number": made.connection.display_address,
        }

    return operate(work)


async def connected(runtime: Runtime, account_id: int, given: Credentials) -> WhatsAppNumber:
    """Begun as in the wizard and brought to its end, here or by a server that runs meanwhile.

    Raises ``ConnectError``; a two-step code that Meta may have set is told all the same.
    """
    await run_steps(runtime, account_id, clock.now)  # what was begun before and cut short
    try:
        async with runtime.database.transaction() as session:
            await begin_by_operator(session, account_id, given, clock.now())
    except SetupRefusedError:
        raise ConnectError(_BUSY) from None
    await run_steps(runtime, account_id, clock.now)
    async with runtime.database.reading() as session:
        setup = await setup_of(session, account_id)
        number = await active_number(session, account_id)
    if setup is None or number is None or setup.state is not SetupState.DONE:
        raise _failed(runtime, setup)
    if setup.found.get("registered"):
        code = runtime.vault.decrypt(number.pin_encrypted)
        click.echo(f"The number's two-step code is {code}: keep it.", err=True)
    return number


def _failed(runtime: Runtime, setup: ConnectionSetup | None) -> ConnectError:
    if setup is None or setup.failure is None:
        return ConnectError(_BUSY)
    failed = (setup.failed_step, setup.failure["problem"])
    if failed == (Step.REGISTER, StepFailureReason.META_DOWN):
        code = runtime.vault.decrypt(setup.pin_encrypted)
        click.echo(f"If Meta has set a two-step code, it is {code}: keep it.", err=True)
    return ConnectError(setup.failure["sentence"])


_BUSY = "The account is being connected by somebody else at this moment: try again in a minute."


@click.command("disconnect")
@account_option
def disconnect_number(account_id: int) -> Answer:
    """Disconnect an account's number; the history stays."""

    async def work(runtime: Runtime) -> Answer:
        async with runtime.database.transaction() as session:
            await connect.disconnect(session, account_id, clock.real_now())
        return {"ok": True}

    return operate(work)


@click.group()
def webhooks() -> None:
    """What Meta has sent."""


@webhooks.command("replay")
@click.option("--failed", is_flag=True, help="Only those that could not be understood.")
def replay(failed: bool) -> Answer:
    """Have kept webhook events understood again; what was applied is not applied twice."""

    async def work(runtime: Runtime) -> Answer:
        async with runtime.database.transaction() as session:
            again = store_webhook.requeue if failed else store_webhook.requeue_all
            return {"replayed": await again(session)}

    return operate(work)


@click.group("templates")
def templates_group() -> None:
    """The WhatsApp templates of an account."""


@templates_group.command("refresh")
@account_option
def refresh_templates(account_id: int) -> Answer:
    """Read an account's templates from Meta, now."""

    async def work(runtime: Runtime) -> Answer:
        try:
            listed = await refresh(runtime, account_id, clock.real_now())
        except NotConnectedError as error:
            raise click.ClickException(_NO_LINE[error.connected]) from None
        except RefreshError as error:
            raise click.ClickException(f"The templates were not read: {error}") from None
        async with runtime.database.reading() as session:
            return {"templates": listed, **await templates.counts(session, account_id)}

    return operate(work)


_NO_LINE = {
    True: "Meta refuses the account's credentials: connect its number again.",
    False: "The account has no connected number.",
}

COMMANDS = (connect_number, disconnect_number, webhooks, templates_group)
