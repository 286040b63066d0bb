"""What has happened that others may follow from: emitted by use cases, answered in `domain.reactions` before the commit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TestDriveDone:
    """A customer has driven the car."""

    customer_id: int
    activity_id: int
    __test__ = False  # its name is the field's own, and no test class


@dataclass(frozen=True, slots=True)
class OfferSent:
    """A customer was handed an offer of this deal."""

    opportunity_id: int


@dataclass(frozen=True, slots=True)
class OrderAccepted:
    """Sales accepted an order of this deal."""

    opportunity_id: int


@dataclass(frozen=True, slots=True)
class OrderCancelled:
    """Sales cancelled the accepted order of this deal."""

    opportunity_id: int


Event = TestDriveDone | OfferSent | OrderAccepted | OrderCancelled
