"""Server settings of the embedded PostgreSQL: sized to the machine for use, small and forgetful for tests."""

from __future__ import annotations

import os

MIB = 1024 * 1024


def server_settings(*, durable: bool, socket_directory: str, port: int) -> dict[str, str]:
    """Return the settings the launcher writes; nobody reaches the server by network."""
    common = {
        "listen_addresses": "",
        "unix_socket_directories": socket_directory,
        "unix_socket_permissions": "0700",
        "port": str(port),
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        "jit": "off",
        "random_page_cost": "1.1",
        "password_encryption": "scram-sha-256",
    }
    return common | (_durable() if durable else _forgetful())


def _durable() -> dict[str, str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MIB
    return {
        "max_connections": "80",
        "shared_buffers": f"{min(2048, max(128, memory // 16))}MB",
        "effective_cache_size": f"{max(256, memory // 2)}MB",
        "work_mem": "16MB",
        "temp_buffers": "64MB",
        "maintenance_work_mem": f"{min(512, max(64, memory // 32))}MB",
        "max_wal_size": "4GB",
        "min_wal_size": "256MB",
        "wal_compression": "off",
        "wal_buffers": "64MB",
        "checkpoint_timeout": "15min",
        "log_checkpoints": "off",
        "autovacuum_vacuum_insert_scale_factor": "0.1",
        # The first large batch must not wait a minute for its statistics.
        "autovacuum_naptime": "15s",
    }


def _forgetful() -> dict[str, str]:
    return {
        "max_connections": "100",
        "shared_buffers": "128MB",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_wal_size": "1GB",
        "min_wal_size": "80MB",
        "autovacuum": "off",
        "log_checkpoints": "off",
    }
