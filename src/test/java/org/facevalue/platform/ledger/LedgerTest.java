package org.facevalue.platform.ledger;

import org.facevalue.story.World;

class LedgerTest extends WritePathTest {
    LedgerTest() {
        super(World.get());
    }
}
