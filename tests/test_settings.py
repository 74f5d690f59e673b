"""The environment: defaults, refusals in one sentence, the sandbox's own rule, the secret key."""

from pathlib import Path
from typing import Any

import pytest

from inbox_app.config.settings import Settings, SettingsError, Signup, load

KEY = "k" * 32
EVERYWHERE = "0.0.0.0"  # noqa: S104 - nothing is bound


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


def test_without_any_setting_it_is_a_sandbox_on_this_machine(tmp_path: Path) -> None:
    settings = load()
    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8000, 1)
    assert settings.public_url == "http://localhost:8000"
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path}/data/inbox.db"
    assert settings.sandbox_mode
    assert not settings.is_https
    assert settings.graph_url == "http://127.0.0.1:8000/sandbox/graph"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "abc", "PORT must be a whole number from 1 to 65535, not 'abc'."),
        ("PORT", "70000", "PORT must be a whole number from 1 to 65535, not '70000'."),
        ("HOST", "nowhere", "HOST must be an IP address of this machine, or localhost"),
        ("PUBLIC_URL", "inbox.example.com", "PUBLIC_URL must be http:// or https://"),
        ("PUBLIC_URL", "https://inbox.example.com/app", "PUBLIC_URL must be http:// or https://"),
        ("PUBLIC_URL", "https://inbox.example.com:port", "PUBLIC_URL must be http:// or https://"),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL must start with postgresql:// or sqlite:///."),
        ("REDIS_URL", "localhost", "REDIS_URL must start with redis:// or rediss://."),
        (
            "STORAGE_URL",
            "https://s3/b",
            "STORAGE_URL must be a folder's path, or s3:// with a bucket",
        ),
        (
            "STORAGE_URL",
            "s3://b?x=1",
            "STORAGE_URL must be a folder's path, or s3:// with a bucket",
        ),
        ("STORAGE_URL", "s3://bucket/files", "STORAGE_KEY_ID and STORAGE_SECRET must be given"),
        ("STORAGE_ENDPOINT", "s3.example.com", "STORAGE_ENDPOINT must be an http:// or https://"),
        ("STORAGE_REGION", "Milan!", "STORAGE_REGION must look like eu-south-1, not 'Milan!'."),
        ("WORKERS", "0", "WORKERS must be a whole number from 1 to 64, not '0'."),
        ("WORKERS", "2", "WORKERS is 2, but only 1 is possible"),
        ("SECRET_KEY", "short", "SECRET_KEY must hold at least 8 characters."),
        ("META_APP_SECRET", "a,b,c", "META_APP_SECRET must be one secret, or two separated"),
        ("META_GRAPH_URL", "graph", "META_GRAPH_URL must be an http:// or https:// address"),
        ("META_GRAPH_VERSION", "25", "META_GRAPH_VERSION must look like v25.0, not '25'."),
        ("SANDBOX", "perhaps", "SANDBOX must be auto, 1 or 0, not 'perhaps'."),
        ("TRUSTED_PROXY_HOPS", "-1", "TRUSTED_PROXY_HOPS must be a whole number from 0 to 10"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL must be debug, info, warning or error, not 'loud'."),
        ("LOG_FORMAT", "xml", "LOG_FORMAT must be text or json, not 'xml'."),
        ("DATA_DIR", "/dev/null/data", "DATA_DIR /dev/null/data cannot be used"),
    ],
)
def test_a_bad_setting_is_refused_in_one_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refusal:
        load()
    assert str(refusal.value).startswith(sentence)
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://inbox:hunter2@db"),
        ("REDIS_URL", "http://:hunter2@cache"),
        ("SECRET_KEY", "hunter2"),
        ("META_APP_SECRET", "hunter2,a,b"),
        ("STORAGE_URL", "s3://key:hunter2@bucket"),
    ],
)
def test_a_refusal_does_not_repeat_a_secret(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refusal:
        load()
    assert "hunter2" not in str(refusal.value)


def test_settings_do_not_show_their_secrets_when_printed() -> None:
    settings = load(
        secret_key=KEY,
        meta_app_secret="hunter2",
        meta_verify_token="hunter2",
        metrics_token="hunter2",
        storage_key_id="hunter2",
        storage_secret="hunter2",
        database_url="postgresql://inbox:hunter2@db/inbox",
        redis_url="redis://:hunter2@cache",
    )
    assert "hunter2" not in repr(settings)
    assert KEY not in repr(settings)


@pytest.mark.parametrize(
    ("given", "folder", "bucket"),
    [
        ({}, "{data}/media", None),
        ({"storage_url": "/mnt/files"}, "/mnt/files", None),
        ({"storage_url": "s3://files"}, None, ("files", "")),
        ({"storage_url": "s3://files/inbox/media/"}, None, ("files", "inbox/media")),
    ],
)
def test_files_lie_in_a_folder_or_in_a_bucket(
    tmp_path: Path, given: dict[str, Any], folder: str | None, bucket: tuple[str, str] | None
) -> None:
    settings = load(**given, storage_key_id="an id", storage_secret="a secret")
    assert settings.bucket == bucket
    if folder:
        assert settings.storage_url == folder.format(data=tmp_path / "data")


@pytest.mark.parametrize(
    ("given", "sandbox"),
    [
        ({}, True),
        ({"host": "::1", "public_url": "http://127.0.0.1:9000"}, True),
        ({"public_url": "https://localhost:8443"}, True),
        ({"meta_app_secret": "s"}, False),
        ({"meta_app_secret": "s", "host": EVERYWHERE, "public_url": "https://a.example"}, False),
        ({"host": EVERYWHERE, "sandbox": "1"}, True),
        ({"host": EVERYWHERE, "sandbox": "true"}, True),
        ({"meta_app_secret": "s", "sandbox": "1"}, True),
        ({"sandbox": "0"}, False),
        ({"host": EVERYWHERE, "sandbox": "0"}, False),
    ],
)
def test_the_sandbox_is_on_where_nobody_else_can_come_or_somebody_asked(
    given: dict[str, Any], sandbox: bool
) -> None:
    assert load(**given).sandbox_mode is sandbox


@pytest.mark.parametrize(
    "given",
    [
        {"host": EVERYWHERE},
        {"host": "192.0.2.1"},
        {"public_url": "https://inbox.example.com"},
        {"public_url": "http://localhost.example.com"},
    ],
)
def test_the_sandbox_never_opens_by_accident_where_others_can_come(given: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match=r"^SANDBOX must be set to 1 or META_APP_SECRET given"):
        load(**given)


def test_two_app_secrets_live_side_by_side_while_one_is_rotated() -> None:
    assert load(meta_app_secret="old, new").app_secrets == ("old", "new")


@pytest.mark.parametrize("name", ["META_APP_ID", "META_CONFIG_ID"])
def test_an_id_of_metas_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "test-app")
    assert getattr(load(), name.lower()) == "test-app"


def test_webhooks_are_closed_without_a_secret_outside_the_sandbox() -> None:
    settings = load(sandbox="0")
    assert settings.app_secrets == ()
    assert settings.verify_token is None


def test_the_simulator_has_secrets_of_its_own_that_stay_the_same() -> None:
    first, second = load(), load()
    assert first.app_secrets == second.app_secrets
    assert len(first.app_secrets) == 1
    assert first.verify_token not in {None, *first.app_secrets}


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:////srv/inbox.db", "sqlite+aiosqlite:////srv/inbox.db"),
    ],
)
def test_the_database_is_reached_without_stalling_the_loop(given: str, used: str) -> None:
    assert load(database_url=given).database_url == used


@pytest.mark.parametrize(
    ("public_url", "origins"),
    [
        ("https://inbox.example.com", ("https://inbox.example.com",)),
        ("https://Inbox.Example.com:443/", ("https://inbox.example.com",)),
        ("https://inbox.example.com:8443", ("https://inbox.example.com:8443",)),
        (
            "http://127.0.0.1:8000",
            ("http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"),
        ),
    ],
)
def test_pages_come_from_the_public_origin_or_from_a_spelling_of_this_machine(
    public_url: str, origins: tuple[str, ...]
) -> None:
    assert load(public_url=public_url, meta_app_secret="s").origins == origins


def test_the_secret_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first, second = load(), load()
    assert first.secret_key == second.secret_key
    file = tmp_path / "data" / "secret_key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_text()) >= 43


def test_a_given_secret_key_leaves_no_file(tmp_path: Path) -> None:
    assert load(secret_key=KEY).secret_key.get_secret_value() == KEY
    assert list((tmp_path / "data").iterdir()) == []


def test_an_env_file_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "settings"
    file.write_text("PORT=9001\nLOG_LEVEL=debug\nSOMETHING_ELSE=1\nWORKERS=\n")
    monkeypatch.setenv("PORT", "9002")
    settings = load(file)
    assert (settings.port, settings.log_level, settings.workers) == (9002, "debug", 1)
    assert settings.public_url == "http://localhost:9002"


def test_the_example_holds_every_setting_and_nothing_else() -> None:
    example = Path(__file__).parent.parent.joinpath(".env.example").read_text()
    named = {line[2:].split("=")[0] for line in example.splitlines() if line.startswith("# ")}
    settings = {name.upper() for name in Settings.model_fields}
    assert settings == {name for name in named if name.isupper()}


def test_embedded_signup_wants_app_configuration_and_secret_or_the_sandbox(tmp_path: Path) -> None:
    whole = {"meta_app_id": "1", "meta_config_id": "2", "meta_app_secret": "s"}
    live = load(None, data_dir=tmp_path, **whole).signup
    assert live == Signup("1", "2", "https://connect.facebook.net/en_US/sdk.js")
    for missing in whole:
        given = {name: value for name, value in whole.items() if name != missing}
        assert load(None, data_dir=tmp_path, sandbox="0", **given).signup is None
    played = load(None, data_dir=tmp_path, sandbox="1", **whole).signup
    assert played is not None
    assert played.sdk.startswith("/sandbox/")
