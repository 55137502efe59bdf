package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.facevalue.Drawn;
import org.facevalue.platform.identity.Role;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Who may call what: every route of the running platform, asked of the rules that run, for nobody and for every role. */
class AccessTest {
    private static final World WORLD = World.get();
    private final AuthorizationFilter rules =
            WORLD.bean(SecurityFilterChain.class).getFilters().stream()
                    .filter(AuthorizationFilter.class::isInstance)
                    .map(AuthorizationFilter.class::cast)
                    .findFirst()
                    .orElseThrow();

    @Test
    void every_route_has_its_row_and_the_table_in_the_docs_is_the_one_that_runs()
            throws IOException {
        var table = new StringBuilder("| route | nobody |");
        for (var role : Role.values())
            table.append(" %s |".formatted(role.name().toLowerCase(Locale.ROOT)));
        table.append("\n|---|:-:|").append(":-:|".repeat(Role.values().length)).append("\n");
        var closed = new ArrayList<String>();
        routes().forEach(
                        (route, example) -> {
                            var row = row(example);
                            if (!row.contains(true)) closed.add(route);
                            table.append("| `%s` |".formatted(route));
                            row.forEach(may -> table.append(may ? " x |" : " |"));
                            table.append("\n");
                        });
        // The library maps its description in a second form, too, which nobody has asked for.
        assertThat(closed)
                .as("nobody may call the others: they have no row in Access")
                .containsExactly("/openapi.json.yaml GET");
        Drawn.between(Path.of("docs/operating/access.md"), "access", table.toString());
    }

    @Test
    void what_is_no_route_is_closed_to_everybody() {
        for (var path : List.of("/nothing", "/api/v2/quotes", "/staff/x/y", "/actuator/env")) {
            var request = new MockHttpServletRequest("POST", path);
            assertThat(row(request)).as(path).doesNotContain(true);
        }
    }

    @Test
    void the_answers_over_http_are_those_of_the_table() {
        var minji = WORLD.customer().api();
        assertThat(minji.get("/staff").status()).isEqualTo(403);
        assertThat(minji.get("/api/v1/staff/events").status()).isEqualTo(403);
        assertThat(WORLD.anonymous().get("/api/v1/staff/events").status()).isEqualTo(401);
        for (var role : Role.values()) {
            if (!role.isStaff()) continue;
            var staff = WORLD.staff(role);
            assertThat(staff.get("/staff").status()).as("%s", role).isEqualTo(200);
            assertThat(staff.get("/staff/approvals").status()).as("%s", role).isEqualTo(200);
            assertThat(staff.get("/api/v1/cash-outs").status()).as("%s", role).isEqualTo(403);
            boolean books = role == Role.FINANCE || role == Role.OPERATOR;
            assertThat(staff.post("/api/v1/staff/reconciliation", Map.of()).status())
                    .as("%s", role)
                    .isEqualTo(books ? 202 : 403);
        }
    }

    /** Of every mapped route, in order: how it is shown, and a request to it. */
    private static Map<String, MockHttpServletRequest> routes() {
        var mappings =
                WORLD.all(RequestMappingInfoHandlerMapping.class).stream()
                        .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                        .toList();
        var routes = new TreeMap<String, MockHttpServletRequest>();
        for (var info : mappings)
            for (var path : info.getPatternValues()) {
                if (path.equals("/error")) continue;
                assertThat(info.getMethodsCondition().getMethods()).as(path).isNotEmpty();
                for (var method : info.getMethodsCondition().getMethods())
                    routes.put(
                            path + " " + method,
                            new MockHttpServletRequest(
                                    method.name(), path.replaceAll("\\{[^}]+}", "1")));
            }
        return routes;
    }

    /** Nobody's answer, then each role's. */
    private List<Boolean> row(MockHttpServletRequest request) {
        var row = new ArrayList<Boolean>();
        row.add(
                may(
                        new AnonymousAuthenticationToken(
                                "nobody", "nobody", AuthorityUtils.createAuthorityList("NONE")),
                        request));
        Arrays.stream(Role.values())
                .map(
                        role ->
                                new UsernamePasswordAuthenticationToken(
                                        role,
                                        null,
                                        AuthorityUtils.createAuthorityList("ROLE_" + role)))
                .forEach(somebody -> row.add(may(somebody, request)));
        return row;
    }

    private boolean may(Authentication somebody, MockHttpServletRequest request) {
        return rules.getAuthorizationManager().authorize(() -> somebody, request).isGranted();
    }
}
