"""The action server: what is slow or remote, run as durable jobs, and the schedule that inserts what is due."""
