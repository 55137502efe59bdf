package org.facevalue.platform.site.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.facevalue.platform.crypto.Signer;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.outside.Heartbeat;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether this node can take a cash-out now. It restarts nothing. */
@RestController
class HealthApi {
    private static final Duration BEAT = Duration.ofSeconds(5);
    private final JdbcClient db;
    private final Heartbeat heartbeat;
    private final Jurisdictions jurisdictions;
    private final Signer signer;

    HealthApi(JdbcClient db, Heartbeat heartbeat, Jurisdictions jurisdictions, Signer signer) {
        this.db = db;
        this.heartbeat = heartbeat;
        this.jurisdictions = jurisdictions;
        this.signer = signer;
    }

    @GetMapping("/health")
    ResponseEntity<Map<String, String>> health() {
        var parts = new LinkedHashMap<String, Boolean>();
        parts.put("database", databaseWritable());
        parts.put("jobs", heartbeat.sinceLastBeat().compareTo(BEAT) < 0);
        parts.put("signing_key", !signer.publicKey().isEmpty());
        parts.put("verdicts", decides());
        boolean up = !parts.containsValue(false);
        var answer = new LinkedHashMap<String, String>();
        answer.put("status", up ? "UP" : "DOWN");
        parts.forEach((part, well) -> answer.put(part, well ? "UP" : "DOWN"));
        return ResponseEntity.status(up ? 200 : 503).body(answer);
    }

    @GetMapping("/health/live")
    Map<String, String> live() {
        return Map.of("status", "UP");
    }

    /** What receipts and quotes are checked with. */
    @GetMapping("/keys")
    Map<String, String> keys() {
        return Map.of("ed25519", signer.publicKey());
    }

    private boolean decides() {
        try {
            return jurisdictions.decides();
        } catch (DataAccessException e) {
            return false;
        }
    }

    private boolean databaseWritable() {
        try {
            return !db.sql("SELECT pg_is_in_recovery()").query(Boolean.class).single();
        } catch (DataAccessException e) {
            return false;
        }
    }
}
