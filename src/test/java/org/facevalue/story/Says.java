package org.facevalue.story;

import java.util.Map;
import org.facevalue.cli.SandboxCustomer;

/** What a customer says while a cash-out runs. */
enum Says {
    NOTHING(""),
    CANCEL("CODE_WANTED"),
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
                if (this == CANCEL)
                    customer.api().post("/api/v1/cash-outs/" + id + "/cancel", Map.of());
                else customer.choose(id, "refund");
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("not " + in + ": " + customer.cashOut(id));
    }
}
