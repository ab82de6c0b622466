"""The doors of the demonstration."""

from chengxin.demo.build import Report, build
from chengxin.demo.cast import sign_ins
from chengxin.demo.progress import Bars

__all__ = ["Bars", "Report", "build", "sign_ins"]
