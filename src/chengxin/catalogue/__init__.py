"""What may be collected (公共信用信息目录), by whom, on what basis and how it is disclosed."""
