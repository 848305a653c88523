"""The columns of the benchmark's data, as the programs that use DuckDB and Polars need them."""

import re

LEADS = [
    ("id", "text"),
    ("email", "text"),
    ("first_name", "text"),
    ("last_name", "text"),
    ("company", "text"),
    ("title", "text"),
    ("department", "text"),
    ("industry", "text"),
    ("country", "text"),
    ("city", "text"),
    ("source", "text"),
    ("language", "text"),
    ("website", "text"),
    ("phone", "text"),
    ("employees", "whole"),
    ("revenue", "decimal"),
    ("visits", "whole"),
    ("budget", "decimal"),
    ("created", "date"),
    ("last_contact", "date"),
    ("consent", "yes_no"),
    ("customer", "yes_no"),
]

EVENTS = [
    ("lead_id", "text"),
    ("type", "text"),
    ("at", "instant"),
    ("path", "text"),
    ("seconds", "whole"),
    ("asset", "text"),
    ("campaign", "text"),
    ("attended", "yes_no"),
    ("device", "text"),
    ("session", "text"),
]


def used(query):
    """The names that a query could mean."""
    return set(re.findall(r"[a-z_]+", query))
