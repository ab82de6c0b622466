"""The `chengxin` command: parses, calls a facade, prints."""
