package org.facevalue.story;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facevalue.platform.carrier.CarrierProfile;
import org.facevalue.platform.carrier.Carriers;
import org.facevalue.platform.jurisdiction.Route.Part;
import org.facevalue.platform.payout.Banks;
import org.facevalue.platform.voucher.Issuer;
import org.facevalue.platform.voucher.Issuers;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** What the platform's register says of where its parties are licensed: as it is, until a test says that one is somebody else's. */
final class Register implements BeanPostProcessor {
    private final Map<Part, String> elsewhere = new EnumMap<>(Part.class);

    /** Until {@link AutoCloseable#close}, everybody who plays {@code part} is licensed in {@code jurisdiction}. */
    Said say(Part part, String jurisdiction) {
        elsewhere.put(part, jurisdiction);
        return () -> elsewhere.remove(part);
    }

    interface Said extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return switch (bean) {
            case Carriers all -> carriers(all);
            case Issuers all -> issuers(all);
            case Banks all -> (Banks) () -> all.bank().map(bank -> as(Part.BANK, bank));
            default -> bean;
        };
    }

    private Carriers carriers(Carriers all) {
        return new Carriers() {
            @Override
            public Optional<CarrierProfile> of(String number) {
                return all.of(number).map(carrier -> as(Part.CARRIER, carrier));
            }

            @Override
            public List<CarrierProfile> all() {
                return all.all().stream().map(carrier -> as(Part.CARRIER, carrier)).toList();
            }

            @Override
            public Optional<CarrierProfile> named(String code) {
                return all.named(code).map(carrier -> as(Part.CARRIER, carrier));
            }
        };
    }

    private Issuers issuers(Issuers all) {
        return new Issuers() {
            @Override
            public List<Issuer> all() {
                return all.all().stream().map(issuer -> as(Part.ISSUER, issuer)).toList();
            }

            @Override
            public Optional<Issuer> ofProduct(String product) {
                return all.ofProduct(product).map(issuer -> as(Part.ISSUER, issuer));
            }

            @Override
            public Optional<Issuer> usual() {
                return all.usual().map(issuer -> as(Part.ISSUER, issuer));
            }

            @Override
            public Optional<Issuer> named(String code) {
                return all.named(code).map(issuer -> as(Part.ISSUER, issuer));
            }
        };
    }

    /** The same party, licensed where the test says. */
    @SuppressWarnings("unchecked")
    private <R extends Record> R as(Part part, R party) {
        var jurisdiction = elsewhere.get(part);
        if (jurisdiction == null) return party;
        var components = party.getClass().getRecordComponents();
        try {
            var constructor =
                    party.getClass()
                            .getDeclaredConstructor(
                                    Arrays.stream(components)
                                            .map(RecordComponent::getType)
                                            .toArray(Class<?>[]::new));
            var values = new @Nullable Object[components.length];
            for (int i = 0; i < components.length; i++)
                values[i] =
                        components[i].getName().equals("jurisdiction")
                                ? jurisdiction
                                : components[i].getAccessor().invoke(party);
            return (R) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
