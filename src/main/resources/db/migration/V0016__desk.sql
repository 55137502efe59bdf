-- desk: who of the staff did what, and why.
CREATE TABLE desk_note (
    cell     smallint    NOT NULL,
    id       uuid        NOT NULL,
    about    uuid        NOT NULL,
    staff    uuid        NOT NULL,
    action   text        NOT NULL,
    words    bytea       NOT NULL,
    at       timestamptz NOT NULL,
    PRIMARY KEY (cell, id)
);
CREATE INDEX desk_note_about ON desk_note (cell, about, id);
GRANT SELECT, INSERT ON desk_note TO ${run};
