-- time: how far the sandbox's business clock is ahead of the system's.
CREATE TABLE business_clock (
    id            smallint PRIMARY KEY CHECK (id = 1),
    ahead_seconds bigint   NOT NULL CHECK (ahead_seconds >= 0)
);
INSERT INTO business_clock (id, ahead_seconds) VALUES (1, 0);
GRANT SELECT, UPDATE ON business_clock TO ${run};
