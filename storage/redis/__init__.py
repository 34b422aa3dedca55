"""Redis/Valkey: sessions, OAuth state, caches. Nothing that must survive; when it is away, flora goes on
without."""
