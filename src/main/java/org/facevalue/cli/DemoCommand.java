package org.facevalue.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.facevalue.verify.SignedDocument;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code ./facevalue demo}: one cash-out through the public API, printed as a person would like to read it. */
@Command(
        name = "demo",
        description = "Does one cash-out against the running platform and prints it.")
final class DemoCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What fails, and how a face value, a line or an account provokes it. */
    private record Failure(long faceValue, String scenario, String end) {
        /** With the choice that the customer makes where there is one. */
        Failure choosing(String choice) {
            boolean offered = end.equals("REFUNDED") && faceValue != VOUCHER_FAILS;
            return offered && !choice.equals("refund")
                    ? new Failure(faceValue, scenario, "KEPT_AS_" + choice.toUpperCase(Locale.ROOT))
                    : this;
        }
    }

    private static final long VOUCHER_FAILS = 50_510;
    private static final Failure NONE = new Failure(50_000, "", "PAID");
    private static final Map<String, Failure> FAILURES =
            Map.of(
                    "charge", new Failure(50_000, "CHARGE_DECLINED", "NOT_CHARGED"),
                    "voucher", new Failure(VOUCHER_FAILS, "", "REFUNDED"),
                    "redemption", new Failure(50_610, "", "REFUNDED"),
                    "payout", new Failure(50_000, "PAYOUT_DECLINED", "REFUNDED"));

    @Option(names = "--fail", description = "What fails: charge, voucher, redemption or payout.")
    private @Nullable String fail;

    @Option(
            names = "--tariff",
            description = "How the line is billed: two-step (usual), code or one-step.",
            defaultValue = "two-step")
    private String tariff = "two-step";

    @Option(
            names = "--choose",
            description =
                    "What the customer takes where the redemption or the payout fails: refund (usual), voucher or cash.",
            defaultValue = "refund")
    private String choice = "refund";

    @Override
    public Integer call() {
        try {
            return demo(Layout.ofEnvironment());
        } catch (Trouble trouble) {
            System.err.println("facevalue: " + trouble.getMessage());
            return 1;
        }
    }

    private int demo(Layout layout) {
        var chosen = fail == null ? NONE : FAILURES.get(fail);
        if (chosen == null)
            throw new Trouble("--fail takes charge, voucher, redemption or payout.");
        boolean can =
                switch (choice) {
                    case "refund" -> true;
                    case "voucher" -> "redemption".equals(fail);
                    case "cash" -> "payout".equals(fail);
                    default -> false;
                };
        if (!can)
            throw new Trouble(
                    "--choose takes refund, with --fail redemption voucher, with --fail payout cash.");
        var failure = chosen.choosing(choice);
        var customer =
                SandboxCustomer.make(
                        layout.address(), layout.sandboxAddress(), tariff, failure.scenario());
        say(
                "%s has the line %s and the account %s.",
                customer.secret("name"),
                customer.secret("line_number"),
                customer.secret("account_number"));
        var quote = customer.quote("face_value", failure.faceValue(), "eunmorae");
        print(quote);
        var id = customer.confirm(quote.path("id").asString()).path("id").asString();
        say(
                "%n3. Confirmed with the device key over %s, the payee and the quote's digest: %s%n",
                won(quote.path("net")), id);
        var ended = follow(customer, id);
        boolean signed = receipt(customer, id);
        var compared = BothBooks.compare(ended, customer.world(id));
        say("%n6. Both sides' books");
        compared.agreements().forEach(line -> say("   %s", line));
        compared.differences().forEach(line -> say("   DIFFERS: %s", line));
        long bill = customer.phone().path("bill").asLong();
        long billed =
                failure.end().equals("PAID") || failure.end().startsWith("KEPT")
                        ? failure.faceValue()
                        : 0;
        say("   %-26s ₩%,d", "left on the phone bill", bill);
        var end = ended.path("state").asString();
        boolean well =
                end.equals(failure.end())
                        && signed
                        && compared.differences().isEmpty()
                        && bill == billed;
        say(
                "%n%s",
                well
                        ? "As it should be: " + end + "."
                        : "NOT as it should be: " + end + ", expected " + failure.end() + ".");
        return well ? 0 : 1;
    }

    private static void print(JsonNode quote) {
        say("%n1. The quote %s", quote.path("id").asString());
        say("   %-26s %12s", "charged to the bill", won(quote.path("face_value")));
        for (var line : quote.path("lines"))
            say(
                    "   %-26s %12s   to %s, %s",
                    line.path("kind").asString().toLowerCase(Locale.ROOT) + " fee",
                    "−" + won(line.path("amount")),
                    line.path("payee").asString(),
                    line.path("rule").asString());
        say(
                "   %-26s %12s   to %s",
                "you receive", won(quote.path("net")), quote.path("payee").asString());
        say(
                "   effective annual cost %.2f %% until the bill is due on %s; paying late adds %s",
                quote.path("effective_annual_cost_bps").asLong() / 100.0,
                quote.path("bill_due_on").asString(),
                won(quote.path("late_fee")));
        for (var citation : quote.path("verdict").path("citations"))
            say(
                    "   permitted by %s: %s",
                    citation.path("rule").asString(), citation.path("source").asString());
        say(
                "%n2. Not converting costs ₩0. The quote is signed and holds until %s.",
                quote.path("expires_at").asString());
    }

    private JsonNode follow(SandboxCustomer customer, String id) {
        say("4. What happened");
        var until = System.nanoTime() + PATIENCE.toNanos();
        int shown = 0;
        Instant began = null;
        while (System.nanoTime() < until) {
            var cashOut = customer.cashOut(id);
            List<JsonNode> timeline = cashOut.path("timeline").valueStream().toList();
            for (var entry : timeline.subList(Math.min(shown, timeline.size()), timeline.size())) {
                var at = Instant.parse(entry.path("at").asString());
                if (began == null) began = at;
                say(
                        "   %s  +%6.3f s  %-22s %s",
                        at,
                        Duration.between(began, at).toMillis() / 1000.0,
                        entry.path("event").asString(),
                        entry.path("state").asString());
            }
            shown = timeline.size();
            if (cashOut.path("waiting_for").isNull() || cashOut.path("waiting_for").isMissingNode())
                return cashOut;
            if (cashOut.path("state").asString().equals("CODE_WANTED")) giveCode(customer, id);
            if (!cashOut.path("choices").isEmpty()) {
                say("   %-34s the customer takes the %s", "", choice);
                customer.choose(id, choice);
            }
            pause();
        }
        throw new Trouble("The cash-out " + id + " did not end in time.");
    }

    private static void giveCode(SandboxCustomer customer, String id) {
        var codes = customer.phone().path("codes");
        if (!codes.isEmpty())
            customer.api()
                    .post(
                            "/api/v1/cash-outs/" + id + "/carrier-code",
                            Map.of("code", codes.get(0).asString()));
    }

    private static boolean receipt(SandboxCustomer customer, String id) {
        var receipt = customer.api().get("/api/v1/cash-outs/" + id + "/receipt").ok();
        var document = new LinkedHashMap<String, Object>();
        receipt.path("document")
                .properties()
                .forEach(entry -> document.put(entry.getKey(), plain(entry.getValue())));
        boolean holds =
                SignedDocument.holds(
                        document,
                        Base64.getDecoder().decode(receipt.path("signature").asString()),
                        Base64.getDecoder().decode(receipt.path("public_key").asString()));
        say("%n5. The signed summary");
        document.forEach((name, value) -> say("   %-14s %s", name, value));
        say(
                "   signature      %s",
                holds ? "verified (Ed25519 over the canonical JSON)" : "DOES NOT VERIFY");
        return holds;
    }

    private static Object plain(JsonNode node) {
        if (node.isArray()) return node.valueStream().map(DemoCommand::plain).toList();
        if (node.isObject()) {
            var map = new LinkedHashMap<String, Object>();
            node.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
            return map;
        }
        return node.isIntegralNumber() ? (Object) node.asLong() : node.asString();
    }

    private static String won(JsonNode money) {
        return String.format(Locale.ROOT, "₩%,d", money.path("amount").asLong());
    }

    private static void pause() {
        try {
            Thread.sleep(150);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(String format, Object... with) {
        System.out.println(String.format(Locale.ROOT, format, with));
    }
}
