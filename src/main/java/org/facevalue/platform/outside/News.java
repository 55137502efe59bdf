package org.facevalue.platform.outside;

import java.util.UUID;
import org.facevalue.platform.identifier.Cell;

/** Whoever waits for other parties implements this: a callback came. It is a hint and no more; the state is read back before money moves. */
public interface News {
    void arrived(Cell cell, UUID subject);
}
