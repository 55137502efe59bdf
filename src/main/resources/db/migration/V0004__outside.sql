-- outside: calls to other parties, and what waits for a person.
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

GRANT SELECT, INSERT, UPDATE ON outside_call, matter TO ${run};
