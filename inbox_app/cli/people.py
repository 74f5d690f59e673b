"""`bin/inbox account …`, `user …`, `api-key …`: who may come in (X1)."""

from collections.abc import Callable

import click

from inbox_app import clock
from inbox_app.cli.operate import Answer, Id, account_option, operate, secret
from inbox_app.models import Role
from inbox_app.runtime import Runtime
from inbox_app.services.accounts import accounts, api_keys, people, two_factor
from inbox_app.services.accounts.accounts import NewAccount, NewUser
from inbox_app.vault import hash_password


@click.group()
def account() -> None:
    """Accounts: one for each company."""


@account.command("create")
@click.option("--name", required=True, help="The company's name.")
@click.option("--admin", required=True, metavar="EMAIL", help="Its first admin signs in with it.")
@click.option("--timezone", default="Europe/Rome", show_default=True, help="An IANA name.")
@click.option("--language", default="it", show_default=True)
@click.option("--country", default="IT", show_default=True, help="Two letters.")
def create_account(name: str, admin: str, timezone: str, language: str, country: str) -> Answer:
    """Make an account and its admin; the password is read from standard input."""
    new = NewAccount(name=name, timezone=timezone, language=language, country=country)
    first = NewUser(email=admin, password_hash=_password_hash(), role=Role.ADMIN)

    async def work(runtime: Runtime) -> Answer:
        async with runtime.database.transaction() as session:
            made = await accounts.create_account(session, new, first, clock.real_now())
        return {"account": str(made.account_id), "user": str(made.id)}

    return operate(work)


@click.group()
def user() -> None:
    """People who sign in."""


@user.command("create")
@account_option
@click.option("--email", required=True)
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--name", default="", help="As colleagues see it.")
def create_user(account_id: int, email: str, role: str, name: str) -> Answer:
    """Make a user of an account; the password is read from standard input."""
    new = NewUser(email=email, name=name, role=Role(role), password_hash=_password_hash())

    async def work(runtime: Runtime) -> Answer:
        async with runtime.database.transaction() as session:
            made = await accounts.create_user(session, account_id, new, clock.real_now())
        return {"user": str(made.id)}

    return operate(work)


_person_options = (account_option, click.option("--email", required=True))


def _about_person(command: Callable[..., Answer]) -> Callable[..., Answer]:
    for option in reversed(_person_options):
        command = option(command)
    return command


@user.command("reset-password")
@_about_person
def reset_password(account_id: int, email: str) -> Answer:
    """Give a person a new password, read from standard input; they are signed out everywhere."""
    hashed = _password_hash()

    async def work(runtime: Runtime) -> Answer:
        async with runtime.database.transaction() as session:
            person = await people.by_email(session, account_id, email)
            ended = await people.reset_password(session, person, hashed, clock.real_now())
        return {"user": str(person.id), "sessions_ended": ended}

    return operate(work)


@user.command("reset-two-factor")
@_about_person
def reset_two_factor(account_id: int, email: str) -> Answer:
    """For who has lost the phone: the password alone lets them in; they are signed out."""

    async def work(runtime: Runtime) -> Answer:
        async with runtime.database.transaction() as session:
            person = await people.by_email(session, account_id, email)
            ended = await two_factor.reset(session, person, clock.real_now())
        return {"user": str(person.id), "sessions_ended": ended}

    return operate(work)


@user.command("deactivate")
@_about_person
def deactivate(account_id: int, email: str) -> Answer:
    """Keep a person out; they are signed out everywhere. API keys are the account's, and stay."""

    async def work(runtime: Runtime) -> Answer:
        async with runtime.database.transaction() as session:
            person = await people.by_email(session, account_id, email)
            ended = await people.deactivate(session, person, clock.real_now())
        return {"user": str(person.id), "active": False, "sessions_ended": ended}

    return operate(work)


@user.command("activate")
@_about_person
def activate(account_id: int, email: str) -> Answer:
    """Let a person in again, with the password they had."""

    async def work(runtime: Runtime) -> Answer:
        async with runtime.database.transaction() as session:
            person = await people.by_email(session, account_id, email)
            await people.activate(session, person, clock.real_now())
        return {"user": str(person.id), "active": True}

    return operate(work)


@click.group("api-key")
def api_key() -> None:
    """Keys of the HTTP API."""


@api_key.command("create")
@account_option
@click.option("--name", required=True, help="Who will use it.")
def create_key(account_id: int, name: str) -> Answer:
    """Make a key for an account's data; it is shown this once."""

    async def work(runtime: Runtime) -> Answer:
        async with runtime.database.transaction() as session:
            made = await api_keys.create(session, account_id, name, clock.real_now())
        if made is None:
            raise click.ClickException("There is no such account.")
        row, key = made
        return {"id": str(row.id), "key": key}

    return operate(work)


@api_key.command("revoke")
@click.argument("key_id", type=Id(), metavar="KEY-ID")
def revoke_key(key_id: int) -> Answer:
    """Have a key open nothing any more."""

    async def work(runtime: Runtime) -> Answer:
        async with runtime.database.transaction() as session:
            revoked = await api_keys.revoke(session, key_id, clock.real_now())
        if not revoked:
            raise click.ClickException("There is no such key.")
        return {"ok": True}

    return operate(work)


def _password_hash() -> str:
    password = secret("Password")
    accounts.check_password(password)
    return hash_password(password)


COMMANDS = (account, user, api_key)
