-- notification: what is told to customers and staff, each message once. Who it goes to and what it says is sealed.
CREATE TABLE message_out (
    cell        smallint    NOT NULL,
    id          uuid        NOT NULL,
    about_kind  text        NOT NULL,
    about       uuid        NOT NULL,
    channel     text        NOT NULL,
    party       text        NOT NULL,
    recipient   bytea       NOT NULL,
    language    text        NOT NULL,
    title       bytea       NOT NULL,
    body        bytea       NOT NULL,
    state       text        NOT NULL,
    created_at  timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL,
    due_at      timestamptz,
    lease_until timestamptz,
    failures    integer     NOT NULL DEFAULT 0,
    PRIMARY KEY (cell, id)
);
CREATE INDEX message_out_due ON message_out (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX message_out_about ON message_out (about, id);
GRANT SELECT, INSERT, UPDATE ON message_out TO ${run};

-- How far the journal has been read for what has to be told.
CREATE TABLE message_feed (
    cell        smallint    NOT NULL,
    id          uuid        NOT NULL,
    place       bigint      NOT NULL,
    due_at      timestamptz,
    lease_until timestamptz,
    failures    integer     NOT NULL DEFAULT 0,
    PRIMARY KEY (cell, id)
);
GRANT SELECT, INSERT, UPDATE ON message_feed TO ${run};
