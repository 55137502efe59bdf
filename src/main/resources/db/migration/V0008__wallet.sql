-- wallet: one a customer for now.
CREATE TABLE wallet (
    cell     smallint NOT NULL,
    id       uuid     NOT NULL,
    customer uuid     NOT NULL,
    PRIMARY KEY (cell, id),
    UNIQUE (cell, customer)
);
GRANT SELECT, INSERT ON wallet TO ${run};
