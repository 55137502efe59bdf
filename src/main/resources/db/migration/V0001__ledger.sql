-- ledger: accounts, postings, holds and the keys of commands. Every key carries the cell.
CREATE TABLE account (
    cell     smallint NOT NULL,
    id       uuid     NOT NULL,
    kind     text     NOT NULL,
    subject  text     NOT NULL,
    currency char(3)  NOT NULL,
    side     text     NOT NULL CHECK (side IN ('DEBIT', 'CREDIT')),
    floored  boolean  NOT NULL,
    balance  bigint   NOT NULL DEFAULT 0,
    held     bigint   NOT NULL DEFAULT 0 CHECK (held >= 0),
    version  bigint   NOT NULL DEFAULT 0,
    PRIMARY KEY (cell, id),
    UNIQUE (cell, kind, subject, currency),
    CHECK (NOT floored OR balance - held >= 0)
) WITH (fillfactor = 40);

CREATE TABLE command_key (
    cell    smallint    NOT NULL,
    key     text        NOT NULL,
    claimed uuid        NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (cell, key)
);

CREATE TABLE ledger_transaction (
    cell        smallint    NOT NULL,
    id          bigint      GENERATED ALWAYS AS IDENTITY,
    command_key text        NOT NULL,
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (cell, id),
    FOREIGN KEY (cell, command_key) REFERENCES command_key (cell, key)
);

CREATE TABLE posting (
    cell               smallint NOT NULL,
    ledger_transaction bigint   NOT NULL,
    line               smallint NOT NULL,
    debited            uuid     NOT NULL,
    credited           uuid     NOT NULL,
    amount             bigint   NOT NULL CHECK (amount > 0),
    currency           char(3)  NOT NULL,
    debited_balance    bigint   NOT NULL,
    debited_version    bigint   NOT NULL,
    credited_balance   bigint   NOT NULL,
    credited_version   bigint   NOT NULL,
    PRIMARY KEY (cell, ledger_transaction, line),
    FOREIGN KEY (cell, ledger_transaction) REFERENCES ledger_transaction (cell, id),
    FOREIGN KEY (cell, debited) REFERENCES account (cell, id),
    FOREIGN KEY (cell, credited) REFERENCES account (cell, id),
    CHECK (debited <> credited)
);

CREATE TABLE hold (
    cell    smallint NOT NULL,
    id      uuid     NOT NULL,
    account uuid     NOT NULL,
    amount  bigint   NOT NULL CHECK (amount > 0),
    state   text     NOT NULL CHECK (state IN ('HELD', 'SETTLED', 'RELEASED')),
    PRIMARY KEY (cell, id),
    FOREIGN KEY (cell, account) REFERENCES account (cell, id)
);

GRANT SELECT, INSERT, UPDATE ON account, hold TO ${run};
GRANT SELECT, INSERT ON command_key, ledger_transaction, posting TO ${run};
CREATE INDEX ledger_transaction_command ON ledger_transaction (cell, command_key COLLATE "C");
