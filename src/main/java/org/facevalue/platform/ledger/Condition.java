package org.facevalue.platform.ledger;

/** A row that must be so at the commit. */
public record Condition<R extends Record>(ConditionKind<R> kind, R key) {}
