"""Run `python -m chengxin_verify`."""

from chengxin_verify.main import run

run()
