CREATE TABLE guild_secret (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    guild_id bigint NOT NULL CHECK (guild_id > 0),
    name text NOT NULL,
    key_id text NOT NULL,
    nonce bytea NOT NULL,
    ciphertext bytea NOT NULL,
    allowed_hosts text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (guild_id, name)
);
CREATE INDEX guild_secret_key ON guild_secret (key_id);

CREATE TABLE guild_variable (
    guild_id bigint NOT NULL CHECK (guild_id > 0),
    name text NOT NULL,
    value text NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (guild_id, name)
);
