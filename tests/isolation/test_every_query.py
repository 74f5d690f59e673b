"""Every query on a table of accounts names the account, so that isolation is nobody's memory.

A statement is read where it is written: together with the functions and constants of its module
that it uses, it compares ``account_id`` of one of its tables; the others are joined to that one by
their keys. What is correlated to an outer statement is bound by that. What may do without is
listed here, each with the reason.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import inbox_app.models  # noqa: F401  fills the registry
from inbox_app import runtime

APP = Path(runtime.__file__).parent
ALL_ACCOUNTS = "is of the installation, for all accounts alike"
THE_SECRET_SAYS = "finds out whose it is: a fingerprint of a secret says so"
THE_CHANNEL_SAYS = "finds out whose it is: the channel names its own id of our end"
BY_AN_OPERATOR = "is done by who operates the installation, by the id that a list told them"
OWN_ID = "takes an id that its caller has just read, or written, under the account"
BY_CONNECTION = "goes by ids of a connection, and that is one account's"
ONE_BROWSER = "is about one browser's address, whoever was signed in there"
A_BATCH = "takes what came for several accounts, by ids found under each one's in the transaction"

WITHOUT: dict[str, str] = {
    "operating/doctor/checks.py:_connections": ALL_ACCOUNTS,
    "operating/doctor/check_storage.py:files_are_there": ALL_ACCOUNTS,
    "jobs/publish_connections.py:_connections": ALL_ACCOUNTS,
    "queries/operations.py:_outbox": ALL_ACCOUNTS,
    "queries/accounts/retention.py:retentions": ALL_ACCOUNTS,
    "services/accounts/sign_in.py:prune": ALL_ACCOUNTS,
    "services/sending/attach.py:forget_old_uploads": ALL_ACCOUNTS,
    "services/calendars/read_in_turns.py:_ADDRESSES": ALL_ACCOUNTS,
    "services/connecting/advance_setup.py:running_setups": ALL_ACCOUNTS,
    "services/connecting/record_health.py:due": ALL_ACCOUNTS,
    "services/imports/work.py:at_work": ALL_ACCOUNTS,
    "services/upkeep/prune.py:imports": ALL_ACCOUNTS,
    "services/conversations/wake_snoozed.py:anything_due": ALL_ACCOUNTS,
    "services/conversations/wake_snoozed.py:wake_due": ALL_ACCOUNTS,
    "services/conversations/assign_by_rules.py:_GIVE": A_BATCH,
    "services/conversations/reckon_waiting.py:_FACTS": A_BATCH,
    "services/conversations/reckon_waiting.py:_WRITE": A_BATCH,
    "services/intake/note_waiting.py:_STANDINGS": A_BATCH,
    "services/intake/note_waiting.py:_STAND": A_BATCH,
    "services/figures/count_new.py:_WAITS": A_BATCH,
    "services/figures/count_new.py:_keep_waits": A_BATCH,
    "services/figures/mark.py:look": ALL_ACCOUNTS,
    "services/upkeep/clamp_future_times.py:_in_the_order_of_the_list": ALL_ACCOUNTS,
    "queries/accounts/live_sessions.py:live_sessions": ALL_ACCOUNTS,
    "services/intake/delivery.py:_MISSED": ALL_ACCOUNTS,
    "services/intake/history.py:_FILL": A_BATCH,
    "services/intake/history.py:_PLACEHOLDERS": BY_CONNECTION,
    "services/intake/store_webhook.py:requeue_connected": ALL_ACCOUNTS,
    "services/media/claim_fetches.py:claim": ALL_ACCOUNTS,
    "services/media/claim_fetches.py:is_due": ALL_ACCOUNTS,
    "services/media/claim_fetches.py:next_due": ALL_ACCOUNTS,
    "services/sending/claim_sends.py:abandon": ALL_ACCOUNTS,
    "services/sending/claim_sends.py:clear_pauses": ALL_ACCOUNTS,
    "services/sending/claim_sends.py:next_due": ALL_ACCOUNTS,
    "services/sending/hold_sends.py:_to_hold": ALL_ACCOUNTS,
    "services/sending/send_job.py:select_sends": ALL_ACCOUNTS,
    "services/sending/later_sends.py:_due": ALL_ACCOUNTS,
    "services/upkeep/prune.py:told_webhooks": ALL_ACCOUNTS,
    "services/notifications/devices.py:_take_from_others": ONE_BROWSER,
    "services/notifications/due_pushes.py:_due": ALL_ACCOUNTS,
    "services/notifications/due_pushes.py:_next_at": ALL_ACCOUNTS,
    "services/notifications/spread.py:is_anything_noted": ALL_ACCOUNTS,
    "services/notifications/spread.py:_next": ALL_ACCOUNTS,
    "services/notifications/spread.py:clear_read": ALL_ACCOUNTS,
    "services/notifications/urgent_mails.py:claim": ALL_ACCOUNTS,
    "services/webhooks/due_deliveries.py:_first_times": ALL_ACCOUNTS,
    "services/webhooks/due_deliveries.py:_of_endpoint": OWN_ID,
    "services/webhooks/note_closing.py:note_closing": ALL_ACCOUNTS,
    "services/webhooks/write_deliveries.py:is_anything_noted": ALL_ACCOUNTS,
    "services/webhooks/write_deliveries.py:_next": ALL_ACCOUNTS,
    "services/accounts/api_keys.py:holder_of": THE_SECRET_SAYS,
    "services/accounts/mails.py:claim": ALL_ACCOUNTS,
    "services/accounts/sign_in.py:end": THE_SECRET_SAYS,
    "services/accounts/passwords.py:_link": THE_SECRET_SAYS,
    "services/connecting/apply_account_changes.py:_concerned": THE_CHANNEL_SAYS,
    "services/intake/receive.py:_endpoints": THE_CHANNEL_SAYS,
    "services/intake/receive.py:_NOTE_EVENT": BY_CONNECTION,
    "services/intake/assign_conversations.py:leave_out_known": BY_CONNECTION,
    "services/intake/delivery.py:_EARLY": BY_CONNECTION,
    "services/intake/status_updates.py:_OUTGOING": BY_CONNECTION,
    "services/sending/mark_failed.py:give_back_refused": BY_CONNECTION,
    "services/intake/delivery.py:_FORGET": A_BATCH,
    "services/intake/find_address.py:_UPDATE": A_BATCH,
    "services/intake/find_conversation.py:_of_people": A_BATCH,
    "services/intake/find_conversation.py:_take_waiting": A_BATCH,
    "services/intake/find_conversation.py:_LINK": A_BATCH,
    "services/intake/find_conversation.py:_GIVE_ADDRESS": A_BATCH,
    "services/intake/status_updates.py:_UPDATE": A_BATCH,
    "services/intake/write_messages.py:_ARRIVE": A_BATCH,
    "services/accounts/api_keys.py:revoke": BY_AN_OPERATOR,
    "sandbox/demo/history.py:_mark": OWN_ID,
    "sandbox/demo/history.py:_read": OWN_ID,
    "sandbox/demo/history.py:_we_sent_template": OWN_ID,
    "sandbox/demo/history.py:_we_wrote": OWN_ID,
    "services/accounts/sign_in.py:seen": OWN_ID,
    "services/intake/delivery.py:settle_early_statuses": OWN_ID,
    "services/sending/send.py:put_in_outbox": OWN_ID,
}
TABLES = {
    mapper.class_.__name__
    for mapper in SQLModel._sa_registry.mappers
    if "account_id" in mapper.local_table.columns
}
_VERBS = {"select", "update", "delete"}
_BY_KEY = {"get", "get_one"}
_FROM = _VERBS | _BY_KEY | {"join", "outerjoin", "select_from"}
_CORRELATED = {"correlate", "correlate_except"}


def test_every_query_names_its_account() -> None:
    assert [where for where in _nameless() if where not in WITHOUT] == []


def test_nothing_is_listed_that_names_it() -> None:
    assert [where for where in WITHOUT if where not in _nameless()] == []


@pytest.mark.parametrize(
    "code",
    [
        "def f(): return select(Actor).where(col(Actor.id) == 1)",
        "def f(): return select(Actor.account_id).where(col(Actor.id) == 1)",
        "def f(): return update(Actor).where(col(Actor.id) == 1).values(name='')",
        "async def f(s): return await s.exec(sqlmodel.delete(Actor))",
        "async def f(s): actor = await s.get(Actor, 1); return actor.account_id",
        "MINE = select(Actor)\ndef f(): return select(Account).where(Account.account_id == 1)",
        "def f(): return select(Actor).where(col(Draft.account_id) == 1)",
        "def f(): return select(Actor.id).where(Actor.account_id == 1, x.in_(select(Draft.id)))",
        "ALL = select(Actor)\ndef f(a): return ALL.where(col(Actor.id) == a)",
        "class C:\n  def f(self): return select(Message.id).join(Media)",
    ],
)
def test_what_names_no_account_is_seen(code: str) -> None:
    assert list(_nameless_in(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "def f(a): return select(Actor).where(col(Actor.account_id) == a)",
        "def f(a): return select(Actor).where(col(Actor.account_id).in_(a))",
        "def f(a): return select(Actor, Draft).join(Draft).where(*_of(a))\n"
        "def _of(a): return (col(Actor.account_id) == a,)",
        "def f(): return run(OURS)\nOURS = update(Actor).where(Actor.account_id == bindparam('a'))",
        "async def f(s, a):\n  actor = await s.get(Actor, 1)\n  return actor.account_id == a",
        "def f(): return select(Actor.id).where(Actor.id == Draft.id).correlate(Draft).exists()",
        "ALL = select(Actor)\ndef f(a): return ALL.where(col(Actor.account_id) == a)",
        "def f(): return select(Account)",
    ],
)
def test_what_names_it_passes(code: str) -> None:
    assert not list(_nameless_in(ast.parse(code)))


@cache
def _nameless() -> list[str]:
    """«file:function» of each that asks without naming the account."""
    sources = {file: file.read_text() for file in sorted(APP.rglob("*.py"))}
    return [
        f"{file.relative_to(APP)}:{name}"
        for file, source in sources.items()
        if "inbox_app.models" in source
        for name in _nameless_in(ast.parse(source))
    ]


def _nameless_in(module: ast.Module) -> Iterator[str]:
    parts = dict(_parts(module.body))
    for name, part in parts.items():
        named = _named(part, parts, set())
        if any(not named & tables for tables in _asked(part)) and not _is_named_in_use(name, parts):
            yield name


def _parts(body: list[ast.stmt]) -> Iterator[tuple[str, ast.stmt]]:
    """Functions, methods and constants, by name."""
    for part in body:
        if isinstance(part, ast.ClassDef):
            yield from _parts(part.body)
        elif isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            yield part.name, part
        else:
            targets = part.targets if isinstance(part, ast.Assign) else [part]
            yield ast.unparse(targets[0]), part


def _is_named_in_use(name: str, parts: dict[str, ast.stmt]) -> bool:
    """A constant may leave it to all that use it."""
    users = [part for part in parts.values() if name in _names(part) and part is not parts[name]]
    tables = set[str]().union(*_asked(parts[name]))
    is_constant = isinstance(parts[name], ast.Assign)
    return is_constant and all(_compared(part) & tables for part in users) and bool(users)


def _names(part: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(part) if isinstance(node, ast.Name)}


def _named(part: ast.stmt, parts: dict[str, ast.stmt], seen: set[str]) -> set[str]:
    """The tables whose account is compared there, or in what is used there."""
    used = _names(part) & set(parts) - seen
    seen |= used
    named = _compared(part) | _compared_after_get(part)
    return named.union(*(_named(parts[name], parts, seen) for name in used))


def _compared(part: ast.AST) -> set[str]:
    """``Table.account_id`` beside something else, or among several."""
    conditions = [
        node
        for node in ast.walk(part)
        if isinstance(node, ast.Compare)
        or (isinstance(node, ast.Call) and _called(node) in {"in_", "is_"})
    ]
    return {owner for node in conditions for owner in _owners(node) if owner in TABLES}


def _compared_after_get(part: ast.AST) -> set[str]:
    """The table of a row that was got by its key, and whose account is compared then."""
    compared = {
        owner for node in ast.walk(part) if isinstance(node, ast.Compare) for owner in _owners(node)
    }
    return {
        table
        for node in ast.walk(part)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in compared
        for tables in _asked(node)
        for table in tables
    }


def _owners(condition: ast.AST) -> set[str]:
    return {
        node.value.id
        for node in ast.walk(condition)
        if isinstance(node, ast.Attribute)
        and node.attr == "account_id"
        and isinstance(node.value, ast.Name)
    }


def _asked(part: ast.AST) -> Iterator[set[str]]:
    """The tables of accounts in each statement, that is in a whole chain of calls."""
    for node in ast.iter_child_nodes(part):
        chain = list(_chain(node))
        if not any(_asks(call) for call in chain):
            yield from _asked(node)
            continue
        if not any(_called(call) in _CORRELATED for call in chain):
            tables = _tables(call for call in chain if _called(call) in _FROM) or _tables(chain)
            yield from [tables] if tables else []
        for call in chain:
            yield from _asked(ast.Tuple(elts=[*call.args, *(one.value for one in call.keywords)]))


def _tables(calls: Iterable[ast.Call]) -> set[str]:
    arguments = (argument for call in calls for argument in call.args)
    return set[str]().union(*map(_names, arguments)) & TABLES


def _chain(node: ast.AST) -> Iterator[ast.Call]:
    """``a().b().c()``: the calls from the last to the first."""
    while isinstance(node, ast.Call):
        yield node
        node = node.func.value if isinstance(node.func, ast.Attribute) else node.func


def _asks(call: ast.Call) -> bool:
    if _called(call) in _BY_KEY:
        return any(isinstance(given, ast.Name) and given.id in TABLES for given in call.args[:1])
    return _called(call) in _VERBS


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
