package org.facevalue.platform.carrier;

import java.util.UUID;
import org.facevalue.platform.identifier.Cell;

/** Whoever waits for charges implements this: a callback came. It is a hint and no more; the state is read back before money moves. */
public interface ChargeNews {
    void arrived(Cell cell, UUID caller);
}
