-- desk: who of the staff did what, and why.
CREATE TABLE desk_note (
    cell     smallint    NOT NULL,
    id       uuid        NOT NULL,
    cash_out uuid        NOT NULL,
    staff    uuid        NOT NULL,
    action   text        NOT NULL,
    words    bytea       NOT NULL,
    at       timestamptz NOT NULL,
    PRIMARY KEY (cell, id)
);
CREATE INDEX desk_note_cash_out ON desk_note (cell, cash_out, id);
GRANT SELECT, INSERT ON desk_note TO ${run};
