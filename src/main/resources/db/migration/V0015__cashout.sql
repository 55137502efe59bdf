-- cashout: the job's row, which is also its place in the queue.
CREATE TABLE cash_out (
    cell         smallint    NOT NULL,
    id           uuid        NOT NULL,
    customer     uuid        NOT NULL,
    quote        uuid        NOT NULL,
    confirmation bytea       NOT NULL,
    face_value   bigint      NOT NULL,
    net          bigint      NOT NULL,
    provider     text        NOT NULL,
    state        text        NOT NULL DEFAULT 'CHARGING',
    version      bigint      NOT NULL DEFAULT 1,
    sequence     bigint      NOT NULL DEFAULT 1,
    calls        integer     NOT NULL DEFAULT 0,
    tries        integer     NOT NULL DEFAULT 0,
    state_since  timestamptz NOT NULL,
    sent_at      timestamptz,
    repeated     boolean     NOT NULL DEFAULT false,
    asking       boolean     NOT NULL DEFAULT false,
    absent       integer     NOT NULL DEFAULT 0,
    code_tries   integer     NOT NULL DEFAULT 0,
    cancel_asked boolean     NOT NULL DEFAULT false,
    due_at       timestamptz,
    lease_until  timestamptz,
    failures     integer     NOT NULL DEFAULT 0,
    reason       text,
    confirmed_at timestamptz NOT NULL,
    PRIMARY KEY (cell, id),
    UNIQUE (cell, quote)
) WITH (fillfactor = 60);
CREATE INDEX cash_out_due ON cash_out (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX cash_out_customer ON cash_out (customer, id);
CREATE INDEX cash_out_confirmed ON cash_out (confirmed_at, id);
CREATE INDEX cash_out_changed ON cash_out (state_since);
CREATE INDEX cash_out_id ON cash_out (id);

-- What may still come of a cash-out that has done with it.
CREATE TABLE aftermath (
    cell        smallint    NOT NULL,
    id          uuid        NOT NULL,
    cash_out    uuid        NOT NULL,
    quote       uuid        NOT NULL,
    of          text        NOT NULL,
    state       text        NOT NULL DEFAULT 'WATCHED',
    version     bigint      NOT NULL DEFAULT 1,
    sequence    bigint      NOT NULL DEFAULT 0,
    calls       integer     NOT NULL DEFAULT 0,
    tries       integer     NOT NULL DEFAULT 0,
    since       timestamptz NOT NULL,
    state_since timestamptz NOT NULL,
    sent_at     timestamptz,
    repeated    boolean     NOT NULL DEFAULT false,
    asking      boolean     NOT NULL DEFAULT false,
    absent      integer     NOT NULL DEFAULT 0,
    due_at      timestamptz,
    -- When, during a look, somebody said that something has turned up.
    heard_at    timestamptz,
    lease_until timestamptz,
    failures    integer     NOT NULL DEFAULT 0,
    PRIMARY KEY (cell, id),
    UNIQUE (cell, cash_out, of)
) WITH (fillfactor = 60);
CREATE INDEX aftermath_id ON aftermath (id);
-- What came long after a confirmation, for the comparison of books.
CREATE INDEX aftermath_changed ON aftermath (state_since) WHERE state NOT IN ('WATCHED', 'NOTHING_CAME');
CREATE INDEX aftermath_due ON aftermath (due_at) WHERE due_at IS NOT NULL;
GRANT SELECT, INSERT, UPDATE ON cash_out, aftermath TO ${run};
