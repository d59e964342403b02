"""Queries as PostgreSQL reads them."""

from __future__ import annotations

from qa.store.postgres.dialect import TABLES, columns, layout, translated


def test_a_query_sees_the_rows_of_one_segment_alone():
    found = translated("SELECT row FROM passages JOIN articles ON row = first_row WHERE id = ?", 7)
    for table in ("passages", "articles"):
        assert f"{table} AS NOT MATERIALIZED (SELECT * FROM sitasi.{table} WHERE segment = 7)" in found
    assert found.endswith('SELECT "row" FROM passages JOIN articles ON "row" = first_row WHERE id = %s')


def test_percent_signs_and_case_mean_what_they_mean_in_sqlite():
    assert translated("SELECT 1 WHERE '%' LIKE ?", 1) == "SELECT 1 WHERE '%%' ILIKE %s"


def test_every_table_is_made_and_emptied_with_its_segment():
    statements = layout()
    for table in TABLES:
        assert any(f"CREATE TABLE IF NOT EXISTS sitasi.{table} (segment int NOT NULL" in each for each in statements)
        assert any(f"DELETE FROM sitasi.{table} WHERE segment = OLD.id" in each for each in statements)
    assert columns("passages") == '"row", article, start, "end", story'
