-- sandbox: the outside parties' own books.
CREATE TABLE scenario_clock (ahead_seconds bigint NOT NULL);
INSERT INTO scenario_clock VALUES (0);
-- Requests that a scenario has lost once already.
-- Whose line a request was about that never got any further: a question about it is about that line, too.
CREATE TABLE named_line (reference text PRIMARY KEY, line text NOT NULL);

CREATE TABLE lost (scenario text NOT NULL, reference text NOT NULL, PRIMARY KEY (scenario, reference));

-- Requests that are still on their way.
CREATE TABLE held_request (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    method text        NOT NULL,
    uri    text        NOT NULL,
    body   text        NOT NULL,
    due_at timestamptz NOT NULL
);

-- Notices that come two hours late.
CREATE TABLE held_notice (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sink   text        NOT NULL,
    token  text        NOT NULL,
    body   text        NOT NULL,
    due_at timestamptz NOT NULL
);

-- What goes wrong on command: the next answers of a party, or of one of its calls.
CREATE TABLE ordered_mishap (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    party  text    NOT NULL,
    deed   text,
    line   text,
    mishap text    NOT NULL,
    times  integer NOT NULL
);

CREATE TABLE person (
    line_number    text PRIMARY KEY,
    account_number text NOT NULL UNIQUE,
    name           text NOT NULL
);
CREATE SEQUENCE person_number START 1000;

CREATE TABLE payment (
    id               text PRIMARY KEY,
    carrier          text        NOT NULL,
    client           text        NOT NULL,
    line             text        NOT NULL,
    correlator       text        NOT NULL,
    reference        text        NOT NULL,
    amount           bigint      NOT NULL,
    description      text        NOT NULL,
    tax_included     boolean     NOT NULL,
    merchant_identifier text,
    items            jsonb,
    status           text        NOT NULL,
    next_status      text,
    due_at           timestamptz,
    created_at       timestamptz NOT NULL,
    paid_at          timestamptz,
    authorization_id text,
    code             text,
    wrong_codes      integer     NOT NULL DEFAULT 0,
    sink             text,
    sink_token       text,
    UNIQUE (carrier, client, correlator)
);
CREATE INDEX payment_created ON payment (carrier, created_at, id);
CREATE INDEX payment_reference ON payment (reference);
CREATE INDEX payment_line ON payment (line);
CREATE INDEX payment_reversed ON payment (carrier, paid_at) WHERE right(line, 2) = '97';
CREATE INDEX payment_due ON payment (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE refund (
    id           text PRIMARY KEY,
    payment      text        NOT NULL REFERENCES payment (id),
    client       text        NOT NULL,
    correlator   text        NOT NULL,
    reference    text        NOT NULL,
    type         text        NOT NULL,
    amount       bigint      NOT NULL,
    description  text        NOT NULL DEFAULT 'Refund',
    tax_included boolean     NOT NULL DEFAULT false,
    reason       text,
    merchant_identifier text,
    items        jsonb,
    status       text        NOT NULL,
    next_status  text,
    due_at       timestamptz,
    created_at   timestamptz NOT NULL,
    refunded_at  timestamptz,
    sink         text,
    sink_token   text,
    UNIQUE (client, correlator)
);
CREATE INDEX refund_payment ON refund (payment);
CREATE INDEX refund_due ON refund (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE issuer_state (issuer text PRIMARY KEY, insolvent boolean NOT NULL);
CREATE TABLE bank_hours (closed_from time NOT NULL, closed_until time NOT NULL);

CREATE TABLE voucher_order (
    reference  text PRIMARY KEY,
    issuer     text        NOT NULL,
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
CREATE INDEX transfer_created ON transfer (created_at, reference);
CREATE INDEX voucher_order_created ON voucher_order (issuer, created_at, reference);
CREATE INDEX redemption_created ON redemption (provider, created_at, reference);

-- What was bought on bills elsewhere, and requests to undo it.
CREATE TABLE bill_item (
    number    text PRIMARY KEY,
    line      text    NOT NULL,
    seller    text    NOT NULL,
    article   text    NOT NULL,
    amount    bigint  NOT NULL,
    bought_on date    NOT NULL,
    undone    boolean NOT NULL DEFAULT false
);
CREATE INDEX bill_item_line ON bill_item (line);
CREATE SEQUENCE bill_number START 1000;

CREATE TABLE undo_request (
    party      text        NOT NULL,
    reference  text        NOT NULL,
    kind       text        NOT NULL,
    line       text,
    number     text        NOT NULL,
    amount     bigint      NOT NULL,
    withheld   boolean     NOT NULL,
    refuses    boolean     NOT NULL,
    reason     text,
    given      bigint      NOT NULL,
    decides_at timestamptz NOT NULL,
    does_at    timestamptz NOT NULL,
    taken_back boolean     NOT NULL DEFAULT false,
    reminders  integer     NOT NULL DEFAULT 0,
    documents  integer     NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (party, reference)
);
CREATE INDEX undo_request_created ON undo_request (party, created_at, reference);

CREATE TABLE mediation_case (
    id         text PRIMARY KEY,
    number     text        NOT NULL,
    party      text        NOT NULL,
    documents  integer     NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE SEQUENCE mediation_number;

CREATE TABLE phone_text (
    id         text PRIMARY KEY,
    line       text        NOT NULL,
    text       text        NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX phone_text_line ON phone_text (line);
