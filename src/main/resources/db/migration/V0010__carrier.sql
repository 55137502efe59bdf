-- carrier: charges on phone bills, and the callbacks that came for them.
CREATE TABLE charge (
    cell             smallint    NOT NULL,
    caller           uuid        NOT NULL,
    number           bytea       NOT NULL,
    face_value       bigint      NOT NULL CHECK (face_value > 0),
    currency         text        NOT NULL,
    token_hash       bytea       NOT NULL,
    opened_at        timestamptz NOT NULL,
    payment_id       text,
    status           text,
    authorization_id text,
    PRIMARY KEY (cell, caller)
);
CREATE INDEX charge_token ON charge (token_hash);

CREATE TABLE callback (
    cell       smallint    NOT NULL,
    charge     uuid        NOT NULL,
    event_id   text        NOT NULL,
    type       text        NOT NULL,
    arrived_at timestamptz NOT NULL,
    PRIMARY KEY (cell, charge, event_id)
);

GRANT SELECT, INSERT, UPDATE ON charge TO ${run};
GRANT SELECT, INSERT ON callback TO ${run};
