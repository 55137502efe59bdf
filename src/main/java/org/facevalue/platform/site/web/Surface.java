package org.facevalue.platform.site.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a route shows, and so what has to be permitted before it is shown. Every route has its row; one without is closed. */
enum Surface {
    /** Quotes, comparisons, providers and what they take: only where the rule packs permit to show them. */
    CASH_OUT(
            "/compare",
            "/quotes",
            "/quotes/{id}",
            "/quotes/{id}/confirm",
            "/api/v1/comparison",
            "/api/v1/quotes",
            "/api/v1/quotes/{id}",
            "/api/v1/quotes/{id}/challenges"),
    /** What anybody sees. It follows the same verdict in what it says. */
    PUBLIC(
            "/",
            "/error",
            "/health",
            "/health/live",
            "/keys",
            "/openapi.json",
            "/openapi.json.yaml",
            "/problems",
            "/problems/{code}",
            "/sandbox/enter",
            "/sign-in",
            "/sign-out",
            "/sign-up",
            "/staff/sign-in"),
    /** What is the caller's own: who they are, and what became of what they have confirmed. Nobody loses sight of it because a rule has changed. */
    OWN(
            "/account",
            "/account/designated-accounts",
            "/account/device-keys",
            "/account/phone-lines",
            "/sandbox/bill",
            "/api/v1/cash-outs",
            "/api/v1/cash-outs/{id}",
            "/api/v1/cash-outs/{id}/cancel",
            "/api/v1/cash-outs/{id}/carrier-code",
            "/api/v1/cash-outs/{id}/choice",
            "/api/v1/cash-outs/{id}/events",
            "/api/v1/cash-outs/{id}/receipt",
            "/api/v1/cash-outs/{id}/voucher-code",
            "/api/v1/cash-outs/{id}/voucher-code/challenges",
            "/api/v1/designated-accounts",
            "/api/v1/device-keys",
            "/api/v1/freeze",
            "/api/v1/phone-lines",
            "/api/v1/purchases",
            "/api/v1/purchases/{id}",
            "/api/v1/purchases/{id}/evidence",
            "/api/v1/purchases/{id}/evidence/{number}",
            "/api/v1/ways-out",
            "/api/v1/ways-out/{id}",
            "/api/v1/ways-out/{id}/{choice}",
            "/api/v1/ways-out/{id}/{document}.pdf",
            "/cash-outs",
            "/cash-outs/{id}",
            "/cash-outs/{id}/cancel",
            "/cash-outs/{id}/carrier-code",
            "/cash-outs/{id}/choice",
            "/freeze",
            "/purchases",
            "/purchases/{id}",
            "/purchases/{id}/evidence",
            "/purchases/{id}/evidence/{number}",
            "/ways-out",
            "/ways-out/new",
            "/ways-out/{id}",
            "/ways-out/{id}/{choice}",
            "/ways-out/{id}/{document}.pdf"),
    /** What the staff sees to do its work; no customer ever does. */
    STAFF(
            "/api/v1/staff/events",
            "/api/v1/staff/reconciliation",
            "/staff",
            "/staff/approvals",
            "/staff/approvals/{id}",
            "/staff/break-glass",
            "/staff/cash-outs/{id}",
            "/staff/reconciliation",
            "/staff/reconciliation/{id}/accept",
            "/staff/rule-packs",
            "/staff/rule-packs/{pack}",
            "/staff/ways-out/{id}"),
    /** The sandbox's own, for its program. */
    SANDBOX(
            "/api/v1/customers",
            "/api/v1/sandbox/clock",
            "/api/v1/sandbox/providers/{code}/licence");

    private static final Map<String, Surface> ROWS = new HashMap<>();

    static {
        for (var surface : values())
            for (var route : surface.routes)
                if (ROWS.put(route, surface) != null)
                    throw new IllegalStateException("two rows: " + route);
    }

    private final List<String> routes;

    Surface(String... routes) {
        this.routes = List.of(routes);
    }

    boolean isOfCashOuts() {
        return this == CASH_OUT || this == SANDBOX;
    }

    static Set<String> rows() {
        return ROWS.keySet();
    }

    /** @param route as it is mapped: {@code /quotes/{id}} */
    static Optional<Surface> of(String route) {
        return Optional.ofNullable(ROWS.get(route));
    }
}
