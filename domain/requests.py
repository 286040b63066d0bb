"""Asking the director for a customer of somebody else's, or of the company: one request, one decision."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(eq=False)
class ClientRequest:
    """An agent asks for a customer; `granted` is None until the director has decided."""

    customer_id: int
    agent_id: int
    created_at: datetime
    granted: bool | None = None
    decided_at: datetime | None = None
    decided_by: int | None = None
    id: int = field(default=0, kw_only=True)
    version: int = field(default=1, kw_only=True)
