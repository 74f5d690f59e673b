"""The environment, read once: what docs/contract.md calls Environment, checked and with its
defaults."""

import hashlib
import hmac
import os
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from inbox_app.config import secret_key
from inbox_app.config.setting_values import (
    DatabaseUrl,
    IpAddress,
    Origin,
    SmtpAddress,
    SmtpUrl,
    StorageUrl,
    Switch,
    WebAddress,
    is_loopback,
    read_smtp_url,
    split_bucket,
    split_secrets,
)

GRAPH_URL = "https://graph.facebook.com"
SIMULATOR_PATH = "/sandbox/graph"
LEAST_SECRET, GOOD_SECRET = 8, 32
"""Characters of a SECRET_KEY: fewer are refused; fewer than good ones `doctor` complains of."""


SANDBOX_APP_ID = "1234567890123456"
FACEBOOK_SDK = "https://connect.facebook.net/en_US/sdk.js"
SIMULATED_SDK = "/sandbox/facebook-sdk.js"


class Signup(NamedTuple):
    """What Meta's Embedded Signup needs: the app, its configuration, and where its script is."""

    app_id: str
    config_id: str
    sdk: str


class SettingsError(Exception):
    """A setting that cannot be used; the message is one sentence that names it."""


class Settings(BaseSettings):
    """One installation's settings; each `description` is what a refusal says after the name."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, env_file_encoding="utf-8"
    )

    port: int = Field(8000, ge=1, le=65535, description="must be a whole number from 1 to 65535")
    host: IpAddress = Field(
        "127.0.0.1", description="must be an IP address of this machine, or localhost"
    )
    public_url: Origin = Field(
        "", description="must be http:// or https://, a host and at most a port, without a path"
    )
    data_dir: Path = Field(Path("data"), description="must be a folder's path")
    database_url: DatabaseUrl = Field(
        "", repr=False, description="must start with postgresql:// or sqlite:///"
    )
    redis_url: str | None = Field(
        None,
        repr=False,
        pattern=r"^rediss?://",
        description="must start with redis:// or rediss://",
    )
    storage_url: StorageUrl = Field(
        "", repr=False, description="must be a folder's path, or s3:// with a bucket and a prefix"
    )
    storage_endpoint: WebAddress | None = Field(
        None, description="must be an http:// or https:// address"
    )
    storage_region: str = Field(
        "us-east-1", pattern=r"^[a-z0-9-]{1,40}$", description="must look like eu-south-1"
    )
    storage_key_id: SecretStr = SecretStr("")
    storage_secret: SecretStr = SecretStr("")
    smtp_url: SmtpUrl | None = Field(
        None, repr=False, description="must look like smtp://user:password@host:587"
    )
    mail_from: str = Field(
        "",
        pattern=r"^$|^[^\r\n]*[^@\s<>]+@[^@\s<>]+>?$",
        description="must be an e-mail address, or a name and one in angle brackets",
    )
    workers: int = Field(1, ge=1, le=64, description="must be a whole number from 1 to 64")
    secret_key: SecretStr = SecretStr("")
    meta_app_id: str | None = None
    meta_app_secret: SecretStr | None = None
    meta_config_id: str | None = None
    meta_verify_token: SecretStr | None = None
    meta_graph_url: WebAddress | None = Field(
        None, description="must be an http:// or https:// address"
    )
    meta_graph_version: str = Field(
        "v25.0", pattern=r"^v\d+\.\d+$", description="must look like v25.0"
    )
    sandbox: Switch = Field("auto", description="must be auto, 1 or 0")
    metrics_token: SecretStr | None = None
    trusted_proxy_hops: int = Field(
        0, ge=0, le=10, description="must be a whole number from 0 to 10"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="must be debug, info, warning or error"
    )
    log_format: Literal["text", "json"] = Field("text", description="must be text or json")

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Defaults that follow from other settings."""
        data_dir = Path(given.get("data_dir", "data")).expanduser().absolute()
        defaults = {
            "public_url": f"http://localhost:{given.get('port', 8000)}",
            "database_url": f"sqlite:///{data_dir / 'inbox.db'}",
            "storage_url": str(data_dir / "media"),
        }
        return defaults | given | {"data_dir": data_dir}

    @model_validator(mode="after")
    def _agree(self) -> Self:
        """Refuse what each setting allows and the others forbid; the message is the sentence."""
        if self.workers > 1:
            raise ValueError(
                f"WORKERS is {self.workers}, but only 1 is possible: "
                "live pages and sessions do not cross processes."
            )
        if len(split_secrets(self.meta_app_secret)) > 2:
            raise ValueError("META_APP_SECRET must be one secret, or two separated by a comma.")
        if split_bucket(self.storage_url) and not (self.storage_key_id and self.storage_secret):
            raise ValueError(
                "STORAGE_KEY_ID and STORAGE_SECRET must be given: STORAGE_URL is a bucket."
            )
        if self.smtp_url and not self.mail_from:
            raise ValueError("MAIL_FROM must be given: SMTP_URL is.")
        if 0 < len(self.secret_key.get_secret_value()) < LEAST_SECRET:
            raise ValueError(f"SECRET_KEY must hold at least {LEAST_SECRET} characters.")
        if self.sandbox == "auto" and not self.meta_app_secret and not self.is_local:
            raise ValueError(
                "SANDBOX must be set to 1 or META_APP_SECRET given: without Meta's secret the "
                "sandbox starts by itself only when HOST and PUBLIC_URL are this machine's own."
            )
        return self

    @cached_property
    def bucket(self) -> tuple[str, str] | None:
        """The name and the prefix of where files lie; None where that is a folder of this machine,
        STORAGE_URL itself."""
        return split_bucket(self.storage_url)

    @cached_property
    def smtp_address(self) -> SmtpAddress | None:
        """Where the installation's own mail goes out; None: nowhere."""
        return read_smtp_url(self.smtp_url.get_secret_value()) if self.smtp_url else None

    @cached_property
    def sandbox_mode(self) -> bool:
        """Whether Meta is played by the simulator and the demo account exists."""
        return self.sandbox == "1" or (self.sandbox == "auto" and not self.meta_app_secret)

    @cached_property
    def app_secrets(self) -> tuple[str, ...]:
        """What webhooks may be signed with; the simulator has its own; empty means closed."""
        given = split_secrets(self.meta_app_secret)
        return given or ((self._sandbox_value("app secret"),) if self.sandbox_mode else ())

    @cached_property
    def verify_token(self) -> str | None:
        """What Meta must show to subscribe to our webhooks; None means closed."""
        if self.meta_verify_token:
            return self.meta_verify_token.get_secret_value()
        return self._sandbox_value("verify token") if self.sandbox_mode else None

    @cached_property
    def signup(self) -> Signup | None:
        """None while the installation has no app with a configuration; the sandbox plays it."""
        if self.sandbox_mode:
            return Signup(SANDBOX_APP_ID, "sandbox", SIMULATED_SDK)
        if self.meta_app_id and self.meta_config_id and self.app_secrets:
            return Signup(self.meta_app_id, self.meta_config_id, FACEBOOK_SDK)
        return None

    @property
    def token_app_id(self) -> str | None:
        """The app that tokens must be of, where it is known: the simulator's where Meta is
        simulated, else the installation's."""
        simulated = self.sandbox_mode and not self.meta_graph_url
        return SANDBOX_APP_ID if simulated else self.meta_app_id

    @cached_property
    def graph_url(self) -> str:
        """Where the Graph API is: the simulator of this very process in sandbox mode."""
        if self.meta_graph_url:
            return self.meta_graph_url
        return f"{self.own_url}{SIMULATOR_PATH}" if self.sandbox_mode else GRAPH_URL

    @property
    def own_url(self) -> str:
        """Where this machine itself reaches the server."""
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - read, not bound
        host = everywhere.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def is_https(self) -> bool:
        """Whether browsers come over TLS: cookies are then Secure."""
        return self.public_url.startswith("https://")

    @cached_property
    def origins(self) -> tuple[str, ...]:
        """The origins whose pages may talk to us: the public one and, at home, its spellings."""
        public = urlsplit(self.public_url)
        if not is_loopback(public.hostname or ""):
            return (self.public_url,)
        port = f":{public.port}" if public.port else ""
        names = ("localhost", "127.0.0.1", "[::1]")
        spellings = (f"{public.scheme}://{name}{port}" for name in names)
        return tuple(dict.fromkeys((self.public_url, *spellings)))

    @property
    def push_subject(self) -> str:
        """By which a push service finds who sends: an https address, or one for mail."""
        host = urlsplit(self.public_url).hostname or "localhost"
        return self.public_url if self.is_https else f"mailto:postmaster@{host}"

    @property
    def is_local(self) -> bool:
        """Whether only this machine reaches the server."""
        return is_loopback(self.host) and is_loopback(urlsplit(self.public_url).hostname or "")

    def _sandbox_value(self, purpose: str) -> str:
        key = self.secret_key.get_secret_value().encode()
        return hmac.new(key, f"sandbox {purpose}".encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=1)
def current() -> Settings:
    """The process's settings, from the environment and `.env` (or the file that ENV_FILE names).

    Raises:
        SettingsError: with one sentence, for the first setting that cannot be used.
    """
    return load(Path(os.environ.get("ENV_FILE", ".env")))


def load(env_file: Path | None = None, **values: Any) -> Settings:
    """Settings from `values`, then the environment, then `env_file`; makes the secret key once."""
    try:
        settings = Settings(_env_file=env_file, **values)  # pyright: ignore[reportCallIssue]
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None
    given = settings.secret_key.get_secret_value()
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = given or secret_key.read_or_make(settings.data_dir)
    except OSError as error:
        why = f"DATA_DIR {settings.data_dir} cannot be used: {error.strerror}."
        raise SettingsError(why) from None
    return settings.model_copy(update={"secret_key": SecretStr(key)})


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    if not first["loc"]:
        return str(first["ctx"]["error"]) if "ctx" in first else first["msg"]
    name = str(first["loc"][0])
    field = Settings.model_fields[name]
    got = f", not {first['input']!r}" if field.repr else ""
    return f"{name.upper()} {field.description or 'cannot be used'}{got}."
