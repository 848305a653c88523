"""Scores leads with Polars: one lazy query, streamed to CSV. Prints how long the query took, in seconds.

    with_polars.py RULES LEADS [EVENTS] OUTPUT
"""

import os
import runpy
import sys
import time

os.environ["POLARS_MAX_THREADS"] = "2"

import polars as pl

TYPES = {
    "text": pl.String,
    "whole": pl.Int64,
    "decimal": pl.Float64,
    "date": pl.Date,
    "instant": pl.Datetime("us", "UTC"),
    "yes_no": pl.Boolean,
}


def scan(path, columns, needed):
    """What reads the file, its columns' types told beforehand."""
    if path.endswith(".parquet"):
        return pl.scan_parquet(path)
    types = {name: TYPES[kind] for name, kind in columns}
    if path.endswith(".csv"):
        return pl.scan_csv(path, schema=types)
    # Dates and instants are text in JSON: Polars reads them as such and turns them into dates afterwards.
    timed = {name: kind for name, kind in columns if kind in ("date", "instant") and name in needed}
    frame = pl.scan_ndjson(path, schema={name: pl.String if name in timed else types[name] for name in types if name in needed})
    return frame.with_columns(
        pl.col(name).str.to_date("%Y-%m-%d")
        if kind == "date"
        else pl.col(name).str.to_datetime("%Y-%m-%dT%H:%M:%SZ", time_unit="us", time_zone="UTC")
        for name, kind in timed.items()
    )


def main(rules, leads, events, output):
    from columns import EVENTS, LEADS, used

    text = open(rules).read()
    rules = runpy.run_path(rules)
    before = time.perf_counter()
    fields = ["id", *rules["FIELDS"]]
    frame = scan(leads, LEADS, fields).select(fields).with_columns(pl.col(rules["TEXTS"]).str.to_lowercase())
    score = pl.sum_horizontal(rules["POINTS"])
    if events:
        names = used(text) | {"lead_id"}
        done = (
            scan(events, EVENTS, names)
            .filter((pl.col("at") <= rules["AS_OF"]) & pl.col("type").is_in(rules["EVENT_TYPES"]))
            .group_by("lead_id")
            .agg(pl.sum_horizontal(rules["EVENT_POINTS"]).alias("points"))
        )
        frame = frame.join(done, left_on="id", right_on="lead_id", how="left", maintain_order="none")
        score = (score + pl.col("points").fill_null(0)).round(4)
    a, b, c = rules["BANDS"]
    fit = pl.col("fit")
    (
        frame.select("id", score.clip(rules["LOWEST"], rules["HIGHEST"]).alias("fit"))
        .with_columns(
            pl.when(fit >= a).then(pl.lit("A")).when(fit >= b).then(pl.lit("B")).when(fit >= c).then(pl.lit("C")).otherwise(pl.lit("D")).alias("fit_band")
        )
        .sink_csv(output, maintain_order=False)
    )
    print(time.perf_counter() - before)


if __name__ == "__main__":
    _, rules, leads, *events, output = sys.argv
    main(rules, leads, events[0] if events else None, output)
