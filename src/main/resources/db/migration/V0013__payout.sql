-- payout: money sent to designated accounts.
CREATE TABLE payout (
    cell     smallint NOT NULL,
    caller   uuid     NOT NULL,
    purpose  text     NOT NULL CHECK (purpose IN ('NET', 'BACK')),
    account  bytea    NOT NULL,
    amount   bigint   NOT NULL CHECK (amount > 0),
    currency text     NOT NULL,
    status   text     NOT NULL DEFAULT 'WANTED',
    PRIMARY KEY (cell, caller, purpose)
);
GRANT SELECT, INSERT, UPDATE ON payout TO ${run};
