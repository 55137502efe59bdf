package org.facevalue.platform.journal;

import tools.jackson.databind.json.JsonMapper;

/** This room's part with no one that reads. */
public final class BareJournal {
    private BareJournal() {}

    /** One that can append and nothing else. */
    public static Journal journal() {
        return new Journal(null, JsonMapper.builder().build());
    }
}
