package org.facevalue.platform.identity;

import java.util.UUID;

/**
 * Who makes this request.
 *
 * @param subject the customer whose login it is; for staff and programs the login itself
 * @param via the session or API key that carried it; a step-up holds for this one only
 */
public record Caller(Role role, UUID login, UUID subject, UUID via) {}
