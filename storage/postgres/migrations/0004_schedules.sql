CREATE TABLE cron_job (
    guild_id bigint NOT NULL CHECK (guild_id > 0),
    name text NOT NULL,
    schedule text NOT NULL,
    time_zone text NOT NULL,
    overlap text NOT NULL CHECK (overlap IN ('skip', 'queue', 'allow')),
    catch_up text NOT NULL CHECK (catch_up IN ('skip', 'once', 'all')),
    paused boolean NOT NULL DEFAULT false,
    next_run timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (guild_id, name)
);
CREATE INDEX cron_job_due ON cron_job (next_run, guild_id, name) WHERE NOT paused AND next_run IS NOT NULL;

CREATE TABLE timer (
    guild_id bigint NOT NULL CHECK (guild_id > 0),
    name text NOT NULL,
    fire_at timestamptz NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (guild_id, name)
);
CREATE INDEX timer_due ON timer (fire_at, guild_id, name);

CREATE TABLE scheduled_run (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    guild_id bigint NOT NULL CHECK (guild_id > 0),
    kind text NOT NULL CHECK (kind IN ('cron', 'timer')),
    name text NOT NULL,
    scheduled_for timestamptz NOT NULL,
    payload jsonb,
    node_id text NOT NULL,
    epoch bigint NOT NULL CHECK (epoch >= 0),
    claimed_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    outcome text,
    error text,
    CHECK ((finished_at IS NULL) = (outcome IS NULL))
);
-- A cron's moment is claimed once, whoever asks.
CREATE UNIQUE INDEX scheduled_run_once ON scheduled_run (guild_id, name, scheduled_for) WHERE kind = 'cron';
CREATE INDEX scheduled_run_history ON scheduled_run (guild_id, id DESC);
CREATE INDEX scheduled_run_open ON scheduled_run (guild_id, name) WHERE finished_at IS NULL;
