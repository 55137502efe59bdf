package org.facevalue.platform.jurisdiction;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/** Every pack that there is, whether it decides or not. What is broken stops the start: nobody finds out later that a law was not loaded. */
final class PackShelf {
    private final List<RulePack> packs;

    PackShelf(List<RulePack> packs) {
        this.packs =
                packs.stream()
                        .sorted(
                                Comparator.comparing(RulePack::jurisdiction)
                                        .thenComparing(pack -> pack.id().version()))
                        .toList();
    }

    /**
     * Those at the places, each an expression for its {@code pack.yaml}.
     *
     * @throws BrokenPack when one is, or two that differ are of one jurisdiction and version; with every fault of every one
     */
    static PackShelf read(ResourcePatternResolver resources, List<String> places)
            throws IOException, BrokenPack {
        var packs = new ArrayList<RulePack>();
        var faults = new ArrayList<BrokenPack.Fault>();
        for (var place : places)
            for (var file : resources.getResources(place)) {
                var read = read(file, faults);
                if (read.isEmpty()) continue;
                var pack = read.get();
                // The very same files again: an operator keeps a copy of what decides.
                if (packs.stream().anyMatch(other -> other.id().equals(pack.id()))) continue;
                var shown = pack.id().shown();
                if (packs.stream().anyMatch(other -> other.id().shown().equals(shown)))
                    faults.add(
                            new BrokenPack.Fault(
                                    file.getDescription(), "there is another " + shown));
                overlap(pack, packs)
                        .ifPresent(
                                other ->
                                        faults.add(
                                                new BrokenPack.Fault(
                                                        file.getDescription() + " from",
                                                        "its days overlap those of "
                                                                + other.id().shown())));
                packs.add(pack);
            }
        if (!faults.isEmpty()) throw new BrokenPack(faults);
        return new PackShelf(packs);
    }

    /** Empty where it is broken: its faults, each with the folder, are among {@code faults}. */
    private static Optional<RulePack> read(Resource file, List<BrokenPack.Fault> faults)
            throws IOException {
        try {
            return Optional.of(PackReader.read(name -> open(file, name)));
        } catch (BrokenPack broken) {
            for (var fault : broken.faults())
                faults.add(
                        new BrokenPack.Fault(
                                file.getDescription() + " " + fault.place(), fault.message()));
            return Optional.empty();
        }
    }

    /** One that says itself when its law ends, where the other's has begun before that: which of them is the law on those days? */
    private static Optional<RulePack> overlap(RulePack pack, List<RulePack> others) {
        return others.stream()
                .filter(other -> other.jurisdiction().equals(pack.jurisdiction()))
                .filter(
                        other ->
                                pack.from().isBefore(other.from())
                                        ? pack.lasts(other.from())
                                        : other.from().isBefore(pack.from())
                                                && other.lasts(pack.from()))
                .findFirst();
    }

    private static @Nullable InputStream open(Resource beside, String name) throws IOException {
        try {
            return beside.createRelative(name).getInputStream();
        } catch (FileNotFoundException e) {
            return null;
        }
    }

    List<RulePack> all() {
        return packs;
    }

    /** The newest of each jurisdiction. */
    Collection<RulePack> newest() {
        return packs.stream()
                .collect(Collectors.toMap(RulePack::jurisdiction, p -> p, (older, newer) -> newer))
                .values();
    }

    Optional<RulePack> find(PackId id) {
        return packs.stream().filter(pack -> pack.id().equals(id)).findFirst();
    }
}
