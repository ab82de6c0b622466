"""Mass facts of trade (交易数据): deliveries in, Parquet by platform and day, one query text for DuckDB and Spark."""
