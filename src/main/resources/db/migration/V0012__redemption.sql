-- redemption: vouchers turned into money by a provider.
CREATE TABLE redemption (
    cell       smallint NOT NULL,
    caller     uuid     NOT NULL,
    provider   text     NOT NULL,
    face_value bigint   NOT NULL CHECK (face_value > 0),
    status     text     NOT NULL DEFAULT 'WANTED',
    PRIMARY KEY (cell, caller)
);
GRANT SELECT, INSERT, UPDATE ON redemption TO ${run};
