"""Logins, schemas, grants, the signed row-security context and the embedded PostgreSQL."""
