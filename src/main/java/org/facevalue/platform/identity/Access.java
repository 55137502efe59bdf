package org.facevalue.platform.identity;

import static org.facevalue.platform.identity.Role.AUDITOR;
import static org.facevalue.platform.identity.Role.COMPLIANCE;
import static org.facevalue.platform.identity.Role.CUSTOMER;
import static org.facevalue.platform.identity.Role.FINANCE;
import static org.facevalue.platform.identity.Role.METRICS;
import static org.facevalue.platform.identity.Role.OPERATOR;
import static org.facevalue.platform.identity.Role.SANDBOX;
import static org.facevalue.platform.identity.Role.SUPPORT;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who may call what, as one table: the first row that fits decides, and what fits none is denied. */
final class Access {
    private static final Set<Role> STAFF =
            EnumSet.of(SUPPORT, COMPLIANCE, FINANCE, AUDITOR, OPERATOR);
    private static final HttpMethod[] ANY = {};
    private static final HttpMethod[] READ = {HttpMethod.GET, HttpMethod.HEAD};
    private static final HttpMethod[] POST = {HttpMethod.POST};

    static final List<Row> TABLE =
            List.of(
                    everybody(READ, "/", "/sign-in", "/sign-up", "/problems", "/problems/*"),
                    everybody(READ, "/staff/sign-in"),
                    everybody(POST, "/sign-in", "/staff/sign-in", "/sign-up", "/sandbox/enter"),
                    everybody(READ, "/css/**", "/js/**", "/img/**", "/favicon.ico"),
                    everybody(READ, "/health", "/health/live", "/openapi.json", "/keys"),
                    everybody(ANY, "/error"),
                    signedIn(POST, "/sign-out"),
                    only(EnumSet.of(METRICS), READ, "/metrics"),
                    only(
                            STAFF,
                            READ,
                            "/staff",
                            "/staff/cash-outs/*",
                            "/staff/ways-out/*",
                            "/staff/reconciliation",
                            "/staff/approvals",
                            "/staff/rule-packs",
                            "/staff/rule-packs/*"),
                    only(
                            EnumSet.of(FINANCE, AUDITOR, OPERATOR),
                            READ,
                            "/api/v1/staff/events",
                            "/api/v1/staff/reconciliation"),
                    only(
                            EnumSet.of(SUPPORT, COMPLIANCE, FINANCE),
                            POST,
                            "/staff/cash-outs/*",
                            "/staff/ways-out/*"),
                    only(
                            EnumSet.of(FINANCE, OPERATOR),
                            POST,
                            "/staff/reconciliation",
                            "/api/v1/staff/reconciliation"),
                    only(EnumSet.of(FINANCE), POST, "/staff/reconciliation/*/accept"),
                    only(EnumSet.of(COMPLIANCE), POST, "/staff/rule-packs/*"),
                    only(EnumSet.of(COMPLIANCE, FINANCE, OPERATOR), POST, "/staff/approvals/*"),
                    only(EnumSet.of(FINANCE), POST, "/staff/break-glass"),
                    only(EnumSet.of(SANDBOX), ANY, "/api/v1/sandbox/**", "/api/v1/customers"),
                    only(
                            EnumSet.of(CUSTOMER),
                            ANY,
                            "/api/v1/cash-outs/**",
                            "/api/v1/comparison",
                            "/api/v1/designated-accounts",
                            "/api/v1/device-keys",
                            "/api/v1/freeze",
                            "/api/v1/phone-lines",
                            "/api/v1/quotes/**",
                            "/compare",
                            "/quotes",
                            "/quotes/**",
                            "/cash-outs",
                            "/cash-outs/**",
                            "/freeze",
                            "/api/v1/purchases",
                            "/api/v1/purchases/**",
                            "/api/v1/ways-out",
                            "/api/v1/ways-out/**",
                            "/purchases",
                            "/purchases/**",
                            "/ways-out",
                            "/ways-out/**",
                            "/sandbox/bill",
                            "/account",
                            "/account/designated-accounts",
                            "/account/device-keys",
                            "/account/phone-lines"));

    private Access() {}

    /** To whom a row opens. */
    enum Whom {
        EVERYBODY,
        SIGNED_IN,
        ROLES
    }

    /**
     * One row. {@code roles}: where it is open to some only.
     *
     * @param methods empty for all
     */
    record Row(Whom whom, Set<Role> roles, List<HttpMethod> methods, List<String> patterns) {
        RequestMatcher[] matchers() {
            return patterns.stream().flatMap(this::matchers).toArray(RequestMatcher[]::new);
        }

        String[] roleNames() {
            return roles.stream().map(Role::name).toArray(String[]::new);
        }

        private Stream<RequestMatcher> matchers(String pattern) {
            if (methods.isEmpty()) return Stream.of(PathPatternRequestMatcher.pathPattern(pattern));
            return methods.stream()
                    .map(method -> PathPatternRequestMatcher.pathPattern(method, pattern));
        }
    }

    private static Row everybody(HttpMethod[] methods, String... patterns) {
        return new Row(Whom.EVERYBODY, Set.of(), Arrays.asList(methods), List.of(patterns));
    }

    private static Row signedIn(HttpMethod[] methods, String... patterns) {
        return new Row(Whom.SIGNED_IN, Set.of(), Arrays.asList(methods), List.of(patterns));
    }

    private static Row only(Set<Role> roles, HttpMethod[] methods, String... patterns) {
        return new Row(Whom.ROLES, roles, Arrays.asList(methods), List.of(patterns));
    }
}
