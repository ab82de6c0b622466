"""Score ratings; find dense blocks, bursts of bad reviews, papers that disagree, and raters to look at first."""

from chengxin.reputation.attacks import find_attacks
from chengxin.reputation.computing import block_version, rank_raters, report_blocks, score
from chengxin.reputation.documents import columns as document_columns
from chengxin.reputation.documents import condition as document_condition
from chengxin.reputation.documents import judge
from chengxin.reputation.documents import near as document_near
from chengxin.reputation.documents import titles as document_titles
from chengxin.reputation.documents import version as document_version
from chengxin.reputation.edges import edges_of, read_edges
from chengxin.reputation.labels import read_labels
from chengxin.reputation.reading import read_ratings, require_place

__all__ = [
    "block_version",
    "document_columns",
    "document_condition",
    "document_near",
    "document_titles",
    "document_version",
    "edges_of",
    "find_attacks",
    "judge",
    "rank_raters",
    "read_edges",
    "read_labels",
    "read_ratings",
    "report_blocks",
    "require_place",
    "score",
]
