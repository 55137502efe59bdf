-- identity: logins and what they prove themselves with.
CREATE TABLE login (
    cell           smallint    NOT NULL,
    id             uuid        NOT NULL,
    subject        uuid        NOT NULL,
    role           text        NOT NULL,
    name_index     bytea       NOT NULL,
    name           bytea       NOT NULL,
    password_hash  text        NOT NULL,
    totp           bytea       NOT NULL,
    totp_last_step bigint      NOT NULL DEFAULT 0,
    failed         integer     NOT NULL DEFAULT 0,
    locked_until   timestamptz NOT NULL DEFAULT '1970-01-01 00:00:00+00',
    begun_at       timestamptz NOT NULL DEFAULT now(),
    ended_at       timestamptz,
    PRIMARY KEY (cell, id),
    UNIQUE (cell, name_index)
);
CREATE INDEX login_id ON login (id);
CREATE INDEX login_staff ON login (role) WHERE role <> 'CUSTOMER';

CREATE TABLE session (
    id           uuid        PRIMARY KEY,
    token_hash   bytea       NOT NULL UNIQUE,
    login        uuid        NOT NULL,
    began_at     timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    ended_at     timestamptz
);

CREATE TABLE api_key (
    id          uuid        PRIMARY KEY,
    secret_hash bytea       NOT NULL UNIQUE,
    login       uuid        NOT NULL,
    made_at     timestamptz NOT NULL,
    revoked_at  timestamptz
);

CREATE TABLE device_key (
    cell       smallint    NOT NULL,
    id         uuid        NOT NULL,
    subject    uuid        NOT NULL,
    public_key bytea       NOT NULL,
    label      text        NOT NULL,
    added_at   timestamptz NOT NULL,
    revoked_at timestamptz,
    PRIMARY KEY (cell, id)
);

CREATE TABLE step_up_challenge (
    cell        smallint    NOT NULL,
    id          uuid        NOT NULL,
    via         uuid        NOT NULL,
    subject     uuid        NOT NULL,
    random      bytea       NOT NULL,
    expires_at  timestamptz NOT NULL,
    consumed_at timestamptz,
    PRIMARY KEY (cell, id)
);

CREATE TABLE idempotency_record (
    subject   uuid        NOT NULL,
    route     text        NOT NULL,
    key       text        NOT NULL,
    body_hash bytea       NOT NULL,
    begun_at  timestamptz NOT NULL,
    status    integer,
    headers   text,
    answer    bytea,
    PRIMARY KEY (subject, route, key)
);

CREATE TABLE approval (
    cell       smallint    NOT NULL,
    id         uuid        NOT NULL,
    action     text        NOT NULL,
    object     text        NOT NULL,
    wording    text        NOT NULL,
    digest     bytea       NOT NULL,
    maker      uuid        NOT NULL,
    words      bytea       NOT NULL,
    asked_at   timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL,
    state      text        NOT NULL CHECK (state IN ('ASKED', 'APPROVED', 'REJECTED', 'USED', 'ALONE')),
    checker    uuid        CHECK (checker <> maker),
    answer     bytea,
    decided_at timestamptz,
    used_at    timestamptz,
    PRIMARY KEY (cell, id),
    CHECK (state IN ('ASKED', 'ALONE') OR checker IS NOT NULL)
);
CREATE INDEX approval_maker ON approval (maker, digest);
CREATE INDEX approval_asked ON approval (asked_at);

CREATE TABLE break_glass (
    cell    smallint    NOT NULL,
    id      uuid        NOT NULL,
    staff   uuid        NOT NULL,
    words   bytea       NOT NULL,
    at      timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    PRIMARY KEY (cell, id)
);
CREATE INDEX break_glass_ends ON break_glass (ends_at);
GRANT SELECT, INSERT ON break_glass TO ${run};
GRANT SELECT, INSERT, UPDATE ON approval TO ${run};

GRANT SELECT, INSERT, UPDATE ON login, session, api_key, device_key, step_up_challenge TO ${run};
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_record TO ${run};
