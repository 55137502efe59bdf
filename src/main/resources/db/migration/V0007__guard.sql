-- guard: one freeze row a customer, locked by whatever must not happen while it says so.
CREATE TABLE customer_freeze (
    cell         smallint NOT NULL,
    customer     uuid     NOT NULL,
    frozen_since timestamptz,
    PRIMARY KEY (cell, customer)
);
GRANT SELECT, INSERT, UPDATE ON customer_freeze TO ${run};
