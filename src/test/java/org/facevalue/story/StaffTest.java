package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.facevalue.cli.Main;
import org.facevalue.platform.identity.Staff;
import org.facevalue.platform.identity.StaffProgram;
import org.facevalue.platform.identity.Totp;
import org.junit.jupiter.api.Test;

/** Who of the operator's people may sign in is said beside the database, by {@code ./facevalue staff}, and nowhere else. */
class StaffTest {
    private static final World WORLD = World.get();
    private final HttpClient http = HttpClient.newHttpClient();

    private record Ran(int code, String out) {
        /** What stands behind that word. */
        String said(String word) {
            return out.lines()
                    .filter(line -> line.startsWith(word))
                    .map(line -> line.substring(word.length()).strip())
                    .collect(Collectors.joining());
        }
    }

    /** As the command does, in this process: to start one takes as long as a platform takes. */
    private static Ran said(String... arguments) {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        var all = new ArrayList<>(List.of("staff"));
        all.addAll(List.of(arguments));
        int code =
                new StaffProgram(WORLD.bean(Staff.class), stream, stream)
                        .run(all.toArray(String[]::new));
        return new Ran(code, out.toString(StandardCharsets.UTF_8));
    }

    private static Ran staff(String... arguments) throws IOException, InterruptedException {
        var command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                Main.class.getName(),
                                "staff"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().put("FACEVALUE_DATA", WORLD.keys().getParent().toString());
        var running = process.start();
        var out = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(running.waitFor(), out);
    }

    /** @param at of its code, which is good once: another one is of another half minute */
    private HttpResponse<String> signIn(String name, String password, String secret, Instant at)
            throws IOException, InterruptedException {
        var door = URI.create(WORLD.address() + "/staff/sign-in");
        var page = http.send(HttpRequest.newBuilder(door).build(), BodyHandlers.ofString());
        var form =
                Map.of(
                                "name",
                                name,
                                "password",
                                password,
                                "code",
                                Totp.code(secret, at),
                                "_csrf",
                                page.body()
                                        .replaceAll(
                                                "(?s).*name=\"_csrf\" value=\"([^\"]*)\".*", "$1"))
                        .entrySet()
                        .stream()
                        .map(
                                field ->
                                        field.getKey()
                                                + "="
                                                + URLEncoder.encode(
                                                        field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return http.send(
                HttpRequest.newBuilder(door)
                        .header(
                                "Cookie",
                                page.headers()
                                        .firstValue("Set-Cookie")
                                        .orElseThrow()
                                        .split(";", 2)[0])
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private int seenWith(String cookie) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(WORLD.address() + "/staff/approvals"))
                                .header("Cookie", cookie)
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void who_is_let_in_signs_in_with_what_is_shown_once_and_no_more_when_let_go()
            throws IOException, InterruptedException {
        var name = "jihun." + UUID.randomUUID();
        var added = staff("add", name, "compliance");
        assertThat(added.code()).as(added.out()).isZero();
        var secret = added.said("TOTP").replaceAll(".*secret=(\\w+)&.*", "$1");
        var entered = signIn(name, added.said("password"), secret, Instant.now());
        assertThat(entered.statusCode()).isEqualTo(302);
        var cookie = entered.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        assertThat(seenWith(cookie)).isEqualTo(200);
        assertThat(said("list").out()).contains("compliance  " + name);
        assertThat(said("add", name, "finance").out()).contains("somebody's already");

        assertThat(said("remove", name).code()).isZero();
        assertThat(seenWith(cookie)).as("the session that was open").isNotEqualTo(200);
        var next = Instant.now().plusSeconds(30);
        assertThat(signIn(name, added.said("password"), secret, next).statusCode()).isEqualTo(401);
        assertThat(said("list").out()).doesNotContain(name);
        assertThat(said("remove", name).code()).as("twice").isEqualTo(1);
        assertThat(said("add", name, "finance").code()).as("a name stays one's").isEqualTo(1);
        assertThat(mails("auditor@localhost")).contains("직원 추가", "직원 해제");
    }

    @Test
    void what_is_no_name_or_no_role_of_the_staff_lets_nobody_in()
            throws IOException, InterruptedException {
        var before = said("list").out();
        assertThat(said("add", "a b", "support").out()).contains("2 to 64");
        assertThat(said("add", "", "support").code()).isEqualTo(1);
        assertThat(said("add", "minji.lee", "customer").out()).contains("A role is");
        assertThat(said("add", "minji.lee", "chief").out()).contains("A role is");
        assertThat(staff("add", "minji.lee").code()).as("an argument is missing").isEqualTo(2);
        assertThat(said("remove", "nobody.at.all").out()).contains("Nobody of the staff");
        assertThat(said("list").out()).isEqualTo(before);
    }

    /** What that mailbox has, once both are there. */
    private static String mails(String address) {
        for (int i = 0; i < 300; i++) {
            var mails = WORLD.sandbox().get("/sandbox/mailboxes/" + address).ok().path("data");
            if (mails.toString().contains("직원 해제")) return mails.toString();
            World.sleep();
        }
        return "";
    }
}
