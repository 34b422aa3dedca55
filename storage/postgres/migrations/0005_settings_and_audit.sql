CREATE TABLE guild_settings (
    guild_id bigint PRIMARY KEY CHECK (guild_id > 0),
    settings jsonb NOT NULL,
    version integer NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE audit_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    guild_id bigint CHECK (guild_id > 0),
    actor_kind text NOT NULL CHECK (actor_kind IN ('session', 'token', 'system')),
    actor_id bigint CHECK (actor_id > 0),
    actor_name text NOT NULL,
    action text NOT NULL,
    target text NOT NULL,
    detail jsonb NOT NULL
);
CREATE INDEX audit_entry_guild ON audit_entry (guild_id, id DESC);
CREATE INDEX audit_entry_at ON audit_entry (at);
