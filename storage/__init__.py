"""Everything durable: tables, mapping, repositories, unit of work, inbox, outbox, jobs, audit, migrations."""
