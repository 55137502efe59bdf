-- carrier: charges on phone bills.
CREATE TABLE charge (
    cell             smallint    NOT NULL,
    caller           uuid        NOT NULL,
    number           bytea       NOT NULL,
    face_value       bigint      NOT NULL CHECK (face_value > 0),
    currency         text        NOT NULL,
    opened_at        timestamptz NOT NULL,
    payment_id       text,
    status           text,
    authorization_id text,
    PRIMARY KEY (cell, caller)
);
GRANT SELECT, INSERT, UPDATE ON charge TO ${run};
