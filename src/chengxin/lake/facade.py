"""The doors of the lake."""

from chengxin.lake.aggregates import Aggregate, aggregate, count_rows, days_of, window_of
from chengxin.lake.comparing import differences
from chengxin.lake.datasets import explain, get_dataset, list_datasets
from chengxin.lake.engines import DuckDB, open_engine
from chengxin.lake.folder import load_folder
from chengxin.lake.keeping import forget_results
from chengxin.lake.loading import load
from chengxin.lake.olist import import_olist
from chengxin.lake.queries import get_query, list_queries
from chengxin.lake.running import once, rows_of, run
from chengxin.lake.store import Store, lake_root

__all__ = [
    "Aggregate",
    "DuckDB",
    "Store",
    "aggregate",
    "count_rows",
    "days_of",
    "differences",
    "explain",
    "forget_results",
    "get_dataset",
    "get_query",
    "import_olist",
    "lake_root",
    "list_datasets",
    "list_queries",
    "load",
    "load_folder",
    "once",
    "open_engine",
    "rows_of",
    "run",
    "window_of",
]
