-- carrier: charges on phone bills.
CREATE TABLE charge (
    cell             smallint    NOT NULL,
    caller           uuid        NOT NULL,
    carrier          text        NOT NULL,
    number           bytea       NOT NULL,
    face_value       bigint      NOT NULL CHECK (face_value > 0),
    currency         text        NOT NULL,
    opened_at        timestamptz NOT NULL,
    payment_id       text,
    status           text,
    authorization_id text,
    PRIMARY KEY (cell, caller)
);
-- No carrier's identifier is two charges': what would be confirmed or refunded by it is somebody else's.
CREATE UNIQUE INDEX charge_payment ON charge (cell, carrier, payment_id) WHERE payment_id IS NOT NULL;
GRANT SELECT, INSERT, UPDATE ON charge TO ${run};
