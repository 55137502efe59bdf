package org.facevalue.story;

import java.util.Map;
import org.facevalue.cli.SandboxCustomer;

/** What a customer says while a cash-out runs. */
enum Says {
    NOTHING(""),
    CANCEL("CODE_WANTED"),
    CODE("CODE_WANTED"),
    REFUND("VOUCHER_OFFERED");

    private final String in;

    Says(String in) {
        this.in = in;
    }

    /** Waits until it can be said, and says it. */
    void to(SandboxCustomer customer, String id) throws InterruptedException {
        if (this == NOTHING) return;
        for (int i = 0; i < 400; i++) {
            if (customer.cashOut(id).path("state").asString().equals(in)) {
                say(customer, id);
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("not " + in + ": " + customer.cashOut(id));
    }

    private void say(SandboxCustomer customer, String id) throws InterruptedException {
        var path = "/api/v1/cash-outs/" + id;
        switch (this) {
            case CANCEL -> customer.api().post(path + "/cancel", Map.of());
            case CODE -> code(customer, path);
            default -> customer.choose(id, "refund");
        }
    }

    /** As a customer does who gets no answer: once more, until the carrier wants it no more. */
    private static void code(SandboxCustomer customer, String path) throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            var codes = customer.phone().path("codes");
            if (codes.isEmpty()) return;
            var code = Map.of("code", codes.get(0).asString());
            customer.api().post(path + "/carrier-code", code);
            Thread.sleep(1_500);
        }
    }
}
