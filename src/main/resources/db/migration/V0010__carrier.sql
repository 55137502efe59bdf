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
-- One identifier for two charges: looked for before it is believed.
CREATE INDEX charge_payment ON charge (payment_id) WHERE payment_id IS NOT NULL;
GRANT SELECT, INSERT, UPDATE ON charge TO ${run};
