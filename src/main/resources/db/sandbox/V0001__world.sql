-- sandbox: the outside parties' own books.
CREATE TABLE scenario_clock (ahead_seconds bigint NOT NULL);
INSERT INTO scenario_clock VALUES (0);
-- Requests that a scenario has lost once already.
CREATE TABLE lost (scenario text NOT NULL, reference text NOT NULL, PRIMARY KEY (scenario, reference));

-- Requests that are still on their way.
CREATE TABLE held_request (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    method text        NOT NULL,
    uri    text        NOT NULL,
    body   text        NOT NULL,
    due_at timestamptz NOT NULL
);

CREATE TABLE person (
    line_number    text PRIMARY KEY,
    account_number text NOT NULL UNIQUE,
    name           text NOT NULL
);
CREATE SEQUENCE person_number START 1000;

CREATE TABLE payment (
    id               text PRIMARY KEY,
    line             text        NOT NULL,
    correlator       text        NOT NULL UNIQUE,
    reference        text        NOT NULL,
    amount           bigint      NOT NULL,
    status           text        NOT NULL,
    next_status      text,
    due_at           timestamptz,
    created_at       timestamptz NOT NULL,
    paid_at          timestamptz,
    authorization_id text,
    code             text,
    wrong_codes      integer     NOT NULL DEFAULT 0,
    sink             text,
    sink_token       text
);
CREATE INDEX payment_created ON payment (created_at, id);

CREATE TABLE refund (
    id          text PRIMARY KEY,
    payment     text        NOT NULL REFERENCES payment (id),
    correlator  text        NOT NULL UNIQUE,
    reference   text        NOT NULL,
    type        text        NOT NULL,
    amount      bigint      NOT NULL,
    status      text        NOT NULL,
    next_status text,
    due_at      timestamptz,
    created_at  timestamptz NOT NULL
);

CREATE TABLE voucher_order (
    reference  text PRIMARY KEY,
    product    text        NOT NULL,
    face_value bigint      NOT NULL,
    code       text        NOT NULL UNIQUE,
    status     text        NOT NULL,
    created_at timestamptz NOT NULL,
    expires_on date        NOT NULL
);

CREATE TABLE redemption (
    provider   text        NOT NULL,
    reference  text        NOT NULL,
    code       text        NOT NULL,
    face_value bigint      NOT NULL,
    pays       bigint      NOT NULL,
    status     text        NOT NULL,
    next_status text,
    due_at     timestamptz,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (provider, reference)
);

CREATE TABLE transfer (
    reference   text PRIMARY KEY,
    to_account  text        NOT NULL,
    amount      bigint      NOT NULL,
    status      text        NOT NULL,
    recall      text,
    next_status text,
    due_at      timestamptz,
    created_at  timestamptz NOT NULL
);
