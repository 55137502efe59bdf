-- quote: signed offers.
CREATE TABLE quote (
    cell       smallint    NOT NULL,
    id         uuid        NOT NULL,
    customer   uuid        NOT NULL,
    document   bytea       NOT NULL,
    digest     text        NOT NULL,
    signature  text        NOT NULL,
    expires_at timestamptz NOT NULL,
    used_by    uuid,
    PRIMARY KEY (cell, id)
);
CREATE INDEX quote_id ON quote (id);
GRANT SELECT, INSERT, UPDATE ON quote TO ${run};
