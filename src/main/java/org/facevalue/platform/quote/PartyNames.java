package org.facevalue.platform.quote;

import java.util.Locale;
import org.facevalue.platform.carrier.Carriers;
import org.facevalue.platform.payout.Banks;
import org.facevalue.platform.provider.Providers;
import org.facevalue.platform.voucher.Issuers;
import org.springframework.stereotype.Component;

/** The parties' names by their codes. */
@Component
public class PartyNames {
    private final Carriers carriers;
    private final Issuers issuers;
    private final Providers providers;
    private final Banks banks;

    PartyNames(Carriers carriers, Issuers issuers, Providers providers, Banks banks) {
        this.carriers = carriers;
        this.issuers = issuers;
        this.providers = providers;
        this.banks = banks;
    }

    /** The name in Korean or else English; the code itself when nobody has it. */
    public String name(String code, Locale language) {
        boolean korean = language.getLanguage().equals("ko");
        if (code.equals("operator")) return "Facevalue";
        return carriers.named(code)
                .map(carrier -> korean ? carrier.korean() : carrier.english())
                .or(() -> providers.provider(code).map(p -> korean ? p.korean() : p.english()))
                .or(() -> issuers.named(code).map(i -> korean ? i.korean() : i.english()))
                .or(
                        () ->
                                banks.bank()
                                        .filter(b -> b.code().equals(code))
                                        .map(b -> korean ? b.korean() : b.english()))
                .orElse(code);
    }
}
