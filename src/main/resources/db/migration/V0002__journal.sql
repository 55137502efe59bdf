-- journal: events, those that wait for a place, and the places. Events and places are never altered.
CREATE TABLE event (
    cell         smallint    NOT NULL,
    id           uuid        NOT NULL,
    subject_kind text        NOT NULL,
    subject      uuid        NOT NULL,
    sequence     bigint      NOT NULL,
    type         text        NOT NULL,
    at           timestamptz NOT NULL,
    data         jsonb       NOT NULL,
    PRIMARY KEY (cell, id),
    UNIQUE (cell, subject, sequence)
);

CREATE TABLE event_pending (
    cell smallint NOT NULL,
    id   uuid     NOT NULL,
    PRIMARY KEY (cell, id),
    FOREIGN KEY (cell, id) REFERENCES event (cell, id)
);

CREATE TABLE log_head (
    id   smallint PRIMARY KEY CHECK (id = 1),
    next bigint   NOT NULL
);
INSERT INTO log_head (id, next) VALUES (1, 1);

CREATE TABLE log_place (
    place bigint   PRIMARY KEY,
    cell  smallint NOT NULL,
    event uuid     NOT NULL,
    UNIQUE (cell, event),
    FOREIGN KEY (cell, event) REFERENCES event (cell, id)
);

GRANT SELECT, INSERT ON event, log_place TO ${run};
GRANT SELECT, INSERT, DELETE ON event_pending TO ${run};
GRANT SELECT, UPDATE ON log_head TO ${run};
