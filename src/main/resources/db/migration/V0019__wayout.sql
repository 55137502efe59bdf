-- wayout: purchases that customers undo, the evidence of them, and what became of it. What customers write is sealed.
CREATE TABLE purchase (
    cell       smallint    NOT NULL,
    id         uuid        NOT NULL,
    customer   uuid        NOT NULL,
    line       uuid,
    -- Where it was made here.
    cash_out   uuid,
    document   bytea       NOT NULL,
    bought_on  date        NOT NULL,
    amount     bigint      NOT NULL CHECK (amount > 0),
    currency   char(3)     NOT NULL,
    entered_at timestamptz NOT NULL,
    PRIMARY KEY (cell, id),
    UNIQUE (cell, cash_out)
);
CREATE INDEX purchase_customer ON purchase (customer, id);
GRANT SELECT, INSERT ON purchase TO ${run};

CREATE TABLE evidence (
    cell       smallint    NOT NULL,
    id         uuid        NOT NULL,
    purchase   uuid        NOT NULL,
    name       bytea       NOT NULL,
    media_type text        NOT NULL,
    size       integer     NOT NULL,
    digest     text        NOT NULL,
    content    bytea       NOT NULL,
    added_at   timestamptz NOT NULL,
    PRIMARY KEY (cell, id),
    UNIQUE (cell, purchase, digest),
    FOREIGN KEY (cell, purchase) REFERENCES purchase (cell, id)
);
GRANT SELECT, INSERT ON evidence TO ${run};

CREATE TABLE way_out (
    cell        smallint    NOT NULL,
    id          uuid        NOT NULL,
    customer    uuid        NOT NULL,
    purchase    uuid        NOT NULL,
    charge      bytea       NOT NULL,
    kind        text        NOT NULL,
    party       text        NOT NULL,
    basis       bytea       NOT NULL,
    gives       bigint,
    state       text        NOT NULL,
    version     bigint      NOT NULL,
    sequence    bigint      NOT NULL,
    calls       integer     NOT NULL,
    tries       integer     NOT NULL,
    created_at  timestamptz NOT NULL,
    state_since timestamptz NOT NULL,
    until_day   date        NOT NULL,
    until_law   text        NOT NULL,
    until_near  date        NOT NULL,
    withheld    boolean     NOT NULL,
    reminded    boolean     NOT NULL,
    said        text,
    given       bigint,
    case_number text,
    due_at      timestamptz,
    lease_until timestamptz,
    failures    integer     NOT NULL DEFAULT 0,
    PRIMARY KEY (cell, id),
    FOREIGN KEY (cell, purchase) REFERENCES purchase (cell, id)
);
CREATE INDEX way_out_due ON way_out (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX way_out_created ON way_out (created_at);
CREATE INDEX way_out_changed ON way_out (state_since);
CREATE INDEX way_out_customer ON way_out (customer, id);
CREATE INDEX way_out_charge ON way_out (cell, charge);
-- One thing is asked for at a time, however often a charge was entered; and nothing more where something came back, or somebody else decides.
CREATE UNIQUE INDEX way_out_only ON way_out (cell, charge) WHERE state NOT IN ('TAKEN_BACK', 'LEFT') OR given IS NOT NULL;
GRANT SELECT, INSERT, UPDATE ON way_out TO ${run};
