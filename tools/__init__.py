"""Checks of the source itself, run by `./chengxin check`; each is also a command: `python -m tools.sizes`."""
