"""The values of law of an access in an emergency."""

from typing import Final

from chengxin.law import facade as law

LAW: Final = law.beside(__file__)
