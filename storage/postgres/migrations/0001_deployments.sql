CREATE TABLE revision (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    guild_id bigint NOT NULL CHECK (guild_id > 0),
    status text NOT NULL CHECK (status IN ('success', 'failed')),
    entry text NOT NULL,
    files jsonb NOT NULL,
    bundle text,
    source_map text,
    error text,
    source text NOT NULL CHECK (source IN ('cli', 'webui', 'bootstrap', 'api')),
    actor_kind text NOT NULL CHECK (actor_kind IN ('session', 'token', 'system')),
    actor_id bigint CHECK (actor_id > 0),
    actor_name text NOT NULL,
    base_revision_id bigint REFERENCES revision ON DELETE SET NULL,
    change_summary jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((status = 'success') = (bundle IS NOT NULL)),
    CHECK ((status = 'failed') = (error IS NOT NULL))
);
CREATE INDEX revision_history ON revision (guild_id, id DESC);
CREATE INDEX revision_base ON revision (base_revision_id) WHERE base_revision_id IS NOT NULL;

CREATE TABLE deployment (
    guild_id bigint PRIMARY KEY CHECK (guild_id > 0),
    revision_id bigint NOT NULL REFERENCES revision,
    epoch bigint NOT NULL CHECK (epoch >= 0),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX deployment_revision ON deployment (revision_id);
