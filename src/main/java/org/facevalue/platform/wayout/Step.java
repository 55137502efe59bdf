package org.facevalue.platform.wayout;

/** What is said to an outside party about a way out. Each may be said again under the same identifier without harm. */
enum Step {
    /** The request, with its documents. */
    FILE,
    /** How does it stand? */
    LOOK,
    /** The term is nearly over. */
    REMIND,
    TAKE_BACK,
    /** The whole file, to the dispute body. */
    REFER
}
