"""Reviews (评价) of completed trades: both sides, double-blind, only ever added; and the reputation that follows."""
