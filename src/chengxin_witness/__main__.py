"""Run `python -m chengxin_witness`."""

from chengxin_witness.main import run

run()
