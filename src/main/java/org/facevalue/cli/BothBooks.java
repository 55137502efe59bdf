package org.facevalue.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Our side of an ended cash-out held against the books of every outside party. Both were read over HTTP. */
public final class BothBooks {
    private final JsonNode cashOut;
    private final JsonNode world;
    private final List<String> differences = new ArrayList<>();
    private final List<String> agreements = new ArrayList<>();

    private BothBooks(JsonNode cashOut, JsonNode world) {
        this.cashOut = cashOut;
        this.world = world;
    }

    /** @param differences empty when both sides agree */
    public record Compared(List<String> agreements, List<String> differences) {}

    /**
     * @param cashOut as the API shows it, at its end
     * @param world as the sandbox shows it
     */
    public static Compared compare(JsonNode cashOut, JsonNode world) {
        var books = new BothBooks(cashOut, world);
        books.compare();
        return new Compared(books.agreements, books.differences);
    }

    private void compare() {
        long faceValue = cashOut.path("face_value").path("amount").asLong();
        long net = cashOut.path("net").path("amount").asLong();
        long payouts = told("payout-booked") - told("payout-returned") - told("payout-recovered");
        long payBacks = told("paid-back") - told("pay-back-returned");
        check(
                "charged on the phone bill",
                told("charged") * faceValue,
                sum("carrier_payments", "succeeded"));
        check(
                "refunded by the carrier",
                told("charge-refunded") * faceValue,
                sum("carrier_refunds", "succeeded"));
        // What the customer has is the customer's to spend.
        boolean kept = told("voucher-kept") > 0;
        long spent = sum("vouchers", "REDEEMED");
        check("vouchers in use", told("redeemed") * faceValue, kept ? 0 : spent);
        check(
                "vouchers bought",
                told("voucher-issued") * faceValue,
                sum("vouchers", "REDEEMED")
                        + sum("vouchers", "REFUNDED")
                        + sum("vouchers", "ISSUED"));
        check(
                "vouchers handed over",
                (told("voucher-kept") - told("voucher-given-back")) * faceValue,
                kept ? sum("vouchers", "ISSUED") + spent : 0);
        check(
                "transferred by the bank",
                payouts * net + payBacks * faceValue,
                sum("transfers", "BOOKED"));
        checkCount("charges", told("charged"), count("carrier_payments", "succeeded"));
        checkCount("redemptions", told("redeemed"), count("redemptions", "ACCEPTED"));
        checkCount("transfers", payouts + payBacks, count("transfers", "BOOKED"));
    }

    /** How often, by the cash-out itself and by its aftermaths. */
    private long told(String event) {
        return Stream.concat(Stream.of(cashOut), cashOut.path("aftermath").valueStream())
                .flatMap(story -> story.path("timeline").valueStream())
                .filter(entry -> entry.path("event").asString("").equals(event))
                .count();
    }

    private long sum(String book, String status) {
        return world.path(book)
                .valueStream()
                .filter(row -> row.path("status").asString("").equals(status))
                .mapToLong(row -> row.path("amount").asLong())
                .sum();
    }

    private long count(String book, String status) {
        return world.path(book)
                .valueStream()
                .filter(row -> row.path("status").asString("").equals(status))
                .count();
    }

    private void check(String what, long ours, long theirs) {
        if (ours == theirs)
            agreements.add(
                    String.format(java.util.Locale.ROOT, "%-26s ₩%,d on both sides", what, ours));
        else
            differences.add(
                    String.format(
                            java.util.Locale.ROOT,
                            "%-26s ₩%,d with us, ₩%,d with them",
                            what,
                            ours,
                            theirs));
    }

    private void checkCount(String what, long ours, long theirs) {
        if (ours != theirs)
            differences.add(
                    String.format(
                            java.util.Locale.ROOT,
                            "%-26s %d with us, %d with them",
                            what,
                            ours,
                            theirs));
    }
}
