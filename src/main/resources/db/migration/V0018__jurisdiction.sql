-- jurisdiction: which version of which rule pack decides. It has a cell because the confirming command locks its row.
CREATE TABLE rule_pack (
    cell         smallint    NOT NULL,
    jurisdiction text        NOT NULL,
    version      text        NOT NULL,
    digest       text        NOT NULL,
    activated_by uuid,
    since        timestamptz NOT NULL,
    PRIMARY KEY (cell, jurisdiction)
);
GRANT SELECT, INSERT, UPDATE ON rule_pack TO ${run};

-- Which jurisdiction this database has served from its first day; it never serves another one.
CREATE TABLE served_jurisdiction (
    one          boolean PRIMARY KEY DEFAULT true CHECK (one),
    jurisdiction text NOT NULL
);
GRANT SELECT, INSERT ON served_jurisdiction TO ${run};
