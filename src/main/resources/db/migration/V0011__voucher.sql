-- voucher: gift cards bought, their codes sealed.
CREATE TABLE voucher (
    cell       smallint NOT NULL,
    caller     uuid     NOT NULL,
    product    text     NOT NULL,
    face_value bigint   NOT NULL CHECK (face_value > 0),
    currency   text     NOT NULL,
    status     text     NOT NULL DEFAULT 'WANTED',
    code       bytea,
    expires_on date,
    PRIMARY KEY (cell, caller)
);
GRANT SELECT, INSERT, UPDATE ON voucher TO ${run};
