"""The three doors of collection and what each takes."""

from chengxin.files.contracts import Limits

PAGE = Limits(bytes=64_000_000, rows=100_000, expanded=512_000_000)
API = Limits(bytes=64_000_000, rows=100_000, expanded=512_000_000)
COMMAND = Limits(bytes=8_000_000_000, rows=20_000_000, expanded=8_000_000_000)
BY_CHANNEL = {"page": PAGE, "api": API, "command": COMMAND}
