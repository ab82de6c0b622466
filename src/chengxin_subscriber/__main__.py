"""Run `python -m chengxin_subscriber`."""

from chengxin_subscriber.main import run

run()
