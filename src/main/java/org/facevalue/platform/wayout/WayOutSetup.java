package org.facevalue.platform.wayout;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.facevalue.platform.carrier.CarrierProfile;
import org.facevalue.platform.carrier.Carriers;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.voucher.Issuers;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
class WayOutSetup {
    @Bean
    @Profile("!sandbox")
    Desks noDesks(Carriers carriers) {
        return new Known(carriers, "", List.of(), Optional.empty());
    }

    /** The carriers' desks are beside their billing; of the issuers those of the served jurisdiction, all of them invented. */
    @Bean
    @Profile("sandbox")
    Desks sandboxDesks(
            Carriers carriers,
            Issuers issuers,
            Jurisdictions jurisdictions,
            @Value("${facevalue.sandbox}") String sandbox) {
        var all =
                Stream.concat(
                                issuers.all().stream()
                                        .map(
                                                issuer ->
                                                        new Desk(
                                                                issuer.code(),
                                                                issuer.korean(),
                                                                issuer.english(),
                                                                issuer.jurisdiction(),
                                                                issuer.address())),
                                Stream.of(
                                        new Desk(
                                                "hanul",
                                                "한울모바일상품권",
                                                "Hanul Mobile Voucher",
                                                "KR",
                                                URI.create(sandbox + "/hanul"))))
                        .filter(desk -> desk.jurisdiction().equals(jurisdictions.served()))
                        .toList();
        var body =
                new Desk(
                        "mediation",
                        "결제중재센터(연습)",
                        "Payment Mediation Centre (sandbox)",
                        jurisdictions.served(),
                        URI.create(sandbox + "/mediation"));
        return new Known(carriers, jurisdictions.served(), all, Optional.of(body));
    }

    private record Known(
            Carriers all, String served, List<Desk> issuers, Optional<Desk> disputeBody)
            implements Desks {
        @Override
        public List<Desk> carriers() {
            return all.all().stream()
                    .filter(carrier -> carrier.jurisdiction().equals(served))
                    .map(Known::desk)
                    .toList();
        }

        @Override
        public Optional<Desk> ofLine(String number) {
            return all.of(number).map(Known::desk);
        }

        @Override
        public Optional<Desk> named(String code) {
            return all.named(code)
                    .map(Known::desk)
                    .or(
                            () ->
                                    Stream.concat(issuers.stream(), disputeBody.stream())
                                            .filter(desk -> desk.code().equals(code))
                                            .findFirst());
        }

        private static Desk desk(CarrierProfile carrier) {
            return new Desk(
                    carrier.code(),
                    carrier.korean(),
                    carrier.english(),
                    carrier.jurisdiction(),
                    carrier.address());
        }
    }
}
