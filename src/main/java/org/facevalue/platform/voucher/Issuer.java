package org.facevalue.platform.voucher;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import org.facevalue.platform.money.BasisPoints;

/**
 * Who issues vouchers, and the one product bought from it.
 *
 * @param jurisdiction where it is licensed
 * @param unit face values are multiples of it, in minor units
 * @param lag how long after a request an order may still be unknown to it
 * @param protection how the balance is protected, in both languages, and until when
 */
public record Issuer(
        String code,
        String korean,
        String english,
        String jurisdiction,
        URI address,
        String product,
        BasisPoints fee,
        Duration lag,
        long unit,
        long smallest,
        long largest,
        String protectionKorean,
        String protectionEnglish,
        LocalDate protectedUntil) {}
