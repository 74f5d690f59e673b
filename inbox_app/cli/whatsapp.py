"""`bin/inbox connect`, `disconnect`, `webhooks …`: the line to Meta."""

import secrets

import click

from inbox_app import clock
from inbox_app.cli.operate import Answer, account_option, operate, secret
from inbox_app.domain.connecting import Step, Trouble
from inbox_app.domain.texts import pasted
from inbox_app.models import WhatsAppNumber
from inbox_app.queries.templates import templates
from inbox_app.runtime import Runtime
from inbox_app.services.connecting import connect
from inbox_app.services.connecting.check_number import Wanted, check_number
from inbox_app.services.connecting.step_failures import StepFailedError
from inbox_app.services.intake import store_webhook
from inbox_app.workflows.graph_connection import NotConnectedError, graph
from inbox_app.workflows.refresh_templates import RefreshError, refresh


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

    async def work(runtime: Runtime) -> Answer:
        wanted = Wanted(
            phone_number_id=pasted(phone_number_id),
            waba_id=pasted(waba_id),
            token=token,
            pin=pasted(pin or "") or f"{secrets.randbelow(10**6):06}",
            app_id=runtime.settings.meta_app_id,
        )
        made = await connected(runtime, account_id, wanted)
        return {
            "connection": str(made.connection_id),
            "display_phone_number": made.connection.display_address,
        }

    return operate(work)


async def connected(runtime: Runtime, account_id: int, wanted: Wanted) -> WhatsAppNumber:
    """Raises ``ConnectError``; a two-step code that Meta may have set is told all the same."""
    async with runtime.database.reading() as session:
        await connect.check_free(session, account_id, wanted.phone_number_id)
    try:
        number = await check_number(graph(runtime).for_token(wanted.token), wanted)
    except StepFailedError as failed:
        if failed.step is Step.REGISTER and failed.trouble is Trouble.META_DOWN:
            click.echo(f"If Meta has set a two-step code, it is {wanted.pin}: keep it.", err=True)
        raise
    if number.registered:
        click.echo(f"The number's two-step code is {wanted.pin}: keep it.", err=True)
    now = clock.real_now()
    kept = connect.Secrets(
        token=runtime.vault.encrypt(wanted.token),
        pin=runtime.vault.encrypt(wanted.pin) if number.registered else "",
    )
    contract = connect.Contract(accepted_at=now)
    return await runtime.database.run_transaction(
        lambda session: connect.record(session, account_id, number, kept, contract, now)
    )


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
