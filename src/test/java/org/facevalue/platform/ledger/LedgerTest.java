package org.facevalue.platform.ledger;

import org.facevalue.story.World;

class LedgerTest extends WritePath {
    LedgerTest() {
        super(World.get());
    }
}
