package org.facevalue.platform.ledger;

/** A row of some room that changes with the movements. */
public record Effect<R extends Record>(EffectKind<R> kind, R row) {}
