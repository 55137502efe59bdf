/**
 * Every event that matters, once, and its order. Owns {@code event}, {@code event_pending}, {@code log_head} and {@code log_place}. Keeps: an event
 * is written in the transaction of the change it tells of, is never altered, and gets exactly one place. Read
 * {@link org.facevalue.platform.journal.Journal} first.
 */
@ApplicationModule(
        displayName = "Journal",
        allowedDependencies = {"identifier"})
@NullMarked
package org.facevalue.platform.journal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
