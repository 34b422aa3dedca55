-- When a timer is tried next, apart from the moment it was promised for, and how often a try of it was cut short.
ALTER TABLE timer ADD COLUMN try_at timestamptz, ADD COLUMN tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0);
UPDATE timer SET try_at = fire_at;
ALTER TABLE timer ALTER COLUMN try_at SET NOT NULL;
DROP INDEX timer_due;
CREATE INDEX timer_due ON timer (try_at, guild_id, name);
ALTER TABLE scheduled_run ADD COLUMN tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0);
