package org.facevalue.platform.voucher;

import java.util.List;
import java.util.Optional;

/** The issuers there are. A port: outside the sandbox none is configured. */
public interface Issuers {
    /** @param product the product's code */
    Optional<Issuer> ofProduct(String product);

    List<Issuer> all();

    /** The product that is bought when nobody asks for another. */
    Optional<Issuer> usual();

    /** @param code the issuer's */
    Optional<Issuer> named(String code);
}
