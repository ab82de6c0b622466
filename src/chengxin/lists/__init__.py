"""Lists (名单): kinds as data, entries that end by themselves, a public page, signed snapshots and a change feed."""
