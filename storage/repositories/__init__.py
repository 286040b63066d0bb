"""The repositories of `domain.ports` over a session."""

from storage.repositories.activities import Activities
from storage.repositories.calendar import Calendar
from storage.repositories.customers import Customers
from storage.repositories.opportunities import Opportunities
from storage.repositories.subscriptions import Subscriptions
from storage.repositories.team import Team
from storage.repositories.trade import Configurations, Offers, Orders

__all__ = [
    "Activities",
    "Calendar",
    "Configurations",
    "Customers",
    "Offers",
    "Opportunities",
    "Orders",
    "Subscriptions",
    "Team",
]
