-- outside: calls to other parties, what they call back, and what waits for a person.
CREATE TABLE outside_call (
    cell        smallint    NOT NULL,
    id          uuid        NOT NULL,
    subject     uuid        NOT NULL,
    step        text        NOT NULL,
    attempt     integer     NOT NULL,
    asks        boolean     NOT NULL,
    party       text        NOT NULL,
    key         text        NOT NULL,
    intended_at timestamptz NOT NULL,
    answered_at timestamptz,
    outcome     text,
    request     bytea,
    reply       bytea,
    PRIMARY KEY (cell, id),
    UNIQUE (cell, subject, attempt)
);

CREATE TABLE matter (
    cell         smallint    NOT NULL,
    id           uuid        NOT NULL,
    subject_kind text        NOT NULL,
    subject      uuid        NOT NULL,
    reason       text        NOT NULL,
    owner        text        NOT NULL,
    opened_at    timestamptz NOT NULL,
    due_on       date        NOT NULL,
    closed_at    timestamptz,
    PRIMARY KEY (cell, id)
);
CREATE UNIQUE INDEX matter_open ON matter (cell, subject, reason) WHERE closed_at IS NULL;

CREATE TABLE callback_token (
    cell       smallint NOT NULL,
    subject    uuid     NOT NULL,
    kind       text     NOT NULL,
    token_hash bytea    NOT NULL,
    PRIMARY KEY (cell, subject, kind)
);
CREATE INDEX callback_token_hash ON callback_token (token_hash);

CREATE TABLE callback (
    cell       smallint    NOT NULL,
    subject    uuid        NOT NULL,
    kind       text        NOT NULL,
    event_id   text        NOT NULL,
    type       text        NOT NULL,
    arrived_at timestamptz NOT NULL,
    PRIMARY KEY (cell, subject, kind, event_id)
);

GRANT SELECT, INSERT ON callback_token, callback TO ${run};
GRANT SELECT, INSERT, UPDATE ON outside_call, matter TO ${run};
