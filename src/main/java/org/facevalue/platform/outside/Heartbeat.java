package org.facevalue.platform.outside;

import java.time.Duration;

/** Whether the jobs of this node run. */
public interface Heartbeat {
    /** How long ago this node last looked for due work. */
    Duration sinceLastBeat();
}
