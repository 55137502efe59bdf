package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.facevalue.platform.identity.BreakGlass;
import org.facevalue.platform.identity.FourEyes;
import org.facevalue.platform.identity.FourEyes.State;
import org.facevalue.platform.identity.Reason;
import org.facevalue.platform.identity.Role;
import org.facevalue.platform.identity.Totp;
import org.facevalue.platform.jurisdiction.Packs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What takes two, on the pages: everybody is signed in as people are, and fills in the forms that stand there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FourEyesPagesTest {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern WAITING =
            Pattern.compile("action=\"(/staff/approvals/[0-9a-f-]{36})\"");
    private static final String APPROVALS = "/staff/approvals";
    private static final String GLASS = "/staff/break-glass";
    private static final String SHELF = "/staff/rule-packs";
    private static final String OURS = SHELF + "/ZZ@2026-11-28";
    private static final String STRICT = SHELF + "/ZZ@2026-10-01";
    private static final Map<String, String> WHY = Map.of("reason", "the law has changed");
    private static final Map<String, String> YES = answer("allow", "read it twice");
    private static final Map<String, String> NO = answer("reject", "a holiday is missing");
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Role, Person> staff = new EnumMap<>(Role.class);
    private World world;
    private Person seoyeon;
    private Person jihun;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        var folder = Path.of("target/rule-packs-pages").toAbsolutePath();
        RulePackTest.strict(folder);
        world = World.beside("four-eyes-pages", Map.of("facevalue.rule-packs", folder.toString()));
        for (var role : Role.values()) if (role.isStaff()) staff.put(role, new Person(role));
        seoyeon = staff.get(Role.COMPLIANCE);
        jihun = staff.get(Role.OPERATOR);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private static Map<String, String> answer(String answer, String reason) {
        return Map.of("answer", answer, "reason", reason);
    }

    /** What came: where it leads to, or empty. */
    private record Page(int status, String leads, String text) {}

    /** One of the staff, with the cookies of their browser. */
    private final class Person {
        private final Map<String, String> cookies = new TreeMap<>();

        Person(Role role) throws IOException, InterruptedException {
            var login = world.secret("staff-" + role.name().toLowerCase(Locale.ROOT));
            var credentials =
                    Map.of(
                            "name", login.get(0),
                            "password", login.get(1),
                            "code", Totp.code(login.get(2), Instant.now()));
            assertThat(fill("/staff/sign-in", "/staff/sign-in", credentials).status())
                    .as("%s", role)
                    .isEqualTo(302);
        }

        Page see(String path) throws IOException, InterruptedException {
            return exchange(request(path));
        }

        /** What waits for this one's answer, by the form's action; empty where nothing does. */
        String waiting() throws IOException, InterruptedException {
            var form = WAITING.matcher(see(APPROVALS).text());
            return form.find() ? form.group(1) : "";
        }

        /** Fills in the form of that action, which stands on the page. */
        Page fill(String page, String action, Map<String, String> fields)
                throws IOException, InterruptedException {
            var text = see(page).text();
            assertThat(text).contains("action=\"" + action + "\"");
            return send(text, action, fields);
        }

        /** As {@link #fill}, where no page has the form. */
        Page force(String action, Map<String, String> fields)
                throws IOException, InterruptedException {
            return send(see(APPROVALS).text(), action, fields);
        }

        private Page send(String text, String action, Map<String, String> fields)
                throws IOException, InterruptedException {
            var token = TOKEN.matcher(text);
            assertThat(token.find()).as(text).isTrue();
            var all = new HashMap<>(fields);
            all.put("_csrf", token.group(1));
            return post(action, all);
        }

        Page post(String action, Map<String, String> fields)
                throws IOException, InterruptedException {
            var form =
                    fields.entrySet().stream()
                            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                            .collect(Collectors.joining("&"));
            return exchange(
                    request(action)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(form)));
        }

        private HttpRequest.Builder request(String path) {
            var request = HttpRequest.newBuilder(URI.create(world.address() + path));
            var kept =
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; "));
            return kept.isEmpty() ? request : request.header("Cookie", kept);
        }

        private Page exchange(HttpRequest.Builder request)
                throws IOException, InterruptedException {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            for (var set : answer.headers().allValues("Set-Cookie")) {
                var cookie = set.split(";", 2)[0].split("=", 2);
                cookies.put(cookie[0], cookie[1]);
            }
            return new Page(
                    answer.statusCode(),
                    answer.headers().firstValue("Location").orElse(""),
                    answer.body());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void leads(Page page, String where) {
        assertThat(page.status()).as(page.text()).isEqualTo(302);
        assertThat(page.leads()).endsWith(where);
    }

    private static void refused(Page page, int status, String code) {
        assertThat(page.status()).as(page.text()).isEqualTo(status);
        assertThat(page.text()).contains(code);
    }

    private static void wantsReason(Page page) {
        assertThat(page.status()).isEqualTo(422);
        assertThat(page.leads()).isEmpty();
        assertThat(page.text()).contains("role=\"alert\"");
    }

    private State state(String form) {
        return world.bean(FourEyes.class).all().stream()
                .filter(approval -> form.endsWith("/" + approval.id()))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private int asked() {
        return world.bean(FourEyes.class).all().size();
    }

    /** The page of the pack of ZZ that is asked now. */
    private String deciding() {
        return world.bean(Packs.class).shelf().stream()
                .filter(pack -> pack.decides() && pack.id().jurisdiction().equals("ZZ"))
                .map(pack -> SHELF + "/" + pack.id().shown())
                .collect(Collectors.joining(" "));
    }

    @Test
    void one_asks_another_one_allows_and_the_first_one_does_it_once() throws Exception {
        leads(seoyeon.fill(STRICT, STRICT, WHY), APPROVALS);
        assertThat(deciding()).as("one alone changes nothing").isEqualTo(OURS);

        var form = jihun.waiting();
        assertThat(seoyeon.waiting()).as("one's own has no form").isEmpty();
        refused(seoyeon.force(form, YES), 409, "own-approval");
        refused(seoyeon.force(form, NO), 409, "own-approval");
        assertThat(state(form)).isEqualTo(State.ASKED);

        leads(jihun.fill(APPROVALS, form, YES), APPROVALS);
        assertThat(state(form)).isEqualTo(State.APPROVED);
        assertThat(jihun.waiting()).isEmpty();
        refused(jihun.force(form, YES), 409, "too-late");
        refused(jihun.force(form, NO), 409, "too-late");
        refused(jihun.force(STRICT, WHY), 403, "not-permitted");
        assertThat(state(form)).isEqualTo(State.APPROVED);
        assertThat(deciding()).as("it is for who has asked to do it").isEqualTo(OURS);

        leads(seoyeon.fill(STRICT, STRICT, WHY), SHELF);
        assertThat(state(form)).isEqualTo(State.USED);
        assertThat(deciding()).isEqualTo(STRICT);
        refused(seoyeon.force(STRICT, WHY), 409, "too-late");

        leads(seoyeon.fill(OURS, OURS, WHY), APPROVALS);
        leads(jihun.fill(APPROVALS, jihun.waiting(), YES), APPROVALS);
        leads(seoyeon.fill(OURS, OURS, WHY), SHELF);
        leads(seoyeon.fill(STRICT, STRICT, WHY), APPROVALS);
        assertThat(deciding()).as("what is used up allows nothing again").isEqualTo(OURS);
        refused(jihun.force(form, YES), 409, "too-late");
        assertThat(state(form)).isEqualTo(State.USED);
    }

    @Test
    void a_rejection_is_a_record_for_everybody_and_lets_nobody_do_anything() throws Exception {
        leads(seoyeon.fill(STRICT, STRICT, WHY), APPROVALS);
        var form = jihun.waiting();
        leads(jihun.fill(APPROVALS, form, NO), APPROVALS);
        assertThat(state(form)).isEqualTo(State.REJECTED);
        for (var person : staff.values())
            assertThat(person.see(APPROVALS).text()).contains(NO.get("reason"));
        refused(jihun.force(form, YES), 409, "too-late");
        leads(seoyeon.fill(STRICT, STRICT, WHY), APPROVALS);
        assertThat(jihun.waiting()).as("asked for anew").isNotEmpty().isNotEqualTo(form);
        assertThat(deciding()).isEqualTo(OURS);
        assertThat(state(form)).isEqualTo(State.REJECTED);
    }

    @Test
    void a_form_without_a_reason_an_answer_or_the_token_of_its_page_does_nothing()
            throws Exception {
        leads(seoyeon.fill(STRICT, STRICT, WHY), APPROVALS);
        var form = jihun.waiting();
        int before = asked();
        wantsReason(seoyeon.fill(STRICT, STRICT, Map.of("reason", "  ok  ")));
        refused(seoyeon.post(STRICT, WHY), 403, "not-permitted");
        wantsReason(jihun.fill(APPROVALS, form, Map.of("answer", "allow")));
        refused(jihun.fill(APPROVALS, form, answer("perhaps", "why not")), 400, "invalid-field");
        refused(jihun.post(form, YES), 403, "not-permitted");
        for (var role : List.of(Role.FINANCE, Role.SUPPORT, Role.AUDITOR))
            refused(staff.get(role).force(form, YES), 403, "not-permitted");
        refused(jihun.force(APPROVALS + "/1", YES), 404, "not-found");
        refused(jihun.force(APPROVALS + "/" + UUID.randomUUID(), YES), 404, "not-found");
        refused(seoyeon.force(SHELF + "/ZZ@2026-01-01", WHY), 404, "not-found");
        assertThat(state(form)).isEqualTo(State.ASKED);
        assertThat(asked()).isEqualTo(before);
        assertThat(deciding()).isEqualTo(OURS);
    }

    @Test
    void the_glass_is_broken_for_a_reason_by_finance_alone_and_everybody_sees_it()
            throws Exception {
        var glass = world.bean(BreakGlass.class);
        var finance = staff.get(Role.FINANCE);
        for (var bad : List.of("", " ".repeat(9), "now", "x".repeat(Reason.LONGEST + 1)))
            wantsReason(finance.fill(APPROVALS, GLASS, Map.of("reason", bad)));
        refused(finance.post(GLASS, WHY), 403, "not-permitted");
        for (var role : staff.keySet()) {
            if (role == Role.FINANCE) continue;
            assertThat(staff.get(role).see(APPROVALS).text()).as("%s", role).doesNotContain(GLASS);
            refused(staff.get(role).force(GLASS, WHY), 403, "not-permitted");
        }
        assertThat(glass.all()).isEmpty();

        var why = "the bank calls and nobody else is here";
        leads(finance.fill(APPROVALS, GLASS, Map.of("reason", why)), APPROVALS);
        leads(finance.fill(APPROVALS, GLASS, WHY), APPROVALS);
        assertThat(glass.all()).as("broken already").hasSize(1);
        for (var person : staff.values()) assertThat(person.see(APPROVALS).text()).contains(why);
    }
}
