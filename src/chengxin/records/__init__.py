"""Accepted facts (公共信用信息): versions, four clocks, marks, recipients, and the one question `usable`."""
