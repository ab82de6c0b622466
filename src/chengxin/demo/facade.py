"""The doors of the demonstration."""

from chengxin.demo.build import Report, build, prepare
from chengxin.demo.cast import sign_ins
from chengxin.demo.progress import Bars
from chengxin.demo.telling import tell_correction, tell_interception

__all__ = ["Bars", "Report", "build", "prepare", "sign_ins", "tell_correction", "tell_interception"]
