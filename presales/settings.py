"""The settings, read from PRESALES_* once; a wrong value is one clear line that names the setting."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from domain.dealer import Dealer
from domain.money import LeiRate

PREFIX = "PRESALES_"
SANDBOX_TOKEN = "42:sandbox"  # noqa: S105  the sandbox takes any token
SANDBOX_SERVICE_TOKEN = "sandbox"  # noqa: S105  the one that the sandbox's Catalog and Sales take
LARGEST_LOGO = 2_000_000  # bytes


class SettingsError(ValueError):
    """A setting that cannot be used; its text is for the person who installs."""


class Settings(BaseSettings):
    """Everything that can be set; names are the environment's without their prefix."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore")

    telegram_token: str = ""
    telegram_api_url: str = "https://api.telegram.org"
    database_url: str = ""
    data_dir: Path = Path("var")
    nlu_url: Annotated[tuple[str, ...], NoDecode] = ()
    catalog_url: str = ""
    catalog_token: str = ""
    sales_url: str = ""
    sales_token: str = ""
    timezone: str = "Europe/Bucharest"
    language: Literal["en", "ro"] = "en"
    currency: str = Field(default="EUR", pattern=r"^[A-Z]{3}$")
    region: str = Field(default="RO", pattern=r"^[A-Z]{2}$")
    dealer_name: str = Field(default="PreSales", min_length=1, max_length=200)
    dealer_address: str = Field(default="", max_length=200)
    dealer_cui: str = Field(default="", max_length=40)
    dealer_registration: str = Field(default="", max_length=40)
    dealer_iban: str = Field(default="", max_length=60)
    dealer_bank: str = Field(default="", max_length=80)
    dealer_phone: str = Field(default="", max_length=40)
    dealer_email: str = Field(default="", max_length=120)
    dealer_web: str = Field(default="", max_length=120)
    dealer_logo: Path | None = None
    idle_days: int = Field(default=14, ge=1, le=365)
    retention_days: int = Field(default=30, ge=1, le=3650)
    discount_limit: Decimal = Field(default=Decimal(5), ge=0, lt=100)  # percent
    offer_days: int = Field(default=14, ge=1, le=365)
    lei_rate: Decimal | None = Field(default=None, gt=0, lt=1000)  # lei for one unit of the currency
    lei_rate_day: date | None = None
    webhook_url: str = ""
    log_format: Literal["text", "json"] = "text"
    sandbox_port: int = Field(default=8081, ge=1, le=65535)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is no IANA time zone such as Europe/Bucharest")
        ZoneInfo(value)
        return value

    @field_validator("nlu_url", mode="before")
    @classmethod
    def _several(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(address.strip().rstrip("/") for address in value.split(",") if address.strip())

    @field_validator("nlu_url")
    @classmethod
    def _addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for address in value:
            _http(address)
        return value

    @field_validator("telegram_api_url", "catalog_url", "sales_url")
    @classmethod
    def _address(cls, value: str) -> str:
        return _http(value) if value else value

    @field_validator("webhook_url")
    @classmethod
    def _polling(cls, value: str) -> str:
        if value:
            raise ValueError("webhooks are not served; leave it empty, and updates are polled")
        return value

    @field_validator("dealer_logo", mode="before")
    @classmethod
    def _no_logo(cls, value: object) -> object:
        return value or None

    @field_validator("dealer_logo")
    @classmethod
    def _picture(cls, value: Path | None) -> Path | None:
        if value is None:
            return None
        if value.suffix.lower() not in {".png", ".jpg", ".jpeg"} or not value.is_file():
            raise ValueError("is no PNG or JPEG file that can be read")
        if value.stat().st_size > LARGEST_LOGO:
            raise ValueError("is larger than 2 MB; every document would carry it")
        return value.absolute()

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, value: str) -> str:
        if value and ":" not in value:
            raise ValueError("is no bot token (it looks like 123456:ABC…, from @BotFather)")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value

    @property
    def lei(self) -> LeiRate | None:
        """The rate by which offers say their sum in lei too; None unless both its settings are there."""
        if self.lei_rate is None or self.lei_rate_day is None:
            return None
        return LeiRate(self.currency, self.lei_rate, self.lei_rate_day)

    @property
    def dealer(self) -> Dealer:
        """The dealership as its documents show it."""
        return Dealer(
            name=self.dealer_name,
            address=self.dealer_address,
            cui=self.dealer_cui,
            registration=self.dealer_registration,
            iban=self.dealer_iban,
            bank=self.dealer_bank,
            phone=self.dealer_phone,
            email=self.dealer_email,
            web=self.dealer_web,
            logo=self.dealer_logo,
        )

    @property
    def database(self) -> str:
        """The database's address: a file in the data directory where none is set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'presales.db'}"


def load() -> Settings:
    """Read the environment; raises SettingsError with one line for the first wrong setting."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{name}: {reason}") from None


def _http(value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        usable = False
    if not usable:
        raise ValueError("must be an address such as http://127.0.0.1:5005")
    return value.rstrip("/")
