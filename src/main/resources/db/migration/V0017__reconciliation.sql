-- reconciliation: our books held against each outside party's. One row is the work itself, which is due again and again.
CREATE TABLE reconciliation (
    cell        smallint NOT NULL,
    id          uuid     NOT NULL,
    due_at      timestamptz,
    lease_until timestamptz,
    failures    integer  NOT NULL DEFAULT 0,
    deep_on     date,
    PRIMARY KEY (cell, id)
);

-- How the last comparison with each party went.
CREATE TABLE reconciliation_result (
    party     text        PRIMARY KEY,
    at        timestamptz NOT NULL,
    from_at   timestamptz NOT NULL,
    matched   bigint      NOT NULL,
    differing bigint      NOT NULL,
    problem   text
);

-- What is otherwise with us than with them, until it resolves itself.
CREATE TABLE reconciliation_difference (
    cell        smallint    NOT NULL,
    id          uuid        NOT NULL,
    party       text        NOT NULL,
    book        text        NOT NULL,
    reference   text        NOT NULL,
    about       uuid,
    kind        text        NOT NULL,
    ours        bigint      NOT NULL,
    theirs      bigint      NOT NULL,
    currency    text        NOT NULL,
    dated       timestamptz NOT NULL,
    found_at    timestamptz NOT NULL,
    resolved_at timestamptz,
    -- A person has said why it will stay so: with these amounts it is not found again.
    accepted_by uuid,
    words       bytea,
    lapsed      boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (cell, id)
);
CREATE UNIQUE INDEX reconciliation_difference_open ON reconciliation_difference (cell, party, book, reference) WHERE resolved_at IS NULL;
GRANT SELECT, INSERT, UPDATE ON reconciliation, reconciliation_result, reconciliation_difference TO ${run};
