-- provider: the register. It has a cell because the confirming command locks its row.
CREATE TABLE provider (
    cell        smallint    NOT NULL,
    code        text        NOT NULL,
    korean      text        NOT NULL,
    english     text        NOT NULL,
    jurisdiction text       NOT NULL,
    licence     text        NOT NULL,
    active      boolean     NOT NULL,
    valid_until timestamptz NOT NULL,
    fee_bps     integer     NOT NULL CHECK (fee_bps BETWEEN 0 AND 10000),
    seconds     integer     NOT NULL,
    lag_millis  bigint      NOT NULL,
    address     text        NOT NULL,
    PRIMARY KEY (cell, code)
);
GRANT SELECT, INSERT, UPDATE ON provider TO ${run};
