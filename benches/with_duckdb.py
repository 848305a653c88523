"""Scores leads with DuckDB: one query, written to CSV. Prints how long the query took, in seconds.

    with_duckdb.py SQL LEADS [EVENTS] OUTPUT
"""

import sys
import time

import duckdb

TYPES = {
    "text": "VARCHAR",
    "whole": "BIGINT",
    "decimal": "DOUBLE",
    "date": "DATE",
    "instant": "TIMESTAMPTZ",
    "yes_no": "BOOLEAN",
}


def reader(path, columns):
    """What reads the file, its columns' types told beforehand: nothing has to be guessed, and what is not used is skipped."""
    types = ", ".join(f"'{name}': '{TYPES[kind]}'" for name, kind in columns)
    if path.endswith(".csv"):
        return f"read_csv('{path}', header = true, columns = {{{types}}})"
    if path.endswith(".ndjson"):
        return f"read_json('{path}', format = 'newline_delimited', columns = {{{types}}})"
    return f"read_parquet('{path}')"


def main(sql, leads, events, output):
    from columns import EVENTS, LEADS, used

    query = open(sql).read()
    before = time.perf_counter()
    connection = duckdb.connect()
    # The order of the rows is free: leads may come out in any.
    # The order of the rows is free: leads may come out in any. `in_clause` turns each list of values into a join, which
    # takes six times as long where there are hundreds.
    for setting in (
        "threads = 2",
        "preserve_insertion_order = false",
        "TimeZone = 'UTC'",
        "max_expression_depth = 10000",
        "disabled_optimizers = 'in_clause'",
    ):
        connection.execute(f"SET {setting}")
    query = query.replace("{leads}", reader(leads, columns_for(leads, LEADS, used(query))))
    if events:
        query = query.replace("{events}", reader(events, columns_for(events, EVENTS, used(query))))
    connection.execute(f"COPY ({query}) TO '{output}' (HEADER, DELIMITER ',')")
    print(time.perf_counter() - before)


def columns_for(path, columns, names):
    """All columns of a CSV file, which has them by place; of a JSON file those that the query names."""
    return columns if path.endswith(".csv") else [(name, kind) for name, kind in columns if name in names]


if __name__ == "__main__":
    _, sql, leads, *events, output = sys.argv
    main(sql, leads, events[0] if events else None, output)
