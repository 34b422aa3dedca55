"""What survives a restart: PostgreSQL, Redis/Valkey and LMDB behind small typed doors."""
