#!/usr/bin/env python3
"""The coverage of many packages at once, out of their tables: `coverage.py FOLDER [duckdb|spark]`.

FOLDER holds a folder of tables for each package, as `prm build --format csv -o FOLDER/NAME/datapackage.json` writes them. It
prints, for each catalog, how many requirements fare how in all packages together, and the requirements that most packages
leave uncovered. Both engines answer the same question in SQL and print the same lines.
"""

import sys
from pathlib import Path

STATUSES = """
SELECT catalog, status, count(*) AS requirements FROM coverage GROUP BY catalog, status ORDER BY catalog, status
"""
OPEN = """
SELECT catalog, requirement, count(*) AS packages FROM coverage WHERE status = 'uncovered'
GROUP BY catalog, requirement ORDER BY packages DESC, catalog, requirement LIMIT 5
"""


def duckdb(pattern: str):
    import duckdb

    engine = duckdb.connect()
    # Every column is text: a reader that guesses makes 5.1 of the ID 5.10.
    quoted = pattern.replace("'", "''")
    engine.execute(f"CREATE VIEW coverage AS SELECT * FROM read_csv('{quoted}', all_varchar = true)")
    return lambda question: engine.execute(question).fetchall()


def spark(pattern: str):
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[2]").appName("coverage").config("spark.ui.enabled", "false").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    rows = session.read.option("header", True).option("multiLine", True).option("escape", '"').csv(pattern)
    rows.createOrReplaceTempView("coverage")
    return lambda question: [tuple(row) for row in session.sql(question).collect()]


def main(folder: Path, engine: str) -> None:
    ask = {"duckdb": duckdb, "spark": spark}[engine](str(folder / "*" / "coverage.csv"))
    for question in (STATUSES, OPEN):
        for row in ask(question):
            print(*row, sep="\t")
        print()


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[2:] not in ([], ["duckdb"], ["spark"]):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "duckdb")
