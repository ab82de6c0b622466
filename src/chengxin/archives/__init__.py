"""A subject's own archive (信用档案), the enterprise page, reports and their verification."""
