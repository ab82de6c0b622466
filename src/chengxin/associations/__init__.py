"""Associations: charter, members, self-discipline acts; apart from public credit information."""
