"""The verifiable log (可验证日志): entries, trees, checkpoints, the sequencer and the proofs."""
