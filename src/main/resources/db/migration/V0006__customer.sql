-- customer: the person, the lines that are charged and the accounts that are paid.
CREATE TABLE customer (
    cell      smallint    NOT NULL,
    id        uuid        NOT NULL,
    name      bytea       NOT NULL,
    joined_at timestamptz NOT NULL,
    PRIMARY KEY (cell, id)
);
CREATE INDEX customer_id ON customer (id);

CREATE TABLE phone_line (
    cell         smallint    NOT NULL,
    id           uuid        NOT NULL,
    customer     uuid        NOT NULL,
    number       bytea       NOT NULL,
    number_index bytea       NOT NULL,
    -- Where whoever holds it lived when it was added, ISO 3166-1; none where the carrier did not say.
    residence    text        CHECK (residence ~ '^[A-Z]{2}$'),
    added_at     timestamptz NOT NULL,
    PRIMARY KEY (cell, id),
    -- A line is one customer's, whoever else would like it charged.
    UNIQUE (cell, number_index)
);

CREATE TABLE designated_account (
    cell         smallint    NOT NULL,
    id           uuid        NOT NULL,
    customer     uuid        NOT NULL,
    number       bytea       NOT NULL,
    number_index bytea       NOT NULL,
    holder       bytea       NOT NULL,
    verified_at  timestamptz NOT NULL,
    PRIMARY KEY (cell, id),
    UNIQUE (cell, customer, number_index)
);

GRANT SELECT, INSERT ON customer, phone_line, designated_account TO ${run};
