package org.facevalue.platform.jurisdiction;

import java.net.URI;
import java.util.List;

/**
 * What is asked about: every part of a route that a law could touch. None of them is a free choice of anybody: they come from the line's number, the
 * account's number and where the parties are reached.
 *
 * @param line the number charged, E.164
 * @param account the designated account's number
 * @param parties where carrier, issuer, provider and bank are reached
 */
public record Route(String line, String account, List<URI> parties) {}
